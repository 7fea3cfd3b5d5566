/* What papers are worth and how many votes an option has: fixed point that is cut, or
 * exact fractions over one common denominator. */
#ifndef TALLY_STV_VALUES_H
#define TALLY_STV_VALUES_H

#include "tally/big.h"
#include "tally/rule.h"

/* An exact value that papers share. */
struct value_class {
    struct big number; /* over `whole` */
    uint64_t hash;     /* equal only if the values came about in the same way */
    uint32_t reduced;  /* while a surplus goes: its new class; 0: no paper has it */
};

/* Accounts are the options and, behind them, one for papers that count for nobody and one
 * for sums. */
struct stv_values {
    bool exact;
    enum rounding rounding;
    size_t options;
    int64_t unit;   /* fixed: of all numbers; exact: of shown ones */
    int64_t quota;  /* in units; 0: none */
    int64_t *votes; /* fixed: of each account */
    /* While a surplus goes: fixed */
    int64_t surplus;
    int64_t of; /* the votes it is a part of */
    /* Exact: */
    struct big *parts; /* of each account, over `whole` */
    struct value_class *classes;
    size_t class_count;
    size_t class_capacity;
    struct big whole;
    struct big goal; /* the quota, over `whole` */
};

/* `voters` are the ballots that list somebody, `papers` all but the blank ones.
 * TALLY_OVERFLOW (so many ballots with so many decimals), TALLY_NO_MEMORY. */
enum tally_status values_init(
    struct stv_values *values, const struct tally_rule *rule, size_t options,
    int64_t voters, int64_t papers);
/* What the rule cuts; the Scottish one leaves nothing to set. */
enum rounding values_rounding(const struct tally_rule *rule);
void values_fini(struct stv_values *values);
/* No votes, and every paper is worth 1: what that value is called. TALLY_NO_MEMORY. */
enum tally_status values_start(struct stv_values *values, uint32_t *ret_value);
/* A number for the value that says how it came about. */
uint64_t values_hash(const struct stv_values *values, uint32_t value);

/* Gives an account `weight` papers of a value, or takes back what it was given. */
void values_give(
    struct stv_values *values, size_t account, int64_t weight, uint32_t value);
/* Takes all votes away. */
void values_clear(struct stv_values *values, size_t account);
/* Adds the votes of an option to an account. */
void values_add(struct stv_values *values, size_t account, size_t option);
/* −1, 0 or 1 */
int values_compare(const struct stv_values *values, size_t a, size_t b);
/* Compares with the quota. */
int values_against_quota(const struct stv_values *values, size_t option);
bool values_none(const struct stv_values *values, size_t option);
/* TALLY_OVERFLOW once numbers left their bound. */
enum tally_status values_sound(const struct stv_values *values);
/* In units; exact fractions are cut. TALLY_OVERFLOW. */
enum tally_status
values_shown(const struct stv_values *values, size_t account, int64_t *ret_votes);

/* ---- a surplus goes: every value of the option's papers must be met first ---- */

void values_meet(struct stv_values *values, uint32_t value);
/* Leaves the option its quota. TALLY_NO_MEMORY, TALLY_OVERFLOW. */
enum tally_status values_split(struct stv_values *values, size_t option);
/* What a paper of this value is worth then. */
uint32_t values_reduced(const struct stv_values *values, uint32_t value);
/* The same for one paper in fixed point, of which only the option's votes and the quota
 * need be known; changes no votes. */
int64_t values_part(struct stv_values *values, size_t option, int64_t value);
/* It has gone: no value is met any more. */
void values_forget(struct stv_values *values);

#endif
