/* How long a server takes to start on a large log: an event made by the real server, then
 * so many ballots written through the store's door in rows as the server writes them,
 * then hall_open, several times.
 *
 *     bench_replay STIMMWERK [BALLOTS [BALLOTS-A-ROW]] */
#include "app/crowd.h"
#include "app/desk.h"
#include "app/hall.h"
#include "base/bounds.h"
#include "child.h"
#include "measure.h"
#include "store/store.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <uv.h>

#define IDEAS  3
#define OPENS  5
#define GOAL_S 3.0

static void must(enum err err, const char *what)
{
    if (err != ERR_OK) {
        die("%s: %s", what, err_code(err));
    }
}

/* ---- an event with an open poll ---- */

static void make_poll(struct desk *desk, int64_t *ret_ideas, int64_t *ret_poll)
{
    static const char idea[] = ",\"title\":\"Idee\",\"text\":\"\",\"lang\":\"de\"";
    char members[512];
    for (int i = 0; i < IDEAS; i++) {
        must(
            desk_make(desk, "idea.submit", span_of_string(idea), "idea", &ret_ideas[i]),
            "an idea");
    }
    snprintf(
        members, sizeof members,
        ",\"question\":\"?\",\"lang\":\"de\",\"form\":\"ranking\",\"method\":"
        "\"ranked-pairs-wv\",\"seats\":1,\"ranks\":3,\"ties\":false,\"live\":false,"
        "\"publication\":\"ballots\",\"options\":[\"%lld\",\"%lld\",\"%lld\"]",
        (long long)ret_ideas[0], (long long)ret_ideas[1], (long long)ret_ideas[2]);
    must(
        desk_make(desk, "poll.create", span_of_string(members), "poll", ret_poll),
        "a poll");
    must(desk_do_to(desk, "poll.open", "poll", *ret_poll), "opening");
}

static void make_event(struct serve *serve, int64_t *ret_ideas, int64_t *ret_poll)
{
    struct serve_event event;
    struct crowd *crowd = NULL;
    struct desk *desk = NULL;
    serve_create_event(serve, &event);
    serve_start(serve);
    must(crowd_new(serve->url, NULL, &crowd), "the crowd");
    must(desk_new(crowd, "bench", event.token, &desk), "the desk");
    make_poll(desk, ret_ideas, ret_poll);
    desk_free(desk);
    crowd_free(crowd);
    serve_stop(serve, SIGTERM);
}

/* ---- the log ---- */

static void on_wake(void *ctx)
{
    (void)ctx;
}

static void on_failed(void *ctx, enum err err, const char *what)
{
    (void)ctx;
    die("the store: %s: %s", err_code(err), what);
}

static void on_stored(void *ctx, enum store_status status, int64_t seq)
{
    (void)ctx;
    (void)seq;
    if (status != STORE_STORED) {
        die("a row was not stored");
    }
}

static void make_cast(struct entry *entry, const int64_t *ideas, size_t i)
{
    struct cast *cast = &entry->as.cast;
    trust_random(&cast->id, sizeof cast->id);
    trust_random(&cast->slot, sizeof cast->slot);
    trust_random(&cast->nonce, sizeof cast->nonce);
    trust_random(&cast->lock, sizeof cast->lock);
    cast->counter = 1;
    cast->ballot.form = BALLOT_RANKING;
    cast->ballot.mark_count = IDEAS;
    for (size_t k = 0; k < IDEAS; k++) {
        cast->ballot.marks[k] =
            (struct mark){.option = ideas[(i + k) % IDEAS], .value = (uint16_t)(k + 1)};
    }
}

static void encode_row(struct buf *body, const int64_t *ideas, size_t from, size_t count)
{
    static struct entry entry = {.kind = ENTRY_CAST};
    buf_clear(body);
    buf_char(body, '[');
    for (size_t i = 0; i < count; i++) {
        make_cast(&entry, ideas, from + i);
        buf_text(body, i > 0 ? "," : "");
        wire_encode_entry(body, &entry);
    }
    buf_char(body, ']');
}

static void
write_log(const char *url, const int64_t *ideas, int64_t poll, size_t ballots, size_t row)
{
    const struct store_options options = {
        .url = url, .wake = on_wake, .failed = on_failed};
    struct store *store = NULL;
    struct buf body;
    must(store_open(&options, &store), "the store");
    buf_init(&body, BATCH_BYTES_MAX);
    for (size_t at = 0; at < ballots;) {
        size_t count = ballots - at < row ? ballots - at : row;
        struct uid uid;
        encode_row(&body, ideas, at, count);
        trust_random_uid(&uid);
        enum err err = store_append(
            store, (struct store_lane){1, poll}, &uid, buf_span(&body), on_stored, NULL);
        at += err == ERR_OK ? count : 0;
        store_pump(store);
        if (err == ERR_BUSY) {
            usleep(1000);
        } else {
            must(err, "appending");
        }
    }
    store_close(store);
    buf_fini(&body);
}

/* ---- opening ---- */

static double cpu_s(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static void open_once(const char *url, size_t ballots, double *ret_cpu_s, double *ret_s)
{
    uv_loop_t loop;
    struct hall *hall = NULL;
    uv_loop_init(&loop);
    const struct hall_options options = {.store = url, .loop = &loop};
    double cpu_before_s = cpu_s();
    int64_t before_us = now_us();
    must(hall_open(&options, &hall), "hall_open");
    *ret_s = (double)(now_us() - before_us) / 1e6;
    *ret_cpu_s = cpu_s() - cpu_before_s;
    const struct event *event = hall_event(hall, 1);
    if (event->polls[0]->ballot_count != ballots) {
        die("%zu ballots of %zu", event->polls[0]->ballot_count, ballots);
    }
    hall_close(hall);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
}

int main(int argc, char **argv)
{
    struct serve serve;
    int64_t ideas[IDEAS];
    int64_t poll = 0;
    double cpu[OPENS];
    double wall[OPENS];
    if (argc < 2) {
        die("usage: bench_replay STIMMWERK [BALLOTS [BALLOTS-A-ROW]]");
    }
    size_t ballots = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000000;
    size_t row = argc > 3 ? strtoul(argv[3], NULL, 10) : 10;
    serve_init(&serve, argv[1], NULL);
    make_event(&serve, ideas, &poll);
    write_log(serve.store, ideas, poll, ballots, row);
    for (int i = 0; i < OPENS; i++) {
        open_once(serve.store, ballots, &cpu[i], &wall[i]);
    }
    double million_s = median(cpu, OPENS) * 1e6 / (double)ballots;
    printf(
        "%zu ballots, %zu a row: hall_open takes %.2f s on the clock (medians of %d); "
        "CPU "
        "for a million %.2f s, goal %.1f: %s\n",
        ballots, row, median(wall, OPENS), OPENS, million_s, GOAL_S,
        million_s < GOAL_S ? "met" : "MISSED");
    serve_fini(&serve);
    return 0;
}
