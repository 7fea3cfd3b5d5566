/* What else people ask about a result: would other methods agree, how little would have
 * changed it, where did my ballot count, what if the lot had fallen otherwise? */
#ifndef STIMMWERK_TALLY_MORE_H
#define STIMMWERK_TALLY_MORE_H

#include "stimmwerk/tally/result.h"

TALLY_BEGIN

/* ---- would other methods agree? ---- */

struct tally_comparison;

/* Counts the same ballots by every rule; what several need (the matrix) is made once. A
 * rule that can't count them has its status and no result. TALLY_NO_MEMORY. */
TALLY_API enum tally_status tally_compare(
    const struct tally_profile *profile, const struct tally_rule *const *rules,
    size_t rule_count, struct tally_comparison **ret_comparison);
TALLY_API void tally_comparison_free(struct tally_comparison *comparison);
TALLY_API size_t tally_comparison_rows(const struct tally_comparison *comparison);
TALLY_API enum tally_status
tally_comparison_status(const struct tally_comparison *comparison, size_t i);
/* NULL unless its status is TALLY_OK. */
TALLY_API const struct tally_result *
tally_comparison_result(const struct tally_comparison *comparison, size_t i);
/* Has row i the same winners as the first row? */
TALLY_API bool
tally_comparison_agrees(const struct tally_comparison *comparison, size_t i);

/* ---- how little would have changed it? ---- */

/* Of all ballots, blank ones too, each may become any other ballot. Exact for plurality,
 * approval, score and Borda (by the gaps between totals) and for a Condorcet winner by
 * `condorcet` and `smith` (half its least margin). For other single-winner methods it was
 * tried: so many ballots, changed in one certain way, do elect others, and for a
 * Condorcet winner half its least margin is known to be needed. What was tried may depend
 * on how the options are numbered; what is exact does not. */
struct tally_fragility {
    int64_t ballots; /* so many changed ballots can change who wins (or make a tie that
                        a lot may settle otherwise); 0: a tie decides already */
    bool known;      /* false: this method has no such figure, one option is all, or it is
                        not settled whether the lot mattered */
    bool exact;      /* else an upper bound: fewer may do */
    uint16_t rival;  /* who would win or tie then; of a tie that decides already, another
                        of the tied */
};

/* Of a result that was counted from this profile by this rule. Bounded: some hundred
 * counts of changed ballots at the most. Without memory it is not known. */
TALLY_API struct tally_fragility tally_result_fragility(
    const struct tally_profile *profile, const struct tally_rule *rule,
    const struct tally_result *result);

/* ---- where did my ballot count? ---- */

struct tally_way;

/* Where one ballot of the profile counts in each round of a result that was counted from
 * it by this rule. What a part's value is depends on the method:
 *
 *   instant runoff and its relatives     the one option it counts for: 1
 *   Scottish and other STV               the options that hold a share of it: the shares
 *   Bucklin                              each option counted so far: 1
 *   approval, and committees from it     each approved option: 1
 *   plurality                            the only option in its first place: 1
 *   Borda, Black                         each option it gives points: the points
 *   score, STAR                          each option it gives a score: the score
 *   methods by duels                     each option it ranks above some: in how many of
 *                                        the option's duels it votes for it
 *
 * TALLY_BAD_BALLOT (not a ballot of the profile), TALLY_UNKNOWN_METHOD (nobody can follow
 * a ballot through this method), TALLY_NO_MEMORY. */
TALLY_API enum tally_status tally_follow(
    const struct tally_profile *profile, const struct tally_rule *rule,
    const struct tally_result *result, const struct tally_mark *marks, size_t mark_count,
    struct tally_way **ret_way);
TALLY_API void tally_way_free(struct tally_way *way);
/* As many as the result has rounds; 1, the count as a whole, for a method without rounds
 * and for one whose rounds are not about where ballots count. */
TALLY_API size_t tally_way_rounds(const struct tally_way *way);

struct tally_part {
    uint16_t option;
    struct tally_number value; /* 1: the whole ballot; points, for Borda and score */
};

/* Its parts in a round, by the ballot's places, equals by number; for STV in the order
 * they came to hold it. 0 once it is exhausted. */
TALLY_API size_t tally_way_parts(const struct tally_way *way, size_t round);
TALLY_API struct tally_part
tally_way_part(const struct tally_way *way, size_t round, size_t i);

/* ---- what if the lot had fallen otherwise? ---- */

/* Counts again with a tie order in which the options of the result's i-th tie stand the
 * other way round, all else in its place: what had come out otherwise at that tie.
 * TALLY_BAD_RULE if the tie was not settled by lot; else as tally_count. */
TALLY_API enum tally_status tally_count_otherwise(
    const struct tally_profile *profile, const struct tally_rule *rule,
    const struct tally_result *result, size_t tie, struct tally_result **ret_result);

TALLY_END

#endif
