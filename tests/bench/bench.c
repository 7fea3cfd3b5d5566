/* The server against this machine's limits, in one run: ballots a second and CPU against
 * two echoes and SQLite, interleaved; time to the receipt; memory per connection.
 *
 *     bench STIMMWERK BENCH_ECHO [JSON-FILE] */
#include "base/bounds.h"
#include "child.h"
#include "flood.h"
#include "house.h"
#include "measure.h"
#include "sqlite_limit.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROUNDS         7
#define PARTS          5 /* of a round, each in a poll of its own */
#define STEADY_S       4
#define STEADY_SECONDS "4"
#define IDLE_FEW       2000
#define IDLE_MANY      6000
#define QUIET_PERCENT  88

/* How ballots come. */
struct load {
    size_t lines;
    size_t in_flight; /* of each line */
    size_t each;      /* of each line in a part: nobody votes much more often in a poll */
};

enum {
    BURSTS,
    SINGLES,
    LOADS
}; /* several of one line at once; one by one, as phones do */

static const struct load loads[LOADS] = {
    [BURSTS] = {.lines = 200, .in_flight = 8, .each = 20},
    [SINGLES] = {.lines = 1000, .in_flight = 1, .each = 4},
};

struct pace {
    struct flood *flood;
    double per_s[ROUNDS];
    double cpu_us[ROUNDS];
    double median_per_s;
    double median_cpu_us;
    double took_us; /* this round so far */
    double spent_us;
};

struct side { /* one of the things compared */
    struct child child;
    struct pace paces[LOADS];
};

struct bench {
    struct house house;
    struct side durable;
    struct side json;
    struct side raw;
    double sqlite_per_s;

    struct {
        int64_t rate;
        int64_t p50_us;
        int64_t p99_us;
    } steady[2];

    double seat_bytes;
    double line_bytes;
    double idle_percent;
};

/* ---- setting up ---- */

static void open_floods(
    struct side *side, const struct flood_target *target, const char *const *cookies)
{
    for (int i = 0; i < LOADS; i++) {
        const struct load *load = &loads[i];
        side->paces[i].flood = flood_open(target, cookies, load->lines);
        flood_closed(side->paces[i].flood, load->each, load->in_flight);
        cookies = cookies != NULL ? cookies + load->lines : NULL;
    }
}

static void close_floods(struct side *side)
{
    for (int i = 0; i < LOADS; i++) {
        flood_close(side->paces[i].flood);
    }
}

static void set_up(struct bench *bench, const char *program)
{
    struct house *house = &bench->house;
    house_open(house, program, IDLE_MANY);
    bench->durable.child = house->serve.child;
    house_take_seats(house, 0, loads[BURSTS].lines + loads[SINGLES].lines);
    house_new_poll(house);
    open_floods(&bench->durable, &house->target, house->cookie_list);
}

static void start_echo(struct side *side, const char *const *argv)
{
    char url[64];
    child_start(&side->child, argv, NULL);
    if (!child_listens(&side->child, url)) {
        die("%s does not listen", argv[0]);
    }
    const struct flood_target target = {.url = url, .poll = 1, .ideas = {1, 2, 3}};
    open_floods(side, &target, NULL);
}

static void start_echoes(struct bench *bench, const char *program)
{
    char bytes[24];
    size_t answer = flood_answer_bytes(bench->durable.paces[BURSTS].flood);
    snprintf(bytes, sizeof bytes, "%zu", answer);
    const char *json[] = {program, "json", NULL};
    const char *raw[] = {program, "raw", bytes, NULL};
    start_echo(&bench->json, json);
    start_echo(&bench->raw, raw);
}

/* ---- measuring ---- */

/* One part of a round; the round's first forgets the one before. */
static void measure(struct side *side, int which, int round, int part)
{
    const struct load *load = &loads[which];
    struct pace *pace = &side->paces[which];
    double ballots = (double)(load->lines * load->each * PARTS);
    double cpu_before_us = cpu_us(side->child.pid);
    pace->took_us = part == 0 ? 0 : pace->took_us;
    pace->spent_us = part == 0 ? 0 : pace->spent_us;
    pace->took_us += (double)flood_closed(pace->flood, load->each, load->in_flight);
    pace->spent_us += cpu_us(side->child.pid) - cpu_before_us;
    pace->cpu_us[round] = pace->spent_us / ballots;
    pace->per_s[round] = ballots * 1e6 / pace->took_us;
}

/* Everybody has heard of the poll, and has voted in it once, before it is measured: what
 * is measured are later votes, whose slots are known and take no HMAC. */
static void measure_part(struct bench *bench, int which, int round, int part)
{
    struct side *sides[] = {&bench->durable, &bench->json, &bench->raw};
    struct flood *durable = bench->durable.paces[which].flood;
    house_new_poll(&bench->house);
    flood_set_poll(durable, bench->house.target.poll);
    flood_closed(durable, 1, 1);
    for (int i = 0; i < 3; i++) {
        measure(sides[i], which, round, part);
    }
}

static void finish(struct side *side)
{
    for (int i = 0; i < LOADS; i++) {
        struct pace *pace = &side->paces[i];
        pace->median_per_s = median(pace->per_s, ROUNDS);
        pace->median_cpu_us = median(pace->cpu_us, ROUNDS);
    }
}

static void compare(struct bench *bench)
{
    double sqlite[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        for (int part = 0; part < PARTS; part++) {
            measure_part(bench, BURSTS, round, part);
            measure_part(bench, SINGLES, round, part);
        }
        sqlite[round] = sqlite_rows_per_s(bench->house.serve.folder);
    }
    finish(&bench->durable);
    finish(&bench->json);
    finish(&bench->raw);
    bench->sqlite_per_s = median(sqlite, ROUNDS);
}

/* Receipts at a steady rate: the product's own rehearsal, on a server of its own. */
static void measure_steady(struct bench *bench)
{
    static const int64_t rates[] = {1000, 10000};
    for (int i = 0; i < 2; i++) {
        char ballots[24];
        char out[16384];
        snprintf(ballots, sizeof ballots, "%lld", (long long)(rates[i] * STEADY_S));
        const char *argv[] = {
            bench->house.serve.program,
            "load",
            "vote",
            "--phones",
            "200",
            "--ballots",
            ballots,
            "--seconds",
            STEADY_SECONDS,
            "--json",
            NULL};
        int code = child_run(argv, out, sizeof out);
        cJSON *json = cJSON_Parse(out);
        const cJSON *times = cJSON_GetObjectItemCaseSensitive(json, "times_us");
        const cJSON *receipt = cJSON_GetObjectItemCaseSensitive(times, "receipt");
        if (code != 0 || receipt == NULL) {
            die("the rehearsal failed (%d): %s", code, out);
        }
        bench->steady[i].rate = rates[i];
        bench->steady[i].p50_us =
            cJSON_GetObjectItemCaseSensitive(receipt, "p50")->valueint;
        bench->steady[i].p99_us =
            cJSON_GetObjectItemCaseSensitive(receipt, "p99")->valueint;
        cJSON_Delete(json);
    }
}

static void run_crowd(struct bench *bench, int64_t ms)
{
    int64_t end_ms = client_now_ms() + ms;
    while (client_now_ms() < end_ms) {
        must(crowd_run(bench->house.crowd, 20), "the loop");
    }
}

/* Connects more phones until `to` are there and greeted. */
static void
connect_phones(struct bench *bench, struct phone **phones, size_t from, size_t to)
{
    static const struct phone_handlers none;
    for (size_t i = from; i < to; i++) {
        struct phone_setup setup = {.role = "participant", .handlers = &none};
        snprintf(
            setup.seat.event, sizeof setup.seat.event, "%s", bench->house.event.code);
        memcpy(setup.seat.cookie, bench->house.cookies[i], sizeof setup.seat.cookie);
        must(phone_new(bench->house.crowd, &setup, &phones[i]), "a phone");
        if (i % 64 == 0) {
            must(crowd_run(bench->house.crowd, 0), "the loop");
        }
    }
    for (size_t i = from; i < to; i++) {
        while (!phone_is_ready(phones[i])) {
            must(crowd_run(bench->house.crowd, 20), "the loop");
        }
    }
    run_crowd(bench, 1500);
}

static void measure_memory(struct bench *bench)
{
    static struct phone *phones[IDLE_MANY];
    pid_t pid = bench->house.serve.child.pid;
    close_floods(&bench->durable);
    client_pool_use_sources(crowd_pool(bench->house.crowd), 16);
    house_take_seats(&bench->house, loads[BURSTS].lines + loads[SINGLES].lines, IDLE_FEW);
    double before = (double)rss_bytes(pid);
    house_take_seats(&bench->house, IDLE_FEW, IDLE_MANY);
    double seated = (double)rss_bytes(pid);
    connect_phones(bench, phones, 0, IDLE_FEW);
    double few = (double)rss_bytes(pid);
    connect_phones(bench, phones, IDLE_FEW, IDLE_MANY);
    double many = (double)rss_bytes(pid);
    bench->seat_bytes = (seated - before) / (IDLE_MANY - IDLE_FEW);
    bench->line_bytes = (many - few) / (IDLE_MANY - IDLE_FEW);
}

/* ---- telling ---- */

struct verdict {
    const char *what;
    double value;
    double goal;
    bool at_least; /* else at most */
};

static size_t judge(const struct bench *bench, struct verdict verdicts[8])
{
    const struct pace *durable = bench->durable.paces;
    const struct pace *json = bench->json.paces;
    const struct pace *raw = bench->raw.paces;
    double echo_per_s = json[BURSTS].median_per_s;
    double limit = echo_per_s < bench->sqlite_per_s ? echo_per_s : bench->sqlite_per_s;
    const struct verdict all[] = {
        {"durable ballots/s / min(JSON echo, SQLite)",
         durable[BURSTS].median_per_s / limit, 0.80, true},
        {"durable ballots/s / raw echo",
         durable[BURSTS].median_per_s / raw[BURSTS].median_per_s, 0, true},
        {"CPU per durable ballot / raw echo",
         durable[BURSTS].median_cpu_us / raw[BURSTS].median_cpu_us, 0, false},
        {"the same one by one",
         durable[SINGLES].median_cpu_us / raw[SINGLES].median_cpu_us, 1.7, false},
        {"CPU per durable ballot / JSON echo, one by one",
         durable[SINGLES].median_cpu_us / json[SINGLES].median_cpu_us, 0, false},
        {"receipt p50 at 10,000/s, ms", (double)bench->steady[1].p50_us / 1e3, 1, false},
        {"receipt p99 at 10,000/s, ms", (double)bench->steady[1].p99_us / 1e3, 10, false},
        {"memory per idle connection, KiB", bench->line_bytes / 1024, 6, false},
    };
    memcpy(verdicts, all, sizeof all);
    return sizeof all / sizeof all[0];
}

static void print_side(const char *name, const struct side *side)
{
    printf(
        "%-28s %12.0f %12.1f %12.0f %12.1f\n", name, side->paces[BURSTS].median_per_s,
        side->paces[BURSTS].median_cpu_us, side->paces[SINGLES].median_per_s,
        side->paces[SINGLES].median_cpu_us);
}

static void
print_table(const struct bench *bench, const struct verdict *verdicts, size_t count)
{
    printf(
        "\n%zu lines with %zu ballots on the way each, %zu one by one; medians of %d "
        "interleaved rounds; machine %.0f %% idle before%s\n\n",
        loads[BURSTS].lines, loads[BURSTS].in_flight, loads[SINGLES].lines, ROUNDS,
        bench->idle_percent,
        bench->idle_percent < QUIET_PERCENT ? " (busy: mind the ratios and CPU only)"
                                            : "");
    printf(
        "%-28s %12s %12s %12s %12s\n", "", "per second", "CPU µs each", "one by one",
        "CPU µs each");
    print_side("durable ballots", &bench->durable);
    print_side("echo: server/net + JSON", &bench->json);
    print_side("echo: raw epoll", &bench->raw);
    printf("%-28s %12.0f\n\n", "SQLite rows, 1,000 a commit", bench->sqlite_per_s);
    for (int i = 0; i < 2; i++) {
        printf(
            "receipts at %5lld/s: p50 %.2f ms, p99 %.2f ms\n",
            (long long)bench->steady[i].rate, (double)bench->steady[i].p50_us / 1e3,
            (double)bench->steady[i].p99_us / 1e3);
    }
    printf(
        "memory: %.0f bytes a seat, %.0f bytes a connection (slope from %d to %d)\n\n",
        bench->seat_bytes, bench->line_bytes, IDLE_FEW, IDLE_MANY);
    for (size_t i = 0; i < count; i++) {
        const struct verdict *v = &verdicts[i];
        bool meets = v->at_least ? v->value >= v->goal : v->value <= v->goal;
        printf("%-46s %7.2f", v->what, v->value);
        if (v->goal > 0) {
            printf(
                "  goal %s %.2f: %s", v->at_least ? ">=" : "<=", v->goal,
                meets ? "met" : "MISSED");
        }
        printf("\n");
    }
}

static void add_side(cJSON *json, const char *name, const struct side *side)
{
    cJSON *at = cJSON_AddObjectToObject(json, name);
    cJSON_AddNumberToObject(at, "per_s", side->paces[BURSTS].median_per_s);
    cJSON_AddNumberToObject(at, "cpu_us", side->paces[BURSTS].median_cpu_us);
    cJSON_AddNumberToObject(at, "one_by_one_per_s", side->paces[SINGLES].median_per_s);
    cJSON_AddNumberToObject(at, "one_by_one_cpu_us", side->paces[SINGLES].median_cpu_us);
}

static void write_json(
    const struct bench *bench, const struct verdict *verdicts, size_t count,
    const char *path)
{
    cJSON *json = cJSON_CreateObject();
    cJSON_AddNumberToObject(json, "idle_percent", bench->idle_percent);
    add_side(json, "durable", &bench->durable);
    add_side(json, "echo_json", &bench->json);
    add_side(json, "echo_raw", &bench->raw);
    cJSON_AddNumberToObject(json, "sqlite_rows_per_s", bench->sqlite_per_s);
    cJSON *steady = cJSON_AddArrayToObject(json, "receipts");
    for (int i = 0; i < 2; i++) {
        cJSON *at = cJSON_CreateObject();
        cJSON_AddNumberToObject(at, "rate", (double)bench->steady[i].rate);
        cJSON_AddNumberToObject(at, "p50_us", (double)bench->steady[i].p50_us);
        cJSON_AddNumberToObject(at, "p99_us", (double)bench->steady[i].p99_us);
        cJSON_AddItemToArray(steady, at);
    }
    cJSON_AddNumberToObject(json, "bytes_per_seat", bench->seat_bytes);
    cJSON_AddNumberToObject(json, "bytes_per_connection", bench->line_bytes);
    cJSON *ratios = cJSON_AddObjectToObject(json, "ratios");
    for (size_t i = 0; i < count; i++) {
        cJSON_AddNumberToObject(ratios, verdicts[i].what, verdicts[i].value);
    }
    char *text = cJSON_Print(json);
    FILE *file = fopen(path, "w");
    if (file == NULL || fprintf(file, "%s\n", text) < 0 || fclose(file) != 0) {
        die("%s can't be written: %s", path, strerror(errno));
    }
    cJSON_free(text);
    cJSON_Delete(json);
}

static void tear_down(struct bench *bench)
{
    close_floods(&bench->json);
    close_floods(&bench->raw);
    child_end(&bench->json.child, SIGKILL);
    child_end(&bench->raw.child, SIGKILL);
    house_close(&bench->house);
}

int main(int argc, char **argv)
{
    static struct bench bench;
    struct verdict verdicts[8];
    if (argc < 3) {
        die("usage: bench STIMMWERK BENCH_ECHO [JSON-FILE]");
    }
    bench.idle_percent = idle_percent(2000);
    set_up(&bench, argv[1]);
    start_echoes(&bench, argv[2]);
    compare(&bench);
    measure_steady(&bench);
    measure_memory(&bench);
    size_t count = judge(&bench, verdicts);
    print_table(&bench, verdicts, count);
    if (argc > 3) {
        write_json(&bench, verdicts, count, argv[3]);
    }
    tear_down(&bench);
    return 0;
}
