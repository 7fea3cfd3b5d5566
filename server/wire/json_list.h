/* Long lists, one element at a time: a sealed list of a large hall has no tree in memory.
 */
#ifndef WIRE_JSON_LIST_H
#define WIRE_JSON_LIST_H

#include "base/err.h"
#include "base/span.h"

struct cJSON;

/* Both are borrowed. */
typedef enum err json_element_fn(void *ctx, const struct cJSON *json, struct span text);

/* `[a,b,c]` without spaces between the elements, from the first byte to the last. Begins
 * with the element that begins `at`: 1 for all of them. Stops at the first error of
 * `each`. ERR_DAMAGED: anything else. */
MUST_CHECK enum err
json_list(struct span list, size_t at, json_element_fn *each, void *ctx);

#endif
