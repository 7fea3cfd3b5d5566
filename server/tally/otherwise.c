/* What if the lot had fallen otherwise at one tie? */
#include "stimmwerk/tally/more.h"

#include "tally/count.h"
#include "tally/grow.h"
#include "tally/result.h"
#include "tally/rule.h"

#include <string.h>

/* The tied fill the places that they hold in the lot from the other end. */
static void reverse_tied(
    const struct tally_result *result, const struct option_list *tied, uint16_t *order)
{
    uint16_t place[TALLY_OPTIONS_MAX];
    memcpy(order, result->lot, result->options * sizeof *order);
    for (size_t i = 0; i < tied->count; i++) {
        place[i] = result->lot_place[tied->items[i]];
    }
    for (size_t i = 0; i < tied->count; i++) {
        order[place[i]] = tied->items[tied->count - 1 - i];
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
