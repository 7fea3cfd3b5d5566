/* Who has to go when more strangers come than there is room for, and who has not. */
#include "harness.h"

#include <criterion/criterion.h>

#define STILL_MS 60
#define ROOM     4 /* for strangers */
#define NEVER    100000

static struct server server;
static struct client strangers[ROOM];
static struct client newcomer;

static void setup(void)
{
    server_init(&server);
    server.greet = false;
    server.options.sockets_max = 2 * ROOM;
    server.options.waits = (struct net_waits){
        .header_ms = NEVER,
        .body_ms = NEVER,
        .hello_ms = NEVER,
        .still_ms = STILL_MS,
    };
    for (size_t i = 0; i < ROOM; i++) {
        strangers[i].fd = -1;
    }
    newcomer.fd = -1;
}

static void teardown(void)
{
    for (size_t i = 0; i < ROOM; i++) {
        client_close(&strangers[i]);
    }
    client_close(&newcomer);
    server_stop(&server);
}

TestSuite(strangers, .init = setup, .fini = teardown);

static int64_t cut(void)
{
    struct net_stats stats;
    net_stats(server.net, &stats);
    return stats.cut_total;
}

static void fill_with_silence(size_t from)
{
    for (size_t i = from; i < ROOM; i++) {
        client_open(&strangers[i], &server);
    }
    server_settle(&server);
}

static bool has_passed(void *ctx)
{
    return uv_hrtime() >= *(const uint64_t *)ctx;
}

static void wait_ms(uint64_t ms)
{
    uint64_t until = uv_hrtime() + ms * 1000000;
    cr_assert(server_until(&server, has_passed, &until));
}

/* Comes in although there is no room, and is answered. */
static void come_in(void)
{
    wait_ms(STILL_MS * 2); /* so that all of them are old, and order alone decides */
    client_close(&newcomer);
    client_open(&newcomer, &server);
    struct answer answer = client_get(&newcomer, "/", "");
    cr_expect_eq(answer.status, 404);
    answer_free(&answer);
}

static bool is_gone(struct client *client)
{
    server_settle(&server);
    client_read(client);
    return client->eof;
}

Test(strangers, stay_while_nobody_knocks)
{
    server_start(&server);
    fill_with_silence(0);
    wait_ms(STILL_MS * 5);
    cr_expect_eq(cut(), 0);
}

Test(strangers, go_by_age_when_they_say_nothing)
{
    server_start(&server);
    fill_with_silence(0);
    come_in();
    cr_expect_eq(cut(), 1);
    cr_expect(is_gone(&strangers[0]));
    cr_expect_not(is_gone(&strangers[1]));
}

Test(strangers, go_when_they_drip)
{
    server_start(&server);
    fill_with_silence(0);
    for (size_t i = 0; i < ROOM; i++) {
        client_send(&strangers[i], "GET / HTTP/1.1\r\nX: ");
    }
    client_open(&newcomer, &server);
    for (int i = 0; i < 20 && cut() == 0; i++) {
        for (size_t j = 0; j < ROOM; j++) {
            client_send(&strangers[j], "x");
        }
        wait_ms(STILL_MS / 3);
    }
    cr_expect_geq(cut(), 1);
}

Test(strangers, go_when_they_are_idle_after_an_answer)
{
    server_start(&server);
    client_open(&strangers[0], &server);
    struct answer answer = client_get(&strangers[0], "/", "");
    answer_free(&answer);
    fill_with_silence(1);
    come_in();
    cr_expect(is_gone(&strangers[0]));
    cr_expect_not(is_gone(&strangers[1]));
}

Test(strangers, go_when_their_body_does_not_come)
{
    server_start(&server);
    client_open(&strangers[0], &server);
    client_send(
        &strangers[0], "POST /join HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\n"
                       "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{");
    server_settle(&server);
    fill_with_silence(1);
    come_in();
    cr_expect(is_gone(&strangers[0]));
}

Test(strangers, go_when_they_open_a_socket_and_say_nothing)
{
    server_start(&server);
    client_join(&strangers[0], &server);
    fill_with_silence(1);
    come_in();
    cr_expect(server_until_count(&server, &server.closed, 1));
}

Test(strangers, are_none_once_they_have_said_hello)
{
    server.greet = true;
    server_start(&server);
    client_join(&strangers[0], &server);
    fill_with_silence(1);
    come_in(); /* there is room for one more */
    cr_expect_eq(cut(), 0);
    come_in();
    wait_ms(STILL_MS * 5);
    come_in();
    cr_expect_eq(server.closed, 0);
}

Test(strangers, stay_while_we_owe_them_an_answer)
{
    server.answer = NET_LATER;
    server.response = (struct net_response){.status = 200};
    server_start(&server);
    client_open(&strangers[0], &server);
    client_send(&strangers[0], "GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
    cr_assert(server_until_count(&server, &server.requests, 1));
    struct net_conn asked = server.request;
    server.answer = NET_UNKNOWN;
    fill_with_silence(1);
    wait_ms(STILL_MS * 5);
    come_in();
    cr_expect_eq(cut(), 1);
    net_respond(server.net, asked, &server.response);
    struct answer answer = client_answer(&strangers[0], true);
    cr_expect_eq(answer.status, 200);
    answer_free(&answer);
}

Test(strangers, have_time_for_a_handshake_once_it_is_under_way)
{
    char cert[128];
    char key[128];
    server_certificate(&server, "hall.example");
    snprintf(cert, sizeof cert, "%s/cert.pem", server.folder);
    snprintf(key, sizeof key, "%s/key.pem", server.folder);
    server.options.tls_cert = cert;
    server.options.tls_key = key;
    server.options.waits.still_ms = 300;
    server_start(&server);
    client_begin_tls(&strangers[0], &server);
    fill_with_silence(1);
    wait_ms(450); /* a slow phone */
    client_open(&newcomer, &server);
    wait_ms(150);
    cr_expect_geq(cut(), 1);
    cr_expect(client_end_tls(&strangers[0], &server));
}
