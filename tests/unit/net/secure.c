/* TLS. */
#include "harness.h"

#include <criterion/criterion.h>
#include <openssl/x509.h>

static struct server server;
static struct client client;
static char cert[128];
static char key[128];

static void setup(void)
{
    server_init(&server);
    server_certificate(&server, "first.example");
    snprintf(cert, sizeof cert, "%s/cert.pem", server.folder);
    snprintf(key, sizeof key, "%s/key.pem", server.folder);
    server.options.tls_cert = cert;
    server.options.tls_key = key;
    server_start(&server);
    client = (struct client){.fd = -1};
}

static void teardown(void)
{
    client_close(&client);
    server_stop(&server);
}

TestSuite(secure, .init = setup, .fini = teardown);

static bool shows(const char *name)
{
    char found[128] = "";
    X509 *shown = SSL_get1_peer_certificate(client.ssl);
    X509_NAME_get_text_by_NID(
        X509_get_subject_name(shown), NID_commonName, found, sizeof found);
    X509_free(shown);
    return strcmp(found, name) == 0;
}

Test(secure, speaks_tls_1_3_and_http_1_1)
{
    const unsigned char *chosen = NULL;
    unsigned bytes = 0;
    cr_assert(client_open_tls(&client, &server, 0));
    cr_expect_eq(SSL_version(client.ssl), TLS1_3_VERSION);
    SSL_get0_alpn_selected(client.ssl, &chosen, &bytes);
    cr_expect(span_equal(span_of(chosen, bytes), span_of_string("http/1.1")));
    cr_expect(shows("first.example"));
}

Test(secure, speaks_tls_1_2)
{
    cr_assert(client_open_tls(&client, &server, TLS1_2_VERSION));
    cr_expect_eq(SSL_version(client.ssl), TLS1_2_VERSION);
    struct answer answer = client_get(&client, "/", "");
    cr_expect_eq(answer.status, 404);
    answer_free(&answer);
}

Test(secure, refuses_tls_1_1)
{
    cr_expect_not(client_open_tls(&client, &server, TLS1_1_VERSION));
}

Test(secure, speaks_over_the_groups_of_browsers)
{
    static const char *const groups[] = {"X25519", "P-256", "P-384"};
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        cr_expect(client_open_tls_by(&client, &server, groups[i]), "%s", groups[i]);
        client_close(&client);
    }
}

Test(secure, refuses_groups_that_cost_us_much)
{
    static const char *const groups[] = {"ffdhe2048", "ffdhe8192", "P-521", "X448"};
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        cr_expect_not(client_open_tls_by(&client, &server, groups[i]), "%s", groups[i]);
        client_close(&client);
    }
}

/* Refused at once, or not understood: in no case HTTP/2. */
Test(secure, does_not_speak_http2)
{
    const unsigned char *chosen = NULL;
    unsigned bytes = 0;
    if (!client_open_alpn(&client, &server, "h2")) {
        return;
    }
    SSL_get0_alpn_selected(client.ssl, &chosen, &bytes);
    cr_expect_eq(bytes, 0);
    client_send(&client, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    cr_expect(client_until_eof(&client));
    cr_expect(client.in.bytes == 0 || memcmp(client.in.data, "HTTP/1.0 403", 12) == 0);
    cr_expect_eq(server.requests, 0);
}

Test(secure, refuses_http2_and_compression_in_an_upgrade)
{
    cr_assert(client_open_tls(&client, &server, 0));
    const struct upgrade h2c = {
        .upgrade = "h2c", .more = "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"};
    cr_expect_eq(client_upgrade(&client, &h2c), 400);
    client_close(&client);
    cr_assert(client_open_tls(&client, &server, 0));
    const struct upgrade deflate = {
        .more = "Sec-WebSocket-Extensions: permessage-deflate\r\n"};
    cr_expect_eq(client_upgrade(&client, &deflate), 101);
    client_frame(&client, OP_TEXT | 0x40, true, span_of_string("\x01\x02")); /* RSV1 */
    cr_expect_eq(client_close_code(&client), 1002);
}

Test(secure, carries_websockets)
{
    cr_assert(client_open_tls(&client, &server, 0));
    const struct upgrade upgrade = {.more = "Cookie: s=plain; __Host-s=secure\r\n"};
    cr_expect_eq(client_upgrade(&client, &upgrade), 101);
    cr_expect(server_until_count(&server, &server.opened, 1));
    cr_expect(server.peer.secure);
    cr_expect_str_eq(server.peer.session, "secure");
    client_text(&client, "hello");
    cr_expect(client_hears(&client, "hello"));
}

Test(secure, carries_large_frames_and_answers)
{
    struct buf text;
    buf_init(&text, 4000000);
    for (int i = 0; i < 200000; i++) {
        buf_printf(&text, "%010d", i);
    }
    server.answer = NET_NOW;
    server.response = (struct net_response){
        .status = 200, .content_type = "text/plain", .body = buf_span(&text)};
    cr_assert(client_open_tls(&client, &server, 0));
    struct answer answer = client_get(&client, "/export", "");
    cr_expect(span_equal(span_of(answer.body, answer.body_bytes), buf_span(&text)));
    answer_free(&answer);
    cr_expect_eq(client_upgrade(&client, &(struct upgrade){0}), 101);
    cr_expect(server_until_count(&server, &server.opened, 1));
    struct net_frame *frame = net_frame_new(buf_span(&text));
    net_send(server.net, server.conns[0], frame);
    net_frame_unref(frame);
    cr_expect(client_hears(&client, (char *)text.data));
    buf_fini(&text);
}

Test(secure, takes_a_post_on_a_connection_that_was_used_before)
{
    server.answer = NET_NOW;
    server.response = (struct net_response){.status = 200};
    cr_assert(client_open_tls(&client, &server, 0));
    struct answer answer = client_ask(&client, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    answer_free(&answer);
    answer = client_ask(
        &client, "POST /join HTTP/1.1\r\nHost: h\r\nOrigin: https://h\r\n"
                 "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    cr_expect_eq(answer.status, 200);
    cr_expect_str_eq(server.body, "{}");
    answer_free(&answer);
}

Test(secure, refuses_an_insecure_origin)
{
    char origin[64];
    snprintf(origin, sizeof origin, "http://127.0.0.1:%d", net_port(server.net));
    cr_assert(client_open_tls(&client, &server, 0));
    cr_expect_eq(client_upgrade(&client, &(struct upgrade){.origin = origin}), 403);
}

Test(secure, sets_a_cookie_of_this_host_alone)
{
    server.answer = NET_NOW;
    server.response =
        (struct net_response){.status = 200, .set_session = "abc", .session_s = 60};
    cr_assert(client_open_tls(&client, &server, 0));
    struct answer answer =
        client_ask(&client, "GET /x HTTP/1.1\r\nHost: hall.example\r\n\r\n");
    cr_expect_str_eq(
        answer_header(&answer, "Set-Cookie"),
        "__Host-s=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure");
    cr_expect_not_null(
        strstr(answer_header(&answer, "Content-Security-Policy"), "wss://hall.example;"));
    answer_free(&answer);
}

Test(secure, binds_a_name_to_https_only_on_the_standard_port)
{
    cr_assert(client_open_tls(&client, &server, 0));
    struct answer answer =
        client_ask(&client, "GET /x HTTP/1.1\r\nHost: hall.example\r\n\r\n");
    cr_expect_str_eq(
        answer_header(&answer, "Strict-Transport-Security"), "max-age=2592000");
    answer_free(&answer);
    answer = client_ask(&client, "GET /x HTTP/1.1\r\nHost: hall.example:8443\r\n\r\n");
    cr_expect_null(answer_header(&answer, "Strict-Transport-Security"));
    answer_free(&answer);
}

Test(secure, does_not_answer_plain_http)
{
    client_open(&client, &server);
    client_send(&client, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    cr_expect(client_until_eof(&client));
    cr_expect_eq(server.requests, 0);
}

Test(secure, cuts_a_handshake_that_does_not_go_on)
{
    struct client slow;
    struct server impatient;
    server_init(&impatient);
    impatient.options.tls_cert = cert;
    impatient.options.tls_key = key;
    impatient.options.waits.header_ms = 80;
    server_start(&impatient);
    client_open(&slow, &impatient);
    client_send(&slow, "\x16\x03\x01");
    cr_expect(client_until_eof(&slow));
    client_close(&slow);
    server_stop(&impatient);
}

Test(secure, shows_a_new_certificate_after_reloading)
{
    cr_assert(client_open_tls(&client, &server, 0));
    cr_expect(shows("first.example"));
    cr_expect_eq(client_upgrade(&client, &(struct upgrade){0}), 101);
    server_certificate(&server, "second.example");
    cr_expect_eq(net_reload_certificate(server.net), ERR_OK);
    client_text(&client, "still here");
    cr_expect(client_hears(&client, "still here"));
    client_close(&client);
    cr_assert(client_open_tls(&client, &server, 0));
    cr_expect(shows("second.example"));
}

Test(secure, keeps_the_old_certificate_when_the_new_one_is_bad)
{
    char saved[128];
    server_file(&server, "cert.pem", "no certificate");
    cr_expect_eq(net_reload_certificate(server.net), ERR_BAD_VALUE);
    snprintf(saved, sizeof saved, "%s/cert.pem", server.folder);
    cr_assert_eq(remove(saved), 0);
    cr_expect_eq(net_reload_certificate(server.net), ERR_NOT_FOUND);
    cr_assert(client_open_tls(&client, &server, 0));
    cr_expect(shows("first.example"));
}

static enum err open_again(const char *cert_file, const char *key_file)
{
    struct net *net = NULL;
    struct net_options options = server.options;
    options.tls_cert = cert_file;
    options.tls_key = key_file;
    return net_open(&options, &net);
}

Test(secure, must_have_a_certificate_and_its_own_key)
{
    struct server other;
    char other_key[128];
    server_init(&other);
    server_certificate(&other, "other.example");
    snprintf(other_key, sizeof other_key, "%s/key.pem", other.folder);
    cr_expect_eq(open_again("/nowhere.pem", key), ERR_NOT_FOUND);
    cr_expect_eq(open_again(cert, "/nowhere.pem"), ERR_NOT_FOUND);
    cr_expect_eq(open_again(cert, NULL), ERR_NOT_FOUND);
    cr_expect_eq(open_again(cert, other_key), ERR_BAD_VALUE);
    cr_expect_eq(open_again(cert, cert), ERR_BAD_VALUE);
    server_stop(&other);
}

Test(secure, drains_with_a_word)
{
    cr_assert(client_open_tls(&client, &server, 0));
    cr_expect_eq(client_upgrade(&client, &(struct upgrade){0}), 101);
    cr_expect(server_until_count(&server, &server.opened, 1));
    net_kick(server.net, server.conns[0], 1012);
    cr_expect_eq(client_close_code(&client), 1012);
}
