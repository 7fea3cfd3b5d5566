/* One count: checks the rule, prepares the result, calls the method. */
#include "tally/count.h"

#include "tally/grow.h"
#include "tally/matrix.h"
#include "tally/method.h"

#include <string.h>

static enum tally_status
copy_pairs(const int64_t *pairs, size_t options, int64_t **ret_pairs)
{
    size_t cells = options * options;
    int64_t *copy = zeroed(cells, sizeof *copy);
    if (copy == NULL) {
        return TALLY_NO_MEMORY;
    }
    memcpy(copy, pairs, cells * sizeof *copy);
    *ret_pairs = copy;
    return TALLY_OK;
}

bool count_pairs(const struct tally_rule *rule)
{
    return rule->method->paired || (rule->matrix && rule->method->form == TALLY_RANKING);
}

/* Only methods that go down a list, and plurality, look at repeated and unnamed marks. */
static enum tally_status
prepare(const struct tally_profile *plain, const int64_t *pairs, struct count *count)
{
    struct tally_result *result = count->result;
    result->ballots = count->profile->ballots;
    result->blank = profile_blank(count->profile);
    enum tally_status status = TALLY_OK;
    if (pairs != NULL && count->method->form == TALLY_RANKING) {
        status = copy_pairs(pairs, plain->options, &result->pairs);
    } else if (count_pairs(count->rule)) {
        status = matrix_build(plain, &result->pairs);
    }
    bool lists = (count->method->settings & SETTING_BIT(SETTING_OVERVOTE)) != 0;
    if (count->method->form == TALLY_APPROVAL) {
        result->exhausted = profile_blank(plain) - result->blank;
    }
    count->profile = lists || count->method->raw ? count->profile : plain;
    return status;
}

static enum tally_status
run(const struct tally_profile *profile, const struct tally_profile *plain,
    const int64_t *pairs, const struct tally_rule *rule, struct tally_result **ret_result)
{
    struct count count = {.profile = profile, .rule = rule, .method = rule->method};
    enum tally_status status = result_new(rule, profile->options, &count.result);
    if (status != TALLY_OK) {
        return status;
    }
    status = prepare(plain, pairs, &count);
    if (status == TALLY_OK) {
        status = rule->method->count(&count);
    }
    if (status != TALLY_OK) {
        tally_result_free(count.result);
        return status;
    }
    *ret_result = count.result;
    return TALLY_OK;
}

enum tally_status count_prepared(
    const struct tally_profile *profile, const int64_t *pairs,
    const struct tally_rule *rule, struct tally_result **ret_result)
{
    enum tally_status status = rule_check(rule, profile);
    if (status != TALLY_OK) {
        return status;
    }
    struct tally_profile *plain = NULL;
    if (profile->raw) {
        status = profile_plain(profile, &plain);
    }
    if (status == TALLY_OK) {
        status = run(profile, plain != NULL ? plain : profile, pairs, rule, ret_result);
    }
    tally_profile_free(plain);
    return status;
}

enum tally_status tally_count(
    const struct tally_profile *profile, const struct tally_rule *rule,
    struct tally_result **ret_result)
{
    return count_prepared(profile, NULL, rule, ret_result);
}
