/* What else people ask about a result: other methods, one ballot's way, another lot, and
 * fragility where it can be reckoned by hand. */
#include "print_result.h"
#include "random_profile.h"
#include "tally/profile.h"

#include <criterion/criterion.h>
#include <string.h>

enum { A, B, C, D };

static char text_a[PRINTED_BYTES_MAX];
static char text_b[PRINTED_BYTES_MAX];

/* ---- would other methods agree? ---- */

struct comparing {
    struct tally_profile *profile;
    struct tally_rule *rules[8];
    size_t count;
    struct tally_comparison *comparison;
};

static void compare(struct comparing *comparing, struct tally_profile *profile)
{
    comparing->profile = profile;
    enum tally_status status = tally_compare(
        profile, (const struct tally_rule *const *)comparing->rules, comparing->count,
        &comparing->comparison);
    cr_assert_eq(status, TALLY_OK);
}

static void comparing_fini(struct comparing *comparing)
{
    tally_comparison_free(comparing->comparison);
    for (size_t i = 0; i < comparing->count; i++) {
        tally_rule_free(comparing->rules[i]);
    }
    tally_profile_free(comparing->profile);
}

static struct tally_profile *profile_of(const char *abif)
{
    struct tally_file *file = read_text(abif, TALLY_FORMAT_ABIF);
    const struct tally_profile *read = tally_file_profile(file);
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(tally_profile_options(read), &profile), TALLY_OK);
    cr_assert_eq(tally_profile_merge(profile, read), TALLY_OK);
    tally_file_free(file);
    return profile;
}

/* A has most first ranks and loses every duel; C in the middle beats both. */
static const char squeeze[] = "40:A>C>B\n35:B>C>A\n25:C>B>A\n";

Test(compare, says_which_methods_elect_the_same)
{
    static const char *const methods[] = {"ranked-pairs-wv", "schulze-margins", "irv",
                                          "plurality",       "approval",        "star"};
    struct comparing comparing = {0};
    for (size_t i = 0; i < 5; i++) {
        comparing.rules[comparing.count++] = rule_for(methods[i], 1, NULL, 0);
    }
    comparing.rules[comparing.count++] = rule_for("irv", 4, NULL, 0); /* of 3 options */
    compare(&comparing, profile_of(squeeze));
    const struct tally_comparison *comparison = comparing.comparison;
    cr_assert_eq(tally_comparison_rows(comparison), 6);
    static const bool agrees[] = {true, true, false, false, false, false};
    for (size_t i = 0; i < 6; i++) {
        cr_assert_eq(tally_comparison_agrees(comparison, i), agrees[i], "%zu", i);
    }
    cr_assert_eq(tally_comparison_status(comparison, 0), TALLY_OK);
    cr_assert_eq(tally_comparison_status(comparison, 5), TALLY_BAD_RULE);
    cr_assert_null(tally_comparison_result(comparison, 5));
    const uint16_t *winners = NULL;
    cr_assert_eq(
        tally_result_winners(tally_comparison_result(comparison, 2), &winners), 1);
    cr_assert_eq(winners[0], 2); /* B, the third to be named */
    comparing_fini(&comparing);
}

Test(compare, agrees_with_nobody_whose_first_row_failed)
{
    struct comparing comparing = {.count = 2};
    comparing.rules[0] = rule_for("irv", 4, NULL, 0);
    comparing.rules[1] = rule_for("irv", 1, NULL, 0);
    compare(&comparing, profile_of(squeeze));
    cr_assert_not(tally_comparison_agrees(comparing.comparison, 0));
    cr_assert_not(tally_comparison_agrees(comparing.comparison, 1));
    comparing_fini(&comparing);
}

Test(compare, needs_no_rules_and_no_rankings)
{
    struct comparing none = {0};
    compare(&none, profile_of(squeeze));
    cr_assert_eq(tally_comparison_rows(none.comparison), 0);
    comparing_fini(&none);
    struct comparing approval = {.count = 1};
    approval.rules[0] = rule_for("approval", 1, NULL, 0);
    compare(&approval, profile_of(squeeze));
    cr_assert(tally_comparison_agrees(approval.comparison, 0));
    comparing_fini(&approval);
    tally_comparison_free(NULL);
}

static void add_raw(struct tally_profile *profile)
{
    const struct tally_mark raw[] = {
        {0, 2}, {TALLY_UNNAMED, 1}, {0, 3}, {(uint16_t)0, 1}};
    cr_assert_eq(tally_profile_add(profile, raw, 4, 2), TALLY_OK);
}

Test(compare, gives_what_each_count_alone_gives)
{
    uint64_t state = 91;
    for (size_t turn = 0; turn < 60; turn++) {
        struct random_poll poll = random_poll(&state);
        struct comparing comparing = {0};
        size_t methods = 0;
        while (tally_method_at(methods) != NULL) {
            methods++;
        }
        for (size_t i = 0; i < 8; i++) {
            size_t m = random_below(&state, methods);
            if (tally_method_form(tally_method_at(m)) != TALLY_SCORE) {
                const char *name = tally_method_name(tally_method_at(m));
                comparing.rules[comparing.count++] = rule_for(name, 1, NULL, 0);
            }
        }
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        if (turn % 2 == 0) {
            add_raw(profile);
        }
        compare(&comparing, profile);
        for (size_t i = 0; i < comparing.count; i++) {
            struct tally_result *alone = NULL;
            cr_assert_eq(tally_count(profile, comparing.rules[i], &alone), TALLY_OK);
            print_result(alone, NULL, text_a);
            print_result(tally_comparison_result(comparing.comparison, i), NULL, text_b);
            cr_assert_str_eq(text_a, text_b);
            tally_result_free(alone);
        }
        comparing_fini(&comparing);
    }
}

/* ---- what if the lot had fallen otherwise? ---- */

struct counted {
    struct tally_profile *profile;
    struct tally_rule *rule;
    struct tally_result *result;
};

static struct counted
count_with(struct tally_profile *profile, const char *method, const uint16_t *lot)
{
    struct counted counted = {.profile = profile};
    counted.rule = rule_for(method, 1, lot, tally_profile_options(profile));
    cr_assert_eq(tally_count(profile, counted.rule, &counted.result), TALLY_OK);
    return counted;
}

static struct counted
count_text(const char *text, const char *method, const uint16_t *lot)
{
    return count_with(profile_of(text), method, lot);
}

static void counted_fini(struct counted *counted)
{
    tally_result_free(counted->result);
    tally_rule_free(counted->rule);
    tally_profile_free(counted->profile);
}

static void check_lot(const struct tally_result *result, const uint16_t *expected)
{
    const uint16_t *lot = NULL;
    size_t count = tally_result_tie_order(result, &lot);
    for (size_t i = 0; i < count; i++) {
        cr_assert_eq(lot[i], expected[i]);
    }
}

/* A, B, C have 2 each, D none. The tied stand B C A in the lot, D between them. */
Test(otherwise, turns_the_tied_round_in_the_lot_and_leaves_the_others)
{
    static const uint16_t lot[] = {B, D, C, A};
    struct counted counted = count_text("2:A\n2:B\n2:C>D\n", "plurality", lot);
    const uint16_t *winners = NULL;
    cr_assert_eq(tally_result_winners(counted.result, &winners), 1);
    cr_assert_eq(winners[0], B);
    struct tally_result *other = NULL;
    cr_assert_eq(
        tally_count_otherwise(counted.profile, counted.rule, counted.result, 0, &other),
        TALLY_OK);
    cr_assert_eq(tally_result_winners(other, &winners), 1);
    cr_assert_eq(winners[0], A);
    check_lot(other, (uint16_t[]){A, D, C, B});
    tally_result_free(other);
    counted_fini(&counted);
}

Test(otherwise, is_refused_where_no_lot_settled_the_tie)
{
    struct counted open = count_text("1:A\n1:B\n", "plurality", NULL);
    struct tally_result *other = NULL;
    cr_assert_eq(tally_result_ties(open.result), 1);
    cr_assert_eq(
        tally_count_otherwise(open.profile, open.rule, open.result, 0, &other),
        TALLY_BAD_RULE);
    cr_assert_eq(
        tally_count_otherwise(open.profile, open.rule, open.result, 1, &other),
        TALLY_BAD_RULE);
    cr_assert_null(other);
    counted_fini(&open);
}

Test(otherwise, also_where_the_order_of_the_options_stands_for_the_lot)
{
    struct tally_profile *profile = profile_of("2:A\n2:B\n1:C\n");
    struct counted counted = {.profile = profile, .rule = rule_for("irv", 1, NULL, 0)};
    rule_set(counted.rule, "tiebreak", "option-order");
    cr_assert_eq(tally_count(profile, counted.rule, &counted.result), TALLY_OK);
    const uint16_t *winners = NULL;
    cr_assert_eq(tally_result_winners(counted.result, &winners), 1);
    cr_assert_eq(winners[0], A);
    struct tally_result *other = NULL;
    cr_assert_eq(
        tally_count_otherwise(profile, counted.rule, counted.result, 0, &other),
        TALLY_OK);
    cr_assert_eq(tally_result_winners(other, &winners), 1);
    cr_assert_eq(winners[0], B);
    check_lot(other, (uint16_t[]){B, A, C});
    tally_result_free(other);
    counted_fini(&counted);
}

Test(otherwise, elects_somebody_who_was_possible)
{
    uint64_t state = 92;
    size_t lots = 0;
    for (size_t turn = 0; turn < 400; turn++) {
        struct random_poll poll = random_poll(&state);
        uint16_t lot[POLL_OPTIONS_MAX];
        random_permutation(&state, poll.options, lot);
        static const char *const methods[] = {"irv",     "ranked-pairs-wv", "kemeny",
                                              "bucklin", "black",           "approval"};
        struct counted counted = count_with(
            random_profile(&poll, NULL, NULL), methods[random_below(&state, 6)], lot);
        for (size_t t = 0; t < tally_result_ties(counted.result); t++) {
            struct tally_result *other = NULL;
            enum tally_status status = tally_count_otherwise(
                counted.profile, counted.rule, counted.result, t, &other);
            bool by_lot = tally_tie_settled(counted.result, t) == TALLY_BY_LOT;
            cr_assert_eq(status, by_lot ? TALLY_OK : TALLY_BAD_RULE);
            const uint16_t *winners = NULL;
            const uint16_t *possible = NULL;
            size_t count = tally_result_possible(counted.result, &possible);
            bool found = !by_lot;
            for (size_t i = 0; i < count && !found; i++) {
                (void)tally_result_winners(other, &winners);
                found = possible[i] == winners[0];
            }
            cr_assert(found);
            lots += by_lot ? 1 : 0;
            tally_result_free(other);
        }
        counted_fini(&counted);
    }
    cr_assert_gt(lots, 50);
}

/* ---- fragility by hand ---- */

static struct tally_fragility ask(const struct counted *counted)
{
    return tally_result_fragility(counted->profile, counted->rule, counted->result);
}

static void check_fragility(
    const char *text, const char *method, int64_t ballots, bool exact, uint16_t rival)
{
    struct counted counted = count_text(text, method, NULL);
    struct tally_fragility answer = ask(&counted);
    cr_assert(answer.known);
    cr_assert_eq(answer.ballots, ballots, "%s: %ld", method, (long)answer.ballots);
    cr_assert_eq(answer.exact, exact, "%s", method);
    cr_assert_eq(answer.rival, rival, "%s", method);
    counted_fini(&counted);
}

/* A beats B 60 to 40 and C 70 to 30: ten ballots changed from A > B to B > A make it
 * 50 to 50. For plurality A has 60 − 40 = 20 more than B: ten as well. */
Test(fragility, is_half_of_the_least_margin_of_a_condorcet_winner)
{
    static const char text[] = "60:A>B>C\n30:C>B>A\n10:B>A>C\n";
    check_fragility(text, "condorcet", 10, true, B);
    check_fragility(text, "smith", 10, true, B);
    check_fragility(text, "ranked-pairs-wv", 10, true, B);
    check_fragility(text, "kemeny", 10, true, B);
}

/* 7 to 4: of an odd gap 3 two ballots are needed, and then B is ahead. */
Test(fragility, of_an_odd_gap_rounds_up)
{
    check_fragility("7:A\n4:B\n", "plurality", 2, true, B);
    check_fragility("7:A\n4:B\n", "approval", 2, true, B);
    check_fragility("7:A\n4:B\n", "irv", 2, false, B);
    check_fragility("7:A\n4:B\n", "ranked-pairs-margins", 2, true, B);
}

Test(fragility, counts_ballots_up_to_what_a_profile_holds)
{
    struct tally_profile *profile = NULL;
    const struct tally_mark a = {A, 1};
    const struct tally_mark b = {B, 1};
    cr_assert_eq(tally_profile_new(3, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, &a, 1, TALLY_BALLOTS_MAX - 1), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, &b, 1, 1), TALLY_OK);
    static const char *const methods[] = {"approval", "condorcet", "irv", "borda"};
    for (size_t i = 0; i < 4; i++) {
        struct counted counted = {
            .profile = profile, .rule = rule_for(methods[i], 1, NULL, 0)};
        cr_assert_eq(tally_count(profile, counted.rule, &counted.result), TALLY_OK);
        struct tally_fragility answer = ask(&counted);
        cr_assert(answer.known);
        cr_assert_leq(answer.ballots, TALLY_BALLOTS_MAX / 2);
        cr_assert_geq(answer.ballots, TALLY_BALLOTS_MAX / 4);
        cr_assert_eq(answer.rival, B, "%s", methods[i]);
        tally_result_free(counted.result);
        tally_rule_free(counted.rule);
    }
    tally_profile_free(profile);
}

static bool is_known(const char *text, const char *method)
{
    struct counted counted = count_text(text, method, NULL);
    bool known = ask(&counted).known;
    counted_fini(&counted);
    return known;
}

Test(fragility, is_unknown_where_there_is_no_such_figure)
{
    cr_assert_not(is_known("3:A\n", "irv")); /* one option is all */
    cr_assert_not(is_known("1:A>B>C\n1:B>C>A\n1:C>A>B\n", "condorcet")); /* nobody won */
    cr_assert_not(is_known("1:A>B>C\n1:B>C>A\n1:C>A>B>D\n", "smith"));   /* several did */
}

Test(fragility, is_unknown_while_it_is_not_settled_whether_the_lot_mattered)
{
    static const uint16_t lot[] = {A, B, C};
    struct tally_profile *profile = profile_of("1:A>B>C\n1:B>C>A\n1:C>A>B\n");
    struct counted counted = {
        .profile = profile, .rule = rule_for("ranked-pairs-wv", 1, lot, 3)};
    rule_set(counted.rule, "search", "none");
    cr_assert_eq(tally_count(profile, counted.rule, &counted.result), TALLY_OK);
    cr_assert_not(ask(&counted).known);
    counted_fini(&counted);
}

Test(fragility, is_nothing_where_a_lot_decides_and_names_who_else_might_win)
{
    static const uint16_t lot[] = {B, A, C};
    struct counted counted = count_text("2:A\n2:B\n1:C\n", "plurality", lot);
    struct tally_fragility answer = ask(&counted);
    cr_assert(answer.known && answer.exact);
    cr_assert_eq(answer.ballots, 0);
    cr_assert_eq(answer.rival, A);
    counted_fini(&counted);
    counted = count_text("2:A\n2:B\n1:C\n", "plurality", NULL);
    answer = ask(&counted);
    cr_assert_eq(answer.ballots, 0);
    cr_assert_eq(answer.rival, B);
    counted_fini(&counted);
}

/* B and C are as near; the lot has C before B. */
Test(fragility, names_of_two_as_near_rivals_whom_the_lot_favours)
{
    static const uint16_t lot[] = {C, A, B};
    static const char *const methods[] = {"plurality", "condorcet", "borda"};
    for (size_t i = 0; i < 3; i++) {
        struct counted counted = count_text("8:A\n2:B\n2:C\n", methods[i], lot);
        cr_assert_eq(ask(&counted).rival, C);
        counted_fini(&counted);
        counted = count_text("8:A\n2:B\n2:C\n", methods[i], NULL);
        cr_assert_eq(ask(&counted).rival, B);
        counted_fini(&counted);
    }
}

/* ---- ballots that were taken back ---- */

/* A profile that changes may keep a row of no ballots: here C > B > A > D. */
static struct tally_profile *with_an_empty_row(void)
{
    struct tally_profile *profile = profile_of("4:A>D\n3:B\n1:C>B>A>D\n");
    for (size_t i = 0; i < profile->row_count; i++) {
        struct ballot_row *row = profile->rows + i;
        if (row->count == 4) {
            profile->ballots -= row->weight;
            row->weight = 0;
        }
    }
    return profile;
}

Test(more, rows_without_a_ballot_change_nothing)
{
    for (size_t m = 0; tally_method_at(m) != NULL; m++) {
        const char *method = tally_method_name(tally_method_at(m));
        if (tally_method_form(tally_method_at(m)) == TALLY_SCORE) {
            continue;
        }
        struct counted with = count_with(with_an_empty_row(), method, NULL);
        struct tally_profile *profile = NULL;
        const struct tally_mark a_d[] = {{0, 1}, {1, 2}};
        const struct tally_mark b[] = {{2, 1}};
        cr_assert_eq(tally_profile_new(4, &profile), TALLY_OK);
        cr_assert_eq(tally_profile_add(profile, a_d, 2, 4), TALLY_OK);
        cr_assert_eq(tally_profile_add(profile, b, 1, 3), TALLY_OK);
        struct counted without = count_with(profile, method, NULL);
        print_result(with.result, NULL, text_a);
        print_result(without.result, NULL, text_b);
        cr_assert_str_eq(text_a, text_b);
        struct tally_fragility one = ask(&with);
        struct tally_fragility other = ask(&without);
        cr_assert_eq(one.known, other.known);
        cr_assert_eq(one.ballots, other.ballots);
        cr_assert_eq(one.exact, other.exact);
        counted_fini(&with);
        counted_fini(&without);
    }
}
