/* libtally: counting ranked, approval and yes/no ballots, exactly and reproducibly.
 *
 * A profile holds ballots; a rule names the method; a count makes a result, which tells
 * the winners, the full order, every round, and every tie with how it was settled. The
 * multiset of ballots alone decides: ballots in another order give the same result. All
 * arithmetic is in integers or exact fractions. No global state: threads may count side
 * by side. No I/O, no clock, no randomness.
 *
 * Options are numbers from 0. Arrays that a function lends (`ret_options`) belong to the
 * object they were asked of and live as long as it. Arguments are checked only where a
 * function returns a status; an index out of range elsewhere is the caller's bug. */
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
/* All weights of a profile together, about 10^15: no sum of any method can leave 63 bits.
 */
#define TALLY_BALLOTS_MAX (INT64_C(1) << 50)

enum tally_status {
    TALLY_OK,
    TALLY_NO_MEMORY,
    TALLY_BAD_BALLOT, /* option out of range, place 0, weight < 1 */
    TALLY_UNKNOWN_METHOD,
    TALLY_BAD_RULE, /* seats or an option out of range for the method */
    TALLY_TOO_MANY, /* above a documented bound */
    TALLY_OVERFLOW, /* a sum left its bound: nothing was wrapped */
    TALLY_BAD_FILE  /* a ballot file that can't be read: see tally_fault */
};

/* A stable English word for a status: "bad-ballot". */
TALLY_API const char *tally_status_code(enum tally_status status);

/* An exact number: value / unit. `unit` is 1 for whole numbers, 2 for halves. */
struct tally_number {
    int64_t value;
    int64_t unit; /* ≥ 1 */
};

#define TALLY_NUMBER_BYTES 48
/* Writes the number as a decimal ("20.5") if it ends, else as a fraction ("7/3"), with a
 * NUL; returns the length. */
TALLY_API size_t
tally_number_write(struct tally_number number, char ret_text[TALLY_NUMBER_BYTES]);

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

/* One mark: `place` from 1, equal places are a tie, gaps are skipped ranks; an approval
 * has place 1. Marks may stand in any order. Options without a mark are below all others
 * and equal to each other. Of several marks for one option the best place is kept. */
struct tally_mark {
    uint16_t option; /* 0 … options − 1 */
    uint16_t place;
};

struct tally_profile; /* ballots over n options; equal ballots are kept once, with a
                         weight */

/* TALLY_TOO_MANY unless 1 ≤ options ≤ TALLY_OPTIONS_MAX; TALLY_NO_MEMORY. */
TALLY_API enum tally_status
tally_profile_new(size_t options, struct tally_profile **ret_profile);
TALLY_API void tally_profile_free(struct tally_profile *profile);
/* Adds `weight` (≥ 1) equal ballots. No marks: a blank ballot, counted as turnout.
 * TALLY_BAD_BALLOT, TALLY_OVERFLOW (more than TALLY_BALLOTS_MAX in all), TALLY_NO_MEMORY;
 * on failure the profile is as it was. */
TALLY_API enum tally_status tally_profile_add(
    struct tally_profile *profile, const struct tally_mark *marks, size_t mark_count,
    int64_t weight);
TALLY_API size_t tally_profile_options(const struct tally_profile *profile);
TALLY_API int64_t tally_profile_ballots(const struct tally_profile *profile);
/* Different ballots, the blank one included if there is any. */
TALLY_API size_t tally_profile_distinct(const struct tally_profile *profile);
/* The i-th of the different ballots: how many marks (0: blank), by place and then option,
 * borrowed until the profile changes; and how many ballots are equal to it. */
TALLY_API size_t tally_profile_ballot(
    const struct tally_profile *profile, size_t i, const struct tally_mark **ret_marks,
    int64_t *ret_weight);

/* ---- counting ---- */

enum tally_overvote { TALLY_OVERVOTE_EXHAUST, TALLY_OVERVOTE_SKIP };

/* How to count. Zero in every field but `method` and `seats` is the default. */
struct tally_rule {
    const struct tally_method *method;
    size_t seats; /* 1 … options; condorcet and smith name a set whatever it is */
    const uint16_t
        *tie_order; /* a permutation of all options, first is favoured; or NULL:
                       ties stay open and all tied winners are reported */
    enum tally_overvote overvote; /* IRV and STV: what equal ranks do */
    bool batch;                   /* IRV: remove hopeless groups at once */
};

struct tally_result;

/* TALLY_UNKNOWN_METHOD (method is NULL), TALLY_BAD_RULE (seats, or tie_order is no
 * permutation), TALLY_NO_MEMORY. The result needs neither profile nor rule any more. */
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

/* ---- the result: outcome ---- */

TALLY_API enum tally_state tally_result_state(const struct tally_result *result);
TALLY_API const struct tally_method *
tally_result_method(const struct tally_result *result);
TALLY_API size_t tally_result_options(const struct tally_result *result);
TALLY_API size_t tally_result_seats(const struct tally_result *result);
/* All ballots, blank ones too. */
TALLY_API int64_t tally_result_ballots(const struct tally_result *result);
TALLY_API int64_t tally_result_blank(const struct tally_result *result);
/* Ballots, not blank, that count for no option (left) in the last round: they ended, or
 * the method can't read them (equal first ranks in plurality). */
TALLY_API int64_t tally_result_exhausted(const struct tally_result *result);

/* The winners; with ties left open, all who may still win, hence perhaps more than seats.
 * Best first; equals by number. 0 for `condorcet` without a Condorcet winner. */
TALLY_API size_t
tally_result_winners(const struct tally_result *result, const uint16_t **ret_options);
/* Everyone who may win by some way of settling the ties, or could have by another lot;
 * ascending. Where no lot was needed, the winners. TALLY_NOT_SETTLED: everyone who was
 * not excluded. */
TALLY_API size_t
tally_result_possible(const struct tally_result *result, const uint16_t **ret_options);
/* The full order as groups from the best: how many groups, and one group, ascending. */
TALLY_API size_t tally_result_places(const struct tally_result *result);
TALLY_API size_t tally_result_place(
    const struct tally_result *result, size_t place, const uint16_t **ret_options);
/* The permutation that settled ties (the rule's), or 0 if there was none. */
TALLY_API size_t
tally_result_tie_order(const struct tally_result *result, const uint16_t **ret_options);

/* ---- the result: explanation ---- */

/* Whether the method gives each option a score, and which: first ranks, approvals, Borda
 * points, Copeland wins, for minimax the worst defeat (less is better). */
TALLY_API bool tally_result_scored(const struct tally_result *result);
TALLY_API struct tally_number
tally_result_score(const struct tally_result *result, size_t option);

/* Rounds, from 0; 0 of them for a method without rounds. */
TALLY_API size_t tally_result_rounds(const struct tally_result *result);
/* Was the option still in at the beginning of the round? Only then it has votes. */
TALLY_API bool
tally_round_has(const struct tally_result *result, size_t round, size_t option);
TALLY_API struct tally_number
tally_round_votes(const struct tally_result *result, size_t round, size_t option);
/* Blank ballots are not among them. */
TALLY_API struct tally_number
tally_round_exhausted(const struct tally_result *result, size_t round);
/* Who left, who was elected at the end of the round; ascending. */
TALLY_API size_t tally_round_eliminated(
    const struct tally_result *result, size_t round, const uint16_t **ret_options);
TALLY_API size_t tally_round_elected(
    const struct tally_result *result, size_t round, const uint16_t **ret_options);

/* The pairwise matrix: ballots that rank a above b. There for every method that counts
 * rankings. */
TALLY_API bool tally_result_paired(const struct tally_result *result);
TALLY_API int64_t
tally_result_pair(const struct tally_result *result, size_t a, size_t b);

/* Ranked Pairs: every majority in the order it was looked at. */
enum tally_fate {
    TALLY_LOCKED,
    TALLY_DROPPED, /* it would have closed a cycle */
    TALLY_OPEN     /* it hangs on a tie that was left open */
};

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

/* ---- the result: ties that were met, in order ---- */

enum tally_settled {
    TALLY_BY_EARLIER_ROUND, /* the most recent earlier round in which they differed */
    TALLY_BY_LOSING_VOTES,  /* equal winning votes: fewer losing votes is stronger */
    TALLY_BY_LOT,           /* the rule's tie order */
    TALLY_BY_NOBODY         /* left open */
};

/* "earlier-round", "losing-votes", "lot", "open". */
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

/* ---- ballot files ---- */

enum tally_format {
    TALLY_FORMAT_ANY, /* recognised by the content */
    TALLY_FORMAT_BLT,
    TALLY_FORMAT_PREFLIB, /* soc, soi, toc, toi */
    TALLY_FORMAT_CSV,     /* [poll,][ballot,]count,rank1,rank2,…; cells are names */
    TALLY_FORMAT_ABIF,
    TALLY_FORMAT_COUNT
};

/* The format of that name ("blt", "preflib-soc", "csv" …), TALLY_FORMAT_COUNT if there is
 * none, and the first name of a format. */
TALLY_API enum tally_format tally_format_find(const char *name);
TALLY_API const char *tally_format_name(enum tally_format format);

struct tally_text {
    const char *data; /* not NUL-terminated */
    size_t bytes;
};

/* What reading may need to know beside the bytes. All zero is the default. */
struct tally_reading {
    enum tally_format format;
    struct tally_text poll; /* CSV with a column `poll`: which; empty: the only one */
    const struct tally_text *names; /* CSV: the options, in this order; others follow */
    size_t name_count;
};

/* Where a file can't be read: both from 1, the column in bytes; 0, 0: the file as a
 * whole. */
struct tally_fault {
    size_t line;
    size_t column;
    const char *expected; /* what would have been right there, in English; static */
};

struct tally_file; /* a profile with names */

/* Reads a whole file from memory; nothing of `data` is kept. Names are kept byte for
 * byte. TALLY_BAD_FILE fills *ret_fault (which must not be NULL); TALLY_TOO_MANY
 * (options, or weights), TALLY_NO_MEMORY. Bounded by the size of `data`. */
TALLY_API enum tally_status tally_file_read(
    const void *data, size_t bytes, const struct tally_reading *reading,
    struct tally_file **ret_file, struct tally_fault *ret_fault);
TALLY_API void tally_file_free(struct tally_file *file);
/* Borrowed from the file. */
TALLY_API const struct tally_profile *tally_file_profile(const struct tally_file *file);
TALLY_API enum tally_format tally_file_format(const struct tally_file *file);
TALLY_API struct tally_text tally_file_name(const struct tally_file *file, size_t option);
/* Empty if the file has none. */
TALLY_API struct tally_text tally_file_title(const struct tally_file *file);
/* 0 if the file doesn't say. */
TALLY_API size_t tally_file_seats(const struct tally_file *file);

#ifdef __cplusplus
}
#endif

#endif
