/* A result while it is made, and the steps all methods share: groups, seats, ties. */
#ifndef TALLY_RESULT_H
#define TALLY_RESULT_H

#include "stimmwerk/tally/steps.h"
#include "tally/bits.h"

struct option_list {
    uint16_t *items; /* owned */
    size_t count;
};

struct round {
    int64_t *votes; /* owned; in units; −1: no longer in */
    int64_t exhausted;
    int64_t lost;  /* by cutting decimals */
    int64_t quota; /* or what a majority needs; 0: none */
    enum tally_reason reason;
    struct option_list eliminated;
    struct option_list elected;
    struct option_list last;    /* of the elected, those who only filled the last seats */
    struct option_list sources; /* whose votes were transferred to make this round */
};

/* What Equal Shares took: shares[p × purchase_count + i], in units of 10^−9. */
struct bill {
    size_t payer_count;
    struct option_list *approved; /* of each payer; owned, as all here */
    int64_t *weight;
    int64_t *left;
    int64_t *paid;
};

struct tie {
    struct option_list options;
    size_t round;
    enum tally_settled settled;
};

struct tally_result {
    const struct tally_method *method;
    enum tally_state state;
    size_t options;
    size_t seats;
    int64_t ballots;
    int64_t blank;
    int64_t exhausted; /* in round units */

    uint16_t *order; /* all options, group after group */
    size_t
        *place_start; /* options + 1 entries; group i is order[start[i] … start[i + 1]] */
    size_t place_count;
    struct option_list winners;
    struct option_list possible;
    int64_t set_total;
    uint16_t *sets; /* set_count × seats, or NULL; UINT16_MAX: a seat stays empty */
    size_t set_count;
    size_t set_capacity;
    uint16_t *lot;       /* the rule's tie order, or NULL */
    uint16_t *lot_place; /* an option's position in it, or NULL */

    int64_t *scores; /* in 1 / score_unit, or NULL */
    int64_t score_unit;
    int64_t *pairs;  /* options × options: row above column, or NULL */
    int64_t *paths;  /* Schulze: the same of strongest paths, or NULL */
    int64_t *points; /* Borda: options × (2 × options − 1) ballots, or NULL */

    struct round *rounds;
    size_t round_count;
    size_t round_capacity;
    int64_t round_unit;
    struct tally_duel *duels;
    size_t duel_count;
    size_t duel_capacity;
    struct tally_purchase *purchases;
    size_t purchase_count;
    size_t purchase_capacity;
    struct bill bill;
    struct tie *ties;
    size_t tie_count;
    size_t tie_capacity;
};

static inline int64_t result_pair(const struct tally_result *result, size_t a, size_t b)
{
    return result->pairs[a * result->options + b];
}

/* A result without an outcome, for a checked rule. */
enum tally_status result_new(
    const struct tally_rule *rule, size_t options, struct tally_result **ret_result);

/* Have both the same winners, in whatever order? */
bool result_same_winners(
    const struct tally_result *result, const struct tally_result *other);

/* The members of a set, ascending. */
enum tally_status
option_list_of(const uint64_t *set, size_t options, struct option_list *ret_list);

/* ---- the order: exactly one of these, or result_push_place until all are placed ---- */

/* Appends a group; `options` ascending. */
void result_push_place(
    struct tally_result *result, const uint16_t *options, size_t count);
void result_push_set(struct tally_result *result, const uint64_t *set);
/* Groups of equal score: scores[o], the highest first, or the lowest. */
enum tally_status
result_place_by(struct tally_result *result, const int64_t *scores, bool lowest_first);
/* Repeatedly the options that nobody left beats. `beats`: a bit matrix without cycles. */
enum tally_status result_place_levels(struct tally_result *result, const uint64_t *beats);
/* Keeps the order but lets groups end at `ends` only, the last of which is `options`. */
void result_regroup(struct tally_result *result, const size_t *ends, size_t count);

/* ---- the outcome ---- */

/* The first `seats` of the order win. A group that does not fit as a whole is a tie: with
 * a tie order the favoured win and the group is split, without one all of it do. Sets
 * state and possible winners. */
enum tally_status result_elect(struct tally_result *result);
/* Replaces the possible winners by a set, and says what that means for the ties met.
 * `searched`: the set is exact, not only everyone who was not excluded. */
void result_judge(struct tally_result *result, const uint64_t *possible, bool searched);
/* Without a tie order: the possible winners win, and stand before the others of their
 * group. */
void result_leave_open(struct tally_result *result);

/* ---- explanation ---- */

/* A new round with room for votes, all −1; borrowed until the next. NULL: no memory. */
struct round *result_push_round(struct tally_result *result);
enum tally_status result_push_duel(struct tally_result *result, struct tally_duel duel);
enum tally_status
result_push_purchase(struct tally_result *result, struct tally_purchase purchase);
/* `options` as the public header says; `round` from 1, 0 for the order. */
enum tally_status result_push_tie(
    struct tally_result *result, const uint16_t *options, size_t count, size_t round,
    enum tally_settled settled);
/* Sorts by the tie order, the favoured first. */
void result_sort_by_lot(
    const struct tally_result *result, uint16_t *options, size_t count);

#endif
