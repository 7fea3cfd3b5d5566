#include "base/buf.h"

#include <criterion/criterion.h>
#include <string.h>

static void expect_text(const struct buf *buf, const char *text)
{
    cr_assert(!buf_failed(buf));
    cr_assert_eq(buf->bytes, strlen(text));
    cr_assert_str_eq((const char *)buf->data, text);
}

Test(buf, grows_and_ends_with_a_nul)
{
    struct buf buf;
    buf_init(&buf, 100000);
    for (int i = 0; i < 10000; i++) {
        buf_char(&buf, 'x');
    }
    cr_assert_eq(buf.bytes, 10000);
    cr_assert_eq(strlen((const char *)buf.data), 10000);
    buf_fini(&buf);
}

Test(buf, takes_exactly_its_maximum)
{
    struct buf buf;
    buf_init(&buf, 4);
    buf_text(&buf, "abcd");
    expect_text(&buf, "abcd");
    buf_bytes(&buf, "", 0);
    expect_text(&buf, "abcd");
    buf_char(&buf, 'e');
    cr_assert(buf_failed(&buf));
    buf_fini(&buf);
}

Test(buf, a_failure_sticks_and_keeps_what_was_there)
{
    struct buf buf;
    buf_init(&buf, 4);
    buf_text(&buf, "abc");
    buf_text(&buf, "de");
    buf_text(&buf, "f");
    cr_assert(buf_failed(&buf));
    cr_assert_eq(buf.bytes, 3);
    cr_assert_str_eq((const char *)buf.data, "abc");
    buf_fini(&buf);
}

Test(buf, clearing_forgets_text_and_failure)
{
    struct buf buf;
    buf_init(&buf, 4);
    buf_text(&buf, "abc");
    buf_text(&buf, "too long");
    buf_clear(&buf);
    expect_text(&buf, "");
    buf_text(&buf, "abcd");
    expect_text(&buf, "abcd");
    buf_fini(&buf);
}

Test(buf, an_unbounded_one_refuses_sizes_that_cannot_be)
{
    struct buf buf;
    buf_init(&buf, SIZE_MAX);
    buf_text(&buf, "abc");
    buf_bytes(&buf, "x", SIZE_MAX - 3);
    cr_assert(buf_failed(&buf));
    buf_clear(&buf);
    buf_hex(&buf, (const uint8_t *)"x", SIZE_MAX / 2 + 1);
    cr_assert(buf_failed(&buf));
    buf_fini(&buf);
}

Test(buf, writes_numbers_hex_and_formats)
{
    struct buf buf;
    buf_init(&buf, 1000);
    buf_int(&buf, INT64_MIN);
    buf_char(&buf, ' ');
    buf_int(&buf, INT64_MAX);
    buf_char(&buf, ' ');
    buf_hex(&buf, (const uint8_t *)"\x00\x7f\xff", 3);
    buf_printf(&buf, " %s=%d", "n", 7);
    expect_text(&buf, "-9223372036854775808 9223372036854775807 007fff n=7");
    buf_fini(&buf);
}

Test(buf, hex_that_ends_where_the_memory_ends_stays_inside)
{
    uint8_t bytes[130] = {0};
    for (size_t n = 120; n < sizeof bytes; n++) {
        struct buf buf;
        buf_init(&buf, 1000);
        buf_hex(&buf, bytes, n); /* the first memory holds 256 */
        cr_assert_eq(strlen((const char *)buf.data), 2 * n);
        buf_fini(&buf);
    }
}

Test(buf, a_format_that_is_too_long_is_a_failure_and_nothing_half)
{
    struct buf buf;
    char text[600];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    buf_init(&buf, 1000);
    buf_printf(&buf, "%s", text);
    cr_assert(buf_failed(&buf));
    cr_assert_eq(buf.bytes, 0);
    buf_fini(&buf);
}

static void expect_json(const char *text, size_t bytes, const char *json)
{
    struct buf buf;
    buf_init(&buf, 1000);
    buf_json_string(&buf, span_of(text, bytes));
    expect_text(&buf, json);
    buf_fini(&buf);
}

Test(buf_json_string, escapes_what_json_must_not_hold)
{
    expect_json("a\"b\\c", 5, "\"a\\\"b\\\\c\"");
    expect_json("\n\t\r\x01", 4, "\"\\n\\u0009\\u000d\\u0001\"");
    expect_json("\0", 1, "\"\\u0000\"");
    expect_json("\x7f", 1, "\"\\u007f\"");
}

Test(buf_json_string, leaves_other_text_byte_for_byte)
{
    expect_json(
        "Stra\xc3\x9f"
        "e / \xf0\x9f\x9b\xb9",
        14,
        "\"Stra\xc3\x9f"
        "e / \xf0\x9f\x9b\xb9\"");
    expect_json("\xe2\x80\xa7", 3, "\"\xe2\x80\xa7\"");
}

Test(buf_json_string, escapes_the_line_separators_of_old_javascript)
{
    expect_json(
        "a\xe2\x80\xa8"
        "b\xe2\x80\xa9",
        8, "\"a\\u2028b\\u2029\"");
}

Test(buf_json_string, does_not_read_past_a_text_that_ends_in_the_middle)
{
    expect_json("\xe2\x80", 2, "\"\xe2\x80\"");
}

Test(buf_json_string, of_nothing_is_an_empty_string)
{
    expect_json(NULL, 0, "\"\"");
}

Test(buf, fails_with_a_part_for_the_parts_reason)
{
    struct buf whole;
    struct buf part;
    buf_init(&whole, 100);
    buf_init(&part, 3);
    buf_text(&part, "abc");
    buf_fail_with(&whole, &part);
    cr_expect_eq(buf_err(&whole), ERR_OK);
    buf_text(&part, "d");
    buf_fail_with(&whole, &part);
    cr_expect_eq(buf_err(&whole), ERR_TOO_LARGE);
    buf_clear(&whole);
    buf_clear(&part);
    buf_fail(&part);
    buf_fail_with(&whole, &part);
    cr_expect_eq(buf_err(&whole), ERR_NOMEM);
    buf_fini(&part);
    buf_fini(&whole);
}
