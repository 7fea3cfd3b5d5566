#include "base/bounds.h"
#include "wire/json_scan.h"

#include <criterion/criterion.h>
#include <string.h>

static enum err scan(const char *text)
{
    return json_scan(span_of_string(text));
}

Test(json_scan, takes_every_kind_of_value)
{
    static const char *const good[] = {
        "{}",
        "[]",
        "\"\"",
        "0",
        "-0",
        "12",
        "-1.5",
        "1e9",
        "1E-9",
        "0.0e+10",
        "true",
        "false",
        "null",
        " [ ] ",
        "\t{\n}\r",
        "[1,2]",
        "[[],{},[]]",
        "{\"a\":{\"b\":[]}}",
        "\"\\u0001\\n\\/\"",
        "[\"a\",\"\\\\\"]",
        "{\"\":\"\"}"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        cr_assert_eq(scan(good[i]), ERR_OK, "%s", good[i]);
    }
}

Test(json_scan, refuses_what_only_resembles_json)
{
    static const char *const bad[] = {
        "",        " ",         "{",          "}",           "[",
        "]",       "[1,]",      "[,1]",       "[1 2]",       "{,}",
        "{\"a\"}", "{\"a\":}",  "{\"a\":1,}", "{1:2}",       "{\"a\":1 \"b\":2}",
        "[}",      "{\"a\":1]", "01",         "-",           "+1",
        ".5",      "1.",        "1e",         "1e+",         "0x10",
        "tru",     "truee",     "True",       "NaN",         "\"",
        "\"\\\"",  "\"\\x\"",   "\"\\u12\"",  "\"\\u12g4\"", "\"\\u0000\"",
        "\"\n\"",  "'a'",       "1 2",        "[] []",       "/**/1",
        "\x01[]",  "[1]\x01",   "\f[]"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_assert_eq(scan(bad[i]), ERR_NOT_JSON, "%s", bad[i]);
    }
}

Test(json_scan, refuses_nul_bytes_anywhere)
{
    cr_assert_eq(json_scan(span_of("[\0]", 3)), ERR_NOT_JSON);
    cr_assert_eq(json_scan(span_of("\"\0\"", 3)), ERR_NOT_JSON);
    cr_assert_eq(json_scan(span_of("[]\0", 3)), ERR_NOT_JSON);
    cr_assert_eq(json_scan(span_of("\"\\\0\"", 4)), ERR_NOT_JSON);
}

static enum err scan_nested(size_t depth, char open, char close)
{
    char text[64] = {0};
    memset(text, open, depth);
    memset(text + depth, close, depth);
    return scan(text);
}

Test(json_scan, takes_eight_levels_and_no_more)
{
    cr_assert_eq(scan_nested(JSON_DEPTH_MAX, '[', ']'), ERR_OK);
    cr_assert_eq(scan_nested(JSON_DEPTH_MAX + 1, '[', ']'), ERR_TOO_DEEP);
    cr_assert_eq(scan("[[],[],[],[],[],[],[],[],[],[]]"), ERR_OK);
}

Test(json_scan, tells_where_a_value_ends)
{
    size_t end = 0;
    struct span text = span_of_string("[{\"a\":1},2]");
    cr_assert_eq(json_scan_value(text, 1, &end), ERR_OK);
    cr_assert_eq(end, 8);
    cr_assert_eq(json_scan_value(text, 9, &end), ERR_OK);
    cr_assert_eq(end, 10);
    cr_assert_eq(json_scan_value(text, 11, &end), ERR_NOT_JSON);
    cr_assert_eq(end, 10);
}

/* Exact memory under the sanitizer: no byte past the end is looked at. */
Test(json_scan, stays_inside_of_every_prefix)
{
    static const char text[] = "{\"a\":[-1.5e+3,true,null,\"\\u00e4\\n\",{\"b\":false}]}";
    for (size_t n = 0; n < sizeof text - 1; n++) {
        char *copy = malloc(n + 1);
        memcpy(copy, text, n);
        char *exact = realloc(copy, n > 0 ? n : 1);
        cr_assert_eq(json_scan(span_of(exact, n)), ERR_NOT_JSON);
        free(exact);
    }
}
