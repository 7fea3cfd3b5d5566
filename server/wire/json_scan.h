/* Is this JSON, to the letter of RFC 8259? cJSON forgives much (control characters,
 * numbers like 01, broken escapes, a thousand levels): whatever it is given went through
 * here. */
#ifndef WIRE_JSON_SCAN_H
#define WIRE_JSON_SCAN_H

#include "base/err.h"
#include "base/span.h"

/* Reads one value that begins at `at` (white space before it is fine) and tells where it
 * ends. Strings may hold any bytes from 0x20 on: UTF-8 is checked elsewhere. Refuses
 * \u0000, surrogates that are no pair and numbers of more than 62 digits too.
 * ERR_NOT_JSON, ERR_TOO_DEEP (more than JSON_DEPTH_MAX levels). */
MUST_CHECK enum err json_scan_value(struct span text, size_t at, size_t *ret_end);

/* The whole text is one value, with white space around it at most. */
MUST_CHECK enum err json_scan(struct span text);

#endif
