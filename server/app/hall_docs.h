/* Small JSON docs of the store: objects of integers. */
#ifndef APP_HALL_DOCS_H
#define APP_HALL_DOCS_H

#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* Reads the integer member `key` of the JSON object `body`; ERR_DAMAGED. */
MUST_CHECK enum err doc_read_int(struct span body, const char *key, int64_t *ret_value);

#endif
