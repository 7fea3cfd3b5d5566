/* Proportional counts that only a lot can settle, and what the search says of them. */
#include "random_profile.h"
#include "stv_kit.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Nobody has a vote: any two of three. */
Test(stv_lots, without_ballots_every_set_can_win)
{
    const char *const methods[] = {"stv-scottish", "stv-wigm", "stv-meek"};
    for (size_t m = 0; m < 3; m++) {
        struct tally_result *result = count_poll(poll(3, ""), methods[m], 2, NULL);
        cr_assert_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
        check_winners(result, "ABC");
        check_tie(result, 0, "ABC", 1, TALLY_BY_NOBODY);
        cr_assert_eq(tally_result_set_total(result), 3);
        cr_assert_eq(tally_result_sets(result), 3);
        tally_result_free(result);
        result = count_poll(poll(3, "1000"), methods[m], 3, NULL);
        cr_assert_eq(tally_result_state(result), TALLY_DECIDED);
        tally_result_free(result);
        result = count_poll(poll(1, ""), methods[m], 1, NULL);
        check_winners(result, "A");
        tally_result_free(result);
    }
}

/* C(60, 5) sets: all are counted, the first thousand told. */
Test(stv_lots, more_sets_than_are_told_are_counted_all_the_same)
{
    struct tally_result *result = count_poll(poll(60, ""), "stv-scottish", 5, NULL);
    const uint16_t *set = NULL;
    cr_assert_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
    cr_assert_eq(tally_result_set_total(result), 5461512);
    cr_assert_eq(tally_result_sets(result), TALLY_SETS_MAX);
    cr_assert_eq(tally_result_set(result, 0, &set), 5);
    cr_assert(set[0] == 0 && set[4] == 4);
    cr_assert_eq(tally_result_set(result, 1, &set), 5);
    cr_assert(set[3] == 3 && set[4] == 5);
    tally_result_free(result);
    /* C(1000, 400) does not fit 63 bits */
    result = count_poll(poll(1000, ""), "stv-scottish", 400, NULL);
    cr_assert_eq(tally_result_set_total(result), INT64_MAX);
    tally_result_free(result);
}

/* A's and B's surpluses are equal, and whichever goes first, two of 150 others fill the
 * last seats: so many sets, twice, that it is not said how many different ones there are.
 */
Test(stv_lots, of_too_many_sets_from_several_ways_none_is_told)
{
    struct tally_result *result = count_poll(poll(152, "4A 4B"), "stv-scottish", 4, NULL);
    const uint16_t *options = NULL;
    cr_assert_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
    cr_assert_eq(tally_result_possible(result, &options), 152);
    cr_assert_eq(tally_result_sets(result), 0);
    cr_assert_eq(tally_result_set_total(result), 0);
    tally_result_free(result);
}

/* A and B are in whatever happens; of those without votes any one fills the last seat. */
Test(stv_lots, options_without_votes_share_what_others_leave)
{
    struct tally_result *result = count_poll(poll(5, "5A 4B"), "stv-scottish", 3, NULL);
    check_possible(result, "ABCDE");
    cr_assert_eq(tally_result_set_total(result), 3);
    tally_result_free(result);
    /* enough others: which of C, D and E leaves first does not matter */
    result = count_poll(poll(5, "5A 1B"), "stv-scottish", 2, NULL);
    check_possible(result, "AB");
    cr_assert_eq(tally_result_state(result), TALLY_TIE_IRRELEVANT);
    cr_assert_eq(tally_result_set_total(result), 0);
    tally_result_free(result);
}

/* Each option first on one ballot: 2^24 states, and more orders. */
static struct tally_profile *endless_poll(void)
{
    uint64_t state = 6;
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(24, &profile), TALLY_OK);
    for (size_t i = 0; i < 24; i++) {
        uint16_t order[24];
        struct tally_mark marks[25];
        random_permutation(&state, 24, order);
        marks[0] = (struct tally_mark){(uint16_t)i, 1};
        size_t count = 1;
        for (size_t m = 0; m < 24; m++) {
            if (order[m] != i) {
                marks[count] = (struct tally_mark){order[m], (uint16_t)(count + 1)};
                count++;
            }
        }
        cr_assert_eq(tally_profile_add(profile, marks, count, 1), TALLY_OK);
    }
    return profile;
}

Test(stv_lots, a_search_beyond_its_bounds_says_that_it_is_not_settled)
{
    const char *const methods[] = {"stv-scottish", "stv-wigm", "stv-meek"};
    uint16_t lot[24];
    for (size_t i = 0; i < 24; i++) {
        lot[i] = (uint16_t)i;
    }
    for (size_t m = 0; m < 3; m++) {
        const uint16_t *options = NULL;
        struct tally_profile *profile = endless_poll();
        struct tally_result *result = count_by(profile, rule_for(methods[m], 4, lot, 24));
        cr_assert_eq(tally_result_state(result), TALLY_NOT_SETTLED);
        cr_assert_eq(tally_result_winners(result, &options), 4);
        cr_assert_eq(tally_result_possible(result, &options), 24);
        cr_assert_eq(tally_result_sets(result), 0);
        tally_result_free(result);
        result = count_by(profile, rule_for(methods[m], 4, NULL, 0));
        cr_assert_eq(tally_result_state(result), TALLY_NOT_SETTLED);
        cr_assert_eq(tally_result_winners(result, &options), 24);
        tally_result_free(result);
        tally_profile_free(profile);
    }
}

Test(stv_lots, a_rule_without_search_leaves_it_not_settled)
{
    const char *const settings[] = {"search", "none", NULL};
    struct tally_result *result =
        count_poll(poll(4, "4A 1B 1C"), "stv-scottish", 2, settings);
    cr_assert_eq(tally_result_state(result), TALLY_NOT_SETTLED);
    check_possible(result, "ABC"); /* D has left before */
    tally_result_free(result);
}

/* 60 ideas, 300 ballots of five ranks: ties without end, most of them idle. */
Test(stv_lots, a_hall_of_sixty_ideas_is_counted_within_the_bounds)
{
    uint64_t state = 7;
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(60, &profile), TALLY_OK);
    for (size_t i = 0; i < 300; i++) {
        struct tally_mark marks[5];
        for (size_t m = 0; m < 5; m++) {
            size_t wide = random_below(&state, 60);
            uint16_t option = (uint16_t)random_below(&state, wide + 1);
            marks[m] = (struct tally_mark){option, (uint16_t)(m + 1)};
        }
        cr_assert_eq(tally_profile_add(profile, marks, 5, 1), TALLY_OK);
    }
    for (size_t m = 0; m < 2; m++) {
        const char *method = m == 0 ? "stv-scottish" : "stv-meek";
        const uint16_t *options = NULL;
        struct tally_result *result = count_by(profile, rule_for(method, 5, NULL, 0));
        cr_assert_geq(tally_result_winners(result, &options), 5);
        cr_assert_geq(tally_result_ties(result), 1);
        tally_result_free(result);
    }
    tally_profile_free(profile);
}
