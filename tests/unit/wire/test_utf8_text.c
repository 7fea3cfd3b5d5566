#include "base/bounds.h"
#include "wire/utf8_text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const struct text_rule title = {1, 10, false};
static const struct text_rule lines = {0, 10, true};

static void expect(const char *text, const struct text_rule *rule, const char *kept)
{
    char got[64];
    cr_assert_eq(text_normalise(text, rule, got), ERR_OK, "%s", text);
    cr_assert_str_eq(got, kept);
}

static enum err normalise(const char *text, const struct text_rule *rule)
{
    char got[64] = "untouched";
    enum err err = text_normalise(text, rule, got);
    if (err != ERR_OK) {
        cr_assert_str_eq(got, "untouched");
    }
    return err;
}

Test(text, is_composed)
{
    expect("u\xcc\x88", &title, "\xc3\xbc");
    expect("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", &title, "\xed\x95\x9c"); /* Hangul */
    expect(
        "\xe2\x84\xab", &title, "\xc3\x85"); /* the angstrom sign is an A with a ring */
    expect("\xef\xac\x81", &title, "\xef\xac\x81"); /* but a ligature stays one */
}

Test(text, is_trimmed_of_white_space_of_every_kind)
{
    expect(" \xc2\xa0\xe2\x80\x83 a b \xe3\x80\x80", &title, "a b");
    expect("\n\t a\n", &lines, "a");
    expect(" \n ", &lines, "");
    expect("", &lines, "");
}

Test(text, has_one_kind_of_line_end)
{
    expect("a\r\nb\rc\n\r\nd", &lines, "a\nb\nc\n\nd");
}

Test(text, must_show_something_where_it_is_required)
{
    cr_assert_eq(normalise("", &title), ERR_TEXT_EMPTY);
    cr_assert_eq(normalise("  ", &title), ERR_TEXT_EMPTY);
    cr_assert_eq(normalise("\xe2\x80\x8b\xe2\x80\x8d", &title), ERR_TEXT_EMPTY);
    cr_assert_eq(normalise("\xe3\x85\xa4", &title), ERR_TEXT_EMPTY); /* Hangul filler */
    cr_assert_eq(normalise("\xe2\x80\x8b\xf0\x9f\x9b\xb9", &title), ERR_OK);
}

Test(text, is_counted_in_characters_after_composing_and_trimming)
{
    expect("  1234567890  ", &title, "1234567890");
    cr_assert_eq(normalise("12345678901", &title), ERR_TEXT_TOO_LONG);
    cr_assert_eq(
        normalise(
            "u\xcc\x88u\xcc\x88u\xcc\x88u\xcc\x88u\xcc\x88u\xcc\x88u\xcc\x88", &title),
        ERR_OK);
    cr_assert_eq(normalise("\xf0\x9f\x9b\xb9\xf0\x9f\x9b\xb9", &title), ERR_OK);
}

Test(text, refuses_control_characters)
{
    cr_assert_eq(normalise("a\x01", &lines), ERR_BAD_VALUE);
    cr_assert_eq(normalise("a\x1b[2J", &lines), ERR_BAD_VALUE);
    cr_assert_eq(normalise("a\x7f", &lines), ERR_BAD_VALUE);
    cr_assert_eq(normalise("a\xc2\x85", &lines), ERR_BAD_VALUE);
    cr_assert_eq(normalise("a\nb", &title), ERR_BAD_VALUE);
    cr_assert_eq(normalise("a\tb", &title), ERR_BAD_VALUE);
    cr_assert_eq(normalise("a\tb\nc", &lines), ERR_OK);
}

static char *with_marks(size_t count)
{
    char *text = malloc(2 + 2 * count);
    text[0] = 'a';
    for (size_t i = 0; i < count; i++) {
        memcpy(text + 1 + 2 * i, i % 2 == 0 ? "\xcc\x96" : "\xcc\x95", 2);
    }
    text[1 + 2 * count] = '\0';
    return text;
}

Test(text, refuses_towers_of_combining_marks)
{
    static const struct text_rule rule = {1, 40, false};
    char got[161];
    char *text = with_marks(TEXT_MARKS_RUN_MAX);
    cr_assert_eq(text_normalise(text, &rule, got), ERR_OK);
    free(text);
    text = with_marks(TEXT_MARKS_RUN_MAX + 1);
    cr_assert_eq(text_normalise(text, &rule, got), ERR_BAD_VALUE);
    free(text);
}

/* Composing may lengthen (U+FB2C is three characters in NFC): still no byte too many. */
Test(text, that_grows_when_composed_stays_inside)
{
    char text[31];
    for (size_t i = 0; i < 10; i++) {
        memcpy(text + 3 * i, "\xef\xac\xac", 3);
    }
    text[30] = '\0';
    cr_assert_eq(normalise(text, &title), ERR_TEXT_TOO_LONG);
    text[9] = '\0';
    cr_assert_eq(normalise(text, &title), ERR_OK);
}

Test(lang, is_a_short_tag_or_nothing)
{
    static const char *const good[] = {"",          "de",    "bg",     "gsw",
                                       "de-simple", "pt-br", "de-1996"};
    static const char *const bad[] = {"d",      "DE",    "de-",          "de-x",
                                      "abcd",   "de_AT", "-de",          "de-123456789",
                                      "de-a-b", "d1",    "de-simple-ch", " de"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        cr_assert(lang_valid(good[i]), "%s", good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_assert(!lang_valid(bad[i]), "%s", bad[i]);
    }
}
