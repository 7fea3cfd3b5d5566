/* Lower-case hexadecimal. */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

/* Writes 2 × bytes digits and a NUL to `ret_text`. */
void hex_encode(const uint8_t *data, size_t bytes, char *ret_text);

/* Reads exactly 2 × bytes digits of either case; ERR_BAD_VALUE otherwise. */
MUST_CHECK enum err
hex_decode(const char *text, size_t text_bytes, uint8_t *ret_data, size_t bytes);

#endif
