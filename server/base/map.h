/* A hash map from uid to a 32-bit index into an array of its owner's. Open addressing;
 * keys are copied; entries are added, changed and dropped. Keys come from phones, so the
 * hash is keyed (SipHash-1-3, Aumasson & Bernstein 2012) with a seed its owner gives. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/err.h"
#include "base/uid.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map {
    struct map_cell *cells; /* owned */
    size_t capacity;        /* a power of two, or 0 */
    size_t count;
    size_t used; /* filled or once filled */
    uint64_t seed[2];
};

void map_init(struct map *map, const uint64_t seed[2]);
void map_fini(struct map *map);

/* Puts key → value, replacing an older value. ERR_NOMEM: unchanged. */
MUST_CHECK enum err map_put(struct map *map, const struct uid *key, uint32_t value);

/* False if absent; `ret_value` may be NULL. */
bool map_get(const struct map *map, const struct uid *key, uint32_t *ret_value);

/* Absent keys are no error. */
void map_drop(struct map *map, const struct uid *key);

#endif
