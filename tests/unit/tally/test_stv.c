/* The single transferable vote and Meek's method on polls small enough to count by hand,
 * and at the bounds of their numbers. Options A, B, C … are numbered from 0. */
#include "random_profile.h"
#include "stv_kit.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* ---- the Scottish rule ---- */

/* 12 ballots, 2 seats: the quota is 5. A has 2 too many: each of the 7 papers goes on at
 * 2/7 = 0.28571…, cut to five decimals. */
Test(stv, a_surplus_goes_on_with_each_paper_cut_to_five_decimals)
{
    const struct expected expected[] = {
        {"A 7, B 3, C 2", "", "A", "", TALLY_QUOTA},
        {"A 5, B 3, C 3.99997; lost 0.00003", "A", "", "B", TALLY_LOWEST},
        {"A 5, C 3.99997; exhausted 3; lost 0.00003", "B", "C", "", TALLY_LAST_SEATS},
    };
    struct tally_result *result =
        count_poll(poll(3, "7AC 3B 2C"), "stv-scottish", 2, NULL);
    check_rounds(result, expected, 3);
    check_winners(result, "AC");
    cr_assert_eq(tally_result_state(result), TALLY_DECIDED);
    cr_assert_eq(tally_round_quota(result, 0).value, 500000);
    cr_assert_eq(tally_result_exhausted(result).value, 300000);
    tally_result_free(result);
}

/* 20 ballots, 3 seats: the quota is 6. A's surplus of 2 goes before B's of 1. */
Test(stv, the_largest_surplus_goes_first_and_each_has_a_round_of_its_own)
{
    const struct expected expected[] = {
        {"A 8, B 7, C 2, D 3", "", "AB", "", TALLY_QUOTA},
        {"A 6, B 7, C 4, D 3", "A", "", "", TALLY_NOTHING},
        {"A 6, B 6, C 4.99995, D 3; lost 0.00005", "B", "", "D", TALLY_LOWEST},
        {"A 6, B 6, C 4.99995; exhausted 3; lost 0.00005", "D", "C", "",
         TALLY_LAST_SEATS},
    };
    struct tally_result *result =
        count_poll(poll(4, "8AC 7BC 2C 3D"), "stv-scottish", 3, NULL);
    check_rounds(result, expected, 4);
    check_winners(result, "ABC");
    tally_result_free(result);
}

/* A paper that has been passed on is worth less the second time: B's 9 papers are worth 3
 * and 6 × 0.25; of B's 4.5 votes 0.5 are too many: a paper of 1 goes on at 0.11111, one
 * of 0.25 at 0.02777. 15 ballots, 3 seats: the quota is 4. */
Test(stv, papers_keep_their_own_values)
{
    const struct expected expected[] = {
        {"A 8, B 3, C 2, D 2", "", "A", "", TALLY_QUOTA},
        {"A 4, B 6, C 3, D 2", "A", "B", "", TALLY_QUOTA},
        /* 3 × 0.33333 + 6 × 0.16666, all for D */
        {"A 4, B 4, C 3, D 3.99995; lost 0.00005", "B", "", "C", TALLY_LOWEST},
        {"A 4, B 4, D 3.99995; exhausted 3; lost 0.00005", "C", "D", "",
         TALLY_LAST_SEATS},
    };
    struct tally_result *result =
        count_poll(poll(4, "6ABD 2AC 3BD 2C 2D"), "stv-scottish", 3, NULL);
    check_rounds(result, expected, 4);
    check_winners(result, "ABD");
    tally_result_free(result);
}

/* B reaches the quota of 2 exactly: there is nothing to transfer, the lowest leaves at
 * the end of the same round. */
Test(stv, whoever_has_just_the_quota_keeps_it)
{
    const struct expected expected[] = {
        {"A 1, B 2, C 2, D 0", "", "BC", "", TALLY_QUOTA},
    };
    const struct expected later[] = {
        {"A 1, B 4, C 2, D 2", "", "B", "", TALLY_QUOTA},
        {"A 1, B 3, C 3, D 2", "B", "C", "A", TALLY_LOWEST},
        {"B 3, C 3, D 3", "A", "D", "", TALLY_QUOTA},
    };
    struct tally_result *result =
        count_poll(poll(4, "1AD 2BA 2CA"), "stv-scottish", 2, NULL);
    check_rounds(result, expected, 1);
    tally_result_free(result);
    result = count_poll(poll(4, "1AD 4BC 2C 2D"), "stv-scottish", 3, NULL);
    check_rounds(result, later, 3);
    check_winners(result, "BCD");
    tally_result_free(result);
}

/* 37 ballots, 3 seats: the quota is 10. After C has left, A and B have 11 each, and A had
 * more before: A's surplus goes first. Then D and E have the same 7.9999 votes, and D had
 * more the round before. */
Test(stv, ties_are_settled_by_the_latest_round_in_which_they_differed)
{
    const struct expected expected[] = {
        {"A 9, B 8, C 6, D 7, E 7", "", "", "C", TALLY_LOWEST},
        {"A 11, B 11, D 7, E 7; exhausted 1", "C", "AB", "", TALLY_QUOTA},
        {"A 10, B 11, D 7.9999, E 7; exhausted 1; lost 0.0001", "A", "", "",
         TALLY_NOTHING},
        {"A 10, B 10, D 7.9999, E 7.9999; exhausted 1; lost 0.0002", "B", "", "E",
         TALLY_LOWEST},
        {"A 10, B 10, D 7.9999; exhausted 8.9999; lost 0.0002", "E", "D", "",
         TALLY_LAST_SEATS},
    };
    struct tally_result *result =
        count_poll(poll(5, "9AD 8BE 2CAD 3CBE 1C 7D 7E"), "stv-scottish", 3, NULL);
    check_rounds(result, expected, 5);
    cr_assert_eq(tally_result_ties(result), 2);
    check_tie(result, 0, "AB", 2, TALLY_BY_EARLIER_ROUND);
    check_tie(result, 1, "DE", 4, TALLY_BY_EARLIER_ROUND);
    cr_assert_eq(tally_result_state(result), TALLY_TIE_IRRELEVANT);
    check_winners(result, "ABD");
    tally_result_free(result);
}

/* The same without looking back: four ways, and either of D and E may win. */
Test(stv, where_the_rule_does_not_look_back_only_a_lot_settles_ties)
{
    const char *const settings[] = {"tiebreak", "lot",   "decimals", "5",
                                    "rounding", "paper", NULL};
    struct tally_result *result =
        count_poll(poll(5, "9AD 8BE 2CAD 3CBE 1C 7D 7E"), "stv-wigm", 3, settings);
    cr_assert_eq(tally_result_rounds(result), 2);
    cr_assert_eq(tally_result_ties(result), 1);
    check_tie(result, 0, "AB", 2, TALLY_BY_NOBODY);
    check_winners(result, "ABDE");
    cr_assert_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
    cr_assert_eq(tally_result_set_total(result), 2);
    const uint16_t *set = NULL;
    cr_assert_eq(tally_result_set(result, 0, &set), 3);
    cr_assert(set[0] == 0 && set[1] == 1 && set[2] == 3);
    cr_assert_eq(tally_result_set(result, 1, &set), 3);
    cr_assert(set[0] == 0 && set[1] == 1 && set[2] == 4);
    tally_result_free(result);
}

/* Once E has left, A, B and C have 29 each; A had more than B and C before, but nothing
 * ever told B from C: the lot does, and B leaves. */
Test(stv, a_lot_settles_only_what_earlier_rounds_left_open)
{
    const uint16_t lot[] = {1, 0, 2, 3, 4};
    const uint16_t other[] = {4, 3, 2, 1, 0};
    struct tally_profile *profile = poll(5, "29A 20B 20C 40D 9EB 9EC");
    struct tally_result *result =
        count_by(profile, rule_for("stv-scottish", 1, other, 5));
    cr_assert_eq(tally_result_ties(result), 3);
    check_tie(result, 0, "ABC", 2, TALLY_BY_EARLIER_ROUND);
    check_tie(result, 1, "CB", 2, TALLY_BY_LOT);
    check_tie(result, 2, "AC", 3, TALLY_BY_EARLIER_ROUND);
    cr_assert_eq(tally_result_state(result), TALLY_TIE_IRRELEVANT);
    check_winners(result, "D");
    tally_result_free(result);
    result = count_by(profile, rule_for("stv-scottish", 1, lot, 5));
    check_tie(result, 1, "BC", 2, TALLY_BY_LOT);
    tally_result_free(result);
    result = count_by(profile, rule_for("stv-scottish", 1, NULL, 0));
    cr_assert_eq(tally_result_ties(result), 2);
    check_tie(result, 1, "BC", 2, TALLY_BY_NOBODY);
    check_winners(result, "D");
    tally_result_free(result);
    tally_profile_free(profile);
}

/* Quotas of 3: A reaches it in the round in which B fills the seat that is left. */
Test(stv, who_reached_the_quota_in_the_last_round_is_elected_for_that)
{
    static const char *const methods[] = {"stv-scottish", "stv-wigm", "stv-meek"};
    for (size_t m = 0; m < sizeof methods / sizeof methods[0]; m++) {
        struct tally_result *result = count_poll(poll(2, "5AB 1B"), methods[m], 2, NULL);
        cr_assert_eq(tally_round_reason(result, 0), TALLY_LAST_SEATS);
        cr_assert_eq(tally_round_elected_reason(result, 0, 0), TALLY_QUOTA);
        cr_assert_eq(tally_round_elected_reason(result, 0, 1), TALLY_LAST_SEATS);
        tally_result_free(result);
    }
    struct tally_result *both = count_poll(poll(2, "3AB 3B"), "stv-scottish", 2, NULL);
    cr_assert_eq(tally_round_reason(both, 0), TALLY_QUOTA);
    cr_assert_eq(tally_round_elected_reason(both, 0, 1), TALLY_QUOTA);
    tally_result_free(both);
}

Test(stv, as_many_options_as_seats_are_all_elected_at_once)
{
    const struct expected expected[] = {{"A 5, B 1", "", "AB", "", TALLY_LAST_SEATS}};
    struct tally_result *result = count_poll(poll(2, "5AB 1B"), "stv-scottish", 2, NULL);
    check_rounds(result, expected, 1);
    check_winners(result, "AB");
    tally_result_free(result);
    result = count_poll(poll(2, "5AB 1B"), "stv-meek", 2, NULL);
    cr_assert_eq(tally_result_rounds(result), 1);
    check_winners(result, "AB");
    tally_result_free(result);
}

Test(stv, blank_ballots_do_not_raise_the_quota)
{
    struct tally_result *result =
        count_poll(poll(3, "4A 3B 2C 1000"), "stv-scottish", 2, NULL);
    cr_assert_eq(tally_round_quota(result, 0).value, 400000);
    cr_assert_eq(tally_result_blank(result), 1000);
    check_winners(result, "AB");
    tally_result_free(result);
}

/* A ballot whose best place is an overvote lists nobody: it is exhausted from the
 * beginning and no part of the quota. */
Test(stv, a_ballot_that_lists_nobody_is_exhausted_and_not_in_the_quota)
{
    const struct tally_mark both[] = {{0, 1}, {1, 1}};
    struct tally_profile *profile = poll(3, "4A 3B 2C");
    cr_assert_eq(tally_profile_add(profile, both, 2, 10), TALLY_OK);
    struct tally_result *result = count_poll(profile, "stv-scottish", 2, NULL);
    cr_assert_eq(tally_round_quota(result, 0).value, 400000);
    cr_assert_eq(tally_round_exhausted(result, 0).value, 1000000);
    tally_result_free(result);
}

/* A's three ballots skip a rank before B: with no skipped rank allowed they end there. */
Test(stv, a_longer_gap_than_the_rule_allows_ends_a_ballot)
{
    static const struct tally_mark gap[] = {{0, 1}, {1, 3}};
    static const char *const none[] = {"max-skipped-ranks", "0", NULL};
    static const char *const one[] = {"max-skipped-ranks", "1", NULL};
    for (int allowed = 0; allowed <= 1; allowed++) {
        struct tally_profile *profile = poll(3, "4BA 5C");
        cr_assert_eq(tally_profile_add(profile, gap, 2, 3), TALLY_OK);
        struct tally_result *result =
            count_poll(profile, "stv-scottish", 1, allowed == 0 ? none : one);
        check_winners(result, allowed == 0 ? "C" : "B");
        tally_result_free(result);
    }
}

/* ---- exact fractions ---- */

/* 5 ballots, 2 seats: the quota is 2. Three papers of one third each are one vote, which
 * five decimals miss. */
Test(stv, exact_fractions_lose_nothing)
{
    const struct expected exact[] = {
        {"A 3, B 1, C 1", "", "A", "", TALLY_QUOTA},
        {"A 2, B 2, C 1", "A", "B", "", TALLY_QUOTA},
    };
    const struct expected cut[] = {
        {"A 3, B 1, C 1", "", "A", "", TALLY_QUOTA},
        {"A 2, B 1.99999, C 1; lost 0.00001", "A", "", "C", TALLY_LOWEST},
        {"A 2, B 1.99999; exhausted 1; lost 0.00001", "C", "B", "", TALLY_LAST_SEATS},
    };
    struct tally_result *result = count_poll(poll(3, "3AB 1B 1C"), "stv-wigm", 2, NULL);
    check_rounds(result, exact, 2);
    cr_assert_eq(tally_round_quota(result, 0).unit, 1000000000);
    tally_result_free(result);
    result = count_poll(poll(3, "3AB 1B 1C"), "stv-scottish", 2, NULL);
    check_rounds(result, cut, 3);
    tally_result_free(result);
}

/* 2 seats, 7 ballots. Exact quota: 7/3 = 2.333333333 and the least more. A's 4 papers go
 * on at 1.666666666/4; nine decimals are shown. */
Test(stv, an_exact_quota_has_nine_decimals)
{
    const char *const settings[] = {"quota", "exact+1ulp", NULL};
    const struct expected expected[] = {
        {"A 4, B 1, C 2", "", "A", "", TALLY_QUOTA},
        {"A 2.333333334, B 2.666666666, C 2", "A", "B", "", TALLY_QUOTA},
    };
    struct tally_result *result =
        count_poll(poll(3, "4AB 1B 2C"), "stv-wigm", 2, settings);
    check_rounds(result, expected, 2);
    cr_assert_eq(tally_round_quota(result, 0).value, 2333333334);
    tally_result_free(result);
}

/* Random long ballots with weights of many digits: the denominators outgrow any bound. */
Test(stv, fractions_too_long_are_an_overflow_and_never_wrong)
{
    uint64_t state = 5;
    struct tally_profile *profile = NULL;
    struct tally_rule *rule = rule_for("stv-wigm", 25, NULL, 0);
    struct tally_result *result = NULL;
    cr_assert_eq(tally_profile_new(30, &profile), TALLY_OK);
    for (size_t i = 0; i < 200; i++) {
        uint16_t order[30];
        struct tally_mark marks[30];
        random_permutation(&state, 30, order);
        for (size_t m = 0; m < 30; m++) {
            marks[m] = (struct tally_mark){order[m], (uint16_t)(m + 1)};
        }
        int64_t weight = 1000003 + (int64_t)random_below(&state, 10000000);
        cr_assert_eq(tally_profile_add(profile, marks, 30, weight), TALLY_OK);
    }
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_OVERFLOW);
    cr_assert_null(result);
    rule_set(rule, "decimals", "9");
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_OK);
    tally_result_free(result);
    tally_rule_free(rule);
    tally_profile_free(profile);
}

/* ---- settings ---- */

/* 3 seats, 11 ballots, quota 3: A and B are elected together and both surpluses go at
 * once; the last winner's surplus goes too, to nobody. Ratios are cut first: 2/5 = 0.4 of
 * A, 1/4 = 0.25 of B. */
Test(stv, all_winners_of_a_round_pass_on_at_once_and_the_last_surplus_goes_too)
{
    const char *const settings[] = {"surplus", "all", "decimals", "4", NULL};
    const struct expected expected[] = {
        {"A 5, B 4, C 1, D 1", "", "AB", "", TALLY_QUOTA},
        {"A 3, B 3, C 4, D 1", "AB", "C", "", TALLY_QUOTA},
        /* 0.25 of 1 + 5 × 0.4 + 4 × 0.25 */
        {"A 3, B 3, C 3, D 1; exhausted 1", "C", "", "", TALLY_NOTHING},
    };
    struct tally_result *result =
        count_poll(poll(4, "5ABC 4BAC 1C 1D"), "stv-wigm", 3, settings);
    check_rounds(result, expected, 3);
    check_winners(result, "ABC");
    tally_result_free(result);
}

/* The same, one winner a round: B waits, and gets A's papers meanwhile. */
Test(stv, one_winner_a_round_lets_the_others_wait)
{
    const char *const settings[] = {"surplus", "one", "decimals", "4", NULL};
    const struct expected expected[] = {
        {"A 5, B 4, C 1, D 1", "", "A", "", TALLY_QUOTA},
        {"A 3, B 6, C 1, D 1", "A", "B", "", TALLY_QUOTA},
        /* 3/6 of the papers of 1 and of 0.4 */
        {"A 3, B 3, C 4, D 1", "B", "C", "", TALLY_QUOTA},
        {"A 3, B 3, C 3, D 1; exhausted 1", "C", "", "", TALLY_NOTHING},
    };
    struct tally_result *result =
        count_poll(poll(4, "5ABC 4BAC 1C 1D"), "stv-wigm", 3, settings);
    check_rounds(result, expected, 4);
    tally_result_free(result);
}

/* A tie for being the one: any order elects the same. */
Test(stv, one_winner_a_round_may_need_a_lot_that_changes_nothing)
{
    const char *const settings[] = {"surplus",  "one", "quota", "exact+1ulp",
                                    "decimals", "4",   NULL};
    struct tally_result *result =
        count_poll(poll(4, "3AB 3BC 3CA"), "stv-wigm", 3, settings);
    check_tie(result, 0, "ABC", 1, TALLY_BY_NOBODY);
    cr_assert_eq(tally_result_state(result), TALLY_TIE_IRRELEVANT);
    check_winners(result, "ABC");
    tally_result_free(result);
}

Test(stv, without_transfers_winners_keep_all_their_votes)
{
    const char *const settings[] = {"surplus", "none", "decimals", "4", NULL};
    const struct expected expected[] = {
        {"A 9, B 2, C 1", "", "A", "C", TALLY_LOWEST},
        {"A 9, B 2; exhausted 1", "C", "B", "", TALLY_LAST_SEATS},
    };
    struct tally_result *result =
        count_poll(poll(3, "9AC 2B 1C"), "stv-wigm", 2, settings);
    check_rounds(result, expected, 2);
    tally_result_free(result);
}

/* Hare: 10 ballots, 3 seats: 10/3, rounded up at the last decimal. */
Test(stv, a_hare_quota_is_rounded_up)
{
    const char *const settings[] = {"quota", "hare", "decimals", "2", NULL};
    struct tally_result *result =
        count_poll(poll(4, "4A 3B 2C 1D"), "stv-wigm", 3, settings);
    cr_assert_eq(tally_round_quota(result, 0).value, 334);
    tally_result_free(result);
    result = count_poll(poll(4, ""), "stv-wigm", 3, settings);
    cr_assert_eq(tally_round_quota(result, 0).value, 1);
    check_possible(result, "ABCD");
    tally_result_free(result);
}

/* D, E and F together have fewer votes than C. */
Test(stv, hopeless_options_leave_together_where_the_rule_says_so)
{
    const char *const settings[] = {"batch-elimination", "true", NULL};
    const struct expected expected[] = {
        {"A 9, B 8, C 7, D 1, E 1, F 3", "", "", "DEF", TALLY_HOPELESS},
        {"A 9, B 8, C 9; exhausted 3", "DEF", "", "B", TALLY_LOWEST},
        {"A 17, C 9; exhausted 3", "B", "A", "", TALLY_QUOTA},
    };
    struct tally_result *result =
        count_poll(poll(6, "9A 8BA 7C 1DC 1EC 3F"), "stv-wigm", 1, settings);
    check_rounds(result, expected, 3);
    cr_assert_eq(tally_result_ties(result), 0);
    tally_result_free(result);
}

static struct tally_result *count_with_write_ins(const char *ballots, size_t seats)
{
    struct tally_rule *rule = rule_for("stv-wigm", seats, NULL, 0);
    struct tally_profile *profile = poll(4, ballots);
    rule_set(rule, "write-ins-first", "true");
    cr_assert_eq(tally_rule_write_in(rule, 0), TALLY_OK);
    cr_assert_eq(tally_rule_write_in(rule, 1), TALLY_OK);
    struct tally_result *result = count_by(profile, rule);
    tally_profile_free(profile);
    return result;
}

Test(stv, write_ins_leave_first_unless_too_few_others_are_left)
{
    const struct expected expected[] = {
        {"A 3, B 2, C 4, D 1", "", "", "AB", TALLY_WRITE_IN},
        {"C 6, D 4", "AB", "C", "", TALLY_QUOTA},
    };
    struct tally_result *result = count_with_write_ins("3AD 2BC 4C 1D", 1);
    check_rounds(result, expected, 2);
    tally_result_free(result);
    result = count_with_write_ins("2AD 2BC 3C 1D", 3);
    check_winners(result, "CAB");
    tally_result_free(result);
}

/* ---- large weights ---- */

static enum tally_status
count_heavy(const char *method, int64_t weight, const char *decimals)
{
    const struct tally_mark first[] = {{0, 1}, {1, 2}};
    const struct tally_mark second[] = {{2, 1}};
    struct tally_rule *rule = rule_for(method, 2, NULL, 0);
    struct tally_profile *profile = NULL;
    struct tally_result *result = NULL;
    if (decimals != NULL) {
        rule_set(rule, "decimals", decimals);
    }
    cr_assert_eq(tally_profile_new(3, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, first, 2, weight / 4 * 3), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, second, 1, weight / 4), TALLY_OK);
    enum tally_status status = tally_count(profile, rule, &result);
    if (status == TALLY_OK) {
        bool none = decimals != NULL && *decimals == '0'; /* 0.55… is cut to 0 */
        check_winners(result, none ? "AC" : "AB");
        tally_result_free(result);
    }
    tally_rule_free(rule);
    tally_profile_free(profile);
    return status;
}

Test(stv, ballots_times_decimals_beyond_63_bits_are_an_overflow)
{
    const int64_t most = TALLY_BALLOTS_MAX;
    cr_assert_eq(count_heavy("stv-scottish", most, NULL), TALLY_OVERFLOW);
    cr_assert_eq(count_heavy("stv-scottish", most / 16, NULL), TALLY_OK);
    cr_assert_eq(count_heavy("stv-wigm", most, NULL), TALLY_OVERFLOW);
    cr_assert_eq(count_heavy("stv-wigm", INT64_C(9000000000), NULL), TALLY_OK);
    cr_assert_eq(count_heavy("stv-wigm", most, "4"), TALLY_OVERFLOW);
    cr_assert_eq(count_heavy("stv-wigm", most, "3"), TALLY_OK);
    cr_assert_eq(count_heavy("stv-wigm", most, "0"), TALLY_OK);
    cr_assert_eq(count_heavy("stv-wigm", INT64_C(9000000000), "9"), TALLY_OK);
    cr_assert_eq(count_heavy("stv-meek", most, NULL), TALLY_OVERFLOW);
    cr_assert_eq(count_heavy("stv-meek", INT64_C(9000000000), NULL), TALLY_OK);
}

/* ---- Meek's method ---- */

/* 2 seats. A has 6 of 9 votes and needs 3: half of each of its ballots goes to B, who has
 * the quota then. */
Test(stv, meek_lets_a_winner_keep_what_it_needs)
{
    const struct expected expected[] = {
        {"A 6, B 1, C 2", "", "A", "", TALLY_QUOTA},
        /* the quota is 3.000000001: A keeps 0.500000001 of each ballot */
        {"A 3.000000006, B 3.999999994, C 2", "A", "B", "", TALLY_QUOTA},
    };
    struct tally_result *result = count_poll(poll(3, "6AB 1B 2C"), "stv-meek", 2, NULL);
    check_rounds(result, expected, 2);
    cr_assert_eq(tally_round_quota(result, 0).value, 3000000001);
    check_winners(result, "AB");
    tally_result_free(result);
}

/* When C leaves, its two ballots are exhausted and the quota falls. */
Test(stv, meek_lowers_the_quota_as_ballots_end)
{
    struct tally_result *result = count_poll(poll(4, "4A 3B 2C 3D"), "stv-meek", 1, NULL);
    cr_assert_eq(tally_round_quota(result, 0).value, 6000000001);
    cr_assert_eq(tally_round_quota(result, 1).value, 5000000001);
    cr_assert_eq(tally_round_exhausted(result, 1).value, 2000000000);
    tally_result_free(result);
}
