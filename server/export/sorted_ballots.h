/* A poll's ballots from phones that count, sorted by their content: nothing tells who
 * cast one, or when. */
#ifndef EXPORT_SORTED_BALLOTS_H
#define EXPORT_SORTED_BALLOTS_H

#include "domain/event.h"

struct sorted_ballot {
    const struct kept_mark *marks; /* borrowed from the poll; NULL: blank */
    uint16_t mark_count;
};

/* The caller frees; NULL: no memory. */
struct sorted_ballot *sorted_ballots_new(const struct poll *poll, size_t *ret_count);

/* How many of the ballots from `ballots` on are equal to the first; at least 1. */
size_t sorted_ballots_equal(const struct sorted_ballot *ballots, size_t count);

#endif
