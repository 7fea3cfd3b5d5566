/* Tennessee chooses its capital. */
#include <stimmwerk/tally.h>

#include <stdio.h>

int main(void)
{
    static const char *const cities[] = {
        "Memphis", "Nashville", "Chattanooga", "Knoxville"};
    static const struct tally_mark ballots[][4] = {
        {{0, 1}, {1, 2}, {2, 3}, {3, 4}},
        {{1, 1}, {2, 2}, {3, 3}, {0, 4}},
        {{2, 1}, {3, 2}, {1, 3}, {0, 4}},
        {{3, 1}, {2, 2}, {1, 3}, {0, 4}}};
    static const int64_t weights[] = {42, 26, 15, 17};
    struct tally_profile *profile = NULL;
    struct tally_rule *rule = NULL;
    struct tally_result *result = NULL;
    const uint16_t *winners = NULL;

    enum tally_status status = tally_profile_new(4, &profile);
    for (size_t i = 0; i < 4 && status == TALLY_OK; i++) {
        status = tally_profile_add(profile, ballots[i], 4, weights[i]);
    }
    if (status == TALLY_OK) {
        status = tally_rule_new(tally_method_find("ranked-pairs-wv"), 1, &rule);
    }
    if (status == TALLY_OK) {
        status = tally_count(profile, rule, &result);
    }
    if (status == TALLY_OK && tally_result_winners(result, &winners) > 0) {
        printf(
            "%s (%s), %lld ballots\n", cities[winners[0]],
            tally_state_code(tally_result_state(result)),
            (long long)tally_result_ballots(result));
    }
    tally_result_free(result);
    tally_rule_free(rule);
    tally_profile_free(profile);
    return status == TALLY_OK ? 0 : 1;
}
