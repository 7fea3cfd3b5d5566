/* Counts that elect one option after the other, and all the ways in which their ties can
 * be settled. */
#ifndef TALLY_WAYS_H
#define TALLY_WAYS_H

#include "tally/method.h"

/* How such a count goes on: `count` is a count at some step. */
struct steps_kind {
    /* Back to the beginning. */
    void (*reset)(void *count);
    /* Those one of whom is elected next; empty: nobody is. */
    enum tally_status (*next)(void *count, uint64_t *ret_tied);
    enum tally_status (*elect)(void *count, uint16_t option);
    /* Do two counts that have elected the same options go on alike? NULL: always. */
    bool (*alike)(const void *count, const void *other);
};

struct ways {
    const struct steps_kind *kind;
    void *count;
    void *other; /* a second count, to compare with; NULL if `alike` is */
    /* Options that can stand for each other: the least of them, for each. */
    const uint16_t *class_of;
    size_t *looks; /* ballots and marks looked at so far by both */
};

/* After a count: `elected` in this order, then the others. What the ties meant is in the
 * result afterwards: state, who and which sets may win. Ties that were pushed must be in
 * the result. `open`: the count ended at a tie; `lots`: one was drawn; `search`: or it is
 * not settled what they mean. */
struct ways_end {
    const uint16_t *elected;
    size_t count;
    bool open;
    bool lots;
    bool search;
};

enum tally_status ways_conclude(
    struct tally_result *result, const struct ways *ways, const struct ways_end *end);

#endif
