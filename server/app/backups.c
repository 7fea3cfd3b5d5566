#include "app/backups.h"

#include "app/backup_file.h"
#include "app/err_text.h"
#include "app/store_path.h"
#include "base/log.h"
#include "trust/trust.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
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
    uv_timer_t timer;
    uv_work_t work;
    bool under_way;
    bool ailing; /* the last one failed, and that was said */
    int64_t begun_ms;
    int64_t commits_begun; /* of the store when the one under way began … */
    int64_t commits_kept;  /* … and when the newest whole one did */
    enum err err;          /* of the work; the pool's thread writes it */
    int errno_then;
    struct backups_stats stats;
    void (*done)(void *ctx);
    void *done_ctx;
};

static int64_t commits(const struct backups *backups)
{
    struct store_stats stats;
    store_stats(hall_store(backups->options.hall), &stats);
    return stats.commits;
}

static void begin(struct backups *backups);

static void on_time(uv_timer_t *timer)
{
    begin(timer->data);
}

/* Then the next, or what waits for the last. */
static void go_on(struct backups *backups)
{
    if (backups->done == NULL) {
        (void)uv_timer_start(
            &backups->timer, on_time, (uint64_t)backups->options.every_ms, 0);
        return;
    }
    if (!backups->ailing && commits(backups) != backups->commits_kept) {
        begin(backups);
        return;
    }
    void (*done)(void *ctx) = backups->done;
    backups->done = NULL;
    done(backups->done_ctx);
}

static void say_failed(struct backups *backups, enum err err)
{
    if (!backups->ailing) {
        errno = backups->errno_then;
        log_line(
            LOG_ERROR, "no backup to %s: %s (%s); it is tried again every %lld s",
            backups->options.path,
            err == ERR_IO && errno != 0 ? errno_text() : err_text(err), err_code(err),
            (long long)backups->options.every_ms / 1000);
    }
    backups->ailing = true;
}

static void end(struct backups *backups, enum err err)
{
    (void)unlink(backups->copy);
    backups->under_way = false;
    if (err != ERR_OK) {
        backups->stats.failed++;
        say_failed(backups, err);
    } else {
        if (backups->ailing || backups->stats.made == 0) {
            log_line(LOG_INFO, "backup to %s", backups->options.path);
        }
        backups->ailing = false;
        backups->stats.made++;
        backups->stats.newest_ms = backups->begun_ms;
        backups->commits_kept = backups->commits_begun;
    }
    go_on(backups);
}

/* On a thread of the pool. */
static void carry(uv_work_t *work)
{
    struct backups *backups = work->data;
    errno = 0;
    backups->err = backup_file_write(
        backups->copy, backups->keys, backups->wrapped ? &backups->key : NULL,
        backups->options.path);
    backups->errno_then = errno;
}

static void on_carried(uv_work_t *work, int status)
{
    struct backups *backups = work->data;
    end(backups, status == 0 ? backups->err : ERR_IO);
}

static void on_copied(void *ctx, enum store_status status, int64_t seq)
{
    (void)seq;
    struct backups *backups = ctx;
    backups->errno_then = 0;
    if (status != STORE_STORED) {
        end(backups, ERR_IO);
    } else if (
        uv_queue_work(backups->options.loop, &backups->work, carry, on_carried) != 0) {
        end(backups, ERR_NOMEM);
    }
}

static void begin(struct backups *backups)
{
    int64_t now = commits(backups);
    if (backups->stats.made > 0 && now == backups->commits_kept) {
        go_on(backups);
        return;
    }
    backups->under_way = true;
    backups->begun_ms = hall_now_ms(backups->options.hall);
    backups->commits_begun = now;
    backups->errno_then = 0;
    (void)unlink(backups->copy);
    enum err err = store_backup(
        hall_store(backups->options.hall), backups->copy, on_copied, backups);
    if (err != ERR_OK) {
        end(backups, err);
    }
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
    backups->wrapped = options->key != NULL;
    if (backups->wrapped) {
        backups->key = *options->key;
    }
    backups->options.key = NULL;
    backups->copy = path_beside(path, STORE_COPY_SUFFIX);
    backups->keys = path_beside(path, STORE_KEYS_SUFFIX);
    if (backups->copy == NULL || backups->keys == NULL) {
        free(backups->copy);
        free(backups->keys);
        free(backups);
        return ERR_NOMEM;
    }
    (void)uv_timer_init(options->loop, &backups->timer);
    backups->timer.data = backups;
    backups->work.data = backups;
    begin(backups);
    *ret_backups = backups;
    return ERR_OK;
}

void backups_finish(struct backups *backups, void (*done)(void *ctx), void *ctx)
{
    (void)uv_timer_stop(&backups->timer);
    backups->done = done;
    backups->done_ctx = ctx;
    if (!backups->under_way) {
        begin(backups);
    }
}

static void on_timer_closed(uv_handle_t *handle)
{
    struct backups *backups = handle->data;
    trust_wipe(&backups->key, sizeof backups->key);
    free(backups->copy);
    free(backups->keys);
    free(backups);
}

void backups_close(struct backups *backups)
{
    if (backups != NULL) {
        uv_close((uv_handle_t *)&backups->timer, on_timer_closed);
    }
}

void backups_stats(const struct backups *backups, struct backups_stats *ret_stats)
{
    *ret_stats = backups->stats;
}

static void sweep_folder(int folder, const char *prefix)
{
    DIR *names = fdopendir(folder);
    if (names == NULL) {
        close(folder);
        return;
    }
    for (const struct dirent *name = readdir(names); name != NULL;
         name = readdir(names)) {
        if (strncmp(name->d_name, prefix, strlen(prefix)) == 0) {
            (void)unlinkat(dirfd(names), name->d_name, 0);
        }
    }
    closedir(names);
}

void backups_sweep(const char *store_url)
{
    char *prefix = path_beside(store_path(store_url), STORE_COPY_SUFFIX);
    if (prefix == NULL) {
        return;
    }
    char *slash = strrchr(prefix, '/');
    if (slash != NULL) {
        *slash = '\0';
    }
    const char *at = slash == NULL ? "." : slash == prefix ? "/" : prefix;
    int folder = open(at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        sweep_folder(folder, slash != NULL ? slash + 1 : prefix);
    }
    free(prefix);
}
