#include "client/http.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct http_head head_of(const char *text)
{
    struct http_head head;
    cr_assert_eq(http_read_head(span_of_string(text), &head), ERR_OK);
    return head;
}

static enum err body_of(const char *answer, bool ended, struct buf *out)
{
    struct http_head head = head_of(answer);
    return http_read_body(&head, span_of_string(answer + head.bytes), ended, out);
}

Test(http, finds_status_and_fields)
{
    struct http_head head = head_of("HTTP/1.1 403 Forbidden\r\nContent-Type: "
                                    "a/b\r\nX-Empty:\r\nETag:  \"x\" \r\n\r\nrest");
    struct span value;
    cr_assert_eq(head.status, 403);
    cr_assert(http_find_field(&head, "etag", &value));
    cr_assert(span_equal(value, span_of_string("\"x\"")));
    cr_assert(http_find_field(&head, "x-empty", &value));
    cr_assert_eq(value.bytes, 0);
    cr_assert(http_field_is(&head, "CONTENT-TYPE", "A/B"));
    cr_assert_not(http_find_field(&head, "etag:", &value));
    cr_assert_not(http_find_field(&head, "type", &value));
}

Test(http, waits_for_the_empty_line)
{
    const char *text = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n";
    struct http_head head;
    cr_assert_eq(http_read_head(span_of(NULL, 0), &head), ERR_BUSY);
    for (size_t i = 0; i < strlen(text); i++) {
        cr_assert_eq(http_read_head(span_of(text, i), &head), ERR_BUSY);
    }
    cr_assert_eq(http_read_head(span_of_string(text), &head), ERR_OK);
    cr_assert_eq(head.bytes, strlen(text));
}

Test(http, refuses_what_is_no_http)
{
    struct http_head head;
    cr_assert_eq(
        http_read_head(span_of_string("SSH-2.0-x\r\n\r\n"), &head), ERR_BAD_VALUE);
    cr_assert_eq(
        http_read_head(span_of_string("HTTP/1.1 2x0 OK\r\n\r\n"), &head), ERR_BAD_VALUE);
    static char endless[20000];
    memset(endless, 'a', sizeof endless);
    cr_assert_eq(http_read_head(span_of(endless, sizeof endless), &head), ERR_TOO_LARGE);
}

Test(http, takes_the_body_by_its_length)
{
    struct buf out;
    buf_init(&out, 100);
    const char *answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell";
    cr_assert_eq(body_of(answer, false, &out), ERR_BUSY);
    cr_assert_eq(
        body_of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, you", false, &out),
        ERR_OK);
    cr_assert(span_equal(buf_span(&out), span_of_string("hello")));
    buf_fini(&out);
}

Test(http, takes_a_body_in_chunks)
{
    const char *answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                         "3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n";
    struct http_head head = head_of(answer);
    size_t total = strlen(answer) - head.bytes;
    struct buf out;
    buf_init(&out, 100);
    for (size_t i = 0; i < total; i++) {
        buf_clear(&out);
        struct span rest = span_of(answer + head.bytes, i);
        cr_assert_eq(http_read_body(&head, rest, false, &out), ERR_BUSY, "%zu", i);
    }
    buf_clear(&out);
    cr_assert_eq(body_of(answer, false, &out), ERR_OK);
    cr_assert(span_equal(buf_span(&out), span_of_string("abc0123456789")));
    buf_fini(&out);
}

Test(http, takes_a_body_up_to_the_end_of_the_line)
{
    struct buf out;
    buf_init(&out, 100);
    const char *answer = "HTTP/1.0 200 OK\r\n\r\nhello";
    cr_assert_eq(body_of(answer, false, &out), ERR_BUSY);
    cr_assert_eq(body_of(answer, true, &out), ERR_OK);
    cr_assert(span_equal(buf_span(&out), span_of_string("hello")));
    buf_fini(&out);
}

Test(http, refuses_wild_lengths)
{
    static const char *const bad[] = {"-1", "x", "", "99999999999999999999", "5 5"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char answer[100];
        struct buf out;
        buf_init(&out, 100);
        snprintf(
            answer, sizeof answer, "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\nhello",
            bad[i]);
        enum err err = body_of(answer, true, &out);
        cr_assert(err == ERR_BAD_VALUE || err == ERR_TOO_LARGE, "%s", bad[i]);
        buf_fini(&out);
    }
}

Test(http, expects_no_body_where_there_can_be_none)
{
    struct buf out;
    buf_init(&out, 100);
    cr_assert_eq(body_of("HTTP/1.1 204 No Content\r\n\r\n", false, &out), ERR_OK);
    cr_assert_eq(body_of("HTTP/1.1 304 Same\r\nETag: x\r\n\r\n", false, &out), ERR_OK);
    cr_assert_eq(out.bytes, 0);
    buf_fini(&out);
}
