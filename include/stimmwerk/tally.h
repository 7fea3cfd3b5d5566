/* libtally: counting ranked, approval and yes/no ballots, exactly and reproducibly.
 *
 * A profile holds ballots; a rule names the method; a count makes a result, which tells
 * the winners, the full order, every round, and every tie with how it was settled. The
 * multiset of ballots alone decides: ballots in another order give the same result. All
 * arithmetic is in integers or exact fractions. No global state: threads may count side
 * by side. No I/O, no clock, no randomness. */
#ifndef STIMMWERK_TALLY_H
#define STIMMWERK_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define TALLY_API __attribute__((visibility("default")))
#else
#define TALLY_API
#endif

#define TALLY_OPTIONS_MAX 1000

enum tally_status {
    TALLY_OK,
    TALLY_NO_MEMORY,
    TALLY_BAD_BALLOT,     /* option out of range, place 0, weight < 1 */
    TALLY_UNKNOWN_METHOD,
    TALLY_BAD_RULE,       /* seats or an option out of range for the method */
    TALLY_TOO_MANY,       /* above a documented bound */
    TALLY_OVERFLOW,       /* a sum left 63 bits: nothing was wrapped */
    TALLY_BAD_FILE        /* a ballot file that can't be read: see tally_file_error */
};

/* ---- methods ---- */

enum tally_form { TALLY_RANKING, TALLY_APPROVAL, TALLY_SCORE };

struct tally_method; /* a row of the library's const table */

/* The method of that name ("ranked-pairs-wv"), or NULL. */
TALLY_API const struct tally_method *tally_method_find(const char *name);
/* The i-th method in table order, or NULL at the end. */
TALLY_API const struct tally_method *tally_method_at(size_t i);
TALLY_API const char *tally_method_name(const struct tally_method *method);
TALLY_API enum tally_form tally_method_form(const struct tally_method *method);
/* True for a method that elects several; others give the first k of their order. */
TALLY_API bool tally_method_multi(const struct tally_method *method);
/* One of the four that fit without a choice to make. */
TALLY_API bool tally_method_default(const struct tally_method *method);

/* ---- ballots ---- */

/* One mark: `place` from 1, equal places are a tie, gaps are skipped ranks; an approval has
 * place 1. Marks may stand in any order. */
struct tally_mark {
    uint16_t option; /* 0 … options − 1 */
    uint16_t place;
};

struct tally_profile; /* ballots over n options; equal ballots are kept once, with a weight */

TALLY_API enum tally_status
tally_profile_new(size_t options, struct tally_profile **ret_profile);
TALLY_API void tally_profile_free(struct tally_profile *profile);
/* Adds `weight` (≥ 1) equal ballots. No marks: a blank ballot, counted as turnout. */
TALLY_API enum tally_status tally_profile_add(
    struct tally_profile *profile, const struct tally_mark *marks, size_t mark_count,
    int64_t weight);
TALLY_API size_t tally_profile_options(const struct tally_profile *profile);
TALLY_API int64_t tally_profile_ballots(const struct tally_profile *profile);

/* ---- counting ---- */

enum tally_overvote { TALLY_OVERVOTE_EXHAUST, TALLY_OVERVOTE_SKIP };

/* How to count. Zero in every field but `method` and `seats` is the default. */
struct tally_rule {
    const struct tally_method *method;
    size_t seats;              /* ≥ 1 */
    const uint16_t *tie_order; /* a permutation of all options, first is favoured; or NULL:
                                  ties stay open and all tied winners are reported */
    enum tally_overvote overvote; /* IRV and STV: what equal ranks do */
    bool batch;                   /* IRV: remove hopeless groups at once */
};

struct tally_result;

TALLY_API enum tally_status tally_count(
    const struct tally_profile *profile, const struct tally_rule *rule,
    struct tally_result **ret_result);
TALLY_API void tally_result_free(struct tally_result *result);

enum tally_state {
    TALLY_DECIDED,        /* no tie had any influence */
    TALLY_TIE_IRRELEVANT, /* ties on the way, the same winners whichever way */
    TALLY_TIE_DECISIVE,   /* a tie decides: by tie_order, or left open */
    TALLY_NOT_SETTLED     /* whether a tie mattered was not searched to the end */
};

#ifdef __cplusplus
}
#endif

#endif
