/* How long a hall that votes waits while another event is deleted: so many ballots of the
 * other event in the store, and a row of ours handed in every two milliseconds; the
 * slowest answers before, while and after it is forgotten.
 *
 *     bench_forget [BALLOTS [BALLOTS-A-ROW [OWN-BALLOTS]]] */
#include "base/bounds.h"
#include "child.h"
#include "measure.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BALLOT_BYTES 330 /* as a ranking of three is spelled */
#define WAIT_US      2000
#define QUIET_US     1000000

struct bench {
    struct store *store;
    char folder[64];
    char url[96];
    size_t under_way;
    bool forgotten;
    int64_t worst_us;
};

struct row {
    struct bench *bench;
    int64_t begun_us;
};

static void must(enum err err, const char *what)
{
    if (err != ERR_OK) {
        die("%s: %s", what, err_code(err));
    }
}

static void on_wake(void *ctx)
{
    (void)ctx;
}

static void on_failed(void *ctx, enum err err, const char *what)
{
    (void)ctx;
    die("the store: %s: %s", err_code(err), what);
}

static void on_row(void *ctx, enum store_status status, int64_t seq)
{
    struct row *row = ctx;
    (void)seq;
    if (status != STORE_STORED) {
        die("a row was not stored");
    }
    int64_t took_us = now_us() - row->begun_us;
    row->bench->worst_us =
        took_us > row->bench->worst_us ? took_us : row->bench->worst_us;
    row->bench->under_way--;
    free(row);
}

static void on_forgotten(void *ctx, enum store_status status, int64_t seq)
{
    struct bench *bench = ctx;
    (void)seq;
    bench->forgotten = status == STORE_STORED;
}

/* BUSY: not taken. */
static enum err hand_in(struct bench *bench, struct store_lane lane, size_t ballots)
{
    static char body[BATCH_BYTES_MAX];
    static uint64_t number;
    struct uid uid = {{0}};
    struct row *row = malloc(sizeof *row);
    if (row == NULL) {
        die("no memory");
    }
    *row = (struct row){.bench = bench, .begun_us = now_us()};
    number++;
    memcpy(uid.bytes, &number, sizeof number);
    memset(body, 'b', ballots * BALLOT_BYTES);
    enum err err = store_append(
        bench->store, lane, &uid, span_of(body, ballots * BALLOT_BYTES), on_row, row);
    bench->under_way += err == ERR_OK ? 1 : 0;
    if (err != ERR_OK) {
        free(row);
    }
    return err;
}

static void settle(struct bench *bench)
{
    while (bench->under_way > 0) {
        store_pump(bench->store);
        usleep(200);
    }
}

static void fill(struct bench *bench, int64_t event, size_t ballots, size_t row)
{
    const struct store_lane lane = {.event = event, .poll = 1};
    struct store_fence fence = {.event = event, .poll = 1, .open = true};
    fence.uid.bytes[15] = (uint8_t)event;
    fence.lane_body = span_of_string("[]");
    fence.history_body = span_of_string("[]");
    must(store_fence(bench->store, &fence, NULL, NULL), "the fence");
    for (size_t at = 0; at < ballots;) {
        enum err err = hand_in(bench, lane, row);
        at += err == ERR_OK ? row : 0;
        store_pump(bench->store);
        if (err == ERR_BUSY) {
            usleep(500);
        } else {
            must(err, "appending");
        }
    }
    settle(bench);
}

/* Until `*over`, or for a second; the slowest answer in milliseconds. */
static double vote(struct bench *bench, const bool *over)
{
    int64_t end_us = now_us() + QUIET_US;
    bench->worst_us = 0;
    while (over != NULL ? !*over : now_us() < end_us) {
        (void)!hand_in(bench, (struct store_lane){1, 1}, 1);
        usleep(WAIT_US);
        store_pump(bench->store);
    }
    settle(bench);
    return (double)bench->worst_us / 1000;
}

static int64_t file_bytes(const struct bench *bench)
{
    struct stat info;
    return stat(strchr(bench->url, ':') + 1, &info) == 0 ? (int64_t)info.st_size : 0;
}

int main(int argc, char **argv)
{
    struct bench bench = {.folder = "/tmp/stimmwerk-forget-XXXXXX"};
    size_t ballots = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000;
    size_t row = argc > 2 ? strtoul(argv[2], NULL, 10) : 10;
    size_t own = argc > 3 ? strtoul(argv[3], NULL, 10) : 10000;
    char command[96];
    if (mkdtemp(bench.folder) == NULL) {
        die("mkdtemp");
    }
    snprintf(bench.url, sizeof bench.url, "sqlite:%s/hall.db", bench.folder);
    const struct store_options options = {
        .url = bench.url, .create = true, .wake = on_wake, .failed = on_failed};
    must(store_open(&options, &bench.store), "the store");
    fill(&bench, 1, own, row);
    fill(&bench, 2, ballots, row);
    int64_t before_bytes = file_bytes(&bench);
    double before_ms = vote(&bench, NULL);
    int64_t begun_us = now_us();
    must(store_forget(bench.store, 2, NULL, 0, on_forgotten, &bench), "forgetting");
    double meanwhile_ms = vote(&bench, &bench.forgotten);
    double took_s = (double)(now_us() - begun_us) / 1e6;
    double after_ms = vote(&bench, NULL);
    printf(
        "%zu ballots forgotten beside %zu in %.2f s (%lld MB of %lld left); slowest "
        "answer: %.1f ms before, %.1f ms meanwhile, %.1f ms after\n",
        ballots, own, took_s, (long long)file_bytes(&bench) / 1000000,
        (long long)before_bytes / 1000000, before_ms, meanwhile_ms, after_ms);
    store_close(bench.store);
    snprintf(command, sizeof command, "rm -rf '%s'", bench.folder);
    return system(command) == 0 ? 0 : 1;
}
