/* What a count tells, computed by hand: rounds, duels, ties and how they were settled.
 * Ballots stand as ABIF; options are numbered in the order in which they are declared. */
#include "random_profile.h"
#include "tally_kit.h"

#include <stdio.h>

static struct tally_result *count(
    const char *abif, const char *method, size_t seats, const uint16_t *order, bool batch)
{
    struct tally_file *file = read_text(abif, TALLY_FORMAT_ABIF);
    const struct tally_profile *profile = tally_file_profile(file);
    struct tally_rule *rule =
        rule_for(method, seats, order, tally_profile_options(profile));
    if (batch) {
        rule_set(rule, "batch-elimination", "true");
    }
    struct tally_result *result = count_by(profile, rule);
    tally_file_free(file);
    return result;
}

static void check_options(const uint16_t *options, size_t count, const char *expected)
{
    char text[256] = "";
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        at += (size_t)snprintf(text + at, sizeof text - at, "%c", 'a' + options[i]);
    }
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
    char text[256] = "";
    size_t at = 0;
    for (size_t i = 0; i < tally_result_places(result); i++) {
        const uint16_t *options = NULL;
        size_t count = tally_result_place(result, i, &options);
        for (size_t o = 0; o < count; o++) {
            const char *sign = o > 0 ? "=" : i > 0 ? " " : "";
            at += (size_t)snprintf(
                text + at, sizeof text - at, "%s%c", sign, 'a' + options[o]);
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

static void check_left(const struct tally_result *result, const char *expected)
{
    char text[256] = "";
    size_t at = 0;
    for (size_t r = 0; r < tally_result_rounds(result); r++) {
        const uint16_t *options = NULL;
        size_t count = tally_round_eliminated(result, r, &options);
        at += (size_t)snprintf(text + at, sizeof text - at, "%s", r > 0 ? " " : "");
        for (size_t i = 0; i < count; i++) {
            at += (size_t)snprintf(text + at, sizeof text - at, "%c", 'a' + options[i]);
        }
    }
    cr_assert_str_eq(text, expected);
}

/* ---- instant runoff ---- */

#define FOUR "=a:[a]\n=b:[b]\n=c:[c]\n=d:[d]\n"
static const uint16_t forwards[] = {0, 1, 2, 3};
static const uint16_t backwards[] = {3, 2, 1, 0};

/* d leaves with 2; then b and c have 4 each, but b had 3 before where c had 4. */
static const char earlier[] = FOUR "5:a\n3:b>c\n4:c>b\n1:d>b\n1:d>a\n";

Test(irv, a_tie_for_last_place_is_settled_by_the_earlier_round)
{
    struct tally_result *result = count(earlier, "irv", 1, forwards, false);
    cr_assert_eq(tally_result_ties(result), 1);
    check_tie(result, 0, 2, TALLY_BY_EARLIER_ROUND, "cb");
    check_left(result, "d b ");
    check_winners(result, "c");
    cr_assert_eq(tally_result_exhausted(result).value, 1);
    check_possible(result, "c");
    cr_assert_eq(tally_result_state(result), TALLY_TIE_IRRELEVANT);
    check_ranking(result, "c a b d");
    tally_result_free(result);
}

Test(irv, the_lot_has_no_say_where_an_earlier_round_settles)
{
    struct tally_result *result = count(earlier, "irv", 1, backwards, false);
    check_winners(result, "c");
    tally_result_free(result);
}

Test(irv, without_a_tie_order_the_rounds_end_at_the_tie_and_all_who_may_win_are_named)
{
    struct tally_result *result = count(earlier, "irv", 1, NULL, false);
    cr_assert_eq(tally_result_rounds(result), 2);
    check_tie(result, 0, 2, TALLY_BY_NOBODY, "bc");
    check_left(result, "d ");
    check_winners(result, "bc");
    check_ranking(result, "b=c a d");
    cr_assert_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
    tally_result_free(result);
}

Test(irv, a_tie_that_no_round_settles_goes_to_the_lot)
{
    static const char tied[] = FOUR "5:a\n3:b>c\n3:c>b\n2:d\n";
    struct tally_result *result = count(tied, "irv", 1, forwards, false);
    check_left(result, "d c ");
    check_tie(result, 0, 2, TALLY_BY_LOT, "bc");
    check_winners(result, "b");
    check_ranking(result, "b a c d");
    tally_result_free(result);
    result = count(tied, "irv", 1, backwards, false);
    check_left(result, "d b ");
    check_tie(result, 0, 2, TALLY_BY_LOT, "cb");
    check_winners(result, "c");
    check_possible(result, "bc");
    tally_result_free(result);
}

/* e leaves; b, c and d have 4 each; before, d had 4 where b and c had 3. */
Test(irv, an_earlier_round_may_only_narrow_a_tie)
{
    static const char narrowed[] = FOUR "=e:[e]\n8:a\n3:b\n3:c\n4:d\n1:e>b\n1:e>c\n";
    static const uint16_t order[] = {4, 2, 1, 0, 3};
    struct tally_result *result = count(narrowed, "irv", 1, order, false);
    cr_assert_geq(tally_result_ties(result), 2);
    check_tie(result, 0, 2, TALLY_BY_EARLIER_ROUND, "dbc");
    check_tie(result, 1, 2, TALLY_BY_LOT, "cb");
    tally_result_free(result);
}

Test(irv, hopeless_options_leave_at_once_where_that_is_asked_for)
{
    static const char hopeless[] = FOUR "9:a>b\n8:b\n2:c>b\n1:d>b\n";
    struct tally_result *result = count(hopeless, "irv", 1, NULL, true);
    check_left(result, "cd ");
    check_winners(result, "b");
    check_ranking(result, "b a c d");
    cr_assert_eq(tally_result_state(result), TALLY_DECIDED);
    tally_result_free(result);
    result = count(hopeless, "irv", 1, NULL, false);
    check_left(result, "d c ");
    check_winners(result, "b");
    tally_result_free(result);
}

Test(irv, for_several_seats_counting_goes_on_until_so_many_are_left)
{
    static const char several[] = FOUR "9:a\n3:b>c\n4:c\n2:d>b\n";
    struct tally_result *result = count(several, "irv", 2, NULL, false);
    check_left(result, "d c ");
    check_winners(result, "ab");
    cr_assert_eq(tally_round_exhausted(result, 2).value, 4);
    tally_result_free(result);
    result = count(several, "irv", 4, NULL, false);
    cr_assert_eq(tally_result_rounds(result), 1);
    check_winners(result, "acbd");
    tally_result_free(result);
}

/* ---- ranked pairs ---- */

#define THREE "=a:[a]\n=b:[b]\n=c:[c]\n"

/* a beats b 6:2, c beats a 6:4, b beats c 6:5. */
Test(ranked_pairs, of_equal_winning_votes_fewer_losing_votes_are_stronger)
{
    static const char losing[] = THREE "1:b>c>a\n4:a>b>c\n1:b>a=c\n2:c>a>b\n3:c>a=b\n";
    struct tally_result *result = count(losing, "ranked-pairs-wv", 1, NULL, false);
    cr_assert_eq(tally_result_duels(result), 3);
    struct tally_duel first = tally_result_duel(result, 0);
    struct tally_duel last = tally_result_duel(result, 2);
    cr_assert_eq(first.winner, 0);
    cr_assert_eq(first.loser, 1);
    cr_assert_eq(first.votes_for, 6);
    cr_assert_eq(first.votes_against, 2);
    cr_assert_eq(first.fate, TALLY_LOCKED);
    cr_assert_eq(last.winner, 1);
    cr_assert_eq(last.votes_against, 5);
    cr_assert_eq(last.fate, TALLY_DROPPED);
    check_ranking(result, "c a b");
    check_tie(result, 0, 1, TALLY_BY_LOSING_VOTES, "abc");
    cr_assert_eq(tally_result_state(result), TALLY_TIE_IRRELEVANT);
    tally_result_free(result);
}

static const char rock[] = THREE "1:a>b>c\n1:b>c>a\n1:c>a>b\n";

Test(ranked_pairs, a_cycle_of_equals_is_left_open_without_a_tie_order)
{
    struct tally_result *result = count(rock, "ranked-pairs-wv", 1, NULL, false);
    check_winners(result, "abc");
    check_ranking(result, "a=b=c");
    check_tie(result, 0, 1, TALLY_BY_NOBODY, "abc");
    for (size_t i = 0; i < 3; i++) {
        cr_assert_eq(tally_result_duel(result, i).fate, TALLY_OPEN);
    }
    tally_result_free(result);
}

/* b is favoured: b>c is locked first; then, of c's and a's, c>a; a>b closes the cycle. */
Test(ranked_pairs, a_cycle_of_equals_is_settled_by_the_tie_order)
{
    static const uint16_t order[] = {1, 2, 0};
    struct tally_result *result = count(rock, "ranked-pairs-wv", 1, order, false);
    check_winners(result, "b");
    check_possible(result, "abc");
    check_ranking(result, "b c a");
    check_tie(result, 0, 1, TALLY_BY_LOT, "bca");
    cr_assert_eq(tally_result_duel(result, 2).winner, 0);
    cr_assert_eq(tally_result_duel(result, 2).fate, TALLY_DROPPED);
    cr_assert_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
    tally_result_free(result);
}

/* d beats all three of the cycle: the tie is about the places behind. */
Test(ranked_pairs, a_tie_below_the_winner_is_irrelevant_for_one_seat_and_decisive_for_two)
{
    static const char below[] = FOUR "1:d>a>b>c\n1:d>b>c>a\n1:d>c>a>b\n";
    struct tally_result *result = count(below, "ranked-pairs-wv", 1, NULL, false);
    check_winners(result, "d");
    check_ranking(result, "d a=b=c");
    cr_assert_eq(tally_result_state(result), TALLY_TIE_IRRELEVANT);
    cr_assert_eq(tally_result_duel(result, 0).fate, TALLY_LOCKED);
    tally_result_free(result);
    result = count(below, "ranked-pairs-wv", 2, NULL, false);
    check_winners(result, "dabc");
    cr_assert_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
    tally_result_free(result);
    result = count(below, "ranked-pairs-wv", 2, forwards, false);
    check_winners(result, "da");
    tally_result_free(result);
}

Test(ranked_pairs, a_draw_for_the_first_place_is_a_tie_in_the_order)
{
    static const char draw[] = THREE "2:a>b>c\n2:b>a>c\n";
    static const uint16_t order[] = {1, 2, 0};
    struct tally_result *result = count(draw, "ranked-pairs-margins", 1, NULL, false);
    check_winners(result, "ab");
    check_ranking(result, "a=b c");
    check_tie(result, 0, 0, TALLY_BY_NOBODY, "ab");
    tally_result_free(result);
    result = count(draw, "ranked-pairs-margins", 1, order, false);
    check_winners(result, "b");
    check_ranking(result, "b a c");
    check_tie(result, 0, 0, TALLY_BY_LOT, "ba");
    tally_result_free(result);
}

/* ---- the others ---- */

Test(plurality, equal_first_ranks_count_for_nobody)
{
    struct tally_result *result =
        count(THREE "3:a\n2:b=c\n1:\n2:b>a\n", "plurality", 1, NULL, false);
    cr_assert_eq(tally_result_score(result, 0).value, 3);
    cr_assert_eq(tally_result_score(result, 1).value, 2);
    cr_assert_eq(tally_result_score(result, 2).value, 0);
    cr_assert_eq(tally_result_exhausted(result).value, 2);
    cr_assert_eq(tally_result_blank(result), 1);
    cr_assert_eq(tally_result_ballots(result), 8);
    check_ranking(result, "a b c");
    tally_result_free(result);
}

/* Two papers name nobody anywhere, three only in the second place, four name B beside
 * somebody. Who is marked twice in the first place is still alone there. */
Test(plurality, a_first_place_without_a_name_counts_for_nobody)
{
    static const struct tally_mark nobody[] = {{TALLY_UNNAMED, 1}};
    static const struct tally_mark second[] = {{TALLY_UNNAMED, 1}, {1, 2}};
    static const struct tally_mark beside[] = {{TALLY_UNNAMED, 1}, {1, 1}};
    static const struct tally_mark twice[] = {{0, 1}, {0, 1}, {0, 3}, {TALLY_UNNAMED, 4}};
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(2, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, nobody, 1, 2), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, second, 2, 3), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, beside, 2, 4), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, twice, 4, 5), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, NULL, 0, 6), TALLY_OK);
    struct tally_result *result = random_count(profile, "plurality", 1, NULL);
    cr_assert_eq(tally_result_score(result, 0).value, 5);
    cr_assert_eq(tally_result_score(result, 1).value, 0);
    cr_assert_eq(tally_result_exhausted(result).value, 9);
    cr_assert_eq(tally_result_blank(result), 6);
    tally_result_free(result);
    tally_profile_free(profile);
}

Test(approval, a_ballot_of_unnamed_marks_is_exhausted_and_not_blank)
{
    static const char *const methods[] = {
        "approval", "equal-shares", "pav", "seq-pav", "seq-phragmen"};
    static const struct tally_mark unnamed = {TALLY_UNNAMED, 1};
    static const struct tally_mark named[] = {{0, 1}, {TALLY_UNNAMED, 1}};
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(2, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, &unnamed, 1, 2), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, named, 2, 3), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, NULL, 0, 5), TALLY_OK);
    for (size_t m = 0; m < 5; m++) {
        struct tally_result *result = random_count(profile, methods[m], 1, NULL);
        check_winners(result, "a");
        cr_assert_eq(tally_result_exhausted(result).value, 2, "%s", methods[m]);
        cr_assert_eq(tally_result_blank(result), 5);
        tally_result_free(result);
    }
    tally_profile_free(profile);
}

Test(approval, the_first_seats_win_and_a_tie_at_the_last_seat_is_told)
{
    static const char approvals[] = FOUR "5:a=b\n3:c=d\n2:a\n";
    static const uint16_t order[] = {3, 0, 1, 2};
    struct tally_result *result = count(approvals, "approval", 3, NULL, false);
    check_winners(result, "abcd");
    check_ranking(result, "a b c=d");
    check_tie(result, 0, 0, TALLY_BY_NOBODY, "cd");
    cr_assert_not(tally_result_paired(result));
    tally_result_free(result);
    result = count(approvals, "approval", 3, order, false);
    check_winners(result, "abd");
    check_possible(result, "abcd");
    check_ranking(result, "a b d c");
    tally_result_free(result);
    result = count(approvals, "approval", 2, order, false);
    check_winners(result, "ab");
    cr_assert_eq(tally_result_state(result), TALLY_DECIDED);
    tally_result_free(result);
}

Test(minimax, scores_are_worst_defeats_by_each_measure)
{
    static const char cut[] = THREE "4:a\n1:b>a\n2:b>c\n3:c>b\n1:c>a\n";
    struct tally_result *wv = count(cut, "minimax-wv", 1, NULL, false);
    struct tally_result *margins = count(cut, "minimax-margins", 1, NULL, false);
    struct tally_result *opposition = count(cut, "minimax-opposition", 1, NULL, false);
    /* a:b 5:6, a:c 5:6, b:c 3:4 */
    cr_assert_eq(tally_result_score(wv, 0).value, 6);
    cr_assert_eq(tally_result_score(wv, 1).value, 4);
    cr_assert_eq(tally_result_score(wv, 2).value, 0);
    cr_assert_eq(tally_result_score(margins, 0).value, 1);
    cr_assert_eq(tally_result_score(margins, 1).value, 1);
    cr_assert_eq(tally_result_score(opposition, 2).value, 5);
    check_ranking(wv, "c b a");
    check_ranking(margins, "c a=b");
    tally_result_free(wv);
    tally_result_free(margins);
    tally_result_free(opposition);
}

Test(smith, sets_follow_each_other_and_win_whole_whatever_the_seats)
{
    static const char sets[] = FOUR "=e:[e]\n1:a>b>c>d>e\n1:b>c>a>d>e\n1:c>a>b>e>d\n";
    struct tally_result *result = count(sets, "smith", 1, NULL, false);
    check_winners(result, "abc");
    check_ranking(result, "a=b=c d e");
    cr_assert_eq(tally_result_state(result), TALLY_DECIDED);
    tally_result_free(result);
    result = count(sets, "condorcet", 1, NULL, false);
    check_winners(result, "");
    check_ranking(result, "a=b=c d e");
    tally_result_free(result);
}

Test(overvote, ends_the_ballot_or_is_passed_over)
{
    static const char over[] = THREE "2:a\n3:b=c>a\n2:b\n";
    struct tally_file *file = read_text(over, TALLY_FORMAT_ABIF);
    struct tally_result *result =
        count_by(tally_file_profile(file), rule_for("irv", 1, NULL, 0));
    cr_assert_eq(tally_round_exhausted(result, 0).value, 3);
    cr_assert_eq(tally_round_votes(result, 0, 0).value, 2);
    tally_result_free(result);
    struct tally_rule *skip = rule_for("irv", 1, NULL, 0);
    rule_set(skip, "overvote", "skip");
    result = count_by(tally_file_profile(file), skip);
    cr_assert_eq(tally_round_exhausted(result, 0).value, 0);
    cr_assert_eq(tally_round_votes(result, 0, 0).value, 5);
    tally_result_free(result);
    tally_file_free(file);
}
