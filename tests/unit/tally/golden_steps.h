/* How a golden case came out, held against the result: rounds, stages, published reports,
 * possible sets, runoffs. Each check does nothing where the case doesn't give its key and
 * returns whether it did. */
#ifndef TEST_TALLY_GOLDEN_STEPS_H
#define TEST_TALLY_GOLDEN_STEPS_H

#include "election.h"

bool golden_rounds(
    const struct election *election, const cJSON *one, const struct tally_result *result);
/* Scottish STV: the votes after each stage, five decimals. */
bool golden_stages(
    const struct election *election, const cJSON *one, const struct tally_result *result);
/* The round table of an official report. */
bool golden_report(
    const struct election *election, const cJSON *one, const struct tally_result *result);
/* Which options may win together. */
bool golden_sets(
    const struct election *election, const cJSON *one, const struct tally_result *result);
/* STAR: the two finalists and the ballots for each. */
bool golden_runoff(
    const struct election *election, const cJSON *one, const struct tally_result *result);

#endif
