/* Counting, and what came out. */
#ifndef STIMMWERK_TALLY_RESULT_H
#define STIMMWERK_TALLY_RESULT_H

#include "stimmwerk/tally/ballots.h"
#include "stimmwerk/tally/rule.h"

TALLY_BEGIN

struct tally_result;

/* TALLY_BAD_RULE (more seats than options, a tie order of another number of options, a
 * write-in that is none), TALLY_WRONG_FORM, TALLY_TOO_MANY (the method can't count so
 * many options or committees), TALLY_OVERFLOW, TALLY_NO_MEMORY. The result needs neither
 * profile nor rule any more. */
TALLY_API enum tally_status tally_count(
    const struct tally_profile *profile, const struct tally_rule *rule,
    struct tally_result **ret_result);
TALLY_API void tally_result_free(struct tally_result *result);

enum tally_state {
    TALLY_DECIDED,        /* no tie on the way */
    TALLY_TIE_IRRELEVANT, /* ties on the way; no lot could have elected others */
    TALLY_TIE_DECISIVE, /* another lot would have elected others, or a tie is left open */
    TALLY_NOT_SETTLED   /* whether the lot mattered was not searched to the end */
};

/* "decided", "tie-irrelevant", "tie-decisive", "not-settled". */
TALLY_API const char *tally_state_code(enum tally_state state);

TALLY_API enum tally_state tally_result_state(const struct tally_result *result);
TALLY_API const struct tally_method *
tally_result_method(const struct tally_result *result);
TALLY_API size_t tally_result_options(const struct tally_result *result);
TALLY_API size_t tally_result_seats(const struct tally_result *result);
/* All ballots, blank ones too. */
TALLY_API int64_t tally_result_ballots(const struct tally_result *result);
TALLY_API int64_t tally_result_blank(const struct tally_result *result);
/* Ballots, not blank, that count for no option (left) in the last round: they ended, or
 * the method can't read them (equal first ranks in plurality). Parts of ballots for
 * methods that split them. */
TALLY_API struct tally_number tally_result_exhausted(const struct tally_result *result);

/* The winners; with ties left open, all who may still win, hence perhaps more than seats.
 * In the order of election where the method has one, else best first; equals by number. 0
 * for `condorcet` without a Condorcet winner. */
TALLY_API size_t
tally_result_winners(const struct tally_result *result, const uint16_t **ret_options);
/* Everyone who may win by some way of settling the ties, or could have by another lot;
 * ascending. Where no lot was needed, the winners. TALLY_NOT_SETTLED: everyone who was
 * not excluded. */
TALLY_API size_t
tally_result_possible(const struct tally_result *result, const uint16_t **ret_options);
#define TALLY_SETS_MAX 1000
/* Where it was searched which `seats` options may win together: how many such sets, and
 * the i-th, ascending; sets in ascending order, the first TALLY_SETS_MAX. 0: it was not
 * searched, or one set alone can win. INT64_MAX: as many or more. A set is smaller where
 * seats may stay empty. */
TALLY_API int64_t tally_result_set_total(const struct tally_result *result);
TALLY_API size_t tally_result_sets(const struct tally_result *result);
TALLY_API size_t tally_result_set(
    const struct tally_result *result, size_t i, const uint16_t **ret_options);
/* The full order as groups from the best: how many groups, and one group, ascending. */
TALLY_API size_t tally_result_places(const struct tally_result *result);
TALLY_API size_t tally_result_place(
    const struct tally_result *result, size_t place, const uint16_t **ret_options);
/* The permutation that settled ties (the rule's), or 0 if there was none. */
TALLY_API size_t
tally_result_tie_order(const struct tally_result *result, const uint16_t **ret_options);

/* Whether the method gives each option a score, and which: first ranks, approvals, points
 * (Borda, score), Copeland wins, for minimax the worst defeat (less is better), for
 * Bucklin the ballots that ranked it by the last round. */
TALLY_API bool tally_result_scored(const struct tally_result *result);
TALLY_API struct tally_number
tally_result_score(const struct tally_result *result, size_t option);

/* The pairwise matrix: ballots that rank a above b. There for methods that look at it,
 * for all that count rankings where the rule wants it, and for counts of a live profile
 * or beside others that have it. */
TALLY_API bool tally_result_paired(const struct tally_result *result);
TALLY_API int64_t
tally_result_pair(const struct tally_result *result, size_t a, size_t b);

TALLY_END

#endif
