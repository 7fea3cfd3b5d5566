/* Methods, their settings, and how ties are settled. */
#ifndef STIMMWERK_TALLY_RULE_H
#define STIMMWERK_TALLY_RULE_H

#include "stimmwerk/tally/base.h"

TALLY_BEGIN

/* ---- methods: rows of one const table ---- */

enum tally_form { TALLY_RANKING, TALLY_APPROVAL, TALLY_SCORE };

struct tally_method;

/* The method of that name ("ranked-pairs-wv"), or NULL. */
TALLY_API const struct tally_method *tally_method_find(const char *name);
/* The i-th method in table order, or NULL at the end. */
TALLY_API const struct tally_method *tally_method_at(size_t i);
TALLY_API const char *tally_method_name(const struct tally_method *method);
/* What its ballots are. Methods for rankings and approvals count scores too (a score
 * above 0 is an approval); approval methods take any ranked option as approved. */
TALLY_API enum tally_form tally_method_form(const struct tally_method *method);
/* True for a method made to elect several; how others fill k seats is told in
 * docs/libtally.md, "More than one seat". */
TALLY_API bool tally_method_multi(const struct tally_method *method);
/* One of the four that fit without a choice to make. */
TALLY_API bool tally_method_default(const struct tally_method *method);
/* How many options it can count: TALLY_OPTIONS_MAX, or fewer. */
TALLY_API size_t tally_method_options_max(const struct tally_method *method);
/* True where a count with default settings may be refused whatever the number of options:
 * TALLY_TOO_MANY for committees that can't be searched, TALLY_OVERFLOW for fractions that
 * outgrow all bounds. Not for a poll that must have a result. */
TALLY_API bool tally_method_may_refuse(const struct tally_method *method);

/* What is proven of a method, as bits. */
enum tally_property {
    TALLY_CONDORCET = 1,     /* elects the Condorcet winner */
    TALLY_CLONE_PROOF = 2,   /* a near-twin neither helps nor harms */
    TALLY_MONOTONE = 4,      /* ranking a winner higher can't make it lose */
    TALLY_PROPORTIONAL = 8,  /* a large enough group gets its share of seats */
    TALLY_LATER_NO_HARM = 16 /* a further rank can't harm those above it */
};

TALLY_API unsigned tally_method_properties(const struct tally_method *method);
/* Where it is defined: a paper, a law, a book; English, static. */
TALLY_API const char *tally_method_source(const struct tally_method *method);

/* ---- settings ---- */

struct tally_setting;

/* The i-th setting of a method, or NULL at the end. */
TALLY_API const struct tally_setting *
tally_method_setting(const struct tally_method *method, size_t i);
/* "max-skipped-ranks" */
TALLY_API const char *tally_setting_name(const struct tally_setting *setting);
/* What it does, one line of English. */
TALLY_API const char *tally_setting_help(const struct tally_setting *setting);
/* The i-th value it can take, the default first, or NULL at the end. A number's range is
 * one of them: "0…65535". */
TALLY_API const char *tally_setting_value(const struct tally_setting *setting, size_t i);

/* ---- rules ---- */

struct tally_rule;

/* A rule with every setting at its default; ties stay open. TALLY_UNKNOWN_METHOD (method
 * is NULL), TALLY_BAD_RULE (seats is 0), TALLY_NO_MEMORY. */
TALLY_API enum tally_status tally_rule_new(
    const struct tally_method *method, size_t seats, struct tally_rule **ret_rule);
TALLY_API void tally_rule_free(struct tally_rule *rule);
TALLY_API const struct tally_method *tally_rule_method(const struct tally_rule *rule);
TALLY_API size_t tally_rule_seats(const struct tally_rule *rule);
/* Gives a setting a value, both as text: "quota", "hare". `true` and `false` are said so;
 * underscores in names may stand for hyphens. TALLY_UNKNOWN_SETTING, TALLY_BAD_VALUE. */
TALLY_API enum tally_status
tally_rule_set(struct tally_rule *rule, const char *name, const char *value);
/* The value a setting has: "hare". A number stays until the next call. */
TALLY_API const char *
tally_rule_value(struct tally_rule *rule, const struct tally_setting *setting);
/* Option is a write-in, for methods with the setting `write-ins-first`. TALLY_BAD_RULE
 * above TALLY_OPTIONS_MAX. */
TALLY_API enum tally_status tally_rule_write_in(struct tally_rule *rule, size_t option);
/* The result shall have the pairwise matrix also where the method counts rankings without
 * looking at it: a rule of its own costs a tenth to a quarter of such a count. */
TALLY_API void tally_rule_want_matrix(struct tally_rule *rule);

/* How ties are settled: `order` holds all options once, the favoured first, and is
 * copied. Without one ties stay open and all tied winners are reported. Whether it fits
 * the ballots is seen when they are counted. TALLY_BAD_RULE (no permutation),
 * TALLY_NO_MEMORY. */
TALLY_API enum tally_status
tally_rule_tie_order(struct tally_rule *rule, const uint16_t *order, size_t count);

/* HMAC-SHA-256 (RFC 2104) of the parts one behind the other, keyed with the seed that the
 * caller keeps in `ctx`; false if it fails. The library links no cryptography. */
typedef bool tally_hmac_fn(
    void *ctx, const struct tally_text *parts, size_t part_count, uint8_t ret_mac[32]);
/* Settles ties by a seed that was committed to: the options sorted by HMAC(seed, poll id
 * ‖ option id), compared as bytes, the least first. TALLY_BAD_RULE (no option, or too
 * many, or the HMAC failed), TALLY_NO_MEMORY. */
TALLY_API enum tally_status tally_rule_tie_seed(
    struct tally_rule *rule, tally_hmac_fn *hmac, void *ctx, struct tally_text poll,
    const struct tally_text *option_ids, size_t count);

TALLY_END

#endif
