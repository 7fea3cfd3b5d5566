/* HTTP beside the files: what reaches the handler, and answers of any size. */
#include "http_kit.h"

#include <criterion/criterion.h>

static bool in_header(const struct answer *answer, const char *name, const char *part)
{
    const char *value = answer_header(answer, name);
    return value != NULL && strstr(value, part) != NULL;
}

Test(http, asks_the_handler_and_passes_its_answer_on)
{
    struct answer answer =
        client_get(&client, "/snapshot/ABC123?desk&sep=comma", "Cookie: s=token\r\n");
    cr_expect_eq(answer.status, 200);
    cr_expect(answer_body_is(&answer, "{\"ok\":1}"));
    cr_expect_str_eq(
        answer_header(&answer, "Content-Type"), "application/json; charset=utf-8");
    cr_expect_str_eq(answer_header(&answer, "Cache-Control"), "no-store");
    cr_expect_null(answer_header(&answer, "Set-Cookie"));
    cr_expect_str_eq(server.path, "/snapshot/ABC123");
    cr_expect_str_eq(server.query, "desk&sep=comma");
    cr_expect_str_eq(server.asker.session, "token");
    cr_expect(server.asker.loopback);
    cr_expect_not(server.asker.secure);
    cr_expect_eq(server.method, NET_GET);
    char host[64];
    snprintf(host, sizeof host, "127.0.0.1:%d", net_port(server.net));
    cr_expect_str_eq(server.host, host);
    answer_free(&answer);
}

Test(http, carries_the_security_headers)
{
    struct answer answer =
        client_ask(&client, "GET /x HTTP/1.1\r\nHost: hall.example:8080\r\n\r\n");
    cr_expect(in_header(&answer, "Content-Security-Policy", "default-src 'none'; "));
    cr_expect(in_header(&answer, "Content-Security-Policy", "script-src 'self'; "));
    cr_expect(in_header(
        &answer, "Content-Security-Policy",
        "connect-src 'self' ws://hall.example:8080; "));
    cr_expect(in_header(
        &answer, "Content-Security-Policy", "require-trusted-types-for 'script'"));
    cr_expect(in_header(&answer, "Content-Security-Policy", "frame-ancestors 'none'"));
    cr_expect(in_header(&answer, "Content-Security-Policy", "worker-src 'self'"));
    cr_expect_str_eq(answer_header(&answer, "X-Content-Type-Options"), "nosniff");
    cr_expect_str_eq(answer_header(&answer, "Referrer-Policy"), "no-referrer");
    cr_expect_str_eq(answer_header(&answer, "Cross-Origin-Opener-Policy"), "same-origin");
    cr_expect_str_eq(
        answer_header(&answer, "Cross-Origin-Resource-Policy"), "same-origin");
    cr_expect(in_header(&answer, "Permissions-Policy", "camera=()"));
    cr_expect(in_header(
        &answer, "Permissions-Policy", "screen-wake-lock=(self), fullscreen=(self)"));
    cr_expect_null(answer_header(&answer, "Strict-Transport-Security"));
    answer_free(&answer);
}

Test(http, sets_the_session_cookie)
{
    server.response.set_session = "abc";
    server.response.session_s = 43200;
    struct answer answer = client_get(&client, "/x", "");
    cr_expect_str_eq(
        answer_header(&answer, "Set-Cookie"),
        "s=abc; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict");
    answer_free(&answer);
}

Test(http, names_a_file_to_save_and_when_to_come_back)
{
    server.response.file_name = "export.zip";
    server.response.retry_after_s = 7;
    server.response.cache_control = "no-cache";
    struct answer answer = client_get(&client, "/x", "");
    cr_expect_str_eq(
        answer_header(&answer, "Content-Disposition"),
        "attachment; filename=\"export.zip\"");
    cr_expect_str_eq(answer_header(&answer, "Retry-After"), "7");
    cr_expect_str_eq(answer_header(&answer, "Cache-Control"), "no-cache");
    answer_free(&answer);
}

Test(http, sends_304_for_what_the_browser_has)
{
    server.response.etag = "\"17-1\"";
    struct answer answer =
        client_get(&client, "/x", "If-None-Match: \"16\", \"17-1\"\r\n");
    cr_expect_eq(answer.status, 304);
    cr_expect_null(answer_header(&answer, "Content-Length"));
    cr_expect_str_eq(answer_header(&answer, "ETag"), "\"17-1\"");
    answer_free(&answer);
    answer = client_get(&client, "/x", "If-None-Match: \"16\"\r\n");
    cr_expect_eq(answer.status, 200);
    cr_expect(answer_body_is(&answer, "{\"ok\":1}"));
    answer_free(&answer);
}

Test(http, answers_head_without_a_body)
{
    struct answer answer = client_ask(&client, "HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n");
    cr_expect_eq(answer.status, 200);
    cr_expect_str_eq(answer_header(&answer, "Content-Length"), "8");
    answer_free(&answer);
    expect("GET /x HTTP/1.1\r\nHost: h\r\n\r\n", 200, true);
}

Test(http, says_404_for_what_the_handler_does_not_know)
{
    server.answer = NET_UNKNOWN;
    struct answer answer = client_get(&client, "/nothing", "");
    cr_expect_eq(answer.status, 404);
    cr_expect(answer_body_is(&answer, "{\"err\":\"not-found\"}"));
    answer_free(&answer);
    expect("GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n", 404, true);
}

Test(http, sends_a_large_answer_whole)
{
    struct buf body;
    buf_init(&body, 4000000);
    for (int i = 0; i < 300000; i++) {
        buf_printf(&body, "%010d", i);
    }
    server.response.body = buf_span(&body);
    struct answer answer = client_get(&client, "/export", "");
    cr_expect_eq(answer.body_bytes, 3000000);
    cr_expect(span_equal(span_of(answer.body, answer.body_bytes), buf_span(&body)));
    answer_free(&answer);
    server.response.body = span_of_string("{}");
    expect("GET /x HTTP/1.1\r\nHost: h\r\n\r\n", 200, true);
    buf_fini(&body);
}

#define THREE_REQUESTS                                                                   \
    "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n"               \
    "GET /3 HTTP/1.1\r\nHost: h\r\n\r\n"

Test(http, answers_requests_sent_at_once_one_after_the_other)
{
    client_send(&client, THREE_REQUESTS);
    for (int i = 0; i < 3; i++) {
        struct answer answer = client_answer(&client, true);
        cr_expect_eq(answer.status, 200);
        cr_expect(answer_body_is(&answer, "{\"ok\":1}"));
        answer_free(&answer);
    }
    cr_expect_eq(server.requests, 3);
    cr_expect_str_eq(server.path, "/3");
}

/* No browser does that. libwebsockets 4.3 then hangs up, 4.1.6 answers all. */
Test(http, survives_requests_sent_behind_one_with_a_large_answer)
{
    struct buf body;
    buf_init(&body, 4000000);
    for (int i = 0; i < 300000; i++) {
        buf_printf(&body, "%010d", i);
    }
    server.response.body = buf_span(&body);
    client_send(&client, THREE_REQUESTS);
    cr_expect(server_until_count(&server, &server.requests, 1));
    for (int i = 0; i < 100; i++) {
        client_read(&client);
        server_settle(&server);
    }
    cr_expect(
        client.eof ? client.in.bytes < 3010000 : client.in.bytes > 9000000, "%zu",
        client.in.bytes);
    client_close(&client);
    client_open(&client, &server);
    server.response.body = span_of_string("{}");
    expect("GET /x HTTP/1.1\r\nHost: h\r\n\r\n", 200, true);
    buf_fini(&body);
}

/* ---- answers that come later ---- */

Test(http, waits_for_an_answer_that_comes_later)
{
    server.answer = NET_LATER;
    client_send(&client, "GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
    cr_expect(server_until_count(&server, &server.requests, 1));
    server_settle(&server);
    client_read(&client);
    cr_expect_eq(client.in.bytes, 0);
    net_respond(server.net, server.request, &server.response);
    struct answer answer = client_answer(&client, true);
    cr_expect(answer_body_is(&answer, "{\"ok\":1}"));
    answer_free(&answer);
    net_respond(server.net, server.request, &server.response); /* once is enough */
    server.answer = NET_NOW;
    expect("GET /y HTTP/1.1\r\nHost: h\r\n\r\n", 200, true);
}

Test(http, takes_a_later_answer_from_inside_the_handler)
{
    server.answer = NET_LATER;
    server.respond_inside = true;
    expect("GET /x HTTP/1.1\r\nHost: h\r\n\r\n", 200, true);
    expect("GET /y HTTP/1.1\r\nHost: h\r\n\r\n", 200, true);
}

Test(http, ignores_a_later_answer_to_a_name_that_never_was)
{
    struct net_conn nobody = {.slot = 12345, .generation = 1};
    net_respond(server.net, nobody, &server.response);
    net_respond(server.net, (struct net_conn){0}, &server.response);
    expect("GET /x HTTP/1.1\r\nHost: h\r\n\r\n", 200, true);
}

Test(http, ignores_a_later_answer_to_a_browser_that_went_away)
{
    server.answer = NET_LATER;
    client_send(&client, "GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
    cr_expect(server_until_count(&server, &server.requests, 1));
    client_close(&client);
    server_settle(&server);
    net_respond(server.net, server.request, &server.response);
    server_settle(&server);
    net_respond(server.net, server.request, &server.response);
    client_open(&client, &server);
    server.answer = NET_NOW;
    expect("GET /x HTTP/1.1\r\nHost: h\r\n\r\n", 200, true);
}

Test(http, hears_nothing_behind_a_body_that_waits_for_its_answer)
{
    server.answer = NET_LATER;
    client_send(
        &client, "POST /join HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\n"
                 "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    cr_expect(server_until_count(&server, &server.requests, 1));
    client_send(&client, "GET /second HTTP/1.1\r\nHost: h\r\n\r\n");
    server_settle(&server);
    cr_expect_eq(server.requests, 1);
    server.answer = NET_NOW;
    net_respond(server.net, server.request, &server.response);
    struct answer answer = client_answer(&client, true);
    cr_expect_eq(answer.status, 200);
    cr_expect_str_eq(answer_header(&answer, "Connection"), "close");
    answer_free(&answer);
    cr_expect(client_until_eof(&client));
    cr_expect_eq(server.requests, 1);
}

/* libwebsockets would turn forever. */
Test(http, survives_a_request_behind_a_body_that_nobody_wants)
{
    static const char *const bodies[] = {
        "GET /%7B HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}",
        "POST /%7B HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}",
        "PUT /%7B HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}",
        "HEAD /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}",
        "GET /x HTTP/1.1\r\nHost: h i\r\nContent-Length: 2\r\n\r\n{}",
        "POST /join HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        client_close(&client);
        client_open(&client, &server);
        char requests[512];
        snprintf(
            requests, sizeof requests, "%s%s%s", "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n",
            bodies[i], "GET /3 HTTP/1.1\r\nHost: h\r\n\r\n");
        client_send(&client, requests);
        cr_expect(client_until_eof(&client));
        cr_expect_str_eq(server.path, "/1");
    }
}

/* libwebsockets would read what it has freed, or turn forever. */
Test(http, sends_a_post_behind_a_request_to_a_fresh_connection)
{
    client_send(
        &client, "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n"
                 "POST /join HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\n"
                 "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
                 "GET /3 HTTP/1.1\r\nHost: h\r\n\r\n");
    struct answer answer = client_answer(&client, true);
    cr_expect_eq(answer.status, 200);
    answer_free(&answer);
    answer = client_answer(&client, true);
    cr_expect_eq(answer.status, 308);
    cr_expect_str_eq(answer_header(&answer, "Location"), "/join");
    answer_free(&answer);
    cr_expect(client_until_eof(&client));
    cr_expect_eq(server.requests, 1);
}

Test(http, takes_a_post_on_a_connection_that_was_used_before)
{
    expect("GET /x HTTP/1.1\r\nHost: h\r\n\r\n", 200, true);
    expect("GET /y HTTP/1.1\r\nHost: h\r\n\r\n", 200, true);
    expect(
        "POST /join HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\n"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        200, false);
    cr_expect_str_eq(server.body, "{}");
}

Test(http, counts)
{
    expect("GET /x HTTP/1.1\r\nHost: h\r\n\r\n", 200, true);
    expect("GET /x HTTP/1.1\r\nHost: h\r\n\r\n", 200, true);
    struct net_stats stats;
    net_stats(server.net, &stats);
    cr_expect_eq(stats.http_total, 2);
    cr_expect_eq(stats.connections, 0);
}
