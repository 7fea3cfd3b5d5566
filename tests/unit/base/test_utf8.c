#include "base/utf8.h"

#include <criterion/criterion.h>

static bool valid(const char *bytes, size_t n)
{
    return utf8_valid(span_of(bytes, n));
}

Test(utf8, takes_the_first_and_last_of_each_length)
{
    cr_assert(valid("", 0));
    cr_assert(valid("\x00\x7f", 2));
    cr_assert(valid("\xc2\x80\xdf\xbf", 4));
    cr_assert(valid("\xe0\xa0\x80\xef\xbf\xbf", 6));
    cr_assert(valid("\xed\x9f\xbf\xee\x80\x80", 6));
    cr_assert(valid("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", 8));
}

Test(utf8, refuses_overlong_surrogate_stray_and_cut_sequences)
{
    static const struct {
        const char *bytes;
        size_t n;
    } bad[] = {
        {"\x80", 1},
        {"\xbf", 1},
        {"\xc0\x80", 2},
        {"\xc1\xbf", 2},
        {"\xe0\x9f\xbf", 3},
        {"\xed\xa0\x80", 3},
        {"\xed\xbf\xbf", 3},
        {"\xf0\x8f\xbf\xbf", 4},
        {"\xf4\x90\x80\x80", 4},
        {"\xf5\x80\x80\x80", 4},
        {"\xfe", 1},
        {"\xff", 1},
        {"\xc2", 1},
        {"\xe1\x80", 2},
        {"\xf1\x80\x80", 3},
        {"\xc2\x41", 2},
        {"\xe1\x80\x41", 3},
        {"a\xc3", 2}};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_assert(!valid(bad[i].bytes, bad[i].n), "case %zu", i);
    }
}

/* The definition itself (RFC 3629, section 3), said another way than the code says it. */
static bool is_one_char(const uint8_t *b, size_t n)
{
    static const uint32_t first_of_length[] = {0, 0, 0x80, 0x800, 0x10000};
    static const uint8_t lead_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    static const uint8_t lead_mark[] = {0, 0x00, 0xc0, 0xe0, 0xf0};
    if ((b[0] & (uint8_t)~lead_bits[n]) != lead_mark[n]) {
        return false;
    }
    uint32_t c = b[0] & lead_bits[n];
    for (size_t i = 1; i < n; i++) {
        if (b[i] >> 6 != 2) {
            return false;
        }
        c = c << 6 | (b[i] & 0x3f);
    }
    return c >= first_of_length[n] && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
}

Test(utf8, agrees_with_the_definition_for_every_start_of_a_character)
{
    static const uint8_t tails[] = {0x00, 0x7f, 0x80, 0xbf, 0xc0, 0xff};
    for (uint32_t start = 0; start <= 0xffff; start++) {
        for (size_t tail = 0; tail < sizeof tails * sizeof tails; tail++) {
            const uint8_t b[4] = {
                (uint8_t)(start >> 8), (uint8_t)start, tails[tail / sizeof tails],
                tails[tail % sizeof tails]};
            bool two = is_one_char(b, 2) || (is_one_char(b, 1) && is_one_char(b + 1, 1));
            cr_assert_eq(utf8_valid(span_of(b, 2)), two, "%04x", start);
            if (b[0] >= 0xe0) {
                cr_assert_eq(utf8_valid(span_of(b, 3)), is_one_char(b, 3), "%04x", start);
                bool four = is_one_char(b, 4) || (is_one_char(b, 3) && b[3] < 0x80);
                cr_assert_eq(utf8_valid(span_of(b, 4)), four, "%04x", start);
            }
        }
    }
}

Test(utf8, sees_a_bad_byte_at_every_place_of_a_long_text)
{
    char text[40];
    for (size_t at = 0; at < sizeof text; at++) {
        memset(text, 'a', sizeof text);
        cr_assert(valid(text, sizeof text));
        text[at] = (char)0xc3; /* cut off, or followed by what does not continue it */
        cr_assert_not(valid(text, sizeof text), "at %zu", at);
        cr_assert_eq(valid(text, at), true);
    }
}
