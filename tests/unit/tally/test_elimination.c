/* Counts by elimination, computed by hand: rounds, reasons, duels, ties. Ballots stand as
 * ABIF; options are lettered in the order in which they are declared. */
#include "tally_kit.h"

#include <stdio.h>

#define TWO   "=a:[a]\n=b:[b]\n"
#define THREE TWO "=c:[c]\n"
#define FOUR  THREE "=d:[d]\n"

static const uint16_t forwards[] = {0, 1, 2, 3};
static const uint16_t backwards[] = {3, 2, 1, 0};

static const char *const methods[] = {
    "irv", "bottoms-up", "bottom-two-runoff", "benham", "smith-irv", "baldwin", "nanson"};
#define METHODS (sizeof methods / sizeof methods[0])

/* Takes the rule. */
static struct tally_result *count(const char *abif, struct tally_rule *rule)
{
    struct tally_file *file = read_text(abif, TALLY_FORMAT_ABIF);
    struct tally_result *result = count_by(tally_file_profile(file), rule);
    tally_file_free(file);
    return result;
}

static struct tally_result *count_open(const char *abif, const char *method, size_t seats)
{
    return count(abif, rule_for(method, seats, NULL, 0));
}

static struct tally_rule *
rule_with(const char *method, const char *name, const char *value)
{
    struct tally_rule *rule = rule_for(method, 1, NULL, 0);
    rule_set(rule, name, value);
    return rule;
}

static size_t put(char *text, size_t at, const uint16_t *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text[at++] = (char)('a' + options[i]);
    }
    text[at] = '\0';
    return at;
}

static void check_options(const uint16_t *options, size_t count, const char *expected)
{
    char text[64];
    put(text, 0, options, count);
    cr_assert_str_eq(text, expected);
}

static void check_winners(const struct tally_result *result, const char *expected)
{
    const uint16_t *options = NULL;
    size_t count = tally_result_winners(result, &options);
    check_options(options, count, expected);
}

static void check_possible(const struct tally_result *result, const char *expected)
{
    const uint16_t *options = NULL;
    size_t count = tally_result_possible(result, &options);
    check_options(options, count, expected);
}

/* "c a=b" */
static void check_ranking(const struct tally_result *result, const char *expected)
{
    char text[128] = "";
    size_t at = 0;
    for (size_t i = 0; i < tally_result_places(result); i++) {
        const uint16_t *options = NULL;
        size_t count = tally_result_place(result, i, &options);
        for (size_t o = 0; o < count; o++) {
            at += (size_t)snprintf(
                text + at, sizeof text - at, "%s%c",
                o > 0   ? "="
                : i > 0 ? " "
                        : "",
                'a' + options[o]);
        }
    }
    cr_assert_str_eq(text, expected);
}

static void check_tie(
    const struct tally_result *result, size_t i, size_t round, enum tally_settled settled,
    const char *expected)
{
    const uint16_t *options = NULL;
    size_t count = tally_tie_options(result, i, &options);
    check_options(options, count, expected);
    cr_assert_eq(tally_tie_round(result, i), round);
    cr_assert_eq(tally_tie_settled(result, i), settled);
}

static void check_state(const struct tally_result *result, enum tally_state state)
{
    cr_assert_str_eq(
        tally_state_code(tally_result_state(result)), tally_state_code(state));
}

/* One line a round: votes of those in, exhausted, quota, who made it; then why, who was
 * elected (+) and who left (-): "a5 b4 x0 q5 <c lowest -b". Votes in round units. */
static void check_round(const struct tally_result *result, size_t r, const char *expected)
{
    char text[256] = "";
    size_t at = 0;
    const uint16_t *options = NULL;
    for (size_t o = 0; o < tally_result_options(result); o++) {
        if (tally_round_has(result, r, o)) {
            at += (size_t)snprintf(
                text + at, sizeof text - at, "%c%d ", (char)('a' + o),
                (int)tally_round_votes(result, r, o).value);
        }
    }
    at += (size_t)snprintf(
        text + at, sizeof text - at, "x%d q%d <",
        (int)tally_round_exhausted(result, r).value,
        (int)tally_round_quota(result, r).value);
    size_t count = tally_round_sources(result, r, &options);
    at = put(text, at, options, count);
    at += (size_t)snprintf(
        text + at, sizeof text - at, " %s +",
        tally_reason_code(tally_round_reason(result, r)));
    count = tally_round_elected(result, r, &options);
    at = put(text, at, options, count);
    text[at++] = '-';
    count = tally_round_eliminated(result, r, &options);
    put(text, at, options, count);
    cr_assert_str_eq(text, expected);
}

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

/* The textbook's capital of Tennessee: Memphis, Nashville, Chattanooga, Knoxville. */
static const char tennessee[] = FOUR "42:a>b>c>d\n26:b>c>d>a\n15:c>d>b>a\n17:d>c>b>a\n";

/* A cycle: a beats b 6:3, b beats c 7:2, c beats a 5:4; all beat d 9:3. */
static const char cycle[] = FOUR "4:a>b>c\n3:b>c>a\n2:c>a>b\n3:d\n";

/* ---- instant runoff and its settings ---- */

Test(elimination, instant_runoff_tells_every_round)
{
    struct tally_result *result = count_open(tennessee, "irv", 1);
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
    struct tally_result *result = count_open(tennessee, "irv", 2);
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
    struct tally_result *result = count_by(profile, rule_for("irv", 1, NULL, 0));
    const uint16_t *options = NULL;
    check_state(result, TALLY_NOT_SETTLED);
    cr_assert_eq(tally_result_winners(result, &options), OPTIONS);
    cr_assert_eq(tally_result_possible(result, &options), OPTIONS);
    tally_result_free(result);
    tally_profile_free(profile);
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

/* ---- bottom-two runoff ---- */

/* Of c with 15 and d with 17, d loses 83:17, and so on. */
Test(bottom_two, the_loser_of_the_two_lowest_leaves)
{
    struct tally_result *result = count_open(tennessee, "bottom-two-runoff", 1);
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
    result = count_open(tennessee, "bottom-two-runoff", 2);
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
    result = count_open(tennessee, "benham", 1);
    check_round(result, 0, "a42 b26 c15 d17 x0 q0 < unbeaten +b-");
    check_winners(result, "b");
    tally_result_free(result);
}

/* b beats all: it stays, and of the others those with the most votes. */
Test(benham, for_several_seats_the_winner_and_the_highest_stay)
{
    struct tally_result *result = count_open(tennessee, "benham", 2);
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
    result = count_open(tennessee, "smith-irv", 1);
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
    struct tally_result *result = count_open(tennessee, "baldwin", 1);
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
    struct tally_result *result = count_open(tennessee, "nanson", 1);
    check_round(result, 0, "a252 b388 c346 d214 x0 q0 < below-average +-ad");
    check_round(result, 1, "b136 c64 x0 q0 <ad below-average +-c");
    check_round(result, 2, "b0 x0 q0 <c last-seats +b-");
    check_ranking(result, "b c a d");
    check_state(result, TALLY_DECIDED);
    tally_result_free(result);
}

Test(nanson, the_best_of_those_below_fill_the_seats)
{
    struct tally_result *result = count_open(tennessee, "nanson", 3);
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
        struct tally_result *result = count_open(tennessee, methods[m], 4);
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
