/* Sets of options as words of bits, and bit matrices: row a of `words` words each. */
#ifndef TALLY_BITS_H
#define TALLY_BITS_H

#include "stimmwerk/tally/base.h"

#include <string.h>

#define BITS_WORD          64
#define BITS_OPTIONS_WORDS ((TALLY_OPTIONS_MAX + BITS_WORD - 1) / BITS_WORD)

static inline size_t bits_words(size_t count)
{
    return (count + BITS_WORD - 1) / BITS_WORD;
}

static inline bool bits_has(const uint64_t *set, size_t i)
{
    return (set[i / BITS_WORD] >> (i % BITS_WORD) & 1) != 0;
}

static inline void bits_add(uint64_t *set, size_t i)
{
    set[i / BITS_WORD] |= UINT64_C(1) << (i % BITS_WORD);
}

static inline void bits_drop(uint64_t *set, size_t i)
{
    set[i / BITS_WORD] &= ~(UINT64_C(1) << (i % BITS_WORD));
}

static inline void bits_join(uint64_t *set, const uint64_t *other, size_t words)
{
    for (size_t w = 0; w < words; w++) {
        set[w] |= other[w];
    }
}

static inline void bits_remove(uint64_t *set, const uint64_t *other, size_t words)
{
    for (size_t w = 0; w < words; w++) {
        set[w] &= ~other[w];
    }
}

/* Is every member of `a` in `b`? */
static inline bool bits_inside(const uint64_t *a, const uint64_t *b, size_t words)
{
    for (size_t w = 0; w < words; w++) {
        if ((a[w] & ~b[w]) != 0) {
            return false;
        }
    }
    return true;
}

static inline size_t bits_count(const uint64_t *set, size_t words)
{
    size_t count = 0;
    for (size_t w = 0; w < words; w++) {
        count += (size_t)__builtin_popcountll(set[w]);
    }
    return count;
}

static inline void bits_fill(uint64_t *set, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bits_add(set, i);
    }
}

#endif
