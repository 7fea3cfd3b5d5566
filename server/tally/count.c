/* One count: checks the rule, prepares the result, calls the method. */
#include "tally/matrix.h"
#include "tally/method.h"

static bool is_permutation(const uint16_t *order, size_t options)
{
    uint64_t seen[BITS_OPTIONS_WORDS] = {0};
    for (size_t i = 0; i < options; i++) {
        if (order[i] >= options || bits_has(seen, order[i])) {
            return false;
        }
        bits_add(seen, order[i]);
    }
    return true;
}

static enum tally_status
rule_check(const struct tally_profile *profile, const struct tally_rule *rule)
{
    if (rule->method == NULL) {
        return TALLY_UNKNOWN_METHOD;
    }
    if (rule->seats < 1 || rule->seats > profile->options) {
        return TALLY_BAD_RULE;
    }
    if (rule->overvote != TALLY_OVERVOTE_EXHAUST &&
        rule->overvote != TALLY_OVERVOTE_SKIP) {
        return TALLY_BAD_RULE;
    }
    if (rule->tie_order != NULL && !is_permutation(rule->tie_order, profile->options)) {
        return TALLY_BAD_RULE;
    }
    return TALLY_OK;
}

enum tally_status tally_count(
    const struct tally_profile *profile, const struct tally_rule *rule,
    struct tally_result **ret_result)
{
    enum tally_status status = rule_check(profile, rule);
    if (status != TALLY_OK) {
        return status;
    }
    struct tally_result *result = NULL;
    status = result_new(rule, profile->options, &result);
    if (status != TALLY_OK) {
        return status;
    }
    result->ballots = profile->ballots;
    result->blank = profile_blank(profile);
    if (rule->method->form == TALLY_RANKING) {
        status = matrix_build(profile, &result->pairs);
    }
    if (status == TALLY_OK) {
        struct count count = {
            .profile = profile, .rule = rule, .method = rule->method, .result = result};
        status = rule->method->count(&count);
    }
    if (status != TALLY_OK) {
        tally_result_free(result);
        return status;
    }
    *ret_result = result;
    return TALLY_OK;
}
