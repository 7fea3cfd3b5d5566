/* Ballots: what is taken, what is refused, what is kept once. */
#include "tally_kit.h"

#include <criterion/criterion.h>

static struct tally_profile *make(size_t options)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(options, &profile), TALLY_OK);
    return profile;
}

Test(profile, needs_between_one_and_a_thousand_options)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(0, &profile), TALLY_TOO_MANY);
    cr_assert_eq(tally_profile_new(TALLY_OPTIONS_MAX + 1, &profile), TALLY_TOO_MANY);
    cr_assert_null(profile);
    profile = make(TALLY_OPTIONS_MAX);
    cr_assert_eq(tally_profile_options(profile), TALLY_OPTIONS_MAX);
    tally_profile_free(profile);
    tally_profile_free(NULL);
}

Test(profile, refuses_an_option_out_of_range_a_place_of_zero_and_a_weight_below_one)
{
    struct tally_profile *profile = make(3);
    struct tally_mark beyond = {.option = 3, .place = 1};
    struct tally_mark nowhere = {.option = 0, .place = 0};
    cr_assert_eq(tally_profile_add(profile, &beyond, 1, 1), TALLY_BAD_BALLOT);
    cr_assert_eq(tally_profile_add(profile, &nowhere, 1, 1), TALLY_BAD_BALLOT);
    cr_assert_eq(tally_profile_add(profile, NULL, 0, 0), TALLY_BAD_BALLOT);
    cr_assert_eq(tally_profile_add(profile, NULL, 0, -1), TALLY_BAD_BALLOT);
    cr_assert_eq(tally_profile_ballots(profile), 0);
    cr_assert_eq(tally_profile_distinct(profile), 0);
    tally_profile_free(profile);
}

Test(profile, keeps_equal_ballots_once_whatever_the_order_of_their_marks)
{
    struct tally_profile *profile = make(3);
    struct tally_mark forwards[] = {{.option = 2, .place = 1}, {.option = 0, .place = 2}};
    struct tally_mark backwards[] = {
        {.option = 0, .place = 2}, {.option = 2, .place = 1}};
    struct tally_mark tied[] = {{.option = 0, .place = 1}, {.option = 2, .place = 1}};
    cr_assert_eq(tally_profile_add(profile, forwards, 2, 3), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, backwards, 2, 4), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, tied, 2, 1), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, NULL, 0, 5), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, NULL, 0, 1), TALLY_OK);
    cr_assert_eq(tally_profile_ballots(profile), 14);
    cr_assert_eq(tally_profile_distinct(profile), 3);

    const struct tally_mark *marks = NULL;
    int64_t weight = 0;
    cr_assert_eq(tally_profile_ballot(profile, 0, &marks, &weight), 2);
    cr_assert_eq(weight, 7);
    cr_assert_eq(marks[0].option, 2);
    cr_assert_eq(marks[1].option, 0);
    tally_profile_free(profile);
}

Test(profile, counts_an_option_that_was_marked_twice_at_its_best_place)
{
    struct tally_profile *profile = make(2);
    struct tally_mark twice[] = {
        {.option = 0, .place = 3}, {.option = 1, .place = 2}, {.option = 0, .place = 1}};
    struct tally_mark again[] = {
        {.option = 1, .place = 2}, {.option = 0, .place = 1}, {.option = 1, .place = 4}};
    cr_assert_eq(tally_profile_add(profile, twice, 3, 1), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, again, 3, 1), TALLY_OK);
    struct tally_result *result = count_by(profile, rule_for("borda", 1, NULL, 0));
    cr_assert_eq(tally_result_pair(result, 0, 1), 2);
    cr_assert_eq(tally_result_pair(result, 1, 0), 0);
    tally_result_free(result);
    tally_profile_free(profile);
}

Test(profile, says_so_when_the_ballots_are_more_than_can_be_summed)
{
    struct tally_profile *profile = make(2);
    struct tally_mark mark = {.option = 0, .place = 1};
    cr_assert_eq(
        tally_profile_add(profile, &mark, 1, TALLY_BALLOTS_MAX + 1), TALLY_OVERFLOW);
    cr_assert_eq(tally_profile_add(profile, &mark, 1, TALLY_BALLOTS_MAX), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, &mark, 1, 1), TALLY_OVERFLOW);
    cr_assert_eq(tally_profile_ballots(profile), TALLY_BALLOTS_MAX);
    tally_profile_free(profile);
}

/* The largest sum there is: Borda's, over all options and the most ballots. */
Test(profile, the_greatest_election_is_summed_exactly)
{
    struct tally_profile *profile = make(TALLY_OPTIONS_MAX);
    struct tally_mark mark = {.option = 7, .place = 1};
    cr_assert_eq(tally_profile_add(profile, &mark, 1, TALLY_BALLOTS_MAX), TALLY_OK);
    struct tally_result *result = count_by(profile, rule_for("borda", 1, NULL, 0));
    struct tally_number score = tally_result_score(result, 7);
    cr_assert_eq(score.unit, 2);
    cr_assert_eq(score.value, 2 * (TALLY_OPTIONS_MAX - 1) * TALLY_BALLOTS_MAX);
    score = tally_result_score(result, 8);
    cr_assert_eq(score.value, (TALLY_OPTIONS_MAX - 2) * TALLY_BALLOTS_MAX);
    tally_result_free(result);
    tally_profile_free(profile);
}

Test(profile, ten_thousand_different_ballots_are_all_found_again)
{
    struct tally_profile *profile = make(100);
    for (int turn = 0; turn < 2; turn++) {
        for (uint16_t i = 0; i < 10000; i++) {
            struct tally_mark marks[] = {
                {.option = (uint16_t)(i / 100), .place = 1},
                {.option = (uint16_t)(i % 100), .place = 2}};
            cr_assert_eq(tally_profile_add(profile, marks, 2, 1), TALLY_OK);
        }
    }
    cr_assert_eq(tally_profile_ballots(profile), 20000);
    cr_assert_eq(tally_profile_distinct(profile), 10000);
    tally_profile_free(profile);
}

/* All rankings of 7, 8 or 9 of nine options: among 900,000 some have the same 32 bits of
 * hash, with as many marks or not. */
static size_t add_rankings(
    struct tally_profile *profile, struct tally_mark *marks, size_t count, unsigned used)
{
    size_t added = 0;
    if (count >= 7) {
        cr_assert_eq(tally_profile_add(profile, marks, count, 1), TALLY_OK);
        added = 1;
    }
    for (uint16_t o = 0; o < 9; o++) {
        if ((used >> o & 1U) == 0) {
            marks[count] = (struct tally_mark){o, (uint16_t)(count + 1)};
            added += add_rankings(profile, marks, count + 1, used | 1U << o);
        }
    }
    return added;
}

Test(profile, ballots_of_one_hash_are_told_apart)
{
    struct tally_profile *profile = NULL;
    struct tally_mark marks[9];
    cr_assert_eq(tally_profile_new(9, &profile), TALLY_OK);
    cr_assert_eq(add_rankings(profile, marks, 0, 0), 181440 + 362880 + 362880);
    cr_assert_eq(tally_profile_distinct(profile), 181440 + 362880 + 362880);
    tally_profile_free(profile);
}
