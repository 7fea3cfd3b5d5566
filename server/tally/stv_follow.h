/* Where one ballot counts in each round of a proportional count: what tally_follow
 * (more.h) tells of these methods. */
#ifndef TALLY_STV_FOLLOW_H
#define TALLY_STV_FOLLOW_H

#include "stimmwerk/tally/more.h"
#include "tally/lists.h"
#include "tally/method.h"

/* The parts of round r are parts[start[r] … start[r + 1]]: first what stayed with the
 * elected, in the order of the ballot, then the rest where it stands. */
struct stv_way {
    size_t rounds;
    size_t *start; /* rounds + 1 */
    struct tally_part *parts;
    size_t part_capacity;
};

/* The way of one ballot, given as a strict list (lists_read by this rule). The result was
 * counted from the profile by the rule, with one of the three methods. What cutting takes
 * from a paper stays with the option it passed; of exact fractions nine decimals are
 * followed. TALLY_NO_MEMORY. */
enum tally_status stv_follow(
    const struct tally_profile *profile, const struct tally_rule *rule,
    const struct tally_result *result, const uint16_t *items, size_t count,
    struct stv_way *ret_way);
void stv_way_fini(struct stv_way *way);

/* The keep factors of each round of a count by Meek's method, made again: rounds ×
 * options numbers; the caller frees. */
enum tally_status meek_keep_factors(
    const struct tally_profile *profile, const struct tally_rule *rule,
    const struct tally_result *result, int64_t **ret_keep);

#endif
