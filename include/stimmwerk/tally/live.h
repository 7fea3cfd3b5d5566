/* A profile that changes while it is counted: add, change and withdraw ballots, and count
 * at any moment with the same result as from scratch.
 *
 * Of a ballot with L marks a change costs L²/2 cells of the pairwise matrix and L
 * counters, whatever the number of options. After tally_live_reserve no change allocates
 * memory as long as the ballots fit what was reserved. */
#ifndef STIMMWERK_TALLY_LIVE_H
#define STIMMWERK_TALLY_LIVE_H

#include "stimmwerk/tally/result.h"

TALLY_BEGIN

struct tally_live;

/* `score_max`: 0 for rankings and approvals. TALLY_TOO_MANY, TALLY_NO_MEMORY as
 * tally_profile_new and tally_profile_new_scored. */
TALLY_API enum tally_status
tally_live_new(size_t options, size_t score_max, struct tally_live **ret_live);
TALLY_API void tally_live_free(struct tally_live *live);
/* Makes room for so many different ballots with so many marks in all. TALLY_TOO_MANY,
 * TALLY_NO_MEMORY. */
TALLY_API enum tally_status
tally_live_reserve(struct tally_live *live, size_t ballots, size_t marks);
/* As tally_profile_add. */
TALLY_API enum tally_status tally_live_add(
    struct tally_live *live, const struct tally_mark *marks, size_t mark_count,
    int64_t weight);
/* Takes back `weight` ballots equal to this one: TALLY_BAD_BALLOT if so many are not
 * there. Never needs memory. */
TALLY_API enum tally_status tally_live_withdraw(
    struct tally_live *live, const struct tally_mark *marks, size_t mark_count,
    int64_t weight);
/* One ballot of that weight becomes another: both, or on any failure neither. Errors of
 * tally_live_add and tally_live_withdraw. */
TALLY_API enum tally_status tally_live_change(
    struct tally_live *live, const struct tally_mark *old_marks, size_t old_count,
    const struct tally_mark *marks, size_t mark_count, int64_t weight);
/* Adds all of another's ballots, matrix and counters: as tally_profile_merge. */
TALLY_API enum tally_status
tally_live_merge(struct tally_live *live, const struct tally_live *other);
/* The ballots as they stand, borrowed until the next change. */
TALLY_API const struct tally_profile *tally_live_profile(const struct tally_live *live);
/* As tally_count of those ballots, without building the matrix anew. */
TALLY_API enum tally_status tally_live_count(
    const struct tally_live *live, const struct tally_rule *rule,
    struct tally_result **ret_result);

TALLY_END

#endif
