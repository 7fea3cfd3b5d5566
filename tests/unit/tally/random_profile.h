/* Seeded random polls. */
#ifndef TEST_TALLY_RANDOM_PROFILE_H
#define TEST_TALLY_RANDOM_PROFILE_H

#include "tally_kit.h"

#define POLL_OPTIONS_MAX 12
#define POLL_BALLOTS_MAX 64

struct random_ballot {
    struct tally_mark marks[POLL_OPTIONS_MAX];
    size_t count;
    int64_t weight;
};

struct random_poll {
    size_t options;
    size_t count;
    struct random_ballot ballots[POLL_BALLOTS_MAX];
};

/* SplitMix64; below `bound`. */
size_t random_below(uint64_t *state, size_t bound);
void random_permutation(uint64_t *state, size_t count, uint16_t *ret_order);

/* A poll of 1 … 7 options and 0 … 20 ballots, short and with ties, so that ties between
 * options are common. */
struct random_poll random_poll(uint64_t *state);
/* The same with strict rankings only. */
struct random_poll random_strict_poll(uint64_t *state);

/* The poll's ballots in the order `order`, option o renamed to names[o]; NULL: as they
 * are. Fails the test when it can't. */
struct tally_profile *random_profile(
    const struct random_poll *poll, const uint16_t *order, const uint16_t *names);

/* Counts by a method's name; fails the test when it can't. */
struct tally_result *random_count(
    const struct tally_profile *profile, const char *method, size_t seats,
    const uint16_t *tie_order);

#endif
