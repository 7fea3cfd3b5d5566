/* Ballots, equal ones once with a weight: flat arrays that methods read directly. */
#ifndef TALLY_PROFILE_H
#define TALLY_PROFILE_H

#include "stimmwerk/tally/ballots.h"

struct ballot_row {
    uint32_t first; /* index of its first mark */
    uint32_t count; /* 0: blank */
    int64_t weight;
};

struct tally_profile {
    size_t options;
    size_t score_max; /* 0: rankings or approvals */
    bool raw;         /* some ballot repeats an option or marks TALLY_UNNAMED */
    int64_t ballots;  /* all weights together, at most TALLY_BALLOTS_MAX */
    struct ballot_row *rows;
    size_t row_count;
    size_t row_capacity;
    struct tally_mark *marks; /* a row's marks by place, then option */
    size_t mark_count;
    size_t mark_capacity;
    uint32_t *index;       /* open addressing by the ballot's hash: 1 + row, 0 empty */
    size_t index_capacity; /* a power of two, or 0 */
    struct tally_mark *sorted; /* room for one ballot being added */
    size_t sorted_capacity;
};

static inline const struct tally_mark *
profile_marks(const struct tally_profile *profile, const struct ballot_row *row)
{
    return profile->marks + row->first;
}

int64_t profile_blank(const struct tally_profile *profile);

/* One for the same ballots, empty. */
enum tally_status
profile_like(const struct tally_profile *profile, struct tally_profile **ret_profile);

/* A copy whose ballots mark each option once, at its best place, and nobody unnamed: what
 * pairwise methods count. The caller frees. */
enum tally_status
profile_plain(const struct tally_profile *profile, struct tally_profile **ret_plain);

#endif
