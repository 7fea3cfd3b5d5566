/* The built web files over HTTP. */
#include "harness.h"

#include <criterion/criterion.h>

#define HASH_A "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
#define HASH_B "sha256-BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB="

static struct server server;
static struct client client;

static void setup(void)
{
    server_init(&server);
    server_file(&server, "index.html", "<!doctype html>participant");
    server_file(&server, "index.html.br", "BROTLI");
    server_file(&server, "index.html.gz", "GZIP");
    server_file(&server, "moderator.html", "<!doctype html>desk");
    server_file(&server, "stage.html", "<!doctype html>wall");
    server_file(&server, "idea.html", "<!doctype html>idea");
    server_file(&server, "codebook.html", "<!doctype html>codebook");
    server_file(&server, "kiosk.html", "<!doctype html>tablet");
    server_file(&server, "sw.js", "self");
    server_file(&server, "assets/main-BhqD3xYz.js", "main");
    server_file(&server, "assets/x-progress.js", "word");
    server_file(&server, "assets/plain.css", "css");
    server_file(&server, "fonts/latin.woff2", "font");
    server_file(&server, "notes.odt", "not served");
    server_file(&server, ".hidden.html", "not served");
    server_file(
        &server, "csp.json",
        "{\"index.html\": {\"script\": [\"" HASH_A "\", \"" HASH_B "\"],\n"
        " \"style\":[\"" HASH_B "\"]}, \"stage.html\":{}}");
    server.options.web_dir = server.folder;
    server_start(&server);
    client_open(&client, &server);
}

static void teardown(void)
{
    client_close(&client);
    server_stop(&server);
}

TestSuite(site, .init = setup, .fini = teardown);

static void expect_body(const char *path, const char *more, const char *body)
{
    struct answer answer = client_get(&client, path, more);
    cr_expect_eq(answer.status, 200, "%s: %d", path, answer.status);
    cr_expect(answer_body_is(&answer, body), "%s: %s", path, (char *)answer.body);
    answer_free(&answer);
}

static void expect_header(const char *path, const char *name, const char *value)
{
    struct answer answer = client_get(&client, path, "");
    const char *found = answer_header(&answer, name);
    cr_expect_str_eq(found != NULL ? found : "(none)", value, "%s", path);
    answer_free(&answer);
}

Test(site, lets_no_page_but_the_kiosk_ask_for_a_camera)
{
    struct answer kiosk = client_get(&client, "/kiosk", "");
    struct answer phone = client_get(&client, "/j", "");
    const char *name = "Permissions-Policy";
    cr_expect_not_null(strstr(answer_header(&kiosk, name), "camera=(self)"));
    cr_expect_not_null(strstr(answer_header(&phone, name), "camera=()"));
    answer_free(&kiosk);
    answer_free(&phone);
}

Test(site, serves_the_pages_under_their_short_names)
{
    expect_body("/", "", "<!doctype html>participant");
    expect_body("/j", "", "<!doctype html>participant");
    expect_body("/index.html", "", "<!doctype html>participant");
    expect_body("/m", "", "<!doctype html>desk");
    expect_body("/stage", "", "<!doctype html>wall");
    expect_body("/i/ABC123", "", "<!doctype html>idea");
    expect_body("/i/ABC123/12", "", "<!doctype html>idea");
    expect_body("/codebook", "", "<!doctype html>codebook");
    expect_body("/codebook/ABC123", "", "<!doctype html>codebook");
    expect_body("/kiosk", "", "<!doctype html>tablet");
    expect_body("/sw.js", "", "self");
    expect_body("/assets/main-BhqD3xYz.js", "", "main");
    cr_expect_eq(server.requests, 0);
}

Test(site, says_what_a_file_is)
{
    expect_header("/", "Content-Type", "text/html; charset=utf-8");
    expect_header("/sw.js", "Content-Type", "text/javascript; charset=utf-8");
    expect_header("/assets/plain.css", "Content-Type", "text/css; charset=utf-8");
    expect_header("/fonts/latin.woff2", "Content-Type", "font/woff2");
}

Test(site, lets_only_hashed_names_be_kept_forever)
{
    expect_header(
        "/assets/main-BhqD3xYz.js", "Cache-Control",
        "public, max-age=31536000, immutable");
    expect_header("/", "Cache-Control", "no-cache");
    expect_header("/sw.js", "Cache-Control", "no-cache");
    expect_header("/assets/x-progress.js", "Cache-Control", "no-cache");
    expect_header("/assets/plain.css", "Cache-Control", "no-cache");
}

Test(site, sends_the_form_that_the_browser_takes)
{
    expect_body("/", "Accept-Encoding: gzip, deflate, br\r\n", "BROTLI");
    expect_body("/", "Accept-Encoding: gzip, deflate\r\n", "GZIP");
    expect_body("/", "Accept-Encoding: br;q=0, gzip;q=0.5\r\n", "GZIP");
    expect_body("/", "Accept-Encoding: brr, xgzip\r\n", "<!doctype html>participant");
    expect_body("/m", "Accept-Encoding: gzip, br\r\n", "<!doctype html>desk");
    struct answer answer = client_get(&client, "/", "Accept-Encoding: br\r\n");
    cr_expect_str_eq(answer_header(&answer, "Content-Encoding"), "br");
    cr_expect_str_eq(answer_header(&answer, "Vary"), "Accept-Encoding");
    cr_expect_str_eq(answer_header(&answer, "Content-Type"), "text/html; charset=utf-8");
    answer_free(&answer);
    answer = client_get(&client, "/", "");
    cr_expect_null(answer_header(&answer, "Content-Encoding"));
    cr_expect_str_eq(answer_header(&answer, "Vary"), "Accept-Encoding");
    answer_free(&answer);
}

Test(site, sends_304_for_the_form_that_the_browser_has)
{
    char etag[64];
    char more[256];
    struct answer answer = client_get(&client, "/", "Accept-Encoding: br\r\n");
    snprintf(etag, sizeof etag, "%s", answer_header(&answer, "ETag"));
    answer_free(&answer);
    snprintf(
        more, sizeof more, "Accept-Encoding: br\r\nIf-None-Match: W/\"x\", W/%s\r\n",
        etag);
    answer = client_get(&client, "/", more);
    cr_expect_eq(answer.status, 304);
    cr_expect_str_eq(answer_header(&answer, "ETag"), etag);
    cr_expect_not_null(answer_header(&answer, "Content-Security-Policy"));
    answer_free(&answer);
    snprintf(more, sizeof more, "If-None-Match: %s\r\n", etag);
    answer = client_get(&client, "/", more); /* the plain form is another */
    cr_expect_eq(answer.status, 200);
    answer_free(&answer);
}

Test(site, puts_a_pages_hashes_into_its_policy)
{
    struct answer answer = client_get(&client, "/j", "");
    const char *policy = answer_header(&answer, "Content-Security-Policy");
    cr_expect_not_null(strstr(
        policy,
        "script-src 'self' '" HASH_A "' '" HASH_B "'; style-src 'self' '" HASH_B "'; "));
    answer_free(&answer);
    answer = client_get(&client, "/m", "");
    policy = answer_header(&answer, "Content-Security-Policy");
    cr_expect_not_null(strstr(policy, "script-src 'self'; style-src 'self'; "));
    answer_free(&answer);
}

Test(site, serves_nothing_else)
{
    static const char *const paths[] = {
        "/csp.json",
        "/notes.odt",
        "/.hidden.html",
        "/assets",
        "/assets/",
        "/index.html.br",
        "/INDEX.HTML",
        "/../etc/passwd",
        "/assets/../../etc/passwd",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
    };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct answer answer = client_get(&client, paths[i], "");
        cr_expect_eq(answer.status, 404, "%s: %d", paths[i], answer.status);
        answer_free(&answer);
    }
}

Test(site, answers_head)
{
    struct answer answer = client_ask(&client, "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
    cr_expect_eq(answer.status, 200);
    cr_expect_str_eq(answer_header(&answer, "Content-Length"), "26");
    answer_free(&answer);
    expect_body("/sw.js", "", "self");
}

/* ---- at the start ---- */

static enum err open_with(const char *web_dir)
{
    struct net *net = NULL;
    struct net_options options = server.options;
    options.web_dir = web_dir;
    return net_open(&options, &net);
}

Test(site, must_be_there)
{
    cr_expect_eq(open_with("/nowhere/at/all"), ERR_NOT_FOUND);
}

Test(site, must_have_an_index)
{
    char folder[128];
    server_file(&server, "empty/stage.html", "x");
    snprintf(folder, sizeof folder, "%s/empty", server.folder);
    cr_expect_eq(open_with(folder), ERR_NOT_FOUND);
}

Test(site, must_have_hashes_of_the_right_form)
{
    static const char *const bad[] = {
        "",
        "{",
        "[]",
        "{\"index.html\":{\"script\":[\"sha256-'; script-src *\"]}}",
        "{\"index.html\":{\"script\":[\"md5-AAAAAAAAAAAAAAAAAAAA\"]}}",
        "{\"index.html\":{\"frame\":[]}}",
        "{\"index.html\":{}} x",
        "{\"index.html\":{},}",
    };
    char folder[128];
    snprintf(folder, sizeof folder, "%s/bad", server.folder);
    server_file(&server, "bad/index.html", "x");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        server_file(&server, "bad/csp.json", bad[i]);
        cr_expect_eq(open_with(folder), ERR_BAD_VALUE, "%s", bad[i]);
    }
}
