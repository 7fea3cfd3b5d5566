#include "base/buf.h"
#include "client/client.h"
#include "client/frame.h"
#include "peer.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WAIT_MS 60000

/* What the handlers saw. */
struct seen {
    int opened;
    int closed;
    int messages;
    uint16_t code;
    char first[4096];
    char last[4096];
    bool free_on_message;
};

static void on_opened(void *ctx, struct client *client)
{
    struct seen *seen = ctx;
    (void)client;
    seen->opened++;
}

static void on_message(void *ctx, struct client *client, struct span text)
{
    struct seen *seen = ctx;
    seen->messages++;
    snprintf(seen->last, sizeof seen->last, "%.*s", (int)text.bytes, text.data);
    if (seen->messages == 1) {
        memcpy(seen->first, seen->last, sizeof seen->first);
    }
    if (seen->free_on_message) {
        client_free(client);
    }
}

static void on_closed(void *ctx, struct client *client, uint16_t code)
{
    struct seen *seen = ctx;
    (void)client;
    seen->closed++;
    seen->code = code;
}

static const struct client_handlers HANDLERS = {
    .opened = on_opened, .message = on_message, .closed = on_closed};

/* Runs the pool until a counter is reached. */
static void run_until(struct client_pool *pool, const int *counter, int at_least)
{
    int64_t deadline_ms = client_now_ms() + WAIT_MS;
    while (*counter < at_least) {
        cr_assert_lt(client_now_ms(), deadline_ms);
        cr_assert_eq(client_pool_run(pool, 100), ERR_OK);
    }
}

struct scene {
    struct peer peer;
    struct client_pool *pool;
    struct client *client;
    struct seen seen;
    char head[2048];
    char got[2][126];
    int gate[2];
    size_t sent_bytes;
};

static void play(struct scene *scene, int lines, peer_script *script, bool tls)
{
    (tls ? peer_start_tls : peer_start)(&scene->peer, lines, script, scene);
    const char *ca_file = tls ? scene->peer.ca_file : NULL;
    cr_assert_eq(
        client_pool_new(scene->peer.url, ca_file, &HANDLERS, &scene->pool), ERR_OK);
    cr_assert_eq(client_open(scene->pool, "s=abc", &scene->seen, &scene->client), ERR_OK);
}

static void finish(struct scene *scene)
{
    client_pool_free(scene->pool);
    peer_stop(&scene->peer);
}

static void send_text(struct client *client, const char *text)
{
    cr_assert_eq(client_send(client, span_of_string(text)), ERR_OK);
}

static void echo_once(struct peer_line *line, void *ctx)
{
    struct scene *scene = ctx;
    peer_upgrade(line, scene->head, sizeof scene->head);
    uint8_t first = peer_read_frame(line, scene->got[0]);
    uint8_t head[2] = {first, (uint8_t)strlen(scene->got[0])};
    peer_write(line, head, 2);
    peer_write_text(line, scene->got[0]);
    peer_await_end(line);
}

Test(line, upgrades_and_speaks)
{
    struct scene scene = {0};
    play(&scene, 1, echo_once, false);
    run_until(scene.pool, &scene.seen.opened, 1);
    cr_assert(client_is_open(scene.client));
    send_text(scene.client, "grüße");
    run_until(scene.pool, &scene.seen.messages, 1);
    cr_assert_str_eq(scene.seen.last, "grüße");
    finish(&scene);
    cr_assert_not_null(strstr(scene.head, "GET /ws HTTP/1.1\r\n"));
    cr_assert_not_null(strstr(scene.head, "\r\nCookie: s=abc\r\n"));
    cr_assert_not_null(strstr(scene.head, "\r\nSec-WebSocket-Version: 13\r\n"));
    cr_assert_not_null(strstr(scene.head, "\r\nOrigin: http://127.0.0.1:"));
    cr_assert_eq(scene.seen.closed, 0);
}

Test(line, speaks_over_tls)
{
    struct scene scene = {0};
    play(&scene, 1, echo_once, true);
    run_until(scene.pool, &scene.seen.opened, 1);
    send_text(scene.client, "grüße");
    run_until(scene.pool, &scene.seen.messages, 1);
    cr_assert_str_eq(scene.seen.last, "grüße");
    finish(&scene);
}

/* The first frame stands in the same packet as the answer to the upgrade. */
static void send_in_pieces(struct peer_line *line, void *ctx)
{
    struct scene *scene = ctx;
    peer_upgrade(line, scene->head, sizeof scene->head);
    peer_write(
        line,
        "\x01\x02"
        "ei",
        4);
    peer_write(
        line,
        "\x89\x04"
        "hm?!",
        6);
    peer_write(
        line,
        "\x00\x03"
        "n W",
        5);
    peer_write(
        line,
        "\x80\x03"
        "ort",
        5);
    scene->got[1][0] = (char)peer_read_frame(line, scene->got[0]);
    peer_write(
        line,
        "\x81\x02"
        "so",
        4);
    peer_await_end(line);
}

Test(line, joins_fragments_and_answers_pings_between_them)
{
    struct scene scene = {0};
    play(&scene, 1, send_in_pieces, false);
    run_until(scene.pool, &scene.seen.messages, 2); /* maybe both at once */
    cr_assert_str_eq(scene.seen.first, "ein Wort");
    cr_assert_str_eq(scene.seen.last, "so");
    finish(&scene);
    cr_assert_eq((uint8_t)scene.got[1][0], 0x80 | FRAME_PONG);
    cr_assert_str_eq(scene.got[0], "hm?!");
}

static void close_politely(struct peer_line *line, void *ctx)
{
    struct scene *scene = ctx;
    peer_upgrade(line, scene->head, sizeof scene->head);
    peer_write(line, "\x88\x02\x03\xf4", 4);
    scene->got[1][0] = (char)peer_read_frame(line, scene->got[0]);
    peer_await_end(line);
}

Test(line, tells_the_code_of_a_close_and_answers_it)
{
    struct scene scene = {0};
    play(&scene, 1, close_politely, false);
    run_until(scene.pool, &scene.seen.closed, 1);
    cr_assert_eq(scene.seen.code, 1012);
    cr_assert_not(client_is_open(scene.client));
    cr_assert_eq(client_send(scene.client, span_of_string("{}")), ERR_CLOSED);
    finish(&scene);
    cr_assert_eq((uint8_t)scene.got[1][0], 0x80 | FRAME_CLOSE);
    cr_assert_eq(memcmp(scene.got[0], "\x03\xf4", 2), 0);
}

static void await_close(struct peer_line *line, void *ctx)
{
    struct scene *scene = ctx;
    peer_upgrade(line, scene->head, sizeof scene->head);
    scene->got[1][0] = (char)peer_read_frame(line, scene->got[0]);
    peer_write(line, "\x88\x02\x03\xe8", 4);
}

Test(line, closes_politely)
{
    struct scene scene = {0};
    play(&scene, 1, await_close, false);
    run_until(scene.pool, &scene.seen.opened, 1);
    client_close(scene.client);
    cr_assert_eq(client_send(scene.client, span_of_string("{}")), ERR_CLOSED);
    run_until(scene.pool, &scene.seen.closed, 1);
    cr_assert_eq(scene.seen.code, 1000);
    finish(&scene);
    cr_assert_eq((uint8_t)scene.got[1][0], 0x80 | FRAME_CLOSE);
}

static void vanish(struct peer_line *line, void *ctx)
{
    struct scene *scene = ctx;
    peer_upgrade(line, scene->head, sizeof scene->head);
}

Test(line, can_be_opened_again_after_the_peer_vanished)
{
    struct scene scene = {0};
    play(&scene, 3, vanish, false);
    for (int i = 1; i <= 3; i++) {
        run_until(scene.pool, &scene.seen.closed, i);
        cr_assert_eq(scene.seen.opened, i);
        cr_assert_eq(scene.seen.code, 1006);
        if (i < 3) {
            client_reopen(scene.client);
        }
    }
    finish(&scene);
}

static void refuse(struct peer_line *line, void *ctx)
{
    struct scene *scene = ctx;
    peer_read_head(line, scene->head, sizeof scene->head);
    peer_write_text(line, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    peer_await_end(line);
}

Test(line, tells_the_status_of_a_refused_upgrade)
{
    struct scene scene = {0};
    play(&scene, 1, refuse, false);
    run_until(scene.pool, &scene.seen.closed, 1);
    cr_assert_eq(scene.seen.code, 403);
    cr_assert_eq(scene.seen.opened, 0);
    finish(&scene);
}

static void accept_wrongly(struct peer_line *line, void *ctx)
{
    struct scene *scene = ctx;
    peer_read_head(line, scene->head, sizeof scene->head);
    peer_write_text(
        line, "HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
              "Sec-WebSocket-Protocol: stimmwerk.v1\r\n\r\n");
    peer_await_end(line);
}

Test(line, refuses_an_answer_to_another_key)
{
    struct scene scene = {0};
    play(&scene, 1, accept_wrongly, false);
    run_until(scene.pool, &scene.seen.closed, 1);
    cr_assert_eq(scene.seen.code, 1006);
    cr_assert_eq(scene.seen.opened, 0);
    finish(&scene);
}

static void break_rules(struct peer_line *line, void *ctx)
{
    struct scene *scene = ctx;
    peer_upgrade(line, scene->head, sizeof scene->head);
    peer_write(
        line,
        "\x80\x01"
        "x",
        3); /* goes on with nothing */
    scene->got[1][0] = (char)peer_read_frame(line, scene->got[0]);
    peer_await_end(line);
}

Test(line, ends_with_a_peer_that_breaks_the_rules)
{
    struct scene scene = {0};
    play(&scene, 1, break_rules, false);
    run_until(scene.pool, &scene.seen.closed, 1);
    cr_assert_eq(scene.seen.code, 1002);
    finish(&scene);
    cr_assert_eq(memcmp(scene.got[0], "\x03\xea", 2), 0);
}

static void send_two(struct peer_line *line, void *ctx)
{
    struct scene *scene = ctx;
    peer_upgrade(line, scene->head, sizeof scene->head);
    peer_write(
        line,
        "\x81\x01"
        "a"
        "\x81\x01"
        "b",
        6);
    peer_await_end(line);
}

Test(line, may_be_freed_inside_a_handler)
{
    struct scene scene = {.seen = {.free_on_message = true}};
    play(&scene, 1, send_two, false);
    run_until(scene.pool, &scene.seen.messages, 1);
    cr_assert_eq(client_pool_run(scene.pool, 0), ERR_OK);
    cr_assert_eq(scene.seen.messages, 1);
    cr_assert_eq(scene.seen.closed, 0);
    finish(&scene);
}

Test(line, is_closed_where_nobody_listens)
{
    struct client_pool *pool = NULL;
    struct client *client = NULL;
    struct seen seen = {0};
    cr_assert_eq(client_pool_new("http://127.0.0.1:1", NULL, &HANDLERS, &pool), ERR_OK);
    cr_assert_eq(client_open(pool, NULL, &seen, &client), ERR_OK);
    run_until(pool, &seen.closed, 1);
    cr_assert_eq(seen.code, 1006);
    client_reopen(client);
    run_until(pool, &seen.closed, 2);
    client_pool_free(pool);
}

/* Takes nothing until the gate opens, then all that was sent. */
static void read_late(struct peer_line *line, void *ctx)
{
    struct scene *scene = ctx;
    static char data[65536];
    peer_upgrade(line, scene->head, sizeof scene->head);
    char go = 0;
    cr_assert_eq(read(scene->gate[0], &go, 1), 1);
    for (size_t left = scene->sent_bytes; left > 0;) {
        left -= peer_read(line, data, left < sizeof data ? left : sizeof data);
    }
    peer_write(
        line,
        "\x81\x03"
        "all",
        5);
    peer_await_end(line);
}

Test(line, says_busy_when_too_much_waits_and_sends_the_rest_later)
{
    struct scene scene = {0};
    static char text[100000];
    memset(text, 'x', sizeof text);
    cr_assert_eq(pipe(scene.gate), 0);
    play(&scene, 1, read_late, false);
    run_until(scene.pool, &scene.seen.opened, 1);
    enum err err = ERR_OK;
    for (int i = 0; i < 2000 && err == ERR_OK; i++) {
        err = client_send(scene.client, span_of(text, sizeof text));
        scene.sent_bytes += err == ERR_OK ? sizeof text + 14 : 0;
    }
    cr_assert_eq(err, ERR_BUSY);
    cr_assert_eq(write(scene.gate[1], "g", 1), 1);
    run_until(scene.pool, &scene.seen.messages, 1);
    cr_assert_str_eq(scene.seen.last, "all");
    send_text(scene.client, "and on it goes");
    finish(&scene);
    close(scene.gate[0]);
    close(scene.gate[1]);
}

struct crowd {
    struct client *clients[50];
    struct seen seen;
};

Test(line, shares_one_loop_with_many)
{
    struct scene scene = {0};
    struct crowd crowd = {0};
    play(&scene, 51, vanish, false);
    client_pool_use_sources(scene.pool, 10);
    for (int i = 0; i < 50; i++) {
        cr_assert_eq(
            client_open(scene.pool, NULL, &crowd.seen, &crowd.clients[i]), ERR_OK);
    }
    run_until(scene.pool, &crowd.seen.closed, 50);
    run_until(scene.pool, &scene.seen.closed, 1);
    cr_assert_eq(crowd.seen.opened, 50);
    finish(&scene);
}
