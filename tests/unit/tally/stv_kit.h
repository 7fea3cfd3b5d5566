/* Small polls written as letters, and results read as letters. */
#ifndef TEST_TALLY_STV_KIT_H
#define TEST_TALLY_STV_KIT_H

#include "tally_kit.h"

/* "7AC 3B": seven ballots that rank A, then C; three that rank B only. */
struct tally_profile *poll(size_t options, const char *ballots);
/* Counts and frees the profile. `settings`: name, value, …, NULL; or NULL. */
struct tally_result *count_poll(
    struct tally_profile *profile, const char *method, size_t seats,
    const char *const *settings);

/* One round: its votes ("A 5, C 3.99997; exhausted 0.5; lost 0.00003"), whose votes went
 * to make it, who is elected and who leaves. */
struct expected {
    const char *votes;
    const char *sources;
    const char *elected;
    const char *eliminated;
    enum tally_reason reason;
};

void check_rounds(
    const struct tally_result *result, const struct expected *expected, size_t count);
void check_winners(const struct tally_result *result, const char *expected);
void check_possible(const struct tally_result *result, const char *expected);
void check_tie(
    const struct tally_result *result, size_t i, const char *options, size_t round,
    enum tally_settled settled);

#endif
