/* Backups while the server runs: every some seconds, if something was stored since the
 * last, the store copies itself to a file beside it, and a thread of libuv's pool carries
 * the copy to the folder where backups go (another disk, which may be slow or gone). The
 * file there is named after the store's keys, stimmwerk-TAG.backup, so that no other
 * store ever takes its place. A store that never had an event makes none. What fails is
 * said once, and tried again. */
#ifndef APP_BACKUPS_H
#define APP_BACKUPS_H

#include "app/hall.h"
#include "trust/wrap.h"

#include <stdbool.h>
#include <stdint.h>

struct backups;

struct backups_options {
    struct hall *hall;
    struct uv_loop_s *loop;
    const char *store_url;
    const char *folder;
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
 * nothing to do, or at the second call; at the latest after BACKUP_LAST_MS: a disk may
 * hang. Then no more are made. */
void backups_finish(struct backups *backups, void (*done)(void *ctx), void *ctx);

/* Frees it once its handles are closed, for which the loop must run. False: one is still
 * under way, on a thread that nobody can stop; then the loop must not be waited for, and
 * the process ends with _Exit. The hall may be closed before or after. NULL is fine. */
bool backups_close(struct backups *backups);

const char *backups_path(const struct backups *backups);
void backups_stats(const struct backups *backups, struct backups_stats *ret_stats);

/* Removes copies beside the store that commands which run no more left there, and, with
 * `all`, what a server before us did: they hold what sealing destroys. Whoever has the
 * store open may. */
void backups_sweep(const char *store_url, bool all);

#endif
