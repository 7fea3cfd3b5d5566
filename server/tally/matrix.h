/* The pairwise matrix: how many ballots rank one option above another. */
#ifndef TALLY_MATRIX_H
#define TALLY_MATRIX_H

#include "tally/profile.h"

/* What the matrix is made of. A ballot of L marks touches L²/2 cells, whatever the number
 * of options: `above` and `tied` count the ballots that rank both, `ranked` those that
 * rank one at all, and N[a][b] = ranked[a] − above[b][a] − tied[a][b]. */
struct sums {
    size_t options;
    int64_t *above;
    int64_t *tied; /* the row is the lesser option */
    int64_t *ranked;
};

/* TALLY_NO_MEMORY. */
enum tally_status sums_init(struct sums *sums, size_t options);
void sums_fini(struct sums *sums);
/* Adds `weight` ballots, or takes them back where it is below 0. In canonical order,
 * everybody at most once, nobody unnamed. */
void sums_add(
    struct sums *sums, const struct tally_mark *marks, size_t count, int64_t weight);
void sums_merge(struct sums *sums, const struct sums *other);
/* Adds them to the cells of a matrix: options × options, row above column. */
void sums_read(const struct sums *sums, int64_t *pairs);

/* The matrix of a profile without repeated or unnamed marks; the caller frees.
 * TALLY_NO_MEMORY. */
enum tally_status matrix_build(const struct tally_profile *profile, int64_t **ret_pairs);

#endif
