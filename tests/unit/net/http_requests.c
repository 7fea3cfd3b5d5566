/* Requests: bodies that are taken, and what is refused, also what no browser sends. */
#include "base/bounds.h"
#include "http_kit.h"

#include <criterion/criterion.h>

/* ---- POST ---- */

#define POST_HEAD                                                                        \
    "POST /join HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\n"                             \
    "Content-Type: application/json\r\n"

Test(http, takes_a_post_to_join)
{
    expect(POST_HEAD "Content-Length: 17\r\n\r\n{\"code\":\"ABC123\"}", 200, false);
    client_close(&client);
    client_open(&client, &server);
    cr_expect_eq(server.method, NET_POST);
    cr_expect_str_eq(server.path, "/join");
    cr_expect_str_eq(server.body, "{\"code\":\"ABC123\"}");
    expect(
        "POST /login HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\n"
        "Content-Type: application/json; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}",
        200, false);
    cr_expect_str_eq(server.path, "/login");
}

Test(http, takes_a_body_that_comes_in_pieces)
{
    client_send(&client, POST_HEAD "Content-Length: 12\r\n\r\n{\"a\"");
    server_settle(&server);
    client_send(&client, ":\"bc\"");
    server_settle(&server);
    expect("}  ", 200, false);
    cr_expect_str_eq(server.body, "{\"a\":\"bc\"}  ");
}

Test(http, takes_the_largest_body)
{
    char request[POST_BYTES_MAX + 512];
    int head = snprintf(
        request, sizeof request, POST_HEAD "Content-Length: %d\r\n\r\n", POST_BYTES_MAX);
    memset(request + head, 'x', POST_BYTES_MAX);
    request[head + POST_BYTES_MAX] = '\0';
    expect(request, 200, false);
}

Test(http, refuses_a_body_that_is_too_large)
{
    expect(POST_HEAD "Content-Length: 4097\r\n\r\n", 413, false);
    cr_expect_eq(server.requests, 0);
}

Test(http, refuses_a_post_without_a_length)
{
    expect(POST_HEAD "\r\n", 411, false);
}

Test(http, refuses_an_empty_post)
{
    expect(POST_HEAD "Content-Length: 0\r\n\r\n", 400, false);
    cr_expect_eq(server.requests, 0);
}

Test(http, refuses_two_lengths)
{
    expect(POST_HEAD "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 400, false);
}

Test(http, refuses_a_length_that_is_no_number)
{
    expect(POST_HEAD "Content-Length: 2x\r\n\r\n{}", 400, false);
}

Test(http, refuses_chunks)
{
    expect(
        POST_HEAD "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400, false);
    cr_expect_eq(server.requests, 0);
}

Test(http, refuses_a_form)
{
    expect(
        "POST /join HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\n"
        "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}",
        415, false);
    cr_expect_eq(server.requests, 0);
}

Test(http, refuses_a_foreign_post)
{
    expect(
        "POST /join HTTP/1.1\r\nHost: h\r\nOrigin: http://evil\r\n"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        403, false);
    cr_expect_eq(server.requests, 0);
}

Test(http, refuses_a_post_without_an_origin)
{
    expect(
        "POST /join HTTP/1.1\r\nHost: h\r\n"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        403, false);
}

Test(http, refuses_a_post_to_another_path)
{
    expect(
        "POST /about HTTP/1.1\r\nHost: h\r\nOrigin: http://h\r\n"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        405, false);
    cr_expect_eq(server.requests, 0);
}

Test(http, refuses_other_methods)
{
    static const char *const methods[] = {"PUT", "DELETE", "OPTIONS", "PATCH"};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        char request[128];
        snprintf(
            request, sizeof request, "%s /x HTTP/1.1\r\nHost: h\r\n\r\n", methods[i]);
        expect(request, 405, false);
        client_close(&client);
        client_open(&client, &server);
    }
    expect("TRACE /x HTTP/1.1\r\nHost: h\r\n\r\n", 403, false); /* the library's own */
    cr_expect_eq(server.requests, 0);
}

Test(http, refuses_a_get_with_a_body)
{
    expect("GET /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}", 400, false);
}

/* ---- what no browser sends ---- */

Test(http, refuses_a_request_without_a_host)
{
    expect("GET /x HTTP/1.1\r\n\r\n", 400, false);
}

Test(http, refuses_two_hosts)
{
    expect("GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, false);
}

Test(http, refuses_a_host_that_would_get_into_the_policy)
{
    expect("GET /x HTTP/1.1\r\nHost: a; script-src *\r\n\r\n", 400, false);
}

Test(http, knows_no_path_with_signs_that_ours_do_not_have)
{
    expect("GET /%7B%22 HTTP/1.1\r\nHost: h\r\n\r\n", 404, true);
    expect("GET /x?a=%3Cscript%3E HTTP/1.1\r\nHost: h\r\n\r\n", 404, true);
    cr_expect_eq(server.requests, 0);
}

Test(http, knows_no_path_that_is_too_long)
{
    char request[1024];
    char path[400];
    memset(path, 'a', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    snprintf(request, sizeof request, "GET /%s HTTP/1.1\r\nHost: h\r\n\r\n", path);
    expect(request, 404, true);
    snprintf(request, sizeof request, "GET /x?%s HTTP/1.1\r\nHost: h\r\n\r\n", path);
    expect(request, 404, true);
    cr_expect_eq(server.requests, 0);
}

Test(http, refuses_headers_that_are_too_long)
{
    char more[2 * HEADER_BYTES_MAX];
    memset(more, 'a', sizeof more - 1);
    memcpy(more, "GET /x HTTP/1.1\r\nHost: h\r\nX: ", 29);
    more[sizeof more - 1] = '\0';
    client_send(&client, more);
    cr_expect(client_until_eof(&client));
    cr_expect_eq(server.requests, 0);
}

Test(http, closes_after_http_1_0)
{
    expect("GET /x HTTP/1.0\r\nHost: h\r\n\r\n", 200, false);
}

Test(http, closes_when_asked_to)
{
    expect("GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", 200, false);
}

Test(http, survives_garbage)
{
    static const char *const garbage[] = {
        "\r\n\r\n\r\n",   "\x16\x03\x01\x02\x01\x01",
        "GET\r\n\r\n",    "GET  HTTP/1.1\r\n\r\n",
        "GET /x\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n",
        ": : :\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof garbage / sizeof garbage[0]; i++) {
        struct client other;
        client_open(&other, &server);
        client_send(&other, garbage[i]);
        server_settle(&server);
        client_close(&other);
        server_settle(&server);
    }
    expect("GET /x HTTP/1.1\r\nHost: h\r\n\r\n", 200, true);
}
