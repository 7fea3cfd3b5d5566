/* Long ballots of few options, for the pairwise matrix: where a ballot ranks most of the
 * options, adding to sixteen cells of the matrix at once is faster than going through the
 * pairs. */
#ifndef TALLY_DENSE_H
#define TALLY_DENSE_H

#include "tally/profile.h"

#define DENSE_LANES       ((size_t)16)
#define DENSE_BLOCKS_MAX  4
#define DENSE_OPTIONS_MAX (DENSE_LANES * DENSE_BLOCKS_MAX)
#define DENSE_WEIGHT_MAX  255

/* GCC's vectors, which clang has too: plain C for machines without such registers. */
typedef uint8_t dense_lanes __attribute__((vector_size(DENSE_LANES)));

struct dense {
    size_t options;
    size_t blocks;
    int64_t held;   /* all weights in `above`, at most DENSE_WEIGHT_MAX */
    int64_t *pairs; /* borrowed: options × options */
    uint8_t window[2 * DENSE_OPTIONS_MAX]; /* one is 0: the lane of an option, looked at
                                              from the right place */
    dense_lanes above[DENSE_OPTIONS_MAX][DENSE_BLOCKS_MAX];
};

/* Counts will be added to `pairs`. */
void dense_init(struct dense *dense, size_t options, int64_t *pairs);

/* Is it worth it, and possible, for a row? */
static inline bool dense_fits(const struct dense *dense, const struct ballot_row *row)
{
    return row->count >= 4 * dense->blocks && row->weight <= DENSE_WEIGHT_MAX &&
           dense->options <= DENSE_OPTIONS_MAX;
}

/* In canonical order, everybody at most once. */
void dense_add(
    struct dense *dense, const struct tally_mark *marks, size_t count, int64_t weight);
/* Adds what is held to the pairs. */
void dense_flush(struct dense *dense);

#endif
