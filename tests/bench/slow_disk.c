/* Receipts on a slow disk: the complete server, every sync of which takes some
 * milliseconds more, under 10,000 ballots a second from 200 phones. What people wait is
 * told in multiples of the delay, and beside it the same without one. In a FOLDER in
 * memory (/dev/shm) the delay is all that a sync takes: for machines whose disk is busy.
 *
 *     bench_slow_disk STIMMWERK [DELAY-MS [ROUNDS [FOLDER]]] */
#include "app/app.h"
#include "child.h"
#include "measure.h"
#include "metric.h"
#include "pass_vfs.h"

#include <cjson/cJSON.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#define PHONES     "200"
#define SECONDS    4
#define RATE       10000
#define ROUNDS_MAX 15
#define NS_PER_MS  1000000

/* The server's process counts, this one reads. */
struct syncs {
    _Atomic int64_t of_log;
    _Atomic int64_t of_file;
    _Atomic int64_t own_us; /* what they took without the delay */
};

struct slow_file {
    struct pass_file pass;
    bool is_log;
};

static struct {
    sqlite3_vfs vfs;
    sqlite3_vfs *below;
    sqlite3_io_methods methods;
    struct syncs *syncs; /* shared */
    long delay_ms;
} slow;

/* ---- the disk, in the server's process ---- */

static int slow_sync(sqlite3_file *base, int flags)
{
    const struct slow_file *file = (const struct slow_file *)base;
    const struct timespec delay = {.tv_nsec = slow.delay_ms * NS_PER_MS};
    sqlite3_file *real = pass_real(base);
    (void)nanosleep(&delay, NULL);
    int64_t begun_us = now_us();
    int status = real->pMethods->xSync(real, flags);
    atomic_fetch_add(&slow.syncs->own_us, now_us() - begun_us);
    atomic_fetch_add(file->is_log ? &slow.syncs->of_log : &slow.syncs->of_file, 1);
    return status;
}

static int
slow_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *ret)
{
    (void)vfs;
    struct slow_file *file = (struct slow_file *)base;
    *file = (struct slow_file){
        .pass.real = (sqlite3_file *)(file + 1),
        .is_log = (flags & SQLITE_OPEN_WAL) != 0,
    };
    int status = slow.below->xOpen(slow.below, name, file->pass.real, flags, ret);
    file->pass.base.pMethods = status == SQLITE_OK ? &slow.methods : NULL;
    return status;
}

static void install(void *ctx)
{
    (void)ctx;
    slow.methods = pass_methods;
    slow.methods.xSync = slow_sync;
    slow.below = pass_vfs_install(&slow.vfs, "slow", sizeof(struct slow_file), slow_open);
}

/* ---- a round: a server, and the product's own rehearsal against it ---- */

struct round {
    double p50_ms;
    double p99_ms;
    double commits;
    double log_syncs;
    double file_syncs;
    double own_ms;    /* of a sync, without the delay */
    double commit_ms; /* of a commit, all in all */
};

static double number(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    if (!cJSON_IsNumber(item)) {
        die("no \"%s\"", key);
    }
    return item->valuedouble;
}

static void rehearse(const struct serve *serve, const char *program, struct round *round)
{
    char ballots[24];
    char seconds[24];
    char out[16384];
    snprintf(ballots, sizeof ballots, "%d", RATE * SECONDS);
    snprintf(seconds, sizeof seconds, "%d", SECONDS);
    const char *argv[] = {program,   "load",       "vote",     "--url",  serve->url,
                          "--store", serve->store, "--phones", PHONES,   "--ballots",
                          ballots,   "--seconds",  seconds,    "--json", NULL};
    int code = child_run(argv, out, sizeof out);
    cJSON *json = cJSON_Parse(out);
    const cJSON *times = cJSON_GetObjectItemCaseSensitive(json, "times_us");
    const cJSON *receipt = cJSON_GetObjectItemCaseSensitive(times, "receipt");
    if (code != 0 || receipt == NULL || number(json, "receipts") != RATE * SECONDS) {
        die("the rehearsal failed (%d): %s", code, out);
    }
    round->p50_ms = number(receipt, "p50") / 1e3;
    round->p99_ms = number(receipt, "p99") / 1e3;
    cJSON_Delete(json);
}

static void
play(const char *program, const char *root, long delay_ms, struct round *ret_round)
{
    struct serve serve;
    char folder[96];
    snprintf(folder, sizeof folder, "%s/stimmwerk-slow-XXXXXX", root);
    if (mkdtemp(folder) == NULL) {
        die("no folder in %s", root);
    }
    serve_init(&serve, "stimmwerk", folder);
    serve.create = true;
    serve.run = app_main;
    serve.arm = install;
    slow.delay_ms = delay_ms;
    *slow.syncs = (struct syncs){0};
    serve_start(&serve);
    rehearse(&serve, program, ret_round);
    ret_round->commits = metric_read(serve.url, "store_commits_total");
    ret_round->commit_ms =
        metric_read(serve.url, "store_commit_us_total") / 1e3 / ret_round->commits;
    ret_round->log_syncs = (double)atomic_load(&slow.syncs->of_log);
    ret_round->file_syncs = (double)atomic_load(&slow.syncs->of_file);
    ret_round->own_ms = (double)atomic_load(&slow.syncs->own_us) / 1e3 /
                        (ret_round->log_syncs + ret_round->file_syncs);
    if (serve_stop(&serve, SIGTERM) != 0) {
        serve_show_log(&serve);
        die("the server did not end well");
    }
    serve_fini(&serve);
}

/* ---- telling ---- */

struct rounds {
    struct round of[ROUNDS_MAX];
    size_t count;
};

#define MEDIAN_OF(rounds, member)                                                        \
    median_at(rounds, offsetof(struct round, member) / sizeof(double))

static double median_at(const struct rounds *rounds, size_t member)
{
    double values[ROUNDS_MAX];
    for (size_t i = 0; i < rounds->count; i++) {
        memcpy(&values[i], (const double *)&rounds->of[i] + member, sizeof values[i]);
    }
    return median(values, rounds->count);
}

static void tell(const struct rounds *rounds, long delay_ms)
{
    double commits = MEDIAN_OF(rounds, commits);
    printf(
        "syncs + %ld ms: receipts p50 %.2f ms, p99 %.2f ms; %.0f commits of %.2f ms with "
        "%.0f syncs of the log and %.0f of the file, each %.2f ms beside the delay\n",
        delay_ms, MEDIAN_OF(rounds, p50_ms), MEDIAN_OF(rounds, p99_ms), commits,
        MEDIAN_OF(rounds, commit_ms), MEDIAN_OF(rounds, log_syncs),
        MEDIAN_OF(rounds, file_syncs), MEDIAN_OF(rounds, own_ms));
}

int main(int argc, char **argv)
{
    static struct rounds with;
    static struct rounds without;
    long delay_ms = argc > 2 ? strtol(argv[2], NULL, 10) : 5;
    size_t count = argc > 3 ? strtoul(argv[3], NULL, 10) : 3;
    const char *root = argc > 4 ? argv[4] : "/tmp";
    if (argc < 2 || delay_ms < 1 || delay_ms > 100 || count < 1 || count > ROUNDS_MAX) {
        die("usage: bench_slow_disk STIMMWERK [DELAY-MS [ROUNDS [FOLDER]]]");
    }
    slow.syncs = mmap(
        NULL, sizeof *slow.syncs, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
        0);
    if (slow.syncs == MAP_FAILED) {
        die("no shared memory");
    }
    printf("machine %.0f %% idle before\n", idle_percent(1000));
    for (size_t i = 0; i < count; i++) {
        play(argv[1], root, 0, &without.of[without.count++]);
        play(argv[1], root, delay_ms, &with.of[with.count++]);
    }
    tell(&without, 0);
    tell(&with, delay_ms);
    tell_goal("receipt p50 / delay", MEDIAN_OF(&with, p50_ms) / (double)delay_ms, 2);
    tell_goal("receipt p99 / delay", MEDIAN_OF(&with, p99_ms) / (double)delay_ms, 3.5);
    return 0;
}
