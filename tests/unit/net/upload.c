/* Uploads: large bodies that the handler is asked about before they come. */
#include "base/bounds.h"
#include "harness.h"

#include <criterion/criterion.h>

static struct server server;
static struct client client;

static struct {
    size_t asked;
    bool refuses;
    size_t body_bytes; /* of the question */
    char type[32];
    size_t received; /* bytes of the whole body */
    uint8_t last;
} seen;

static bool
on_admit(void *ctx, const struct net_request *request, struct net_response *ret_response)
{
    (void)ctx;
    seen.asked++;
    seen.body_bytes = request->body.bytes;
    *ret_response = (struct net_response){
        .status = 401,
        .content_type = "application/json; charset=utf-8",
        .body = span_of_string("{\"err\":\"no-session\"}"),
    };
    return !seen.refuses;
}

static enum net_answer
on_http(void *ctx, const struct net_request *request, struct net_response *ret_response)
{
    (void)ctx;
    seen.received = request->body.bytes;
    seen.last = request->body.bytes > 0 ? request->body.data[request->body.bytes - 1] : 0;
    snprintf(seen.type, sizeof seen.type, "%s", request->content_type);
    *ret_response = (struct net_response){
        .status = 200,
        .content_type = "application/json; charset=utf-8",
        .body = span_of_string("{\"photo\":1}"),
    };
    return NET_NOW;
}

static void setup(void)
{
    memset(&seen, 0, sizeof seen);
    server_init(&server);
    server.options.handlers.admits = on_admit;
    server.options.handlers.http = on_http;
    server_start(&server);
    client_open(&client, &server);
}

static void teardown(void)
{
    client_close(&client);
    server_stop(&server);
}

TestSuite(upload, .init = setup, .fini = teardown);

static void send_head(struct client *from, const char *session, size_t bytes)
{
    char head[512];
    int port = net_port(server.net);
    snprintf(
        head, sizeof head,
        "POST /media?event=ABC123 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
        "Origin: http://127.0.0.1:%d\r\nContent-Type: image/JPEG; q=1\r\n"
        "Cookie: s=%s\r\nContent-Length: %zu\r\n\r\n",
        port, port, session, bytes);
    client_send(from, head);
}

/* Of bytes that are no UTF-8 and no text; the last one is 7. */
static void send_body(struct client *from, size_t bytes)
{
    uint8_t piece[10000];
    memset(piece, 0xfe, sizeof piece);
    while (bytes > 0) {
        size_t now = bytes < sizeof piece ? bytes : sizeof piece;
        piece[now - 1] = now == bytes ? 7 : 0xfe;
        client_send_bytes(from, span_of(piece, now));
        bytes -= now;
    }
}

static void expect(struct client *from, int status, const char *body)
{
    struct answer answer = client_answer(from, true);
    cr_expect_eq(answer.status, status, "%d", answer.status);
    cr_expect(answer_body_is(&answer, body));
    answer_free(&answer);
    cr_expect(client_until_eof(from));
}

Test(upload, comes_whole_with_its_type)
{
    send_head(&client, "token", PHOTO_BYTES_MAX);
    send_body(&client, PHOTO_BYTES_MAX);
    expect(&client, 200, "{\"photo\":1}");
    cr_expect_eq(seen.asked, 1);
    cr_expect_eq(seen.body_bytes, 0);
    cr_expect_eq(seen.received, PHOTO_BYTES_MAX);
    cr_expect_eq(seen.last, 7);
    cr_expect_str_eq(seen.type, "image/jpeg");
}

Test(upload, that_is_refused_is_heard_to_its_end_and_kept_by_nobody)
{
    seen.refuses = true;
    send_head(&client, "token", PHOTO_BYTES_MAX);
    send_body(&client, PHOTO_BYTES_MAX);
    expect(&client, 401, "{\"err\":\"no-session\"}");
    cr_expect_eq(seen.received, 0);
}

Test(upload, that_is_too_large_or_of_another_type_is_refused_unasked)
{
    static const struct {
        const char *type;
        int bytes;
        int status;
    } cases[] = {
        {"image/jpeg", PHOTO_BYTES_MAX + 1, 413},
        {"image/png", 10, 415},
        {"application/json", 10, 415},
        {"image/svg+xml", 10, 415},
        {"image/webp", 0, 400},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char head[512];
        int port = net_port(server.net);
        snprintf(
            head, sizeof head,
            "POST /media HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
            "Origin: http://127.0.0.1:%d\r\nContent-Type: %s\r\n"
            "Content-Length: %d\r\n\r\n",
            port, port, cases[i].type, cases[i].bytes);
        struct answer answer = client_ask(&client, head);
        cr_expect_eq(answer.status, cases[i].status, "%s", cases[i].type);
        answer_free(&answer);
        client_close(&client);
        client_open(&client, &server);
    }
    cr_expect_eq(seen.asked, 0);
}

Test(upload, needs_an_origin_of_its_own)
{
    struct answer answer = client_ask(
        &client, "POST /media HTTP/1.1\r\nHost: hall.example\r\n"
                 "Origin: http://evil.example\r\nContent-Type: image/jpeg\r\n"
                 "Content-Length: 3\r\n\r\nabc");
    cr_expect_eq(answer.status, 403);
    answer_free(&answer);
    cr_expect_eq(seen.asked, 0);
}

Test(upload, a_picture_is_no_body_for_other_posts)
{
    struct answer answer = client_ask(
        &client, "POST /join HTTP/1.1\r\nHost: hall.example\r\n"
                 "Origin: http://hall.example\r\nContent-Type: image/jpeg\r\n"
                 "Content-Length: 3\r\n\r\nabc");
    cr_expect_eq(answer.status, 415);
    answer_free(&answer);
}

Test(upload, a_newer_one_of_the_same_session_cuts_the_older)
{
    struct client newer;
    client_open(&newer, &server);
    send_head(&client, "token", 1000);
    send_body(&client, 10);
    cr_assert(server_until_count(&server, &seen.asked, 1));
    send_head(&newer, "token", 1000);
    cr_expect(client_until_eof(&client));
    send_body(&newer, 1000);
    expect(&newer, 200, "{\"photo\":1}");
    client_close(&newer);
}

Test(upload, so_many_come_at_a_time_and_then_it_is_busy)
{
    static struct client many[PHOTOS_ARRIVING_MAX];
    char session[32];
    for (size_t i = 0; i < PHOTOS_ARRIVING_MAX; i++) {
        client_open(&many[i], &server);
        snprintf(session, sizeof session, "token%zu", i);
        send_head(&many[i], session, 1000);
        cr_assert(server_until_count(&server, &seen.asked, i + 1));
    }
    send_head(&client, "one-more", 1000);
    send_body(&client, 1000);
    struct answer answer = client_answer(&client, true);
    cr_expect_eq(answer.status, 503);
    cr_expect_str_eq(answer_header(&answer, "Retry-After"), "1");
    answer_free(&answer);
    send_body(&many[0], 1000);
    expect(&many[0], 200, "{\"photo\":1}");
    client_close(&client);
    client_open(&client, &server);
    send_head(&client, "one-more", 1000);
    send_body(&client, 1000);
    expect(&client, 200, "{\"photo\":1}");
    for (size_t i = 0; i < PHOTOS_ARRIVING_MAX; i++) {
        client_close(&many[i]);
    }
}

Test(upload, that_was_given_up_makes_room)
{
    for (size_t i = 0; i < PHOTOS_ARRIVING_MAX + 10; i++) {
        char session[32];
        struct client quitter;
        client_open(&quitter, &server);
        snprintf(session, sizeof session, "token%zu", i);
        send_head(&quitter, session, 1000);
        cr_assert(server_until_count(&server, &seen.asked, i + 1));
        client_close(&quitter);
        server_settle(&server);
    }
    send_head(&client, "token", 1000);
    send_body(&client, 1000);
    expect(&client, 200, "{\"photo\":1}");
}
