/* A memory of bit sets of one size: which have been seen. */
#ifndef TALLY_SETS_H
#define TALLY_SETS_H

#include "stimmwerk/tally/base.h"

struct seen_sets {
    size_t words;
    uint64_t *sets; /* count × words */
    size_t count;
    size_t capacity;
    uint32_t *index; /* 1 + number of the set; 0: empty */
    size_t index_capacity;
};

/* What a table of sets is ordered by. */
size_t seen_hash(const uint64_t *set, size_t words);

void seen_init(struct seen_sets *seen, size_t words);
void seen_fini(struct seen_sets *seen);

/* Remembers a set; *ret_new says whether it was new. TALLY_NO_MEMORY. */
enum tally_status seen_add(struct seen_sets *seen, const uint64_t *set, bool *ret_new);

#endif
