/* Answers that share one body, and have a policy of their own. */
#include "harness.h"

#include <criterion/criterion.h>

static struct server server;
static struct client client;

static void setup(void)
{
    server_init(&server);
    server.answer = NET_NOW;
    server.response = (struct net_response){
        .status = 200,
        .content_type = "image/svg+xml",
        .policy = "default-src 'none'; sandbox",
        .etag = "\"abc\"",
    };
    server.response.frame = net_frame_new(span_of_string("<svg/>"));
    server_start(&server);
    client_open(&client, &server);
}

static void teardown(void)
{
    client_close(&client);
    server_stop(&server);
    net_frame_unref(server.response.frame);
}

TestSuite(shared, .init = setup, .fini = teardown);

Test(shared, a_frame_is_the_body_and_outlives_its_owner)
{
    struct answer answer = client_get(&client, "/picture/ABC123/x", "");
    cr_expect(answer_body_is(&answer, "<svg/>"));
    cr_expect_str_eq(answer_header(&answer, "Content-Length"), "6");
    answer_free(&answer);
    server.answer = NET_LATER;
    client_send(&client, "GET /picture/ABC123/x HTTP/1.1\r\nHost: hall.example\r\n\r\n");
    cr_assert(server_until_count(&server, &server.requests, 2));
    net_respond(server.net, server.request, &server.response);
    net_frame_unref(server.response.frame);
    server.response.frame = NULL;
    answer = client_answer(&client, true);
    cr_expect(answer_body_is(&answer, "<svg/>"));
    answer_free(&answer);
}

Test(shared, has_the_policy_that_it_asks_for)
{
    struct answer answer = client_get(&client, "/picture/ABC123/x", "");
    cr_expect_str_eq(
        answer_header(&answer, "Content-Security-Policy"), "default-src 'none'; sandbox");
    cr_expect_str_eq(answer_header(&answer, "X-Content-Type-Options"), "nosniff");
    answer_free(&answer);
}

Test(shared, is_not_sent_to_who_has_it_nor_to_who_asks_for_the_head)
{
    struct answer answer =
        client_get(&client, "/picture/ABC123/x", "If-None-Match: \"abc\"\r\n");
    cr_expect_eq(answer.status, 304);
    answer_free(&answer);
    client_send(&client, "HEAD /picture/ABC123/x HTTP/1.1\r\nHost: hall.example\r\n\r\n");
    answer = client_answer(&client, false);
    cr_expect_eq(answer.status, 200);
    cr_expect_str_eq(answer_header(&answer, "Content-Length"), "6");
    answer_free(&answer);
}
