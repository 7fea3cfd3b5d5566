#include "http_kit.h"

#include <criterion/criterion.h>

struct server server;
struct client client;

static void setup(void)
{
    server_init(&server);
    server.answer = NET_NOW;
    server.response = (struct net_response){
        .status = 200,
        .content_type = "application/json; charset=utf-8",
        .body = span_of_string("{\"ok\":1}"),
    };
    server_start(&server);
    client_open(&client, &server);
}

static void teardown(void)
{
    client_close(&client);
    server_stop(&server);
}

TestSuite(http, .init = setup, .fini = teardown);

void expect(const char *request, int status, bool kept)
{
    struct answer answer = client_ask(&client, request);
    cr_expect_eq(answer.status, status, "%d to %s", answer.status, request);
    answer_free(&answer);
    if (!kept) {
        cr_expect(client_until_eof(&client));
    }
}
