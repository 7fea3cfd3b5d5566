/* Committees counted slowly: voter by voter, in fractions, every way of settling ties.
 * It shares no code with the library. */
#ifndef TEST_TALLY_SLOW_COMMITTEE_H
#define TEST_TALLY_SLOW_COMMITTEE_H

#include "random_profile.h"

__extension__ typedef __int128 slow_wide;

#define SLOW_OPTIONS_MAX 6
#define SLOW_VOTERS_MAX  24
#define SLOW_SETS        (1 << SLOW_OPTIONS_MAX)

struct fraction {
    slow_wide top;
    slow_wide bottom; /* > 0 */
};

struct slow {
    size_t options;
    size_t seats;
    size_t voters; /* not blank */
    unsigned ballots[SLOW_VOTERS_MAX];
    const uint16_t *lot;  /* NULL: all ways */
    bool sets[SLOW_SETS]; /* that some way elects */
    /* Of the last way: */
    uint16_t steps[SLOW_OPTIONS_MAX];
    size_t step_count;
    struct fraction prices[SLOW_OPTIONS_MAX];
    bool completion[SLOW_OPTIONS_MAX];
    struct fraction paid[SLOW_VOTERS_MAX][SLOW_OPTIONS_MAX];
    size_t ties;
};

/* pav, seq-pav, seq-phragmen or equal-shares; `complete` is for the last. */
void slow_count(struct slow *slow, const char *method, bool complete);

/* A poll for both: 1 … 6 options, up to 8 kinds of ballots, up to three of each; every
 * third poll has options that stand on the same ballots. */
struct tally_profile *random_slate(uint64_t *state, struct slow *ret_slow);

unsigned set_of(const uint16_t *options, size_t count);
size_t size_of(unsigned set);

/* The result names exactly the sets that the slow count found. */
void check_sets(const struct slow *slow, const struct tally_result *result);
/* Its steps and its ties are those of the slow count by lot. */
void check_steps(const struct slow *slow, const struct tally_result *result);
/* So is its bill. */
void check_bill(const struct slow *slow, const struct tally_result *result);

#endif
