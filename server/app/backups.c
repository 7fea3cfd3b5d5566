#include "app/backups.h"

#include "app/backup_file.h"
#include "app/err_text.h"
#include "app/store_path.h"
#include "base/bounds.h"
#include "base/log.h"
#include "trust/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

struct backups {
    struct backups_options options;
    bool wrapped;
    struct wrap_key key;
    char *copy; /* owned; likewise below */
    char *keys;
    char *path;
    uv_timer_t timer; /* the next one; or this one takes long; or the last one does */
    uv_work_t work;
    bool under_way;
    bool carrying; /* the pool has it */
    bool ailing;   /* the last one failed or hangs, and that was said */
    int64_t begun_ms;
    int64_t commits_begun; /* of the store when the one under way began … */
    int64_t commits_kept;  /* … and when the newest whole one did */
    struct buf keys_before;
    int copy_fd;  /* −1: none */
    enum err err; /* of the work; the pool's thread writes it */
    int errno_then;
    struct backups_stats stats;
    void (*done)(void *ctx);
    void *done_ctx;
};

static void begin(struct backups *backups);

static int64_t commits(const struct backups *backups)
{
    struct store_stats stats;
    store_stats(hall_store(backups->options.hall), &stats);
    return stats.commits;
}

static void wait(struct backups *backups, uv_timer_cb on_time, int64_t ms)
{
    (void)uv_timer_start(&backups->timer, on_time, (uint64_t)ms, 0);
}

static void on_time(uv_timer_t *timer)
{
    begin(timer->data);
}

static void finished(struct backups *backups)
{
    void (*done)(void *ctx) = backups->done;
    backups->done = NULL;
    (void)uv_timer_stop(&backups->timer);
    if (done != NULL) {
        done(backups->done_ctx);
    }
}

/* Then the next, or what waits for the last. */
static void go_on(struct backups *backups)
{
    if (backups->done == NULL) {
        wait(backups, on_time, backups->options.every_ms);
    } else if (!backups->ailing && commits(backups) != backups->commits_kept) {
        begin(backups);
    } else {
        finished(backups);
    }
}

/* ---- how it ends ---- */

static void say(struct backups *backups, const char *what)
{
    if (!backups->ailing) {
        log_line(
            LOG_ERROR, "no backup to %s: %s; it is tried again every %" PRId64 " s",
            backups->path, what, backups->options.every_ms / 1000);
    }
    backups->ailing = true;
}

static const char *why(const struct backups *backups, enum err err)
{
    if (err == ERR_NO_SPACE && !backups->carrying) {
        return "the store's own disk has no room for a copy";
    }
    errno = backups->errno_then;
    return err == ERR_IO && errno != 0 ? errno_text() : err_text(err);
}

static void forget_copy(struct backups *backups)
{
    if (backups->copy_fd >= 0) {
        close(backups->copy_fd);
        backups->copy_fd = -1;
    }
    trust_wipe(backups->keys_before.data, backups->keys_before.capacity);
    buf_fini(&backups->keys_before);
}

static void succeed(struct backups *backups)
{
    if (backups->ailing || backups->stats.made == 0) {
        log_line(LOG_INFO, "backup to %s", backups->path);
    }
    backups->ailing = false;
    backups->stats.made++;
    backups->stats.newest_ms = backups->begun_ms;
    backups->commits_kept = backups->commits_begun;
}

static void end(struct backups *backups, enum err err)
{
    if (err == ERR_OK) {
        succeed(backups);
    } else {
        backups->stats.failed++;
        say(backups, why(backups, err));
    }
    forget_copy(backups);
    backups->under_way = false;
    backups->carrying = false;
    go_on(backups);
}

/* ---- its way: a copy beside the store, then to its folder ---- */

/* On a thread of the pool. */
static void carry(uv_work_t *work)
{
    struct backups *backups = work->data;
    const struct backup_source source = {
        .copy = backups->copy_fd,
        .keys_before = buf_span(&backups->keys_before),
        .keys = backups->keys,
    };
    errno = 0;
    backups->err = backup_file_write(
        &source, backups->wrapped ? &backups->key : NULL, backups->path);
    backups->errno_then = errno;
}

static void on_carried(uv_work_t *work, int status)
{
    struct backups *backups = work->data;
    end(backups, status == 0 ? backups->err : ERR_IO);
}

/* From here on the copy has no name: whatever happens, none is left lying. */
static void on_copied(void *ctx, enum store_status status, int64_t seq)
{
    (void)seq;
    struct backups *backups = ctx;
    if (status != STORE_STORED) {
        end(backups, status == STORE_NO_ROOM ? ERR_NO_SPACE : ERR_IO);
        return;
    }
    backups->copy_fd = open(backups->copy, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    backups->errno_then = backups->copy_fd < 0 ? errno : 0;
    (void)unlink(backups->copy);
    backups->carrying =
        backups->copy_fd >= 0 &&
        uv_queue_work(backups->options.loop, &backups->work, carry, on_carried) == 0;
    if (!backups->carrying) {
        end(backups, ERR_IO);
    }
}

static void on_late(uv_timer_t *timer)
{
    say(timer->data, "the disk is very slow, or hangs");
}

static enum err copy(struct backups *backups)
{
    buf_init(&backups->keys_before, BACKUP_KEYS_BYTES_MAX);
    enum err err =
        backups->wrapped ? trust_keys_pack(backups->keys, &backups->keys_before) : ERR_OK;
    (void)unlink(backups->copy);
    return err == ERR_OK
               ? store_backup(
                     hall_store(backups->options.hall), backups->copy, on_copied, backups)
               : err;
}

static bool is_needed(const struct backups *backups, int64_t commits_now)
{
    return hall_was_used(backups->options.hall) &&
           (backups->stats.made == 0 || commits_now != backups->commits_kept);
}

static void begin(struct backups *backups)
{
    int64_t commits_now = commits(backups); /* asked once: the writer goes on meanwhile */
    if (!is_needed(backups, commits_now)) {
        backups->commits_kept = commits_now;
        go_on(backups);
        return;
    }
    backups->under_way = true;
    backups->begun_ms = hall_now_ms(backups->options.hall);
    backups->commits_begun = commits_now;
    backups->errno_then = 0;
    if (backups->done == NULL) {
        wait(backups, on_late, BACKUP_LATE_MS);
    }
    enum err err = copy(backups);
    if (err == ERR_BUSY && backups->done == NULL) { /* `stimmwerk backup` makes one */
        forget_copy(backups);
        backups->under_way = false;
        wait(backups, on_time, BACKUP_RETRY_MS);
    } else if (err != ERR_OK) {
        end(backups, err);
    }
}

/* ---- its life ---- */

static char *path_in(const struct backups_options *options)
{
    char tag[TRUST_TAG_CHARS + 1];
    struct buf path;
    trust_keys_tag(hall_keys(options->hall), tag);
    buf_init(&path, 4096);
    buf_printf(&path, "%s/stimmwerk-%s.backup", options->folder, tag);
    char *made = buf_failed(&path) ? NULL : strdup((const char *)path.data);
    buf_fini(&path);
    return made;
}

static void free_all(struct backups *backups)
{
    free(backups->copy);
    free(backups->keys);
    free(backups->path);
    trust_wipe(backups, sizeof *backups);
    free(backups);
}

enum err
backups_start(const struct backups_options *options, struct backups **ret_backups)
{
    struct backups *backups = calloc(1, sizeof *backups);
    if (backups == NULL) {
        return ERR_NOMEM;
    }
    const char *path = store_path(options->store_url);
    backups->options = *options;
    backups->copy_fd = -1;
    backups->wrapped = options->key != NULL;
    if (backups->wrapped) {
        backups->key = *options->key;
    }
    backups->options.key = NULL;
    backups->copy = path_beside(path, STORE_COPY_SUFFIX);
    backups->keys = path_beside(path, STORE_KEYS_SUFFIX);
    backups->path = path_in(options);
    if (backups->copy == NULL || backups->keys == NULL || backups->path == NULL) {
        free_all(backups);
        return ERR_NOMEM;
    }
    (void)uv_timer_init(options->loop, &backups->timer);
    backups->timer.data = backups;
    backups->work.data = backups;
    begin(backups);
    *ret_backups = backups;
    return ERR_OK;
}

static void on_too_late(uv_timer_t *timer)
{
    struct backups *backups = timer->data;
    log_line(
        LOG_ERROR, "the last backup to %s is not complete: the one before stays",
        backups->path);
    finished(backups);
}

void backups_finish(struct backups *backups, void (*done)(void *ctx), void *ctx)
{
    if (backups->done != NULL) {
        finished(backups);
        return;
    }
    backups->done = done;
    backups->done_ctx = ctx;
    wait(backups, on_too_late, BACKUP_LAST_MS);
    if (!backups->under_way) {
        begin(backups);
    }
}

static void on_timer_closed(uv_handle_t *handle)
{
    free_all(handle->data);
}

bool backups_close(struct backups *backups)
{
    if (backups != NULL && backups->under_way) {
        return false;
    }
    if (backups != NULL) {
        uv_close((uv_handle_t *)&backups->timer, on_timer_closed);
    }
    return true;
}

const char *backups_path(const struct backups *backups)
{
    return backups->path;
}

void backups_stats(const struct backups *backups, struct backups_stats *ret_stats)
{
    *ret_stats = backups->stats;
}
