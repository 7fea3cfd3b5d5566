#include "tally/sets.h"

#include "tally/grow.h"

#include <string.h>

void seen_init(struct seen_sets *seen, size_t words)
{
    *seen = (struct seen_sets){.words = words};
}

void seen_fini(struct seen_sets *seen)
{
    free(seen->sets);
    free(seen->index);
    *seen = (struct seen_sets){.words = seen->words};
}

size_t seen_hash(const uint64_t *set, size_t words)
{
    uint64_t hash = UINT64_C(0x9e3779b97f4a7c15);
    for (size_t w = 0; w < words; w++) {
        hash = (hash ^ set[w]) * UINT64_C(0xbf58476d1ce4e5b9);
        hash ^= hash >> 32;
    }
    return (size_t)hash;
}

static enum tally_status index_reserve(struct seen_sets *seen)
{
    if (seen->index_capacity >= 2 * (seen->count + 1)) {
        return TALLY_OK;
    }
    size_t capacity = seen->index_capacity != 0 ? 2 * seen->index_capacity : 64;
    uint32_t *index = calloc(capacity, sizeof *index);
    if (index == NULL) {
        return TALLY_NO_MEMORY;
    }
    for (size_t i = 0; i < seen->count; i++) {
        size_t at = seen_hash(seen->sets + i * seen->words, seen->words);
        while (index[at & (capacity - 1)] != 0) {
            at++;
        }
        index[at & (capacity - 1)] = (uint32_t)i + 1;
    }
    free(seen->index);
    seen->index = index;
    seen->index_capacity = capacity;
    return TALLY_OK;
}

static uint32_t *find_cell(struct seen_sets *seen, const uint64_t *set)
{
    size_t mask = seen->index_capacity - 1;
    size_t bytes = seen->words * sizeof *set;
    size_t at = seen_hash(set, seen->words) & mask;
    while (seen->index[at] != 0 &&
           memcmp(seen->sets + (seen->index[at] - 1) * seen->words, set, bytes) != 0) {
        at = (at + 1) & mask;
    }
    return seen->index + at;
}

enum tally_status seen_add(struct seen_sets *seen, const uint64_t *set, bool *ret_new)
{
    enum tally_status status = index_reserve(seen);
    if (status != TALLY_OK) {
        return status;
    }
    uint32_t *cell = find_cell(seen, set);
    if (*cell != 0) {
        *ret_new = false;
        return TALLY_OK;
    }
    size_t bytes = seen->words * sizeof *set;
    uint64_t *sets = grow(seen->sets, &seen->capacity, seen->count + 1, bytes);
    if (sets == NULL) {
        return TALLY_NO_MEMORY;
    }
    seen->sets = sets;
    memcpy(sets + seen->count * seen->words, set, bytes);
    *cell = (uint32_t)++seen->count;
    *ret_new = true;
    return TALLY_OK;
}
