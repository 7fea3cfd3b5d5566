/* Instant runoff and its settings, how it reads ballots, and what all counts by
 * elimination do at the borders; computed by hand. */
#include "elimination.h"

static const uint16_t forwards[] = {0, 1, 2, 3};
static const uint16_t backwards[] = {3, 2, 1, 0};

static const char *const methods[] = {
    "irv", "bottoms-up", "bottom-two-runoff", "benham", "smith-irv", "baldwin", "nanson"};
#define METHODS (sizeof methods / sizeof methods[0])

static struct tally_rule *
rule_with(const char *method, const char *name, const char *value)
{
    struct tally_rule *rule = rule_for(method, 1, NULL, 0);
    rule_set(rule, name, value);
    return rule;
}

/* ---- instant runoff and its settings ---- */

Test(elimination, instant_runoff_tells_every_round)
{
    struct tally_result *result = count_open(TENNESSEE, "irv", 1);
    cr_assert_eq(tally_result_rounds(result), 3);
    check_round(result, 0, "a42 b26 c15 d17 x0 q51 < lowest +-c");
    check_round(result, 1, "a42 b26 d32 x0 q51 <c lowest +-b");
    check_round(result, 2, "a42 d58 x0 q51 <b majority +d-");
    check_ranking(result, "d a b c");
    check_state(result, TALLY_DECIDED);
    tally_result_free(result);
}

Test(elimination, what_a_majority_needs_falls_as_ballots_end)
{
    struct tally_result *result = count_open(THREE "5:a\n4:b\n2:c\n", "irv", 1);
    check_round(result, 0, "a5 b4 c2 x0 q6 < lowest +-c");
    check_round(result, 1, "a5 b4 x2 q5 <c majority +a-");
    cr_assert_eq(tally_result_exhausted(result).value, 2);
    tally_result_free(result);
}

Test(elimination, for_several_seats_no_majority_is_told)
{
    struct tally_result *result = count_open(TENNESSEE, "irv", 2);
    check_round(result, 0, "a42 b26 c15 d17 x0 q0 < lowest +-c");
    check_round(result, 2, "a42 d58 x0 q0 <b last-seats +ad-");
    check_ranking(result, "d a b c");
    tally_result_free(result);
}

Test(elimination, one_hopeless_option_alone_is_simply_the_lowest)
{
    struct tally_result *result = count(
        FOUR "9:a\n8:b\n2:c>b\n1:d>b\n", rule_with("irv", "batch-elimination", "true"));
    check_round(result, 0, "a9 b8 c2 d1 x0 q11 < hopeless +-cd");
    tally_result_free(result);
    result = count(
        FOUR "9:a\n8:b\n7:c>b\n1:d>b\n", rule_with("irv", "batch-elimination", "true"));
    check_round(result, 0, "a9 b8 c7 d1 x0 q13 < lowest +-d");
    tally_result_free(result);
}

static const char clear_majority[] = FOUR "12:a\n3:b>c\n4:c>b\n2:d>b\n";

Test(elimination, counting_goes_on_to_two_after_a_majority)
{
    struct tally_result *result =
        count(clear_majority, rule_with("irv", "continue-to-two", "true"));
    cr_assert_eq(tally_result_rounds(result), 4);
    check_round(result, 0, "a12 b3 c4 d2 x0 q11 < majority +a-");
    check_round(result, 1, "a12 b3 c4 d2 x0 q11 < lowest +-d");
    check_round(result, 2, "a12 b5 c4 x0 q11 <d lowest +-c");
    check_round(result, 3, "a12 b9 x0 q11 <c nothing +-");
    check_winners(result, "a");
    check_ranking(result, "a b c d");
    tally_result_free(result);
    result = count_open(clear_majority, "irv", 1);
    cr_assert_eq(tally_result_rounds(result), 1);
    check_ranking(result, "a c b d");
    tally_result_free(result);
    result = count(TWO "2:a\n1:b\n", rule_with("irv", "continue-to-two", "true"));
    cr_assert_eq(tally_result_rounds(result), 1);
    tally_result_free(result);
}

Test(elimination, two_stay_when_the_hopeless_leave_after_a_majority)
{
    static const char votes[] = FOUR "12:a\n9:b\n1:c\n1:d\n";
    struct tally_rule *rule = rule_with("irv", "continue-to-two", "true");
    rule_set(rule, "batch-elimination", "true");
    struct tally_result *result = count(votes, rule);
    cr_assert_eq(tally_result_rounds(result), 3);
    check_round(result, 1, "a12 b9 c1 d1 x0 q12 < hopeless +-cd");
    check_round(result, 2, "a12 b9 x2 q11 <cd nothing +-");
    tally_result_free(result);
    rule = rule_with("irv", "continue-to-two", "true");
    rule_set(rule, "write-ins-first", "true");
    for (size_t o = 1; o < 4; o++) { /* all but the winner: one of them stays */
        cr_assert_eq(tally_rule_write_in(rule, o), TALLY_OK);
    }
    result = count(FOUR "12:a\n9:b\n1:c\n", rule);
    check_round(result, 1, "a12 b9 c1 d0 x0 q12 < write-in +-d");
    check_round(result, 2, "a12 b9 c1 x0 q12 <d write-in +-c");
    check_round(result, 3, "a12 b9 x1 q11 <c nothing +-");
    check_winners(result, "a");
    tally_result_free(result);
}

Test(elimination, ties_after_the_majority_change_nothing)
{
    static const char ties[] = FOUR "12:a\n2:b\n2:c\n2:d\n";
    struct tally_result *result =
        count(ties, rule_with("irv", "continue-to-two", "true"));
    cr_assert_eq(tally_result_rounds(result), 2);
    check_tie(result, 0, 2, TALLY_BY_NOBODY, "bcd");
    check_winners(result, "a");
    check_possible(result, "a");
    check_ranking(result, "a b=c=d");
    check_state(result, TALLY_TIE_IRRELEVANT);
    tally_result_free(result);
    struct tally_rule *rule = rule_for("irv", 1, backwards, 4);
    rule_set(rule, "continue-to-two", "true");
    rule_set(rule, "search", "none");
    result = count(ties, rule);
    cr_assert_eq(tally_result_rounds(result), 4);
    check_tie(result, 0, 2, TALLY_BY_LOT, "dcb");
    check_ranking(result, "a d c b");
    check_state(result, TALLY_TIE_IRRELEVANT);
    tally_result_free(result);
}

/* c and d are write-ins where that is asked for. */
static struct tally_rule *write_ins(size_t seats, const uint16_t *order, bool batch)
{
    struct tally_rule *rule = rule_for("irv", seats, order, 4);
    rule_set(rule, "write-ins-first", "true");
    rule_set(rule, "batch-elimination", batch ? "true" : "false");
    cr_assert_eq(tally_rule_write_in(rule, 2), TALLY_OK);
    cr_assert_eq(tally_rule_write_in(rule, 3), TALLY_OK);
    return rule;
}

Test(elimination, write_ins_leave_first_and_all_at_once)
{
    static const char votes[] = FOUR "5:a\n2:b\n4:c>b\n1:d>a\n";
    struct tally_result *result = count(votes, write_ins(1, NULL, false));
    check_round(result, 0, "a5 b2 c4 d1 x0 q7 < write-in +-cd");
    check_round(result, 1, "a6 b6 x0 q7 <cd nothing +-");
    check_winners(result, "ab");
    tally_result_free(result);
    result = count(votes, rule_for("irv", 1, NULL, 0));
    check_round(result, 0, "a5 b2 c4 d1 x0 q7 < lowest +-d");
    tally_result_free(result);
}

Test(elimination, a_write_in_that_leaves_first_can_not_win)
{
    struct tally_result *result =
        count(FOUR "9:c>a\n3:b\n1:a\n", write_ins(1, NULL, false));
    check_round(result, 0, "a1 b3 c9 d0 x0 q7 < write-in +-cd");
    check_round(result, 1, "a10 b3 x0 q7 <cd majority +a-");
    tally_result_free(result);
}

Test(elimination, write_ins_without_votes_leave_with_the_hopeless)
{
    static const char votes[] = FOUR "5:a\n4:b\n";
    struct tally_result *result = count(votes, write_ins(1, NULL, false));
    cr_assert_eq(tally_result_rounds(result), 1); /* a majority comes before */
    tally_result_free(result);
    result = count(FOUR "5:a\n5:b\n", write_ins(1, NULL, true));
    check_round(result, 0, "a5 b5 c0 d0 x0 q6 < hopeless +-cd");
    tally_result_free(result);
    result = count(FOUR "5:a\n5:b\n", write_ins(1, NULL, false));
    check_round(result, 0, "a5 b5 c0 d0 x0 q6 < write-in +-cd");
    tally_result_free(result);
    result = count(FOUR "1:\n", write_ins(1, NULL, true)); /* nobody is hopeless */
    check_round(result, 0, "a0 b0 c0 d0 x0 q1 < write-in +-cd");
    check_winners(result, "ab");
    tally_result_free(result);
}

Test(elimination, write_ins_leave_one_by_one_where_too_few_would_stay)
{
    struct tally_result *result =
        count(FOUR "5:a\n4:b\n3:c\n2:d\n", write_ins(3, NULL, false));
    check_round(result, 0, "a5 b4 c3 d2 x0 q0 < write-in +-d");
    check_winners(result, "abc");
    tally_result_free(result);
    result = count(FOUR "5:a\n4:b\n2:c\n2:d\n", write_ins(3, NULL, false));
    check_tie(result, 0, 1, TALLY_BY_NOBODY, "cd");
    check_winners(result, "abcd");
    check_state(result, TALLY_TIE_DECISIVE);
    tally_result_free(result);
    result = count(FOUR "5:a\n4:b\n2:c\n2:d\n", write_ins(3, backwards, false));
    check_tie(result, 0, 1, TALLY_BY_LOT, "dc");
    check_winners(result, "abd");
    tally_result_free(result);
}

/* d leaves with 2; then b and c have 4 each, but b had 3 before where c had 4. */
static const char earlier[] = FOUR "5:a\n3:b>c\n4:c>b\n1:d>b\n1:d>a\n";

Test(elimination, a_lot_alone_passes_over_the_earlier_rounds)
{
    struct tally_rule *rule = rule_for("irv", 1, forwards, 4);
    rule_set(rule, "tiebreak", "lot");
    struct tally_result *result = count(earlier, rule);
    cr_assert_eq(tally_result_ties(result), 1);
    check_tie(result, 0, 2, TALLY_BY_LOT, "bc");
    check_winners(result, "b");
    check_possible(result, "bc");
    check_state(result, TALLY_TIE_DECISIVE);
    tally_result_free(result);
}

Test(elimination, the_order_of_options_settles_without_a_tie_order)
{
    struct tally_result *result =
        count(earlier, rule_with("irv", "tiebreak", "option-order"));
    check_tie(result, 0, 2, TALLY_BY_LOT, "bc");
    check_winners(result, "b");
    tally_result_free(result);
}

Test(elimination, without_a_search_it_is_not_settled_whether_the_lot_mattered)
{
    static const char tied[] = FOUR "9:a\n2:b\n2:c\n1:d\n";
    struct tally_rule *rule = rule_for("irv", 1, forwards, 4);
    struct tally_result *result = count(FOUR "5:a\n2:b>a\n2:c>a\n", rule);
    check_state(result, TALLY_DECIDED);
    tally_result_free(result);
    rule = rule_for("benham", 1, forwards, 4);
    rule_set(rule, "search", "none");
    result = count(FOUR "2:a>b>c\n2:b>c>a\n2:c>a>b\n", rule);
    check_state(result, TALLY_NOT_SETTLED);
    check_possible(result, "abc");
    check_tie(result, 0, 2, TALLY_BY_LOT, "abc");
    check_winners(result, "a");
    tally_result_free(result);
    result = count(tied, rule_with("irv", "search", "none"));
    check_state(result, TALLY_DECIDED); /* no tie on the way */
    tally_result_free(result);
    result = count(earlier, rule_with("irv", "search", "none"));
    check_state(result, TALLY_NOT_SETTLED);
    check_winners(result, "abc");
    tally_result_free(result);
}

/* Twenty ballots, each begins one later: every set of options can be left. */
Test(elimination, a_search_without_end_is_given_up)
{
    enum { OPTIONS = 20 };
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(OPTIONS, &profile), TALLY_OK);
    for (size_t b = 0; b < OPTIONS; b++) {
        struct tally_mark marks[OPTIONS];
        for (size_t i = 0; i < OPTIONS; i++) {
            marks[i] = (struct tally_mark){
                .option = (uint16_t)((b + i * 7) % OPTIONS), .place = (uint16_t)(i + 1)};
        }
        cr_assert_eq(tally_profile_add(profile, marks, OPTIONS, 1), TALLY_OK);
    }
    uint16_t lot[OPTIONS];
    for (size_t i = 0; i < OPTIONS; i++) {
        lot[i] = (uint16_t)(OPTIONS - 1 - i);
    }
    for (size_t l = 0; l < 2; l++) {
        const uint16_t *options = NULL;
        struct tally_result *result =
            count_by(profile, rule_for("irv", 1, l == 0 ? NULL : lot, OPTIONS));
        check_state(result, TALLY_NOT_SETTLED);
        cr_assert_eq(tally_result_winners(result, &options), l == 0 ? OPTIONS : 1);
        cr_assert_eq(tally_result_possible(result, &options), OPTIONS);
        tally_result_free(result);
    }
    tally_profile_free(profile);
}

/* Adds every ranking of the options that begins with the first `done` of `order`. */
static void
add_rankings(struct tally_profile *profile, uint16_t *order, size_t options, size_t done)
{
    struct tally_mark marks[8];
    for (size_t i = done; i < options && done + 1 < options; i++) {
        uint16_t next = order[i];
        order[i] = order[done];
        order[done] = next;
        add_rankings(profile, order, options, done + 1);
        order[done] = order[i];
        order[i] = next;
    }
    for (size_t i = 0; done + 1 == options && i < options; i++) {
        marks[i] = (struct tally_mark){.option = order[i], .place = (uint16_t)(i + 1)};
    }
    if (done + 1 == options) {
        cr_assert_eq(tally_profile_add(profile, marks, options, 1), TALLY_OK);
    }
}

/* Every ranking once: whoever leaves, all are tied again. Of six options that is searched
 * to the end; of eight the sets are few and the ballots too many. */
Test(elimination, a_search_through_too_many_ballots_is_given_up)
{
    for (size_t options = 6; options <= 8; options += 2) {
        uint16_t order[8] = {0, 1, 2, 3, 4, 5, 6, 7};
        const uint16_t *possible = NULL;
        struct tally_profile *profile = NULL;
        cr_assert_eq(tally_profile_new(options, &profile), TALLY_OK);
        add_rankings(profile, order, options, 0);
        for (size_t l = 0; l < 2; l++) {
            struct tally_result *result =
                count_by(profile, rule_for("irv", 1, l == 0 ? NULL : order, options));
            check_state(result, options == 6 ? TALLY_TIE_DECISIVE : TALLY_NOT_SETTLED);
            cr_assert_eq(tally_result_possible(result, &possible), options);
            tally_result_free(result);
        }
        tally_profile_free(profile);
    }
}

/* ---- how ballots are read ---- */

static int64_t exhausted_at_first(
    const struct tally_mark *marks, size_t count, const char *name, const char *value)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(4, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, marks, count, 3), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, NULL, 0, 5), TALLY_OK);
    struct tally_result *result = count_by(profile, rule_with("irv", name, value));
    int64_t exhausted = tally_round_exhausted(result, 0).value;
    cr_assert_eq(tally_result_blank(result), 5);
    tally_result_free(result);
    tally_profile_free(profile);
    return exhausted;
}

Test(elimination, a_bound_on_skipped_ranks_means_nothing_where_none_is_skipped)
{
    struct tally_result *result =
        count("2:a>b>c\n3:b>c\n", rule_with("irv", "max-skipped-ranks", "0"));
    check_winners(result, "b");
    cr_assert_eq(tally_round_exhausted(result, 0).value, 0);
    tally_result_free(result);
}

Test(elimination, skipped_ranks_end_a_ballot_where_there_are_too_many)
{
    static const struct tally_mark third[] = {{0, 3}};
    cr_assert_eq(exhausted_at_first(third, 1, "max-skipped-ranks", "1"), 3);
    cr_assert_eq(exhausted_at_first(third, 1, "max-skipped-ranks", "2"), 0);
    cr_assert_eq(exhausted_at_first(third, 1, "max-skipped-ranks", "unlimited"), 0);
}

Test(elimination, a_gap_after_an_overvote_counts_from_the_overvote)
{
    static const struct tally_mark over[] = {{0, 1}, {1, 1}, {2, 3}};
    cr_assert_eq(exhausted_at_first(over, 3, "overvote", "exhaust"), 3);
    cr_assert_eq(exhausted_at_first(over, 3, "overvote", "skip"), 0);
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(4, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, over, 3, 2), TALLY_OK);
    for (int allowed = 0; allowed < 2; allowed++) {
        struct tally_rule *rule = rule_with("irv", "overvote", "skip");
        rule_set(rule, "max-skipped-ranks", allowed == 0 ? "0" : "1");
        struct tally_result *result = count_by(profile, rule);
        cr_assert_eq(tally_round_exhausted(result, 0).value, allowed == 0 ? 2 : 0);
        tally_result_free(result);
    }
    tally_profile_free(profile);
}

Test(elimination, ballots_that_are_read_to_nothing_are_exhausted_and_blank_ones_not)
{
    static const struct tally_mark unnamed[] = {{TALLY_UNNAMED, 1}, {1, 2}};
    static const struct tally_mark repeated[] = {{0, 1}, {1, 1}, {0, 2}};
    cr_assert_eq(exhausted_at_first(unnamed, 2, "overvote", "exhaust"), 3);
    cr_assert_eq(exhausted_at_first(unnamed, 2, "overvote", "skip"), 0);
    cr_assert_eq(exhausted_at_first(repeated, 3, "overvote", "exhaust"), 3);
    cr_assert_eq(exhausted_at_first(repeated, 3, "overvote", "skip"), 3);
}

/* ---- bottoms-up ---- */

Test(bottoms_up, no_majority_ends_the_count)
{
    struct tally_result *result = count_open(clear_majority, "bottoms-up", 1);
    cr_assert_eq(tally_result_rounds(result), 4);
    check_round(result, 0, "a12 b3 c4 d2 x0 q0 < lowest +-d");
    check_round(result, 3, "a12 x9 q0 <b last-seats +a-");
    tally_result_free(result);
    result = count_open(clear_majority, "bottoms-up", 2);
    check_winners(result, "ab");
    tally_result_free(result);
}

Test(bottoms_up, takes_the_settings_of_a_surplus_that_it_never_has)
{
    struct tally_rule *rule = rule_with("bottoms-up", "surplus", "none");
    rule_set(rule, "decimals", "4");
    rule_set(rule, "quota", "droop-int");
    rule_set(rule, "continue_to_two", "false");
    struct tally_result *result = count(clear_majority, rule);
    check_winners(result, "a");
    tally_result_free(result);
}

/* ---- all of them, at the borders ---- */

Test(elimination, without_ballots_the_lot_decides_whatever_the_method)
{
    for (size_t m = 0; m < METHODS; m++) {
        struct tally_result *open = count_open(FOUR "3:\n", methods[m], 2);
        check_winners(open, "abcd");
        check_state(open, TALLY_TIE_DECISIVE);
        tally_result_free(open);
        struct tally_result *lot = count(FOUR, rule_for(methods[m], 2, backwards, 4));
        const uint16_t *winners = NULL;
        cr_assert_eq(tally_result_winners(lot, &winners), 2);
        cr_assert_eq(winners[0] + winners[1], 5, "%s", methods[m]); /* c and d */
        check_possible(lot, "abcd");
        check_state(lot, TALLY_TIE_DECISIVE);
        tally_result_free(lot);
    }
}

Test(elimination, one_option_is_elected_at_once)
{
    for (size_t m = 0; m < METHODS; m++) {
        struct tally_result *result = count_open("=a:[a]\n3:a\n", methods[m], 1);
        cr_assert_eq(tally_result_rounds(result), 1);
        check_winners(result, "a");
        check_state(result, TALLY_DECIDED);
        tally_result_free(result);
        result = count_open("=a:[a]\n", methods[m], 1);
        check_winners(result, "a");
        tally_result_free(result);
    }
}

Test(elimination, as_many_seats_as_options_elect_everybody)
{
    for (size_t m = 0; m < METHODS; m++) {
        const uint16_t *winners = NULL;
        struct tally_result *result = count_open(TENNESSEE, methods[m], 4);
        cr_assert_eq(tally_result_winners(result, &winners), 4);
        cr_assert_eq(tally_result_rounds(result), 1);
        check_state(result, TALLY_DECIDED);
        tally_result_free(result);
    }
}

Test(elimination, very_many_ballots_are_counted_exactly)
{
    const int64_t half = TALLY_BALLOTS_MAX / 2;
    static const struct tally_mark one[] = {{0, 1}, {2, 2}};
    static const struct tally_mark other[] = {{1, 1}, {2, 2}};
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(3, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, one, 2, half), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, other, 2, half - 1), TALLY_OK);
    for (size_t m = 0; m < METHODS; m++) {
        struct tally_result *result = count_by(profile, rule_for(methods[m], 1, NULL, 0));
        bool votes = tally_round_votes(result, 0, 0).unit == 1;
        cr_assert(!votes || tally_round_votes(result, 0, 0).value == half);
        check_winners(result, "a");
        tally_result_free(result);
    }
    tally_profile_free(profile);
}

/* So many that piles need more blocks than one, and give some back. */
Test(elimination, large_polls_without_votes_are_counted)
{
    enum { OPTIONS = 150 };
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(OPTIONS, &profile), TALLY_OK);
    uint16_t order[OPTIONS];
    for (size_t i = 0; i < OPTIONS; i++) {
        order[i] = (uint16_t)(OPTIONS - 1 - i);
    }
    for (size_t m = 0; m < METHODS; m++) {
        const uint16_t *winners = NULL;
        struct tally_result *result =
            count_by(profile, rule_for(methods[m], 1, order, OPTIONS));
        cr_assert_eq(tally_result_winners(result, &winners), 1);
        cr_assert_eq(winners[0], OPTIONS - 1, "%s", methods[m]);
        check_state(result, TALLY_TIE_DECISIVE);
        tally_result_free(result);
    }
    tally_profile_free(profile);
}
