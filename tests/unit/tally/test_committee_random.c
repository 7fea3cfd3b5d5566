/* Committees of random approval ballots: against a slow count, and against what is proven
 * of the methods. */
#include "slow_committee.h"

#include <string.h>

static const char *const methods[] = {"pav", "seq-pav", "seq-phragmen", "equal-shares"};

#define METHODS (sizeof methods / sizeof methods[0])

Test(committee, open_ties_lead_to_the_same_sets_as_a_count_voter_by_voter)
{
    uint64_t state = 11;
    size_t several = 0;
    for (size_t turn = 0; turn < 4000; turn++) {
        struct slow slow;
        struct tally_profile *profile = random_slate(&state, &slow);
        for (size_t m = 0; m < METHODS; m++) {
            struct tally_result *result =
                random_count(profile, methods[m], slow.seats, NULL);
            slow_count(&slow, methods[m], true);
            check_sets(&slow, result);
            several += tally_result_state(result) == TALLY_TIE_DECISIVE ? 1 : 0;
            tally_result_free(result);
        }
        tally_profile_free(profile);
    }
    cr_assert_gt(several, 1000);
}

Test(committee, a_tie_order_leads_through_the_same_steps_as_a_count_voter_by_voter)
{
    uint64_t state = 12;
    for (size_t turn = 0; turn < 4000; turn++) {
        struct slow slow;
        uint16_t lot[SLOW_OPTIONS_MAX];
        struct tally_profile *profile = random_slate(&state, &slow);
        random_permutation(&state, slow.options, lot);
        for (size_t m = 1; m < METHODS; m++) {
            struct tally_result *result =
                random_count(profile, methods[m], slow.seats, lot);
            slow.lot = lot;
            slow_count(&slow, methods[m], true);
            check_steps(&slow, result);
            if (strcmp(methods[m], "equal-shares") == 0) {
                check_bill(&slow, result);
            }
            slow.lot = NULL;
            slow_count(&slow, methods[m], true);
            check_sets(&slow, result);
            tally_result_free(result);
        }
        tally_profile_free(profile);
    }
}

Test(committee, equal_shares_without_completion_may_leave_seats_empty)
{
    uint64_t state = 13;
    size_t short_ones = 0;
    for (size_t turn = 0; turn < 3000; turn++) {
        struct slow slow;
        uint16_t lot[SLOW_OPTIONS_MAX];
        struct tally_profile *profile = random_slate(&state, &slow);
        random_permutation(&state, slow.options, lot);
        struct tally_rule *rule = rule_for("equal-shares", slow.seats, NULL, 0);
        rule_set(rule, "completion", "none");
        struct tally_result *open = count_by(profile, rule);
        slow_count(&slow, "equal-shares", false);
        check_sets(&slow, open);
        rule = rule_for("equal-shares", slow.seats, lot, slow.options);
        rule_set(rule, "completion", "none");
        struct tally_result *settled = count_by(profile, rule);
        check_sets(&slow, settled);
        slow.lot = lot;
        slow_count(&slow, "equal-shares", false);
        check_steps(&slow, settled);
        check_bill(&slow, settled);
        short_ones += slow.step_count < slow.seats ? 1 : 0;
        tally_result_free(open);
        tally_result_free(settled);
        tally_profile_free(profile);
    }
    cr_assert_gt(short_ones, 300);
}

/* Extended justified representation (Aziz and others 2017): of voters who share l options
 * and are l/k of all, one approves l of the elected. Proportional approval voting and
 * Equal Shares have it, whichever way ties go. */
static bool represents(const struct slow *slow, unsigned elected)
{
    for (unsigned shared = 1; shared < 1U << slow->options; shared++) {
        size_t left_out = 0;
        for (size_t v = 0; v < slow->voters; v++) {
            bool shares = (slow->ballots[v] & shared) == shared;
            bool content = size_of(slow->ballots[v] & elected) >= size_of(shared);
            left_out += shares && !content ? 1 : 0;
        }
        if (left_out > 0 && left_out * slow->seats >= size_of(shared) * slow->voters) {
            return false;
        }
    }
    return true;
}

Test(committee, pav_and_equal_shares_represent_every_group_that_agrees)
{
    uint64_t state = 14;
    for (size_t turn = 0; turn < 2000; turn++) {
        struct slow slow;
        uint16_t lot[SLOW_OPTIONS_MAX];
        struct tally_profile *profile = random_slate(&state, &slow);
        random_permutation(&state, slow.options, lot);
        for (size_t m = 0; m < METHODS; m += METHODS - 1) {
            const uint16_t *winners = NULL;
            struct tally_result *result =
                random_count(profile, methods[m], slow.seats, lot);
            size_t count = tally_result_winners(result, &winners);
            cr_assert_eq(count, slow.seats);
            cr_assert(represents(&slow, set_of(winners, count)), "%s", methods[m]);
            tally_result_free(result);
        }
        tally_profile_free(profile);
    }
}

/* With a further seat the sequential methods elect one more: nobody loses a seat. */
Test(committee, sequential_methods_are_house_monotone)
{
    uint64_t state = 15;
    for (size_t turn = 0; turn < 1000; turn++) {
        struct slow slow;
        uint16_t lot[SLOW_OPTIONS_MAX];
        struct tally_profile *profile = random_slate(&state, &slow);
        random_permutation(&state, slow.options, lot);
        for (size_t m = 1; m < 3; m++) {
            const uint16_t *few = NULL;
            const uint16_t *all = NULL;
            struct tally_result *a = random_count(profile, methods[m], slow.seats, lot);
            struct tally_result *b = random_count(profile, methods[m], slow.options, lot);
            size_t count = tally_result_winners(a, &few);
            cr_assert_eq(tally_result_winners(b, &all), slow.options);
            cr_assert_arr_eq(few, all, count * sizeof *few);
            tally_result_free(a);
            tally_result_free(b);
        }
        tally_profile_free(profile);
    }
}

/* An option loses no seat because one more ballot approves it: among the sets that may
 * win some still has it. */
Test(committee, pav_and_the_sequential_methods_are_monotone)
{
    uint64_t state = 16;
    for (size_t turn = 0; turn < 1500; turn++) {
        struct slow slow;
        struct tally_profile *profile = random_slate(&state, &slow);
        tally_profile_free(profile);
        if (slow.voters == 0) {
            continue;
        }
        size_t voter = random_below(&state, slow.voters);
        size_t option = random_below(&state, slow.options);
        for (size_t m = 0; m < 3; m++) {
            bool could[2] = {false, false};
            struct slow both[2] = {slow, slow};
            both[1].ballots[voter] |= 1U << option;
            for (size_t i = 0; i < 2; i++) {
                slow_count(&both[i], methods[m], true);
                for (unsigned set = 0; set < SLOW_SETS; set++) {
                    could[i] |= both[i].sets[set] && (set >> option & 1) != 0;
                }
            }
            cr_assert(could[1] || !could[0], "%s", methods[m]);
        }
    }
}

Test(committee, equal_weights_of_any_size_elect_the_same)
{
    uint64_t state = 17;
    for (size_t turn = 0; turn < 500; turn++) {
        struct slow slow;
        struct tally_profile *profile = random_slate(&state, &slow);
        struct tally_profile *heavy = NULL;
        cr_assert_eq(tally_profile_new(slow.options, &heavy), TALLY_OK);
        for (size_t i = 0; i < tally_profile_distinct(profile); i++) {
            const struct tally_mark *marks = NULL;
            int64_t weight = 0;
            size_t count = tally_profile_ballot(profile, i, &marks, &weight);
            weight *= TALLY_BALLOTS_MAX / 32;
            cr_assert_eq(tally_profile_add(heavy, marks, count, weight), TALLY_OK);
        }
        for (size_t m = 0; m < METHODS; m++) {
            struct tally_result *result =
                random_count(heavy, methods[m], slow.seats, NULL);
            slow_count(&slow, methods[m], true);
            check_sets(&slow, result);
            tally_result_free(result);
        }
        tally_profile_free(heavy);
        tally_profile_free(profile);
    }
}
