/* Ballots of scores: what is taken, what is refused, and how rankings read them. */
#include "tally_kit.h"

#include <criterion/criterion.h>

static struct tally_profile *make(size_t options, size_t score_max)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new_scored(options, score_max, &profile), TALLY_OK);
    return profile;
}

static void expect_refused(struct tally_mark a, struct tally_mark b)
{
    struct tally_profile *profile = make(3, 5);
    struct tally_mark marks[] = {a, b};
    cr_expect_eq(tally_profile_add(profile, marks, 2, 1), TALLY_BAD_BALLOT);
    cr_expect_eq(tally_profile_ballots(profile), 0);
    cr_expect_eq(tally_profile_distinct(profile), 0);
    tally_profile_free(profile);
}

Test(scored_profile, needs_options_and_a_highest_score_within_bounds)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new_scored(3, 0, &profile), TALLY_TOO_MANY);
    cr_assert_eq(
        tally_profile_new_scored(3, TALLY_SCORE_MAX + 1, &profile), TALLY_TOO_MANY);
    cr_assert_eq(tally_profile_new_scored(0, 5, &profile), TALLY_TOO_MANY);
    cr_assert_null(profile);
    profile = make(3, TALLY_SCORE_MAX);
    cr_assert_eq(tally_profile_score_max(profile), TALLY_SCORE_MAX);
    tally_profile_free(profile);
    cr_assert_eq(tally_profile_new(3, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_score_max(profile), 0);
    tally_profile_free(profile);
}

Test(scored_profile, refuses_scores_out_of_range_and_two_for_one_option)
{
    const struct tally_mark fine = {.option = 0, .place = 3};
    expect_refused(fine, (struct tally_mark){.option = 1, .place = 6});
    expect_refused(fine, (struct tally_mark){.option = 3, .place = 1});
    expect_refused(fine, (struct tally_mark){.option = TALLY_UNNAMED, .place = 1});
    expect_refused(fine, (struct tally_mark){.option = 0, .place = 4});
    expect_refused(fine, (struct tally_mark){.option = 0, .place = 3});
    expect_refused(fine, (struct tally_mark){.option = 0, .place = 0});
}

/* 5 of 5 is place 1, 1 of 5 is place 5; 0 is as good as no mark. */
Test(scored_profile, lends_scores_as_places_and_leaves_out_those_of_0)
{
    struct tally_profile *profile = make(4, 5);
    struct tally_mark marks[] = {
        {.option = 0, .place = 1},
        {.option = 1, .place = 0},
        {.option = 2, .place = 5},
        {.option = 3, .place = 5}};
    cr_assert_eq(tally_profile_add(profile, marks, 4, 2), TALLY_OK);
    const struct tally_mark *lent = NULL;
    int64_t weight = 0;
    cr_assert_eq(tally_profile_ballot(profile, 0, &lent, &weight), 3);
    cr_assert_eq(weight, 2);
    cr_assert_eq(lent[0].option, 2);
    cr_assert_eq(lent[0].place, 1);
    cr_assert_eq(lent[1].option, 3);
    cr_assert_eq(lent[1].place, 1);
    cr_assert_eq(lent[2].option, 0);
    cr_assert_eq(lent[2].place, 5);
    tally_profile_free(profile);
}

Test(scored_profile, a_ballot_of_noughts_is_blank)
{
    struct tally_profile *profile = make(2, 5);
    struct tally_mark noughts[] = {{.option = 0, .place = 0}, {.option = 1, .place = 0}};
    cr_assert_eq(tally_profile_add(profile, noughts, 2, 1), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, NULL, 0, 1), TALLY_OK);
    cr_assert_eq(tally_profile_distinct(profile), 1);
    struct tally_result *result = count_by(profile, rule_for("irv", 1, NULL, 0));
    cr_assert_eq(tally_result_blank(result), 2);
    tally_result_free(result);
    tally_profile_free(profile);
}

Test(scored_profile, rankings_read_higher_scores_as_above_lower_ones)
{
    struct tally_profile *profile = make(4, 9);
    struct tally_mark marks[] = {
        {.option = 0, .place = 2},
        {.option = 1, .place = 9},
        {.option = 2, .place = 2},
        {.option = 3, .place = 0}};
    cr_assert_eq(tally_profile_add(profile, marks, 4, 1), TALLY_OK);
    struct tally_result *result = count_by(profile, rule_for("copeland", 1, NULL, 0));
    cr_expect_eq(tally_result_pair(result, 1, 0), 1);
    cr_expect_eq(tally_result_pair(result, 0, 1), 0);
    cr_expect_eq(tally_result_pair(result, 0, 2), 0);
    cr_expect_eq(tally_result_pair(result, 2, 0), 0);
    cr_expect_eq(tally_result_pair(result, 2, 3), 1);
    cr_expect_eq(tally_result_pair(result, 3, 2), 0);
    tally_result_free(result);
    result = count_by(profile, rule_for("approval", 1, NULL, 0));
    cr_expect_eq(tally_result_score(result, 2).value, 1);
    cr_expect_eq(tally_result_score(result, 3).value, 0);
    tally_result_free(result);
    tally_profile_free(profile);
}

/* ---- merging ---- */

Test(merge, sums_equal_ballots_and_takes_the_others_over)
{
    struct tally_profile *profile = make(2, 5);
    struct tally_profile *other = make(2, 5);
    struct tally_mark high = {.option = 0, .place = 5};
    struct tally_mark low = {.option = 1, .place = 1};
    cr_assert_eq(tally_profile_add(profile, &high, 1, 2), TALLY_OK);
    cr_assert_eq(tally_profile_add(other, &low, 1, 1), TALLY_OK);
    cr_assert_eq(tally_profile_add(other, &high, 1, 3), TALLY_OK);
    cr_assert_eq(tally_profile_add(other, NULL, 0, 4), TALLY_OK);
    cr_assert_eq(tally_profile_merge(profile, other), TALLY_OK);
    tally_profile_free(other);
    cr_assert_eq(tally_profile_ballots(profile), 10);
    cr_assert_eq(tally_profile_distinct(profile), 3);
    struct tally_result *result = count_by(profile, rule_for("approval", 1, NULL, 0));
    cr_expect_eq(tally_result_score(result, 0).value, 5);
    cr_expect_eq(tally_result_score(result, 1).value, 1);
    cr_expect_eq(tally_result_blank(result), 4);
    tally_result_free(result);
    tally_profile_free(profile);
}

Test(merge, refuses_other_options_other_scores_and_too_many_ballots)
{
    struct tally_profile *profile = make(2, 5);
    struct tally_profile *others[] = {make(3, 5), make(2, 4), NULL};
    cr_assert_eq(tally_profile_new(2, &others[2]), TALLY_OK);
    for (size_t i = 0; i < 3; i++) {
        cr_expect_eq(tally_profile_merge(profile, others[i]), TALLY_BAD_BALLOT);
        tally_profile_free(others[i]);
    }
    struct tally_profile *full = make(2, 5);
    cr_assert_eq(tally_profile_add(full, NULL, 0, TALLY_BALLOTS_MAX), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, NULL, 0, 1), TALLY_OK);
    cr_expect_eq(tally_profile_merge(profile, full), TALLY_OVERFLOW);
    cr_expect_eq(tally_profile_ballots(profile), 1);
    tally_profile_free(full);
    tally_profile_free(profile);
}

Test(merge, of_nothing_into_nothing_is_nothing)
{
    struct tally_profile *profile = make(2, 5);
    struct tally_profile *other = make(2, 5);
    cr_assert_eq(tally_profile_merge(profile, other), TALLY_OK);
    cr_assert_eq(tally_profile_distinct(profile), 0);
    tally_profile_free(other);
    tally_profile_free(profile);
}

/* With an overvote to exhaust, the unnamed mark ends the ballot: merging must keep it. */
Test(merge, keeps_unnamed_marks)
{
    struct tally_profile *profile = NULL;
    struct tally_profile *other = NULL;
    struct tally_mark marks[] = {
        {.option = TALLY_UNNAMED, .place = 1}, {.option = 1, .place = 2}};
    cr_assert_eq(tally_profile_new(2, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_new(2, &other), TALLY_OK);
    cr_assert_eq(tally_profile_add(other, marks, 2, 1), TALLY_OK);
    cr_assert_eq(tally_profile_merge(profile, other), TALLY_OK);
    tally_profile_free(other);
    struct tally_result *result = count_by(profile, rule_for("irv", 1, NULL, 0));
    cr_expect_eq(tally_result_exhausted(result).value, 1);
    tally_result_free(result);
    result = count_by(profile, rule_for("copeland", 1, NULL, 0));
    cr_expect_eq(tally_result_pair(result, 1, 0), 1);
    tally_result_free(result);
    tally_profile_free(profile);
}

/* More marks than are sorted by insertion, in an order that nobody would write. */
Test(profile, long_ballots_out_of_order_are_put_in_order)
{
    struct tally_profile *profile = NULL;
    struct tally_mark marks[997];
    cr_assert_eq(tally_profile_new(1000, &profile), TALLY_OK);
    for (size_t i = 0; i < 997; i++) {
        size_t at = i * 331 % 997;
        marks[i] =
            (struct tally_mark){.option = (uint16_t)at, .place = (uint16_t)(at / 3 + 1)};
    }
    cr_assert_eq(tally_profile_add(profile, marks, 997, 1), TALLY_OK);
    const struct tally_mark *lent = NULL;
    int64_t weight = 0;
    cr_assert_eq(tally_profile_ballot(profile, 0, &lent, &weight), 997);
    for (size_t i = 0; i < 997; i++) {
        cr_assert_eq(lent[i].option, i);
        cr_assert_eq(lent[i].place, i / 3 + 1);
    }
    tally_profile_free(profile);
}
