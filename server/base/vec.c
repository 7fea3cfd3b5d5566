#include "base/vec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum err vec_reserve(
    void **items, size_t *capacity, size_t count, size_t item_bytes, size_t count_max)
{
    if (count > count_max) {
        return ERR_TOO_MANY;
    }
    if (count <= *capacity) {
        return ERR_OK;
    }
    if (count > SIZE_MAX / 2 / item_bytes) {
        return ERR_NOMEM;
    }
    size_t grown = *capacity != 0 ? *capacity : 8;
    while (grown < count) {
        grown *= 2;
    }
    void *bigger = realloc(*items, grown * item_bytes);
    if (bigger == NULL) {
        return ERR_NOMEM;
    }
    memset((char *)bigger + *capacity * item_bytes, 0, (grown - *capacity) * item_bytes);
    *items = bigger;
    *capacity = grown;
    return ERR_OK;
}
