/* Opening, draining and closing. */
#include "harness.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

static struct server server;

static void setup(void)
{
    server_init(&server);
}

static void teardown(void)
{
    server_stop(&server);
}

TestSuite(life, .init = setup, .fini = teardown);

static void on_drained(void *ctx)
{
    struct server *drained = ctx;
    drained->drained = true;
}

static bool is_drained(void *ctx)
{
    return ((struct server *)ctx)->drained;
}

Test(life, ends_at_once_if_nothing_ever_happened)
{
    server_start(&server);
}

Test(life, ends_with_connections_of_every_kind)
{
    struct client clients[6];
    server.answer = NET_LATER;
    server_start(&server);
    client_open(&clients[0], &server); /* silent */
    client_open(&clients[1], &server); /* in the middle of its headers */
    client_send(&clients[1], "GET / HT");
    client_open(&clients[2], &server); /* waiting for an answer */
    client_send(&clients[2], "GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
    client_open(&clients[3], &server); /* in the middle of its body */
    client_send(
        &clients[3], "POST /join HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\n"
                     "Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{");
    client_join(&clients[4], &server); /* in the middle of a message */
    client_frame(&clients[4], OP_TEXT, false, span_of_string("part"));
    client_open_narrow(&clients[5], &server, 4096); /* reading nothing */
    cr_expect_eq(client_upgrade(&clients[5], &(struct upgrade){0}), 101);
    cr_expect(server_until_count(&server, &server.opened, 2));
    net_listen_channel(server.net, server.conns[1], 3);
    char *text = malloc(1000000);
    memset(text, 'x', 1000000);
    struct net_frame *frame = net_frame_new(span_of(text, 1000000));
    net_send(server.net, server.conns[1], frame);
    net_broadcast(server.net, 3, frame);
    net_publish(server.net, 3, 2, frame);
    net_frame_unref(frame);
    server_settle(&server);
    net_broadcast(server.net, 3, frame);
    free(text);
    for (size_t i = 0; i < 6; i++) {
        client_close(&clients[i]);
    }
}

Test(life, calls_nobody_after_the_end)
{
    struct client client;
    server_start(&server);
    client_join(&client, &server);
    net_close(server.net);
    server.net = NULL;
    uv_run(&server.loop, UV_RUN_DEFAULT);
    cr_expect_eq(server.closed, 0);
    client_close(&client);
}

Test(life, listens_to_ipv6_and_both)
{
    server.options.listen = "[::]:0";
    server_start(&server);
    struct sockaddr_in6 six = {
        .sin6_family = AF_INET6,
        .sin6_port = htons((uint16_t)net_port(server.net)),
        .sin6_addr = IN6ADDR_LOOPBACK_INIT,
    };
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    cr_expect_eq(connect(fd, (struct sockaddr *)&six, sizeof six), 0);
    close(fd);
    struct client four;
    client_join(&four, &server);
    cr_expect(server.peer.loopback, "127.0.0.1 spelled as IPv6");
    client_close(&four);
}

static enum err open_at(const char *listen)
{
    struct net *net = NULL;
    struct net_options options = server.options;
    options.listen = listen;
    return net_open(&options, &net);
}

Test(life, refuses_addresses_that_are_none)
{
    static const char *const bad[] = {
        "",        "8080",         ":8080",     "127.0.0.1",   "127.0.0.1:",
        "[::]",    "[::1:80",      "[]:80",     "127.0.0.1:x", "127.0.0.1:65536",
        "host:80", "127.0.0.1:-1", "[::g]:443", "::1:443",     "127.0.0.1:999999",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cr_expect_eq(open_at(bad[i]), ERR_BAD_VALUE, "%s", bad[i]);
    }
}

Test(life, refuses_an_address_in_use)
{
    char listen[64];
    server_start(&server);
    snprintf(listen, sizeof listen, "127.0.0.1:%d", net_port(server.net));
    cr_expect_eq(open_at(listen), ERR_IO);
}

Test(life, has_no_certificate_to_reload_without_tls)
{
    server_start(&server);
    cr_expect_eq(net_reload_certificate(server.net), ERR_NOT_FOUND);
}

Test(life, drains_at_once_when_nobody_is_there)
{
    server_start(&server);
    net_drain(server.net, on_drained, &server);
    cr_expect_not(server.drained, "never from inside");
    cr_expect(server_until(&server, is_drained, &server));
}

Test(life, drains_with_a_word_to_everybody)
{
    struct client clients[20];
    server_start(&server);
    for (size_t i = 0; i < 20; i++) {
        client_join(&clients[i], &server);
    }
    struct net_frame *frame = net_frame_new(span_of_string("last words"));
    net_send(server.net, server.conns[3], frame);
    net_frame_unref(frame);
    net_drain(server.net, on_drained, &server);
    cr_expect(client_hears(&clients[3], "last words"));
    for (size_t i = 0; i < 20; i++) {
        cr_expect_eq(client_close_code(&clients[i]), 1012);
        client_frame(&clients[i], OP_CLOSE, true, span_of("\x03\xf4", 2));
    }
    cr_expect(server_until(&server, is_drained, &server));
    cr_expect_eq(server.closed, 20);
    cr_expect_eq(server_open_connections(&server), 0);
    for (size_t i = 0; i < 20; i++) {
        cr_expect(client_until_eof(&clients[i]));
        client_close(&clients[i]);
    }
}

Test(life, does_not_wait_forever_for_those_who_do_not_answer)
{
    struct client client;
    server.options.waits.close_ms = 80;
    server_start(&server);
    client_join(&client, &server);
    net_drain(server.net, on_drained, &server);
    cr_expect(server_until(&server, is_drained, &server));
    client_close(&client);
}

Test(life, takes_nobody_new_while_it_drains)
{
    struct client client;
    struct client kept;
    server_start(&server);
    client_open(&kept, &server);
    struct answer answer = client_get(&kept, "/x", "");
    answer_free(&answer);
    client_join(&client, &server);
    int port = net_port(server.net);
    net_drain(server.net, on_drained, &server);
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    cr_expect_neq(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    close(fd);
    cr_expect_eq(
        client_upgrade(&kept, &(struct upgrade){.host = "h", .origin = "http://h"}), 503);
    client_close(&client);
    client_close(&kept);
}

Test(life, finishes_the_answers_that_it_owes)
{
    struct client client;
    server.answer = NET_LATER;
    server_start(&server);
    client_open(&client, &server);
    client_send(&client, "GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
    cr_expect(server_until_count(&server, &server.requests, 1));
    net_drain(server.net, on_drained, &server);
    server_settle(&server);
    cr_expect_not(server.drained);
    const struct net_response response = {.status = 200, .body = span_of_string("ok")};
    net_respond(server.net, server.request, &response);
    struct answer answer = client_answer(&client, true);
    cr_expect_eq(answer.status, 200);
    answer_free(&answer);
    cr_expect(server_until(&server, is_drained, &server));
    client_close(&client);
}

Test(life, goes_on_after_thousands_of_connections)
{
    server_start(&server);
    for (int i = 0; i < 2000; i++) {
        struct client client;
        client_open(&client, &server);
        client_send(&client, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        client_close(&client);
        server_settle(&server);
    }
    struct client client;
    client_join(&client, &server);
    cr_expect_lt(server.conns[0].slot, 100, "slots are used again");
    client_close(&client);
}
