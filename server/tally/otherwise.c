/* What if the lot had fallen otherwise at one tie? */
#include "stimmwerk/tally/more.h"

#include "tally/count.h"
#include "tally/grow.h"
#include "tally/result.h"
#include "tally/rule.h"

#include <string.h>

/* The tied stand in the tie's list as the lot has them: they fill the places that they
 * hold in it from the other end. */
static void reverse_tied(
    const struct tally_result *result, const struct option_list *tied, uint16_t *order)
{
    uint64_t members[BITS_OPTIONS_WORDS] = {0};
    for (size_t i = 0; i < tied->count; i++) {
        bits_add(members, tied->items[i]);
    }
    size_t left = result->options;
    for (size_t i = 0; i < result->options; i++) {
        order[i] = result->lot[i];
        if (bits_has(members, result->lot[i])) {
            do {
                left--;
            } while (!bits_has(members, result->lot[left]));
            order[i] = result->lot[left];
        }
    }
}

enum tally_status tally_count_otherwise(
    const struct tally_profile *profile, const struct tally_rule *rule,
    const struct tally_result *result, size_t tie, struct tally_result **ret_result)
{
    if (tie >= result->tie_count || result->ties[tie].settled != TALLY_BY_LOT) {
        return TALLY_BAD_RULE;
    }
    uint16_t order[TALLY_OPTIONS_MAX];
    reverse_tied(result, &result->ties[tie].options, order);
    struct tally_rule otherwise = *rule;
    otherwise.order = order;
    otherwise.order_count = result->options;
    if (rule_get(rule, SETTING_TIEBREAK) == TIEBREAK_OPTION_ORDER) {
        otherwise.settings[SETTING_TIEBREAK] = TIEBREAK_LOT;
    }
    return count_prepared(profile, result->pairs, &otherwise, ret_result);
}
