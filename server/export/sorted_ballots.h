/* A poll's ballots that count, sorted by their share, where there are any, and content:
 * nothing tells who cast one, or when. */
#ifndef EXPORT_SORTED_BALLOTS_H
#define EXPORT_SORTED_BALLOTS_H

#include "domain/event.h"

struct sorted_ballot {
    const struct kept_mark *marks; /* borrowed from the poll; NULL: blank */
    uint16_t mark_count;
    uint16_t share; /* 0: the poll has none */
};

/* Those from phones. The caller frees; NULL: no memory. */
struct sorted_ballot *sorted_ballots_new(const struct poll *poll, size_t *ret_count);

/* How many of the ballots from `ballots` on are equal to the first; at least 1. */
size_t sorted_ballots_equal(const struct sorted_ballot *ballots, size_t count);

/* Equal ballots, and what they are called: those of phones are numbered from 1, those on
 * paper too, apart. */
struct numbered_ballot {
    struct sorted_ballot is;
    int64_t count;
    int64_t weight; /* of all of them: the count, but in a poll by shares */
    int64_t number;
    bool paper;
};

typedef void numbered_ballot_row(void *ctx, const struct numbered_ballot *ballot);

/* All that count: from phones, then on paper. ERR_NOMEM. */
MUST_CHECK enum err
numbered_ballots(const struct poll *poll, numbered_ballot_row *row, void *ctx);

#endif
