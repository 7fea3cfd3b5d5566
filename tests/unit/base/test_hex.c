#include "base/hex.h"

#include <criterion/criterion.h>
#include <string.h>

Test(hex, every_byte_comes_back)
{
    uint8_t bytes[256];
    uint8_t again[256];
    char text[513];
    for (int i = 0; i < 256; i++) {
        bytes[i] = (uint8_t)i;
    }
    hex_encode(bytes, sizeof bytes, text);
    cr_assert_eq(strlen(text), 512);
    cr_assert_eq(hex_decode(text, 512, again, 256), ERR_OK);
    cr_assert_eq(memcmp(bytes, again, 256), 0);
}

Test(hex, digits_are_written_small_and_read_in_either_case)
{
    char text[5];
    uint8_t bytes[2];
    hex_encode((const uint8_t *)"\xab\x0f", 2, text);
    cr_assert_str_eq(text, "ab0f");
    cr_assert_eq(hex_decode("AB0F", 4, bytes, 2), ERR_OK);
    cr_assert_eq(memcmp(bytes, "\xab\x0f", 2), 0);
}

Test(hex, refuses_another_length_and_leaves_the_output_alone)
{
    uint8_t bytes[2] = {7, 7};
    cr_assert_eq(hex_decode("abc", 3, bytes, 2), ERR_BAD_VALUE);
    cr_assert_eq(hex_decode("abcdef", 6, bytes, 2), ERR_BAD_VALUE);
    cr_assert_eq(hex_decode("", 0, bytes, 2), ERR_BAD_VALUE);
    cr_assert_eq(memcmp(bytes, "\7\7", 2), 0);
}

Test(hex, refuses_every_other_character_and_leaves_the_output_alone)
{
    uint8_t bytes[2] = {7, 7};
    for (int c = 0; c < 256; c++) {
        char text[4] = {'0', '0', '0', (char)c};
        bool digit = c != 0 && strchr("0123456789abcdefABCDEF", c) != NULL;
        if (!digit) {
            cr_assert_eq(hex_decode(text, 4, bytes, 2), ERR_BAD_VALUE);
            cr_assert_eq(memcmp(bytes, "\7\7", 2), 0);
        }
    }
}
