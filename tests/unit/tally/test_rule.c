/* Rules: methods by name, seats, tie orders, codes and numbers. */
#include "random_profile.h"

#include <criterion/criterion.h>
#include <string.h>

static struct tally_profile *three_options(void)
{
    struct tally_profile *profile = NULL;
    struct tally_mark mark = {.option = 1, .place = 1};
    cr_assert_eq(tally_profile_new(3, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, &mark, 1, 1), TALLY_OK);
    return profile;
}

Test(method, is_found_by_its_name_and_only_by_it)
{
    size_t count = 0;
    for (; tally_method_at(count) != NULL; count++) {
        const char *name = tally_method_name(tally_method_at(count));
        cr_assert_eq(tally_method_find(name), tally_method_at(count));
    }
    cr_assert_geq(count, 14);
    cr_assert_null(tally_method_find("ranked-pairs"));
    cr_assert_null(tally_method_find(""));
    cr_assert_null(tally_method_at(count + 1));
}

Test(method, the_defaults_are_ranked_pairs_instant_runoff_scottish_stv_and_approval)
{
    const char *const defaults[] = {"ranked-pairs-wv", "irv", "stv-scottish", "approval"};
    size_t count = 0;
    for (size_t i = 0; tally_method_at(i) != NULL; i++) {
        count += tally_method_default(tally_method_at(i)) ? 1 : 0;
    }
    cr_assert_eq(count, 4);
    for (size_t i = 0; i < 4; i++) {
        cr_assert(tally_method_default(tally_method_find(defaults[i])));
    }
    cr_assert_eq(tally_method_form(tally_method_find("approval")), TALLY_APPROVAL);
    cr_assert_eq(tally_method_form(tally_method_find("irv")), TALLY_RANKING);
    cr_assert(tally_method_multi(tally_method_find("approval")));
    cr_assert_not(tally_method_multi(tally_method_find("irv")));
}

Test(rule, refuses_no_method_seats_out_of_range_and_an_order_that_is_no_permutation)
{
    struct tally_profile *profile = three_options();
    struct tally_result *result = NULL;
    const uint16_t twice[] = {0, 1, 1};
    const uint16_t beyond[] = {0, 1, 3};
    const struct tally_method *irv = tally_method_find("irv");
    struct tally_rule *rule = NULL;
    cr_assert_eq(tally_rule_new(NULL, 1, &rule), TALLY_UNKNOWN_METHOD);
    cr_assert_eq(tally_rule_new(irv, 0, &rule), TALLY_BAD_RULE);
    cr_assert_null(rule);
    rule = rule_for("irv", 4, NULL, 0);
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_BAD_RULE);
    cr_assert_eq(tally_rule_tie_order(rule, twice, 3), TALLY_BAD_RULE);
    cr_assert_eq(tally_rule_tie_order(rule, beyond, 3), TALLY_BAD_RULE);
    cr_assert_eq(tally_rule_tie_order(rule, beyond, 0), TALLY_BAD_RULE);
    tally_rule_free(rule);
    rule = rule_for("irv", 1, (const uint16_t[]){0, 1, 2, 3}, 4);
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_BAD_RULE);
    tally_rule_free(rule);
    cr_assert_null(result);
    tally_profile_free(profile);
    tally_result_free(NULL);
}

Test(rule, the_result_outlives_ballots_and_rule)
{
    struct tally_profile *profile = three_options();
    uint16_t order[] = {2, 0, 1};
    struct tally_result *result = random_count(profile, "irv", 1, order);
    tally_profile_free(profile);
    memset(order, 0, sizeof order);
    const uint16_t *kept = NULL;
    cr_assert_eq(tally_result_tie_order(result, &kept), 3);
    cr_assert_eq(kept[0], 2);
    cr_assert_eq(tally_result_options(result), 3);
    cr_assert_eq(tally_result_seats(result), 1);
    tally_result_free(result);
}

Test(rule, every_method_counts_one_option_no_ballots_and_blank_ballots_only)
{
    for (size_t m = 0; tally_method_at(m) != NULL; m++) {
        const char *method = tally_method_name(tally_method_at(m));
        bool scores = tally_method_form(tally_method_at(m)) == TALLY_SCORE;
        bool names_a_set =
            strcmp(method, "smith") == 0 || strcmp(method, "condorcet") == 0;
        size_t most = tally_method_options_max(tally_method_at(m));
        for (size_t options = 1; options <= 70 && options <= most; options += 23) {
            struct tally_profile *profile = NULL;
            const uint16_t *winners = NULL;
            enum tally_status made = scores
                                         ? tally_profile_new_scored(options, 5, &profile)
                                         : tally_profile_new(options, &profile);
            cr_assert_eq(made, TALLY_OK);
            struct tally_result *empty = random_count(profile, method, 1, NULL);
            cr_assert_eq(tally_profile_add(profile, NULL, 0, 9), TALLY_OK);
            struct tally_result *blank = random_count(profile, method, 1, NULL);
            cr_assert_eq(tally_result_ballots(blank), 9);
            cr_assert_eq(tally_result_blank(blank), 9);
            cr_assert_eq(tally_result_exhausted(blank).value, 0);
            size_t count = tally_result_winners(empty, &winners);
            cr_assert_eq(tally_result_winners(blank, &winners), count);
            bool nobody = strcmp(method, "condorcet") == 0 && options > 1;
            cr_assert_eq(count, nobody ? 0 : options, "%s", method);
            bool tie = options > 1 && !names_a_set;
            cr_assert_eq(
                tally_result_state(empty), tie ? TALLY_TIE_DECISIVE : TALLY_DECIDED,
                "%s with %zu options", method, options);
            tally_result_free(empty);
            tally_result_free(blank);
            tally_profile_free(profile);
        }
    }
}

static void check_number(int64_t value, int64_t unit, const char *expected)
{
    char text[TALLY_NUMBER_BYTES];
    size_t bytes =
        tally_number_write((struct tally_number){.value = value, .unit = unit}, text);
    cr_assert_str_eq(text, expected);
    cr_assert_eq(bytes, strlen(expected));
}

Test(number, is_a_decimal_if_it_ends_and_else_a_fraction)
{
    check_number(0, 1, "0");
    check_number(0, 7, "0");
    check_number(41, 2, "20.5");
    check_number(40, 2, "20");
    check_number(-1, 2, "-0.5");
    check_number(1, 100000, "0.00001");
    check_number(123456789, 100000, "1234.56789");
    check_number(1, 1000000000, "0.000000001");
    check_number(1, 8, "0.125");
    check_number(14, 6, "7/3");
    check_number(-14, 6, "-7/3");
    check_number(1, INT64_MAX, "1/9223372036854775807");
    check_number(INT64_MAX, 1, "9223372036854775807");
    check_number(INT64_MIN, 1, "-9223372036854775808");
    check_number(INT64_MIN, 3, "-9223372036854775808/3");
    check_number(INT64_MAX, 2, "4611686018427387903.5");
}

Test(code, every_status_state_and_settlement_has_its_word)
{
    cr_assert_str_eq(tally_status_code(TALLY_OK), "ok");
    cr_assert_str_eq(tally_status_code(TALLY_BAD_FILE), "bad-file");
    cr_assert_str_eq(tally_state_code(TALLY_DECIDED), "decided");
    cr_assert_str_eq(tally_state_code(TALLY_TIE_IRRELEVANT), "tie-irrelevant");
    cr_assert_str_eq(tally_state_code(TALLY_TIE_DECISIVE), "tie-decisive");
    cr_assert_str_eq(tally_state_code(TALLY_NOT_SETTLED), "not-settled");
    cr_assert_str_eq(tally_settled_code(TALLY_BY_EARLIER_ROUND), "earlier-round");
    cr_assert_str_eq(tally_settled_code(TALLY_BY_LOSING_VOTES), "losing-votes");
    cr_assert_str_eq(tally_settled_code(TALLY_BY_LOT), "lot");
    cr_assert_str_eq(tally_settled_code(TALLY_BY_NOBODY), "open");
}

/* A rule as the library makes it: rule_for wants the matrix. */
static struct tally_result *
count_plainly(const struct tally_profile *profile, const char *method, bool wanted)
{
    struct tally_rule *rule = NULL;
    cr_assert_eq(tally_rule_new(tally_method_find(method), 1, &rule), TALLY_OK);
    if (wanted) {
        tally_rule_want_matrix(rule);
    }
    return count_by(profile, rule);
}

Test(rule, the_matrix_is_made_where_it_is_looked_at_or_wanted)
{
    static const struct tally_mark ballot[] = {
        {.option = 2, .place = 1}, {.option = 0, .place = 2}};

    static const struct row {
        const char *method;
        bool wanted;
        bool paired;
    } rows[] = {
        {"schulze-wv", false, true}, {"borda", false, true},    {"irv", false, false},
        {"irv", true, true},         {"approval", true, false},
    };
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(3, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, ballot, 2, 5), TALLY_OK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct tally_result *result =
            count_plainly(profile, rows[i].method, rows[i].wanted);
        cr_expect_eq(tally_result_paired(result), rows[i].paired, "%s", rows[i].method);
        if (rows[i].paired) {
            cr_expect_eq(tally_result_pair(result, 2, 1), 5);
        }
        tally_result_free(result);
    }
    tally_profile_free(profile);
}

Test(rule, compared_methods_share_one_matrix)
{
    static const struct tally_mark ballot[] = {
        {.option = 2, .place = 1}, {.option = 0, .place = 2}};
    struct tally_profile *profile = NULL;
    struct tally_comparison *comparison = NULL;
    struct tally_rule *rules[2] = {0};
    cr_assert_eq(tally_profile_new(3, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, ballot, 2, 1), TALLY_OK);
    cr_assert_eq(tally_rule_new(tally_method_find("irv"), 1, &rules[0]), TALLY_OK);
    cr_assert_eq(tally_rule_new(tally_method_find("copeland"), 1, &rules[1]), TALLY_OK);
    for (size_t count = 1; count <= 2; count++) {
        cr_assert_eq(
            tally_compare(
                profile, (const struct tally_rule *const *)rules, count, &comparison),
            TALLY_OK);
        const struct tally_result *irv = tally_comparison_result(comparison, 0);
        cr_expect_eq(tally_result_paired(irv), count == 2);
        tally_comparison_free(comparison);
    }
    tally_rule_free(rules[0]);
    tally_rule_free(rules[1]);
    tally_profile_free(profile);
}
