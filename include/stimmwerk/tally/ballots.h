/* Ballots and profiles: a profile is a multiset of ballots over n options. */
#ifndef STIMMWERK_TALLY_BALLOTS_H
#define STIMMWERK_TALLY_BALLOTS_H

#include "stimmwerk/tally/base.h"

TALLY_BEGIN

/* A marked place where nobody can tell whom: an overvote without names. */
#define TALLY_UNNAMED UINT16_MAX

/* One mark: `place` from 1, equal places are a tie, gaps are skipped ranks; an approval
 * has place 1. On a ballot of scores, `place` is the score, from 0. Marks may stand in
 * any order. Options without a mark are below all others and equal to each other; their
 * score is 0. An option marked twice counts at its best place, except where a method's
 * setting `repeat` says otherwise. */
struct tally_mark {
    uint16_t option; /* 0 … options − 1, or TALLY_UNNAMED */
    uint16_t place;
};

struct tally_profile;

/* TALLY_TOO_MANY unless 1 ≤ options ≤ TALLY_OPTIONS_MAX; TALLY_NO_MEMORY. */
TALLY_API enum tally_status
tally_profile_new(size_t options, struct tally_profile **ret_profile);
#define TALLY_SCORE_MAX 1000
/* The same for ballots of scores from 0 to `score_max` (1 … TALLY_SCORE_MAX, else
 * TALLY_TOO_MANY). Ranking methods count them too: higher scores stand above lower. */
TALLY_API enum tally_status tally_profile_new_scored(
    size_t options, size_t score_max, struct tally_profile **ret_profile);
TALLY_API void tally_profile_free(struct tally_profile *profile);
/* Adds `weight` (≥ 1) equal ballots. No marks: a blank ballot, counted as turnout.
 * TALLY_BAD_BALLOT (an option, place or score out of range; TALLY_UNNAMED or two scores
 * for one option among scores), TALLY_OVERFLOW (more than TALLY_BALLOTS_MAX in all),
 * TALLY_TOO_MANY, TALLY_NO_MEMORY; on failure the profile is as it was. */
TALLY_API enum tally_status tally_profile_add(
    struct tally_profile *profile, const struct tally_mark *marks, size_t mark_count,
    int64_t weight);
/* Adds all ballots of `other`, which has as many options and the same score_max, else
 * TALLY_BAD_BALLOT. Otherwise as tally_profile_add; on failure some may have been added.
 */
TALLY_API enum tally_status
tally_profile_merge(struct tally_profile *profile, const struct tally_profile *other);
TALLY_API size_t tally_profile_options(const struct tally_profile *profile);
/* 0 unless the ballots are scores. */
TALLY_API size_t tally_profile_score_max(const struct tally_profile *profile);
TALLY_API int64_t tally_profile_ballots(const struct tally_profile *profile);
/* Different ballots, the blank one included if there is any. */
TALLY_API size_t tally_profile_distinct(const struct tally_profile *profile);
/* The i-th of the different ballots: how many marks (0: blank), the best first, equals by
 * option, borrowed until the profile changes; and how many ballots are equal to it. On a
 * ballot of scores, `place` is 1 + score_max − score, and scores of 0 are left out. */
TALLY_API size_t tally_profile_ballot(
    const struct tally_profile *profile, size_t i, const struct tally_mark **ret_marks,
    int64_t *ret_weight);

TALLY_END

#endif
