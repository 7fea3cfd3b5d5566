/* Backups while the server runs: every some seconds, if something was stored since the
 * last, the store copies itself to a file beside it, and a thread of libuv's pool carries
 * the copy to where backups go (another disk, which may be slow or gone). What fails is
 * said once, and tried again. */
#ifndef APP_BACKUPS_H
#define APP_BACKUPS_H

#include "app/hall.h"

#include <stdbool.h>
#include <stdint.h>

struct backups;

struct backups_options {
    struct hall *hall;
    struct uv_loop_s *loop;
    const char *store_url;
    const char *path;           /* of the backup; kept by the caller */
    int64_t every_ms;           /* from the end of one to the start of the next */
    const struct wrap_key *key; /* NULL: plain; copied */
};

struct backups_stats {
    int64_t made;
    int64_t failed;
    int64_t newest_ms; /* UTC; when the newest one was begun; 0: none yet */
};

/* Begins the first at once. ERR_NOMEM. */
MUST_CHECK enum err
backups_start(const struct backups_options *options, struct backups **ret_backups);

/* One more, of what was stored since the last, and then `done`; at once if there is
 * nothing to do. Then no more are made. */
void backups_finish(struct backups *backups, void (*done)(void *ctx), void *ctx);

/* Frees it; the loop must run once more for its handles. None may be under way. NULL is
 * fine. */
void backups_close(struct backups *backups);

void backups_stats(const struct backups *backups, struct backups_stats *ret_stats);

/* Removes copies that processes before us left half-done beside the store. Whoever has
 * the store open may. */
void backups_sweep(const char *store_url);

#endif
