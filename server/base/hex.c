#include "base/hex.h"

#include <string.h>

void hex_encode(const uint8_t *data, size_t bytes, char *ret_text)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < bytes; i++) {
        ret_text[2 * i] = digits[data[i] >> 4];
        ret_text[2 * i + 1] = digits[data[i] & 15];
    }
    ret_text[2 * bytes] = '\0';
}

/* A digit's value + 1; 0: no digit. The log of a large event has a hundred million. */
static const uint8_t values[UINT8_MAX + 1] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
    ['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
    ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
    ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

static unsigned value_of(char c)
{
    return values[(uint8_t)c];
}

enum err hex_decode(const char *text, size_t text_bytes, uint8_t *ret_data, size_t bytes)
{
    if (text_bytes != 2 * bytes) {
        return ERR_BAD_VALUE;
    }
    for (size_t i = 0; i < text_bytes; i++) {
        if (value_of(text[i]) == 0) {
            return ERR_BAD_VALUE;
        }
    }
    for (size_t i = 0; i < bytes; i++) {
        ret_data[i] =
            (uint8_t)((value_of(text[2 * i]) - 1) << 4 | (value_of(text[2 * i + 1]) - 1));
    }
    return ERR_OK;
}
