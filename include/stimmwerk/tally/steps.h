/* How a result came out: what a person needs to follow a count by hand. */
#ifndef STIMMWERK_TALLY_STEPS_H
#define STIMMWERK_TALLY_STEPS_H

#include "stimmwerk/tally/result.h"

TALLY_BEGIN

/* ---- rounds: votes at the beginning, then somebody is elected or leaves ---- */

/* Rounds, from 0; 0 of them for a method without rounds. */
TALLY_API size_t tally_result_rounds(const struct tally_result *result);
/* Did the option hold votes at the beginning of the round: still in, or elected? */
TALLY_API bool
tally_round_has(const struct tally_result *result, size_t round, size_t option);
/* Votes at the beginning of the round; what was transferred to an option is the
 * difference to the round before. Exact fractions that need more than nine decimals are
 * cut there. */
TALLY_API struct tally_number
tally_round_votes(const struct tally_result *result, size_t round, size_t option);
/* Ballots, or parts of them, that count for nobody any more. Blank ballots are not among
 * them. */
TALLY_API struct tally_number
tally_round_exhausted(const struct tally_result *result, size_t round);
/* What cutting decimals has lost so far; not among the exhausted. */
TALLY_API struct tally_number
tally_round_lost(const struct tally_result *result, size_t round);
/* The quota, or what a majority needs; value 0 if the round has none. */
TALLY_API struct tally_number
tally_round_quota(const struct tally_result *result, size_t round);
/* Who left, who was elected at the end of the round; ascending. */
TALLY_API size_t tally_round_eliminated(
    const struct tally_result *result, size_t round, const uint16_t **ret_options);
TALLY_API size_t tally_round_elected(
    const struct tally_result *result, size_t round, const uint16_t **ret_options);
/* Whose votes were transferred to make this round's: those who left, or whose surplus it
 * was; ascending. 0 in the first round. */
TALLY_API size_t tally_round_sources(
    const struct tally_result *result, size_t round, const uint16_t **ret_options);

/* Why a round ended as it did. */
enum tally_reason {
    TALLY_NOTHING,       /* nobody left, nobody was elected */
    TALLY_MAJORITY,      /* more than half */
    TALLY_QUOTA,         /* elected: reached the quota */
    TALLY_LAST_SEATS,    /* elected: no more were left than seats */
    TALLY_UNBEATEN,      /* elected: beats all others who are left */
    TALLY_LOWEST,        /* left: the fewest votes, points or ranks */
    TALLY_HOPELESS,      /* left: all of them together had fewer than the next */
    TALLY_WRITE_IN,      /* left: write-ins go first */
    TALLY_LOST_DUEL,     /* left: the loser of the two with the fewest votes */
    TALLY_BELOW_AVERAGE, /* left: points at or below the average */
    TALLY_OUTSIDE_SET    /* left: outside the Smith set */
};

/* "majority", "quota", "last-seats", "lowest" … */
TALLY_API const char *tally_reason_code(enum tally_reason reason);
TALLY_API enum tally_reason
tally_round_reason(const struct tally_result *result, size_t round);
/* Why one of the elected was: the round's reason, but TALLY_QUOTA for those who reached
 * the quota in a round that filled the last seats (TALLY_LAST_SEATS). */
TALLY_API enum tally_reason tally_round_elected_reason(
    const struct tally_result *result, size_t round, size_t option);

/* ---- duels ---- */

/* Ranked Pairs: every majority in the order it was looked at. Bottom-two runoff: the duel
 * of each round. STAR: the runoff. */
enum tally_fate {
    TALLY_LOCKED,
    TALLY_DROPPED, /* it would have closed a cycle */
    TALLY_OPEN,    /* it hangs on a tie that was left open */
    TALLY_RUNOFF   /* a duel that decided who stays */
};

/* "locked", "dropped", "open", "runoff" */
TALLY_API const char *tally_fate_code(enum tally_fate fate);

struct tally_duel {
    uint16_t winner;
    uint16_t loser;
    int64_t votes_for;
    int64_t votes_against;
    enum tally_fate fate;
};

TALLY_API size_t tally_result_duels(const struct tally_result *result);
TALLY_API struct tally_duel
tally_result_duel(const struct tally_result *result, size_t i);

/* Schulze: how strong the strongest path from a to b is; there for no other method. */
TALLY_API bool tally_result_has_paths(const struct tally_result *result);
TALLY_API int64_t
tally_result_path(const struct tally_result *result, size_t a, size_t b);

/* ---- points by place ---- */

/* Borda: how many ballots gave the option exactly `half_points` halves of a point (0 …
 * 2 × options − 2; a place that several share gives each their average); there for no
 * other method. */
TALLY_API bool tally_result_has_points(const struct tally_result *result);
TALLY_API int64_t
tally_result_points(const struct tally_result *result, size_t option, size_t half_points);

/* ---- purchases: Equal Shares, and the steps of PAV's and Phragmén's methods ---- */

/* One option elected in a step. */
struct tally_purchase {
    uint16_t option;
    bool completion;    /* elected by the completion, beyond what money bought */
    int64_t supporters; /* ballots that approve it */
    /* Equal Shares: the highest price any supporter pays; sequential Phragmén: the load
     * that its supporters carry then; sequential PAV: the points it adds. Rounded to nine
     * decimals where that is needed; the decision was exact. */
    struct tally_number price;
};

TALLY_API size_t tally_result_purchases(const struct tally_result *result);
TALLY_API struct tally_purchase
tally_result_purchase(const struct tally_result *result, size_t i);
/* Equal Shares: what each kind of ballot paid. Payer p stands for `weight` equal ballots
 * with the approved options in `ret_options`; the money each has left at the end. */
TALLY_API size_t tally_result_payers(const struct tally_result *result);
TALLY_API size_t tally_payer_ballot(
    const struct tally_result *result, size_t payer, const uint16_t **ret_options,
    int64_t *ret_weight);
TALLY_API struct tally_number
tally_payer_left(const struct tally_result *result, size_t payer);
/* What one ballot of payer p paid in purchase i; 0 if it does not approve the option. In
 * nine decimals. */
TALLY_API struct tally_number
tally_payer_paid(const struct tally_result *result, size_t payer, size_t purchase);

/* ---- ties that were met, in order ---- */

enum tally_settled {
    TALLY_BY_EARLIER_ROUND, /* the most recent earlier round in which they differed */
    TALLY_BY_LOSING_VOTES,  /* equal winning votes: fewer losing votes is stronger */
    TALLY_BY_HIGHER_TOTAL,  /* an equal duel goes to the higher score */
    TALLY_BY_LOT,           /* the rule's tie order */
    TALLY_BY_NOBODY         /* left open */
};

/* "earlier-round", "losing-votes", "higher-total", "lot", "open". */
TALLY_API const char *tally_settled_code(enum tally_settled settled);

TALLY_API size_t tally_result_ties(const struct tally_result *result);
/* The tied options: the favoured first once settled, ascending while open. In a round's
 * tie for leaving, those at the end left; in Ranked Pairs, the options whose equally
 * strong majorities close a cycle. */
TALLY_API size_t tally_tie_options(
    const struct tally_result *result, size_t i, const uint16_t **ret_options);
/* From 1; Ranked Pairs: from 1, the how-manieth majority the tied group begins with;
 * 0: a tie in the final order. */
TALLY_API size_t tally_tie_round(const struct tally_result *result, size_t i);
TALLY_API enum tally_settled
tally_tie_settled(const struct tally_result *result, size_t i);

TALLY_END

#endif
