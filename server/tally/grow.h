/* Growing an owned array, and our own assertion: neither needs anything but malloc. */
#ifndef TALLY_GROW_H
#define TALLY_GROW_H

#include "stimmwerk/tally/base.h"

#include <stdlib.h>

/* Our bug if it does not hold: stop, also in release. */
static inline void expect(bool holds)
{
    if (!holds) {
        __builtin_trap();
    }
}

/* `items` (owned, from malloc, may be NULL) with room for at least `count`, doubling: the
 * new address, or NULL when there is no memory and nothing changed. */
static inline void *grow(void *items, size_t *capacity, size_t count, size_t item_bytes)
{
    expect(item_bytes > 0);
    if (count <= *capacity && items != NULL) {
        return items;
    }
    size_t grown = *capacity != 0 ? *capacity : 16;
    while (grown < count) {
        grown *= 2;
    }
    if (grown > SIZE_MAX / item_bytes) {
        return NULL;
    }
    void *bigger = realloc(items, grown * item_bytes);
    if (bigger != NULL) {
        *capacity = grown;
    }
    return bigger;
}

/* calloc that never asks for 0 bytes. */
static inline void *zeroed(size_t count, size_t item_bytes)
{
    return calloc(count != 0 ? count : 1, item_bytes);
}

#endif
