/* Growing an array that its owner keeps as pointer, count and capacity. */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/err.h"

#include <stddef.h>

/* Makes `*items` (owned, from malloc, may be NULL) hold at least `count` items of
 * `item_bytes`; doubles; new memory is zeroed. ERR_TOO_MANY above count_max, ERR_NOMEM;
 * on error nothing changed. */
MUST_CHECK enum err vec_reserve(
    void **items, size_t *capacity, size_t count, size_t item_bytes, size_t count_max);

#endif
