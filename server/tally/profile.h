/* Ballots, equal ones once with a weight: flat arrays that methods read directly. */
#ifndef TALLY_PROFILE_H
#define TALLY_PROFILE_H

#include "stimmwerk/tally/ballots.h"

struct ballot_row {
    uint32_t first; /* index of its first mark */
    uint32_t count; /* 0: blank */
    int64_t weight; /* ≥ 1: a ballot that nobody casts any more has no row */
};

struct row_cell {
    uint32_t number; /* 1 + row; 0: empty */
    uint32_t hash;
};

struct tally_profile {
    size_t options;
    size_t score_max; /* 0: rankings or approvals */
    size_t raw;       /* rows that repeat an option or mark TALLY_UNNAMED */
    int64_t ballots;  /* all weights together, at most TALLY_BALLOTS_MAX */
    int64_t blank;
    struct ballot_row *rows; /* in no order that means anything */
    size_t row_count;
    size_t row_capacity;
    struct tally_mark *marks; /* a row's marks by place, then option */
    size_t mark_count;        /* holes too */
    size_t mark_capacity;
    size_t holes;              /* marks of rows that are gone: all 0 */
    struct row_cell *index;    /* open addressing by the ballot's hash */
    size_t index_capacity;     /* a power of two, or 0 */
    struct tally_mark *sorted; /* room for one ballot, as long as the longest row */
    size_t sorted_capacity;
};

static inline const struct tally_mark *
profile_marks(const struct tally_profile *profile, const struct ballot_row *row)
{
    return profile->marks + row->first;
}

static inline int64_t profile_blank(const struct tally_profile *profile)
{
    return profile->blank;
}

/* Leaves out who is unnamed or was marked before; returns how many marks are left, at
 * most as many as there are options. */
size_t profile_plain_marks(
    const struct tally_mark *marks, size_t count, struct tally_mark *ret_marks);

/* One for the same ballots, empty. */
enum tally_status
profile_like(const struct tally_profile *profile, struct tally_profile **ret_profile);

/* A copy of rankings whose ballots mark each option once, at its best place, and nobody
 * unnamed: what pairwise methods count. The caller frees. */
enum tally_status
profile_plain(const struct tally_profile *profile, struct tally_profile **ret_plain);

#endif
