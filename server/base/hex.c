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

static int digit_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

enum err hex_decode(const char *text, size_t text_bytes, uint8_t *ret_data, size_t bytes)
{
    if (text_bytes != 2 * bytes) {
        return ERR_BAD_VALUE;
    }
    for (size_t i = 0; i < text_bytes; i++) {
        if (digit_value(text[i]) < 0) {
            return ERR_BAD_VALUE;
        }
    }
    for (size_t i = 0; i < bytes; i++) {
        ret_data[i] =
            (uint8_t)(digit_value(text[2 * i]) * 16 + digit_value(text[2 * i + 1]));
    }
    return ERR_OK;
}
