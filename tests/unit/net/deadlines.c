/* Whom net waits for, and how long. The waits are short here; what counts is who is cut
 * and who is not. */
#include "harness.h"

#include "base/bounds.h"

#include <criterion/criterion.h>

#define SOON  80
#define NEVER 100000

static struct server server;
static struct client client;

static void setup(void)
{
    server_init(&server);
    server.options.waits = (struct net_waits){
        .header_ms = NEVER,
        .body_ms = NEVER,
        .hello_ms = NEVER,
        .dead_ms = NEVER,
        .stuck_ms = NEVER,
        .close_ms = NEVER,
    };
}

static void teardown(void)
{
    client_close(&client);
    server_stop(&server);
}

TestSuite(deadlines, .init = setup, .fini = teardown);

static int64_t cut(void)
{
    struct net_stats stats;
    net_stats(server.net, &stats);
    return stats.cut_total;
}

Test(deadlines, cut_a_socket_that_asks_nothing)
{
    server.options.waits.header_ms = SOON;
    server_start(&server);
    client_open(&client, &server);
    cr_expect(client_until_eof(&client));
    cr_expect_eq(cut(), 1);
}

Test(deadlines, cut_a_socket_that_drips_headers)
{
    server.options.waits.header_ms = SOON;
    server_start(&server);
    client_open(&client, &server);
    client_send(&client, "GET / HT");
    server_settle(&server);
    client_send(&client, "TP/1.1\r\nHost: h\r\nX: ");
    cr_expect(client_until_eof(&client));
    cr_expect_eq(cut(), 1);
}

Test(deadlines, cut_a_body_that_does_not_come)
{
    server.options.waits.body_ms = SOON;
    server_start(&server);
    client_open(&client, &server);
    client_send(
        &client, "POST /join HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\n"
                 "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{");
    cr_expect(client_until_eof(&client));
    cr_expect_eq(cut(), 1);
    cr_expect_eq(server.requests, 0);
}

Test(deadlines, cut_a_socket_that_does_not_say_hello)
{
    server.greet = false;
    server.options.waits.hello_ms = SOON;
    server_start(&server);
    client_join(&client, &server);
    cr_expect(client_until_eof(&client));
    cr_expect_eq(cut(), 1);
    cr_expect_eq(server.closed, 1);
}

struct chat {
    struct client *client;
    int left;
};

/* Says something each time it was heard. */
static bool has_chatted(void *ctx)
{
    struct chat *chat = ctx;
    client_text(chat->client, "x");
    return !client_hears(chat->client, "x") || --chat->left == 0;
}

Test(deadlines, keep_a_socket_that_said_hello_and_goes_on_talking)
{
    server.options.waits.hello_ms = SOON;
    server.options.waits.dead_ms = SOON * 5;
    server_start(&server);
    client_join(&client, &server);
    int64_t start = (int64_t)uv_hrtime();
    while ((int64_t)uv_hrtime() - start < 8LL * SOON * 1000000) {
        struct chat chat = {.client = &client, .left = 1};
        cr_assert(server_until(&server, has_chatted, &chat));
    }
    cr_expect_eq(server_open_connections(&server), 1);
    cr_expect_eq(cut(), 0);
}

Test(deadlines, cut_a_socket_that_fell_silent)
{
    server.options.waits.dead_ms = SOON;
    server_start(&server);
    client_join(&client, &server);
    cr_expect(client_until_eof(&client));
    cr_expect_eq(cut(), 1);
    cr_expect_eq(server.closed, 1);
}

Test(deadlines, a_crowd_pings_more_rarely_than_a_few)
{
    struct client crowd[40];
    int beat_ms[40];
    server.options.heartbeats_per_s = 1;
    server_start(&server);
    for (size_t i = 0; i < 40; i++) {
        client_join(&crowd[i], &server);
        cr_assert(server_until_count(&server, &server.opened, i + 1));
        beat_ms[i] = net_greeted(server.net, server.conns[i]);
    }
    cr_expect_eq(beat_ms[0], HEARTBEAT_MS);
    cr_expect_eq(beat_ms[9], HEARTBEAT_MS);
    cr_expect_eq(beat_ms[19], 2 * HEARTBEAT_MS);
    cr_expect_eq(beat_ms[39], HEARTBEAT_SLOW_MS);
    for (size_t i = 0; i < 40; i++) {
        client_close(&crowd[i]);
    }
}

Test(deadlines, the_silence_of_who_pings_more_rarely_is_borne_longer)
{
    struct client crowd[30];
    server.options.waits.dead_ms = SOON;
    server.options.heartbeats_per_s = 1;
    server_start(&server);
    for (size_t i = 0; i < 29; i++) {
        client_join(&crowd[i], &server);
    }
    int64_t start_ns = (int64_t)uv_hrtime();
    client_join(&crowd[29], &server);
    cr_assert(server_until_count(&server, &server.opened, 30));
    int beat_ms = net_greeted(server.net, server.conns[29]);
    cr_expect(client_until_eof(&crowd[29]));
    int64_t silent_ms = ((int64_t)uv_hrtime() - start_ns) / 1000000;
    cr_expect_geq(silent_ms, (int64_t)SOON * beat_ms / HEARTBEAT_MS);
    for (size_t i = 0; i < 30; i++) {
        client_close(&crowd[i]);
    }
}

Test(deadlines, cut_a_socket_that_takes_nothing)
{
    server.options.waits.stuck_ms = SOON;
    server_start(&server);
    client_open_narrow(&client, &server, 4096);
    cr_assert_eq(client_upgrade(&client, &(struct upgrade){0}), 101);
    cr_assert(server_until_count(&server, &server.opened, 1));
    struct buf text;
    buf_init(&text, 2000000);
    for (int i = 0; i < 100000; i++) {
        buf_text(&text, "0123456789");
    }
    struct net_frame *frame = net_frame_new(buf_span(&text));
    net_send(server.net, server.conns[0], frame);
    net_frame_unref(frame);
    buf_fini(&text);
    cr_expect(server_until_count(&server, &server.closed, 1));
    cr_expect_eq(cut(), 1);
}

Test(deadlines, cut_an_answer_that_nobody_reads)
{
    struct buf body;
    buf_init(&body, 4000000);
    for (int i = 0; i < 300000; i++) {
        buf_text(&body, "0123456789");
    }
    server.answer = NET_NOW;
    server.response = (struct net_response){
        .status = 200, .content_type = "text/plain", .body = buf_span(&body)};
    server.options.waits.stuck_ms = SOON;
    server_start(&server);
    client_open_narrow(&client, &server, 4096);
    client_send(&client, "GET /export HTTP/1.1\r\nHost: h\r\n\r\n");
    cr_expect(server_until_count(&server, &server.requests, 1));
    buf_fini(&body);
    /* It reads again only when it is too late. */
    int64_t start = (int64_t)uv_hrtime();
    while (cut() == 0 && (int64_t)uv_hrtime() - start < 10000000000LL) {
        uv_run(&server.loop, UV_RUN_NOWAIT);
    }
    cr_expect_eq(cut(), 1);
    cr_expect(client_until_eof(&client));
    cr_expect_lt(client.in.bytes, 3000000);
}

Test(deadlines, do_not_hold_up_the_door)
{
    server.options.sockets_max = 2;
    server.options.waits.header_ms = SOON;
    server_start(&server);
    struct client silent[2];
    client_open(&silent[0], &server);
    client_open(&silent[1], &server);
    client_open(&client, &server); /* has to wait until one of them is cut */
    struct answer answer = client_get(&client, "/", "");
    cr_expect_eq(answer.status, 404);
    cr_expect_geq(cut(), 1);
    answer_free(&answer);
    client_close(&silent[0]);
    client_close(&silent[1]);
}
