/* The ballots on paper that count, as one list. */
#ifndef DOMAIN_PILES_H
#define DOMAIN_PILES_H

#include "domain/event.h"

/* Equal ballots of all confirmed batches. */
struct poll_pile {
    const struct kept_mark *marks; /* borrowed from a batch */
    uint16_t mark_count;
    uint16_t share; /* 0: the poll has none */
    int64_t count;
};

/* Mark by mark; a ballot that ends sooner comes first. < 0, 0, > 0. */
int marks_compare(
    const struct kept_mark *a, size_t a_count, const struct kept_mark *b, size_t b_count);

/* Sorted by share and content, so that their order tells nothing, each content once. The
 * caller frees; NULL: no memory. */
struct poll_pile *poll_piles_new(const struct poll *poll, size_t *ret_count);

#endif
