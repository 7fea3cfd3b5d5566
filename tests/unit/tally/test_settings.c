/* Settings as text, write-ins, and ties that a seed settles. */
#include "tally_kit.h"

#include <string.h>

Test(setting, has_a_name_a_sentence_and_values_that_can_be_set_and_read_back)
{
    size_t values = 0;
    for (size_t m = 0; tally_method_at(m) != NULL; m++) {
        const struct tally_method *method = tally_method_at(m);
        struct tally_rule *rule = rule_for(tally_method_name(method), 1, NULL, 0);
        const struct tally_setting *setting = NULL;
        for (size_t s = 0; (setting = tally_method_setting(method, s)) != NULL; s++) {
            const char *value = tally_setting_value(setting, 0);
            cr_assert(strlen(tally_setting_help(setting)) > 10);
            cr_assert_str_eq(tally_rule_value(rule, setting), value);
            for (size_t v = 0; (value = tally_setting_value(setting, v)) != NULL; v++) {
                bool range = strstr(value, "…") != NULL;
                value = range ? "7" : value;
                rule_set(rule, tally_setting_name(setting), value);
                cr_assert_str_eq(tally_rule_value(rule, setting), value);
                values++;
            }
        }
        tally_rule_free(rule);
    }
    cr_assert_gt(values, 50);
}

Test(setting, another_spelling_of_a_value_says_the_same)
{
    struct tally_rule *rule = rule_for("stv-wigm", 1, NULL, 0);
    rule_set(rule, "quota", "exact+1ulp");
    const struct tally_setting *quota = NULL;
    for (size_t s = 0; quota == NULL; s++) {
        quota = tally_method_setting(tally_rule_method(rule), s);
        quota = strcmp(tally_setting_name(quota), "quota") == 0 ? quota : NULL;
    }
    const char *first = tally_rule_value(rule, quota);
    rule_set(rule, "quota", "droop-exact");
    cr_assert_str_eq(tally_rule_value(rule, quota), first);
    tally_rule_free(rule);
}

static void check_set(
    const char *method, const char *name, const char *value, enum tally_status expected)
{
    struct tally_rule *rule = rule_for(method, 1, NULL, 0);
    cr_assert_eq(
        tally_rule_set(rule, name, value), expected, "%s: %s=%s", method, name, value);
    tally_rule_free(rule);
}

Test(setting, is_known_by_its_whole_name_with_hyphens_or_underscores)
{
    check_set("irv", "max-skipped-ranks", "1", TALLY_OK);
    check_set("irv", "max_skipped_ranks", "1", TALLY_OK);
    check_set("irv", "max-skipped_ranks", "1", TALLY_OK);
    check_set("irv", "max skipped ranks", "1", TALLY_UNKNOWN_SETTING);
    check_set("irv", "max-skipped-rank", "1", TALLY_UNKNOWN_SETTING);
    check_set("irv", "max-skipped-ranks-", "1", TALLY_UNKNOWN_SETTING);
    check_set("irv", "", "1", TALLY_UNKNOWN_SETTING);
    check_set("approval", "overvote", "skip", TALLY_UNKNOWN_SETTING);
}

Test(setting, refuses_what_is_none_of_its_values_and_numbers_out_of_range)
{
    check_set("irv", "overvote", "ignore", TALLY_BAD_VALUE);
    check_set("irv", "overvote", "0", TALLY_BAD_VALUE);
    check_set("irv", "max-skipped-ranks", "65534", TALLY_OK);
    check_set("irv", "max-skipped-ranks", "65535", TALLY_BAD_VALUE);
    check_set("irv", "max-skipped-ranks", "4294967296", TALLY_BAD_VALUE);
    check_set("irv", "max-skipped-ranks", "", TALLY_BAD_VALUE);
    check_set("irv", "max-skipped-ranks", "-1", TALLY_BAD_VALUE);
    check_set("irv", "max-skipped-ranks", "1x", TALLY_BAD_VALUE);
    check_set("score", "max", "0", TALLY_BAD_VALUE);
    check_set("score", "max", "1", TALLY_OK);
    check_set("score", "max", "1000", TALLY_OK);
    check_set("score", "max", "1001", TALLY_BAD_VALUE);
}

Test(rule, tells_its_method_and_seats)
{
    struct tally_rule *rule = rule_for("irv", 2, NULL, 0);
    cr_assert_eq(tally_rule_method(rule), tally_method_find("irv"));
    cr_assert_eq(tally_rule_seats(rule), 2);
    tally_rule_free(rule);
}

Test(method, tells_its_source_and_what_is_proven_of_it)
{
    const struct tally_method *schulze = tally_method_find("schulze-wv");
    cr_assert(tally_method_properties(schulze) & TALLY_CONDORCET);
    cr_assert_not(tally_method_properties(schulze) & TALLY_LATER_NO_HARM);
    cr_assert(tally_method_properties(tally_method_find("irv")) & TALLY_LATER_NO_HARM);
    for (size_t m = 0; tally_method_at(m) != NULL; m++) {
        cr_assert(strlen(tally_method_source(tally_method_at(m))) > 10);
    }
}

Test(method, only_exact_fractions_and_best_committees_may_be_refused)
{
    for (size_t m = 0; tally_method_at(m) != NULL; m++) {
        const char *name = tally_method_name(tally_method_at(m));
        bool may = strcmp(name, "stv-wigm") == 0 || strcmp(name, "pav") == 0;
        cr_assert_eq(tally_method_may_refuse(tally_method_at(m)), may, "%s", name);
    }
}

Test(rule, a_write_in_must_be_an_option)
{
    struct tally_profile *profile = NULL;
    struct tally_result *result = NULL;
    struct tally_rule *rule = rule_for("irv", 1, NULL, 0);
    cr_assert_eq(tally_profile_new(3, &profile), TALLY_OK);
    cr_assert_eq(tally_rule_write_in(rule, TALLY_OPTIONS_MAX), TALLY_BAD_RULE);
    cr_assert_eq(tally_rule_write_in(rule, 2), TALLY_OK);
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_OK);
    tally_result_free(result);
    result = NULL;
    cr_assert_eq(tally_rule_write_in(rule, 3), TALLY_OK);
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_BAD_RULE);
    cr_assert_null(result);
    tally_rule_free(rule);
    tally_profile_free(profile);
}

Test(rule, a_tie_order_has_no_more_options_than_a_profile_may_have)
{
    uint16_t order[TALLY_OPTIONS_MAX + 1];
    struct tally_rule *rule = rule_for("irv", 1, NULL, 0);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        order[i] = (uint16_t)i;
    }
    cr_assert_eq(
        tally_rule_tie_order(rule, order, TALLY_OPTIONS_MAX + 1), TALLY_BAD_RULE);
    cr_assert_eq(tally_rule_tie_order(rule, order, TALLY_OPTIONS_MAX), TALLY_OK);
    tally_rule_free(rule);
}

/* ---- a seed ---- */

/* Stands in for HMAC: the bytes of poll and option id, one behind the other, by which the
 * order can be told; fails for the option `fails`. */
static bool plain_mac(
    void *ctx, const struct tally_text *parts, size_t part_count, uint8_t ret_mac[32])
{
    size_t at = 0;
    memset(ret_mac, 0, 32);
    for (size_t p = 0; p < part_count; p++) {
        memcpy(ret_mac + at, parts[p].data, parts[p].bytes);
        at += parts[p].bytes;
    }
    return ctx == NULL || parts[part_count - 1].data[0] != *(const char *)ctx;
}

static void
check_seed(const char *first, const char *second, const char *third, size_t top)
{
    const struct tally_text ids[] = {text_of(first), text_of(second), text_of(third)};
    struct tally_rule *rule = rule_for("plurality", 1, NULL, 0);
    struct tally_profile *profile = NULL;
    const uint16_t *winners = NULL;
    cr_assert_eq(tally_profile_new(3, &profile), TALLY_OK);
    cr_assert_eq(
        tally_rule_tie_seed(rule, plain_mac, NULL, text_of("poll"), ids, 3), TALLY_OK);
    struct tally_result *result = count_by(profile, rule);
    cr_assert_eq(tally_result_winners(result, &winners), 1);
    cr_assert_eq(winners[0], top);
    tally_result_free(result);
    tally_profile_free(profile);
}

Test(seed, favours_the_option_with_the_least_code_and_of_equals_the_first)
{
    check_seed("c", "b", "a", 2);
    check_seed("c", "a", "b", 1);
    check_seed("x", "a", "a", 1);
    check_seed("b", "b", "b", 0);
}

Test(seed, refuses_no_options_too_many_and_a_code_that_failed)
{
    static struct tally_text ids[TALLY_OPTIONS_MAX + 1];
    char fails = 'b';
    struct tally_rule *rule = rule_for("irv", 1, NULL, 0);
    for (size_t i = 0; i <= TALLY_OPTIONS_MAX; i++) {
        ids[i] = text_of(i == 1 ? "b" : "a");
    }
    const struct tally_text poll = text_of("poll");
    cr_assert_eq(
        tally_rule_tie_seed(rule, plain_mac, NULL, poll, ids, 0), TALLY_BAD_RULE);
    cr_assert_eq(
        tally_rule_tie_seed(rule, plain_mac, NULL, poll, ids, TALLY_OPTIONS_MAX + 1),
        TALLY_BAD_RULE);
    cr_assert_eq(
        tally_rule_tie_seed(rule, plain_mac, &fails, poll, ids, 3), TALLY_BAD_RULE);
    cr_assert_eq(
        tally_rule_tie_seed(rule, plain_mac, NULL, poll, ids, TALLY_OPTIONS_MAX),
        TALLY_OK);
    tally_rule_free(rule);
}

Test(result, without_a_lot_has_no_tie_order)
{
    struct tally_profile *profile = NULL;
    const uint16_t *order = NULL;
    cr_assert_eq(tally_profile_new(3, &profile), TALLY_OK);
    struct tally_result *result = count_by(profile, rule_for("irv", 1, NULL, 0));
    cr_assert_eq(tally_result_tie_order(result, &order), 0);
    cr_assert_null(order);
    tally_result_free(result);
    tally_profile_free(profile);
}

Test(code, every_fate_of_a_duel_has_its_word)
{
    cr_assert_str_eq(tally_fate_code(TALLY_LOCKED), "locked");
    cr_assert_str_eq(tally_fate_code(TALLY_DROPPED), "dropped");
    cr_assert_str_eq(tally_fate_code(TALLY_OPEN), "open");
    cr_assert_str_eq(tally_fate_code(TALLY_RUNOFF), "runoff");
}
