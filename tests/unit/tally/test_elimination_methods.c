/* Bottom-two runoff, Benham, Smith-IRV, Baldwin, Nanson: rounds, reasons, duels and ties,
 * computed by hand. */
#include "elimination.h"

static const uint16_t forwards[] = {0, 1, 2, 3};
static const uint16_t backwards[] = {3, 2, 1, 0};

static void check_duel(
    const struct tally_result *result, size_t i, const char *pair, int votes_for,
    int votes_against)
{
    struct tally_duel duel = tally_result_duel(result, i);
    cr_assert_eq(duel.winner, pair[0] - 'a');
    cr_assert_eq(duel.loser, pair[1] - 'a');
    cr_assert_eq(duel.votes_for, votes_for);
    cr_assert_eq(duel.votes_against, votes_against);
    cr_assert_eq(duel.fate, TALLY_RUNOFF);
}

/* A cycle: a beats b 6:3, b beats c 7:2, c beats a 5:4; all beat d 9:3. */
static const char cycle[] = FOUR "4:a>b>c\n3:b>c>a\n2:c>a>b\n3:d\n";

/* ---- bottom-two runoff ---- */

/* Of c with 15 and d with 17, d loses 83:17, and so on. */
Test(bottom_two, the_loser_of_the_two_lowest_leaves)
{
    struct tally_result *result = count_open(TENNESSEE, "bottom-two-runoff", 1);
    cr_assert_eq(tally_result_rounds(result), 4);
    check_round(result, 0, "a42 b26 c15 d17 x0 q0 < lost-duel +-d");
    check_round(result, 1, "a42 b26 c32 x0 q0 <d lost-duel +-c");
    check_round(result, 2, "a42 b58 x0 q0 <c lost-duel +-a");
    check_round(result, 3, "b100 x0 q0 <a last-seats +b-");
    cr_assert_eq(tally_result_duels(result), 3);
    check_duel(result, 0, "cd", 83, 17);
    check_duel(result, 1, "bc", 68, 32);
    check_duel(result, 2, "ba", 58, 42);
    check_ranking(result, "b a c d");
    check_state(result, TALLY_DECIDED);
    tally_result_free(result);
    result = count_open(TENNESSEE, "bottom-two-runoff", 2);
    check_winners(result, "ba");
    tally_result_free(result);
}

/* d is lowest, b or c is next; d loses to either. */
static const char either[] = FOUR "5:a\n3:b\n3:c\n1:d>b\n";

Test(bottom_two, a_tie_for_the_second_lowest_need_not_be_settled)
{
    struct tally_result *result = count_open(either, "bottom-two-runoff", 1);
    check_tie(result, 0, 1, TALLY_BY_NOBODY, "bc");
    check_round(result, 0, "a5 b3 c3 d1 x0 q0 < lost-duel +-d");
    cr_assert_eq(tally_result_duels(result), 4);
    check_duel(result, 0, "bd", 3, 1);
    check_duel(result, 1, "cd", 3, 1);
    check_duel(result, 2, "bc", 4, 3);
    check_winners(result, "a");
    check_state(result, TALLY_TIE_IRRELEVANT);
    tally_result_free(result);
    result = count(either, rule_for("bottom-two-runoff", 1, forwards, 4));
    check_tie(result, 0, 1, TALLY_BY_LOT, "bc");
    cr_assert_eq(tally_result_duels(result), 3);
    check_duel(result, 0, "cd", 3, 1);
    check_winners(result, "a");
    check_state(result, TALLY_TIE_IRRELEVANT);
    tally_result_free(result);
}

Test(bottom_two, an_equal_duel_is_a_tie)
{
    struct tally_result *result = count_open(TWO "1:a\n1:b\n", "bottom-two-runoff", 1);
    check_tie(result, 0, 1, TALLY_BY_NOBODY, "ab");
    check_winners(result, "ab");
    cr_assert_eq(tally_result_duels(result), 0);
    check_state(result, TALLY_TIE_DECISIVE);
    tally_result_free(result);
    static const uint16_t order[] = {1, 0};
    result = count(TWO "1:a\n1:b\n", rule_for("bottom-two-runoff", 1, order, 2));
    check_tie(result, 0, 1, TALLY_BY_LOT, "ba");
    check_duel(result, 0, "ba", 1, 1);
    check_winners(result, "b");
    check_possible(result, "ab");
    tally_result_free(result);
}

/* a, b and c have two each: the favoured stays out of it. Whoever meets, a beats b beats
 * c beats a (4:2 each, with d's ballots spread). */
Test(bottom_two, a_tie_for_both_places_is_drawn_at_once)
{
    static const char three[] = FOUR "2:a>b>c\n2:b>c>a\n2:c>a>b\n9:d\n";
    struct tally_result *result =
        count(three, rule_for("bottom-two-runoff", 1, forwards, 4));
    check_tie(result, 0, 1, TALLY_BY_LOT, "abc");
    check_duel(result, 0, "bc", 4, 2);
    check_winners(result, "d");
    check_state(result, TALLY_TIE_IRRELEVANT);
    tally_result_free(result);
    result = count_open(three, "bottom-two-runoff", 1);
    check_tie(result, 0, 1, TALLY_BY_NOBODY, "abc");
    check_winners(result, "d");
    check_ranking(result, "d a=b=c");
    check_state(result, TALLY_TIE_IRRELEVANT);
    tally_result_free(result);
}

/* After d: b 3, c 3, a 4; b had 2 before where c had 3. b and c meet: a lone earlier
 * round can't help, both are the two; their duel is 3:3, and b left for the round before.
 */
Test(bottom_two, an_equal_duel_goes_by_the_earlier_round)
{
    static const char votes[] = FOUR "4:a\n2:b\n3:c\n1:d>b\n";
    struct tally_result *result =
        count(votes, rule_for("bottom-two-runoff", 1, forwards, 4));
    check_duel(result, 0, "bd", 2, 1);
    check_tie(result, 0, 2, TALLY_BY_EARLIER_ROUND, "cb");
    check_duel(result, 1, "cb", 3, 3);
    check_winners(result, "a");
    check_state(result, TALLY_TIE_IRRELEVANT);
    tally_result_free(result);
}

/* ---- Benham, Smith-IRV ---- */

Test(benham, who_beats_all_others_left_is_elected)
{
    struct tally_result *result = count_open(cycle, "benham", 1);
    cr_assert_eq(tally_result_rounds(result), 2);
    check_round(result, 0, "a4 b3 c2 d3 x0 q0 < lowest +-c");
    check_round(result, 1, "a6 b3 d3 x0 q0 <c unbeaten +a-");
    check_ranking(result, "a b=d c");
    tally_result_free(result);
    result = count_open(TENNESSEE, "benham", 1);
    check_round(result, 0, "a42 b26 c15 d17 x0 q0 < unbeaten +b-");
    check_winners(result, "b");
    tally_result_free(result);
}

/* b beats all: it stays, and of the others those with the most votes. */
Test(benham, for_several_seats_the_winner_and_the_highest_stay)
{
    struct tally_result *result = count_open(TENNESSEE, "benham", 2);
    check_round(result, 0, "a42 b26 c15 d17 x0 q0 < lowest +-cd");
    check_round(result, 1, "a42 b58 x0 q0 <cd last-seats +ab-");
    check_ranking(result, "b a d c");
    tally_result_free(result);
    static const char equal[] = FOUR "2:a>b\n2:c>b\n2:d>b\n1:b\n";
    result = count_open(equal, "benham", 2);
    check_tie(result, 0, 1, TALLY_BY_NOBODY, "acd");
    check_winners(result, "abcd");
    check_state(result, TALLY_TIE_DECISIVE);
    tally_result_free(result);
    result = count(equal, rule_for("benham", 2, backwards, 4));
    check_tie(result, 0, 1, TALLY_BY_LOT, "dca");
    check_round(result, 0, "a2 b1 c2 d2 x0 q0 < lowest +-ac");
    check_winners(result, "bd");
    tally_result_free(result);
    result = count_open(FOUR "3:a>b\n2:c>b\n2:d>b\n1:b\n", "benham", 3);
    check_tie(result, 0, 1, TALLY_BY_NOBODY, "cd");
    check_possible(result, "abcd");
    tally_result_free(result);
}

Test(benham, those_below_a_tie_for_the_last_seat_have_no_part_in_it)
{
    static const char votes[] = FOUR "=e:[e]\n5:a>b\n2:c>b\n2:d>b\n1:e>b\n1:b\n";
    struct tally_result *result = count_open(votes, "benham", 3);
    check_tie(result, 0, 1, TALLY_BY_NOBODY, "cd");
    check_possible(result, "abcd");
    tally_result_free(result);
}

Test(smith_irv, all_outside_the_smith_set_leave_first)
{
    struct tally_result *result = count_open(cycle, "smith-irv", 1);
    check_round(result, 0, "a4 b3 c2 d3 x0 q7 < outside-set +-d");
    check_round(result, 1, "a4 b3 c2 x3 q5 <d lowest +-c");
    check_round(result, 2, "a6 b3 x3 q5 <c majority +a-");
    check_ranking(result, "a b c d");
    tally_result_free(result);
    result = count_open(TENNESSEE, "smith-irv", 1);
    check_round(result, 0, "a42 b26 c15 d17 x0 q51 < outside-set +-acd");
    check_round(result, 1, "b100 x0 q51 <acd unbeaten +b-");
    check_ranking(result, "b c d a"); /* one Smith set behind the other */
    tally_result_free(result);
}

/* a beats all; b, c and d are a cycle. */
Test(smith_irv, for_several_seats_sets_that_fit_are_elected_whole)
{
    static const char above[] = FOUR "4:a>b>c>d\n3:a>c>d>b\n2:a>d>b>c\n";
    struct tally_result *result = count_open(above, "smith-irv", 2);
    check_round(result, 0, "a9 b0 c0 d0 x0 q0 < unbeaten +a-");
    check_round(result, 1, "b4 c3 d2 x0 q0 <a lowest +-d");
    check_round(result, 2, "b6 c3 x0 q0 <d majority +b-");
    check_winners(result, "ab");
    check_ranking(result, "a b c d");
    tally_result_free(result);
    result = count_open(above, "smith-irv", 3);
    check_round(result, 2, "b6 c3 x0 q0 <d last-seats +bc-");
    tally_result_free(result);
    result = count_open(above, "smith-irv", 4);
    cr_assert_eq(tally_result_rounds(result), 1);
    check_ranking(result, "a b=c=d");
    tally_result_free(result);
}

Test(smith_irv, a_tie_inside_the_set_concerns_the_seats_that_are_left)
{
    static const char equal[] = FOUR "2:a>b>c>d\n2:a>c>d>b\n2:a>d>b>c\n";
    struct tally_result *result = count_open(equal, "smith-irv", 2);
    check_tie(result, 0, 2, TALLY_BY_NOBODY, "bcd");
    check_winners(result, "abcd");
    check_ranking(result, "a b=c=d");
    check_state(result, TALLY_TIE_DECISIVE);
    tally_result_free(result);
    result = count(equal, rule_for("smith-irv", 2, backwards, 4));
    check_tie(result, 0, 2, TALLY_BY_LOT, "dcb"); /* b leaves, to c */
    check_winners(result, "ac");
    check_possible(result, "abcd");
    tally_result_free(result);
}

/* ---- Borda with elimination; votes are points in halves ---- */

/* Borda: a 126, b 194, c 173, d 107; without d: a 84, b 126, c 90. */
Test(baldwin, the_fewest_points_leave_and_points_are_given_anew)
{
    struct tally_result *result = count_open(TENNESSEE, "baldwin", 1);
    check_round(result, 0, "a252 b388 c346 d214 x0 q0 < lowest +-d");
    check_round(result, 1, "a168 b252 c180 x0 q0 <d lowest +-a");
    check_round(result, 2, "b136 c64 x0 q0 <a lowest +-c");
    check_round(result, 3, "b0 x0 q0 <c last-seats +b-");
    cr_assert_eq(tally_round_votes(result, 0, 0).unit, 2);
    check_ranking(result, "b c a d");
    tally_result_free(result);
}

Test(baldwin, unranked_options_share_what_is_left)
{
    struct tally_result *result = count_open(THREE "1:a\n", "baldwin", 2);
    check_round(result, 0, "a4 b1 c1 x0 q0 < nothing +-");
    check_tie(result, 0, 1, TALLY_BY_NOBODY, "bc");
    check_winners(result, "abc");
    tally_result_free(result);
}

Test(nanson, all_at_or_below_the_average_leave)
{
    struct tally_result *result = count_open(TENNESSEE, "nanson", 1);
    check_round(result, 0, "a252 b388 c346 d214 x0 q0 < below-average +-ad");
    check_round(result, 1, "b136 c64 x0 q0 <ad below-average +-c");
    check_round(result, 2, "b0 x0 q0 <c last-seats +b-");
    check_ranking(result, "b c a d");
    check_state(result, TALLY_DECIDED);
    tally_result_free(result);
}

Test(nanson, the_best_of_those_below_fill_the_seats)
{
    struct tally_result *result = count_open(TENNESSEE, "nanson", 3);
    check_round(result, 0, "a252 b388 c346 d214 x0 q0 < below-average +-d");
    check_winners(result, "bca");
    tally_result_free(result);
}

Test(nanson, where_all_are_equal_all_are_tied)
{
    static const char rock[] = THREE "1:a>b>c\n1:b>c>a\n1:c>a>b\n";
    static const uint16_t order[] = {2, 0, 1};
    struct tally_result *result = count_open(rock, "nanson", 1);
    check_round(result, 0, "a6 b6 c6 x0 q0 < nothing +-");
    check_tie(result, 0, 1, TALLY_BY_NOBODY, "abc");
    check_winners(result, "abc");
    check_ranking(result, "a=b=c");
    tally_result_free(result);
    result = count(rock, rule_for("nanson", 1, order, 3));
    check_tie(result, 0, 1, TALLY_BY_LOT, "cab");
    check_round(result, 0, "a6 b6 c6 x0 q0 < below-average +-ab");
    check_winners(result, "c");
    check_possible(result, "abc");
    check_state(result, TALLY_TIE_DECISIVE);
    tally_result_free(result);
}

/* a has 8 halves, b and c 5 each, d 6 of 24: for three seats one of b and c leaves. */
Test(nanson, a_tie_for_the_last_seat_is_between_those_who_share_it)
{
    struct tally_result *result = count_open(FOUR "1:a>d\n1:a>b=c=d\n", "nanson", 3);
    check_tie(result, 0, 1, TALLY_BY_NOBODY, "bc");
    check_possible(result, "abcd");
    tally_result_free(result);
    result = count_open(FOUR "1:a>d>b=c\n1:a=d>b>c\n1:a=d>c>b\n", "nanson", 2);
    check_winners(result, "ad");
    tally_result_free(result);
}
