#include "client/client.h"
#include "peer.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

struct exchange {
    const char *answer;
    bool dribble; /* byte by byte */
    char head[2048];
    char body[256];
};

static void answer_request(struct peer_line *line, void *ctx)
{
    struct exchange *exchange = ctx;
    peer_read_head(line, exchange->head, sizeof exchange->head);
    const char *length = strstr(exchange->head, "Content-Length: ");
    size_t body = length != NULL ? strtoul(length + 16, NULL, 10) : 0;
    peer_read_exactly(line, exchange->body, body);
    exchange->body[body] = '\0';
    size_t step = exchange->dribble ? 1 : strlen(exchange->answer);
    for (const char *at = exchange->answer; *at != '\0'; at += step) {
        peer_write(line, at, step);
    }
}

static const struct client_handlers NONE;

static enum err
ask(struct exchange *exchange, bool tls, const char *body, struct client_reply *ret_reply)
{
    struct peer peer;
    struct client_pool *pool = NULL;
    (tls ? peer_start_tls : peer_start)(&peer, 1, answer_request, exchange);
    const char *ca_file = tls ? peer.ca_file : NULL;
    cr_assert_eq(client_pool_new(peer.url, ca_file, &NONE, &pool), ERR_OK);
    enum err err = client_http(
        pool, body != NULL ? "POST" : "GET", "/join", body, "s=abc", ret_reply);
    client_pool_free(pool);
    peer_stop(&peer);
    return err;
}

Test(request, posts_a_body_with_origin_and_cookie)
{
    struct exchange exchange = {
        .answer = "HTTP/1.1 200 OK\r\nSet-Cookie: s=secret; HttpOnly; Path=/\r\n"
                  "Content-Length: 18\r\n\r\n{\"event\":\"ABC123\"}"};
    struct client_reply reply;
    cr_assert_eq(ask(&exchange, false, "{\"code\":\"ABC123\"}", &reply), ERR_OK);
    cr_assert_eq(reply.status, 200);
    cr_assert_str_eq(reply.cookie, "s=secret");
    cr_assert_str_eq(reply.body, "{\"event\":\"ABC123\"}");
    cr_assert_eq(reply.body_bytes, 18);
    cr_assert_str_eq(exchange.body, "{\"code\":\"ABC123\"}");
    cr_assert_not_null(strstr(exchange.head, "POST /join HTTP/1.1\r\n"));
    cr_assert_not_null(strstr(exchange.head, "\r\nOrigin: http://127.0.0.1:"));
    cr_assert_not_null(strstr(exchange.head, "\r\nCookie: s=abc\r\n"));
    cr_assert_not_null(strstr(exchange.head, "\r\nContent-Type: application/json\r\n"));
    free(reply.body);
}

Test(request, reads_chunks_that_come_byte_by_byte)
{
    struct exchange exchange = {
        .answer = "HTTP/1.1 403 Forbidden\r\ntransfer-encoding: chunked\r\n\r\n"
                  "4\r\n{\"er\r\n12\r\nr\":\"link-unknown\"}\r\n0\r\n\r\n",
        .dribble = true};
    struct client_reply reply;
    cr_assert_eq(ask(&exchange, false, NULL, &reply), ERR_OK);
    cr_assert_eq(reply.status, 403);
    cr_assert_str_eq(reply.cookie, "");
    cr_assert_str_eq(reply.body, "{\"err\":\"link-unknown\"}");
    free(reply.body);
}

Test(request, gives_an_empty_body_as_an_empty_string)
{
    struct exchange exchange = {.answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"};
    struct client_reply reply;
    cr_assert_eq(ask(&exchange, false, NULL, &reply), ERR_OK);
    cr_assert_str_eq(reply.body, "");
    free(reply.body);
}

Test(request, fails_on_an_answer_that_breaks_off)
{
    struct exchange exchange = {
        .answer = "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"event\""};
    struct client_reply reply = {.status = 7};
    cr_assert_eq(ask(&exchange, false, NULL, &reply), ERR_IO);
    cr_assert_eq(reply.status, 7);
}

Test(request, fails_where_nobody_listens)
{
    struct client_pool *pool = NULL;
    struct client_reply reply;
    cr_assert_eq(client_pool_new("http://127.0.0.1:1", NULL, &NONE, &pool), ERR_OK);
    cr_assert_eq(client_http(pool, "GET", "/", NULL, NULL, &reply), ERR_IO);
    client_pool_free(pool);
}

Test(request, goes_over_tls_to_a_certificate_that_it_knows)
{
    struct exchange exchange = {
        .answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"};
    struct client_reply reply;
    cr_assert_eq(ask(&exchange, true, "{}", &reply), ERR_OK);
    cr_assert_str_eq(reply.body, "{}");
    cr_assert_not_null(strstr(exchange.head, "\r\nOrigin: https://127.0.0.1:"));
    free(reply.body);
}

Test(request, refuses_a_certificate_that_it_does_not_know)
{
    struct peer peer;
    struct peer other;
    struct exchange exchange = {.answer = ""};
    struct client_pool *pool = NULL;
    struct client_reply reply;
    peer_start_tls(&other, 0, answer_request, &exchange);
    peer_start_tls(&peer, 1, answer_request, &exchange);
    cr_assert_eq(client_pool_new(peer.url, other.ca_file, &NONE, &pool), ERR_OK);
    cr_assert_eq(client_http(pool, "GET", "/", NULL, NULL, &reply), ERR_IO);
    client_pool_free(pool);
    peer_stop(&peer);
    peer_stop(&other);
}

Test(pool, refuses_bad_addresses_and_missing_certificates)
{
    struct client_pool *pool = NULL;
    cr_assert_eq(client_pool_new("halle", NULL, &NONE, &pool), ERR_BAD_VALUE);
    cr_assert_eq(
        client_pool_new("https://127.0.0.1:1", "/nowhere/ca.pem", &NONE, &pool),
        ERR_NOT_FOUND);
    cr_assert_null(pool);
    client_pool_free(NULL);
}

/* ---- without blocking ---- */

struct fetched {
    int replies;
    int closed;
    int status;
    char cookie[256];
    char body[64];
};

static void on_replied(void *ctx, struct client *client, const struct client_reply *reply)
{
    struct fetched *fetched = ctx;
    fetched->replies++;
    fetched->status = reply->status;
    snprintf(fetched->cookie, sizeof fetched->cookie, "%s", reply->cookie);
    snprintf(fetched->body, sizeof fetched->body, "%s", reply->body);
    client_free(client);
}

static void on_closed(void *ctx, struct client *client, uint16_t code)
{
    struct fetched *fetched = ctx;
    cr_expect_eq(code, 1006);
    fetched->closed++;
    client_free(client);
}

static void fetch(struct exchange *exchange, bool tls, struct fetched *ret_fetched)
{
    static const struct client_handlers handlers = {
        .closed = on_closed, .replied = on_replied};
    struct peer peer;
    struct client_pool *pool = NULL;
    struct client *client = NULL;
    *ret_fetched = (struct fetched){0};
    (tls ? peer_start_tls : peer_start)(&peer, 1, answer_request, exchange);
    const char *ca_file = tls ? peer.ca_file : NULL;
    cr_assert_eq(client_pool_new(peer.url, ca_file, &handlers, &pool), ERR_OK);
    cr_assert_eq(client_fetch(pool, "POST", "/join", "{}", ret_fetched, &client), ERR_OK);
    int64_t end_ms = client_now_ms() + 10000;
    while (ret_fetched->replies + ret_fetched->closed == 0) {
        cr_assert_lt(client_now_ms(), end_ms);
        cr_assert_eq(client_pool_run_us(pool, 1000), ERR_OK);
    }
    client_pool_free(pool);
    peer_stop(&peer);
}

Test(request, fetches_without_blocking)
{
    for (int tls = 0; tls < 2; tls++) {
        struct exchange exchange = {
            .dribble = true,
            .answer = "HTTP/1.1 200 OK\r\nSet-Cookie: s=secret; Path=/\r\n"
                      "Content-Length: 2\r\n\r\nok"};
        struct fetched fetched;
        fetch(&exchange, tls == 1, &fetched);
        cr_expect_eq(fetched.replies, 1);
        cr_expect_eq(fetched.closed, 0);
        cr_expect_eq(fetched.status, 200);
        cr_expect_str_eq(fetched.cookie, "s=secret");
        cr_expect_str_eq(fetched.body, "ok");
        cr_expect_str_eq(exchange.body, "{}");
    }
}

Test(request, a_fetch_takes_a_body_that_ends_with_the_line)
{
    struct exchange exchange = {.answer = "HTTP/1.1 200 OK\r\n\r\nto the end"};
    struct fetched fetched;
    fetch(&exchange, false, &fetched);
    cr_expect_str_eq(fetched.body, "to the end");
}

Test(request, a_fetch_that_is_cut_short_is_closed)
{
    struct exchange exchange = {
        .answer = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"};
    struct fetched fetched;
    fetch(&exchange, false, &fetched);
    cr_expect_eq(fetched.replies, 0);
    cr_expect_eq(fetched.closed, 1);
}
