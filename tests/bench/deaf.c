/* Phones that do not read: an idea's longest text, 8 kB, goes to everybody in a complete
 * server, while all read and while one in a hundred does not; time from the first of the
 * others that has it to the last, until those who do not read are cut. Beside it what one
 * of them takes of the server's memory till then. Phones are told once a second, so it
 * takes its time.
 *
 *     bench_deaf STIMMWERK [PHONES] */
#include "base/bounds.h"
#include "child.h"
#include "house.h"
#include "measure.h"
#include "metric.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define ROUNDS         3
#define PUSHES_READ    8  /* of a round, while all read */
#define PUSHES_MAX     60 /* until those who do not are cut */
#define PING_EVERY     6  /* pushes */
#define FRAME_BYTES    8000
#define MEMORY_READERS 100
#define MEMORY_DEAF    1000
#define OPENING_MAX    256 /* lines that are opened at once */
#define STALL_US       20000000

struct phones;

struct listener {
    struct phones *phones;
    struct client *client; /* NULL: none */
    bool greeted;
};

struct phones {
    struct house house;
    struct client_pool *pool;
    struct listener *of;
    size_t count;
    size_t greeted;
    size_t heard; /* the last push */
    int64_t first_us;
    uint32_t pushes;
};

/* ---- phones ---- */

static void on_opened(void *ctx, struct client *client)
{
    const struct listener *listener = ctx;
    char text[256];
    snprintf(
        text, sizeof text,
        "{\"op\":\"hello\",\"id\":\"00000000000000000000000000000001\",\"event\":\"%s\","
        "\"role\":\"participant\"}",
        listener->phones->house.event.code);
    must(client_send(client, span_of_string(text)), "a hello");
}

static void on_message(void *ctx, struct client *client, struct span text)
{
    static const char change[] = "{\"op\":\"change\"";
    struct listener *listener = ctx;
    (void)client;
    if (!listener->greeted) {
        listener->greeted = text.bytes >= strlen(change) &&
                            memcmp(text.data, change, strlen(change)) == 0;
        listener->phones->greeted += listener->greeted ? 1 : 0;
    } else if (text.bytes >= FRAME_BYTES && listener->phones->heard++ == 0) {
        listener->phones->first_us = now_us();
    }
}

static void on_closed(void *ctx, struct client *client, uint16_t code)
{
    (void)ctx;
    (void)client;
    die("a phone that reads lost its line (%u)", code);
}

static void run(struct phones *phones, const size_t *what, size_t enough)
{
    int64_t begun_us = now_us();
    while (*what < enough) {
        must(client_pool_run(phones->pool, 20), "the phones");
        if (now_us() - begun_us > STALL_US) {
            die("stalled at %zu of %zu", *what, enough);
        }
    }
}

static void run_at_once(void *ctx)
{
    struct phones *phones = ctx;
    must(client_pool_run(phones->pool, 0), "the phones");
}

/* Opens lines and waits until they are greeted. */
static void come(struct phones *phones, size_t from, size_t to)
{
    phones->greeted = from;
    for (size_t i = from; i < to; i++) {
        struct listener *listener = &phones->of[i];
        listener->greeted = false;
        must(
            client_open(
                phones->pool, phones->house.cookie_list[i], listener, &listener->client),
            "a phone");
        if ((i + 1) % OPENING_MAX == 0) {
            run(phones, &phones->greeted, i + 1);
        }
    }
    run(phones, &phones->greeted, to);
}

static void go(struct phones *phones, size_t from)
{
    for (size_t i = from; i < phones->count; i++) {
        client_free(phones->of[i].client);
        phones->of[i].client = NULL;
    }
}

static void ping(struct phones *phones, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        must(
            client_send(phones->of[i].client, span_of_string("{\"op\":\"ping\"}")),
            "a ping");
    }
}

static void open_house(struct phones *phones, const char *program, size_t count)
{
    static const struct client_handlers handlers = {
        .opened = on_opened, .message = on_message, .closed = on_closed};
    *phones = (struct phones){.count = count};
    house_open(&phones->house, program, count);
    house_take_seats(&phones->house, 0, count);
    phones->of = calloc(count, sizeof *phones->of);
    for (size_t i = 0; i < count; i++) {
        phones->of[i].phones = phones;
    }
    must(
        client_pool_new(phones->house.serve.url, NULL, &handlers, &phones->pool),
        "the phones");
    desk_while_waiting(phones->house.desk, run_at_once, phones);
}

static void close_house(struct phones *phones)
{
    client_pool_free(phones->pool);
    house_close(&phones->house);
    free(phones->of);
}

/* ---- pushes ---- */

/* µs from the first of so many phones that has it to the last. */
static double push(struct phones *phones, size_t readers)
{
    struct buf members;
    buf_init(&members, FRAME_IDEA_BYTES_MAX);
    buf_printf(
        &members, ",\"idea\":\"%lld\",\"title\":\"Idee\",\"text\":\"%u",
        (long long)phones->house.target.ideas[0], phones->pushes++);
    for (int i = 0; i < TEXT_CHARS_MAX - 10; i++) {
        buf_text(&members, "\xf0\x9f\x8e\xaa");
    }
    buf_text(&members, "\",\"lang\":\"de\"");
    if (phones->pushes % PING_EVERY == 0) {
        ping(phones, readers);
    }
    phones->heard = 0;
    must(desk_do(phones->house.desk, "idea.edit", buf_span(&members), NULL), "a push");
    run(phones, &phones->heard, readers);
    buf_fini(&members);
    return (double)(now_us() - phones->first_us);
}

static double cut_so_far(const struct phones *phones)
{
    return metric_read(phones->house.serve.url, "connections_cut_total");
}

static void deafen(struct phones *phones, size_t from)
{
    for (size_t i = from; i < phones->count; i++) {
        client_deafen(phones->of[i].client);
    }
}

/* ---- time ---- */

struct round {
    double read_us;
    double deaf_us;
    size_t pushes; /* until they were cut */
};

/* Pushes until all who do not read are cut. */
static void push_past(struct phones *phones, size_t readers, struct round *round)
{
    double us[PUSHES_MAX];
    double cut = cut_so_far(phones) + (double)(phones->count - readers);
    deafen(phones, readers);
    round->pushes = 0;
    while (cut_so_far(phones) < cut) {
        if (round->pushes == PUSHES_MAX) {
            die("after %d pushes they are still there", PUSHES_MAX);
        }
        us[round->pushes++] = push(phones, readers);
    }
    round->deaf_us = median(us, round->pushes);
}

static void play(struct phones *phones, size_t readers, struct round *ret_round)
{
    double us[PUSHES_READ];
    come(phones, readers, phones->count);
    for (size_t i = 0; i < PUSHES_READ; i++) {
        us[i] = push(phones, phones->count);
    }
    ret_round->read_us = median(us, PUSHES_READ);
    push_past(phones, readers, ret_round);
    go(phones, readers);
}

static void measure_time(const char *program, size_t count)
{
    static struct phones phones;
    double read_us[ROUNDS];
    double deaf_us[ROUNDS];
    size_t readers = count - count / 100;
    struct round round = {0};
    open_house(&phones, program, count);
    come(&phones, 0, readers);
    for (int i = 0; i < ROUNDS; i++) {
        play(&phones, readers, &round);
        read_us[i] = round.read_us;
        deaf_us[i] = round.deaf_us;
    }
    close_house(&phones);
    double all_read_us = median(read_us, ROUNDS);
    double some_do_not_us = median(deaf_us, ROUNDS);
    printf(
        "8 kB to %zu phones, first to last: %.1f ms while all read, %.1f ms while %zu do "
        "not, who are cut after %zu pushes\n",
        count, all_read_us / 1e3, some_do_not_us / 1e3, count - readers, round.pushes);
    tell_goal("time: 1 % do not read / all do", some_do_not_us / all_read_us, 1.2);
}

/* ---- memory ---- */

/* All of it: connection, greeting, and what waits to be written. */
static void measure_memory(const char *program)
{
    static struct phones phones;
    open_house(&phones, program, MEMORY_READERS + MEMORY_DEAF);
    pid_t pid = phones.house.serve.child.pid;
    come(&phones, 0, MEMORY_READERS);
    (void)push(&phones, MEMORY_READERS);
    int64_t before = rss_bytes(pid);
    come(&phones, MEMORY_READERS, phones.count);
    int64_t connected = rss_bytes(pid);
    int64_t most = connected;
    double cut = cut_so_far(&phones);
    deafen(&phones, MEMORY_READERS);
    for (int i = 0; i < PUSHES_MAX && cut_so_far(&phones) == cut; i++) {
        (void)push(&phones, MEMORY_READERS);
        int64_t now = rss_bytes(pid);
        most = now > most ? now : most;
    }
    close_house(&phones);
    double each = (double)(most - before) / MEMORY_DEAF;
    printf(
        "memory of one of %d who do not read: %.0f bytes, %.0f of them since it stopped "
        "to read\n",
        MEMORY_DEAF, each, (double)(most - connected) / MEMORY_DEAF);
    tell_goal("memory of one who does not read, KiB", each / 1024, 64);
}

int main(int argc, char **argv)
{
    struct rlimit limit = {0};
    size_t count = argc > 2 ? strtoul(argv[2], NULL, 10) : 8000;
    if (argc < 2 || count < 100) {
        die("usage: bench_deaf STIMMWERK [PHONES]");
    }
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    printf("machine %.0f %% idle before\n", idle_percent(1000));
    measure_memory(argv[1]);
    measure_time(argv[1], count);
    return 0;
}
