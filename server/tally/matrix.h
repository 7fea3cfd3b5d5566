/* The pairwise matrix: how many ballots rank one option above another. */
#ifndef TALLY_MATRIX_H
#define TALLY_MATRIX_H

#include "tally/profile.h"

/* options × options sums, row above column; the caller frees. */
enum tally_status matrix_build(const struct tally_profile *profile, int64_t **ret_pairs);

#endif
