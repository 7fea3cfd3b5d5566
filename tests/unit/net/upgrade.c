/* Who may open a WebSocket. */
#include "harness.h"

#include <criterion/criterion.h>

static struct server server;
static struct client client;

static void setup(void)
{
    server_init(&server);
    server_start(&server);
    client_open(&client, &server);
}

static void teardown(void)
{
    client_close(&client);
    server_stop(&server);
}

TestSuite(upgrade, .init = setup, .fini = teardown);

static int64_t refused(void)
{
    struct net_stats stats;
    net_stats(server.net, &stats);
    return stats.refused_total;
}

static void refuse(const struct upgrade *upgrade, int status)
{
    cr_expect_eq(client_upgrade(&client, upgrade), status);
    cr_expect(client_until_eof(&client), "a refused upgrade stays open");
    cr_expect_eq(refused(), 1);
    cr_expect_eq(server.opened, 0);
}

Test(upgrade, opens_a_websocket_and_tells_the_handler)
{
    cr_expect_eq(client_upgrade(&client, &(struct upgrade){0}), 101);
    cr_expect(server_until_count(&server, &server.opened, 1));
    cr_expect(server.peer.loopback);
    cr_expect_not(server.peer.secure);
    cr_expect_str_eq(server.peer.session, "");
    cr_expect_eq(server_open_connections(&server), 1);
}

Test(upgrade, names_the_subprotocol_and_no_extension)
{
    client_send(
        &client, "GET /ws HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\n"
                 "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                 "Sec-WebSocket-Version: 13\r\n"
                 "Sec-WebSocket-Extensions: permessage-deflate\r\n"
                 "Sec-WebSocket-Protocol: stimmwerk.v2, stimmwerk.v1\r\n\r\n");
    struct answer answer = client_answer(&client, false);
    cr_expect_eq(answer.status, 101);
    cr_expect_str_eq(answer_header(&answer, "Sec-WebSocket-Protocol"), "stimmwerk.v1");
    cr_expect_str_eq(
        answer_header(&answer, "Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    cr_expect_null(answer_header(&answer, "Sec-WebSocket-Extensions"));
    answer_free(&answer);
}

Test(upgrade, passes_the_session_cookie_on)
{
    const struct upgrade upgrade = {.more = "Cookie: a=b; s=tok-en_1; ss=x\r\n"};
    cr_expect_eq(client_upgrade(&client, &upgrade), 101);
    cr_expect(server_until_count(&server, &server.opened, 1));
    cr_expect_str_eq(server.peer.session, "tok-en_1");
}

Test(upgrade, lets_programs_without_an_origin_in)
{
    cr_expect_eq(client_upgrade(&client, &(struct upgrade){.origin = ""}), 101);
}

Test(upgrade, refuses_another_path)
{
    refuse(&(struct upgrade){.path = "/socket"}, 404);
}

Test(upgrade, refuses_a_foreign_origin)
{
    refuse(&(struct upgrade){.origin = "http://evil.example"}, 403);
}

Test(upgrade, refuses_an_origin_that_only_begins_like_ours)
{
    char origin[128];
    snprintf(
        origin, sizeof origin, "http://127.0.0.1:%d.evil.example", net_port(server.net));
    refuse(&(struct upgrade){.origin = origin}, 403);
}

Test(upgrade, refuses_our_origin_with_another_port)
{
    refuse(&(struct upgrade){.origin = "http://127.0.0.1:1"}, 403);
}

Test(upgrade, refuses_our_origin_with_another_scheme)
{
    char origin[128];
    snprintf(origin, sizeof origin, "https://127.0.0.1:%d", net_port(server.net));
    refuse(&(struct upgrade){.origin = origin}, 403);
}

Test(upgrade, refuses_the_null_origin)
{
    refuse(&(struct upgrade){.origin = "null"}, 403);
}

Test(upgrade, refuses_another_subprotocol)
{
    refuse(&(struct upgrade){.protocol = "chat"}, 400);
}

Test(upgrade, refuses_a_missing_subprotocol)
{
    refuse(&(struct upgrade){.protocol = ""}, 400);
}

Test(upgrade, refuses_the_name_of_plain_http)
{
    refuse(&(struct upgrade){.protocol = "-"}, 400);
}

Test(upgrade, refuses_to_take_plain_http_before_ours)
{
    cr_expect_neq(
        client_upgrade(&client, &(struct upgrade){.protocol = "-, stimmwerk.v1"}), 101);
    cr_expect(client_until_eof(&client));
    cr_expect_eq(server.opened, 0);
}

Test(upgrade, refuses_another_version)
{
    refuse(&(struct upgrade){.version = "8"}, 426);
}

Test(upgrade, refuses_http2_over_clear_text)
{
    refuse(
        &(struct upgrade){
            .upgrade = "h2c", .more = "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"},
        400);
}

/* libwebsockets answers these itself. */
static void refuse_unknown(const char *more)
{
    const struct upgrade upgrade = {.upgrade = "irc", .more = more};
    cr_expect_eq(client_upgrade(&client, &upgrade), 403);
    cr_expect(client_until_eof(&client));
    cr_expect_eq(server.opened, 0);
}

Test(upgrade, refuses_an_unknown_upgrade)
{
    refuse_unknown("");
}

Test(upgrade, refuses_an_unknown_upgrade_with_another_request_behind_it)
{
    refuse_unknown("\r\nGET /ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n");
}

/* On a connection that is kept, the headers are freed before we are asked. */
Test(upgrade, refuses_an_unknown_upgrade_after_a_good_request)
{
    struct answer answer = client_get(&client, "/", "");
    cr_expect_eq(answer.status, 404);
    answer_free(&answer);
    refuse_unknown("");
}

Test(upgrade, refuses_unknown_upgrades_one_after_the_other)
{
    struct answer answer = client_get(&client, "/", "");
    answer_free(&answer);
    refuse_unknown("\r\nGET /ws HTTP/1.1\r\nHost: h\r\nUpgrade: irc\r\n");
}

Test(upgrade, refuses_a_host_that_is_none)
{
    refuse(&(struct upgrade){.host = "a b", .origin = ""}, 400);
}

Test(upgrade, does_not_speak_http2_at_all)
{
    client_send(&client, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    cr_expect(client_until_eof(&client));
    cr_expect(client.in.bytes == 0 || memcmp(client.in.data, "HTTP/1.0 403", 12) == 0);
}

Test(upgrade, does_not_tunnel)
{
    client_send(&client, "CONNECT example.org:443 HTTP/1.1\r\nHost: h\r\n\r\n");
    cr_expect(client_until_eof(&client));
    cr_expect_eq(server.requests, 0);
}

Test(upgrade, believes_a_proxy_on_this_machine)
{
    char origin[64];
    snprintf(origin, sizeof origin, "https://127.0.0.1:%d", net_port(server.net));
    const struct upgrade upgrade = {
        .origin = origin,
        .more = "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n"
                "Cookie: s=plain; __Host-s=secure\r\n",
    };
    cr_expect_eq(client_upgrade(&client, &upgrade), 101);
    cr_expect(server_until_count(&server, &server.opened, 1));
    cr_expect(server.peer.secure);
    cr_expect_not(server.peer.loopback);
    cr_expect_str_eq(server.peer.session, "secure");
}
