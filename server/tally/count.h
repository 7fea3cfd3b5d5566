/* One count with what it needs prepared. */
#ifndef TALLY_COUNT_H
#define TALLY_COUNT_H

#include "stimmwerk/tally/result.h"

/* Is the pairwise matrix looked at, or wanted? */
bool count_pairs(const struct tally_rule *rule);

/* As tally_count. `pairs` is the profile's pairwise matrix where the caller has it, else
 * NULL; borrowed. */
enum tally_status count_prepared(
    const struct tally_profile *profile, const int64_t *pairs,
    const struct tally_rule *rule, struct tally_result **ret_result);

#endif
