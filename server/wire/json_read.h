/* Reading values out of a parsed message, strictly. cJSON reads numbers by strtod: that
 * is exact for us because nobody sets LC_NUMERIC. */
#ifndef WIRE_JSON_READ_H
#define WIRE_JSON_READ_H

#include "base/err.h"
#include "base/span.h"

#include <cjson/cJSON.h>

/* Ids cross as strings and numbers as doubles; both end where doubles are exact. */
#define JSON_INT_MAX (INT64_C(1) << 53)

/* Scans and parses one value; the caller deletes *ret_json. ERR_NOT_JSON, TOO_DEEP. */
MUST_CHECK enum err json_parse(struct span text, cJSON **ret_json);

/* Parses what json_scan or json_scan_value has passed. */
MUST_CHECK enum err json_parse_scanned(struct span text, cJSON **ret_json);

/* All below: ERR_BAD_VALUE if it is something else. */

/* A whole number from min to max. */
MUST_CHECK enum err
json_read_int(const cJSON *item, int64_t min, int64_t max, int64_t *ret_value);

/* An id: a string of digits without sign or leading zeros, from min to 2^53. */
MUST_CHECK enum err json_read_id(const cJSON *item, int64_t min, int64_t *ret_id);

MUST_CHECK enum err json_read_bool(const cJSON *item, bool *ret_value);

/* Borrowed from `item`. */
MUST_CHECK enum err json_read_string(const cJSON *item, const char **ret_text);

/* Exactly 2 × bytes lower-case hex digits. */
MUST_CHECK enum err json_read_hex(const cJSON *item, uint8_t *ret_data, size_t bytes);

#endif
