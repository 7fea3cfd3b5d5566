#include "stv_kit.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

struct tally_profile *poll(size_t options, const char *ballots)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(options, &profile), TALLY_OK);
    for (const char *at = ballots; *at != '\0';) {
        struct tally_mark marks[32];
        size_t count = 0;
        char *end = NULL;
        int64_t weight = strtoll(at, &end, 10);
        for (at = end; *at >= 'A'; at++) {
            marks[count] = (struct tally_mark){
                .option = (uint16_t)(*at - 'A'), .place = (uint16_t)(count + 1)};
            count++;
        }
        at += *at == ' ' ? 1 : 0;
        cr_assert_eq(tally_profile_add(profile, marks, count, weight), TALLY_OK);
    }
    return profile;
}

struct tally_result *count_poll(
    struct tally_profile *profile, const char *method, size_t seats,
    const char *const *settings)
{
    struct tally_rule *rule = rule_for(method, seats, NULL, 0);
    for (; settings != NULL && *settings != NULL; settings += 2) {
        rule_set(rule, settings[0], settings[1]);
    }
    struct tally_result *result = count_by(profile, rule);
    tally_profile_free(profile);
    return result;
}

static void
round_text(const struct tally_result *result, size_t round, char *ret_text, size_t bytes)
{
    char number[TALLY_NUMBER_BYTES];
    size_t at = 0;
    for (size_t o = 0; o < tally_result_options(result); o++) {
        if (tally_round_has(result, round, o)) {
            tally_number_write(tally_round_votes(result, round, o), number);
            at += (size_t)snprintf(
                ret_text + at, bytes - at, "%s%c %s", at > 0 ? ", " : "", 'A' + (int)o,
                number);
        }
    }
    struct tally_number exhausted = tally_round_exhausted(result, round);
    if (exhausted.value != 0) {
        tally_number_write(exhausted, number);
        at += (size_t)snprintf(ret_text + at, bytes - at, "; exhausted %s", number);
    }
    struct tally_number lost = tally_round_lost(result, round);
    if (lost.value != 0) {
        tally_number_write(lost, number);
        (void)snprintf(ret_text + at, bytes - at, "; lost %s", number);
    }
}

static void letters(const uint16_t *options, size_t count, char *ret_text)
{
    for (size_t i = 0; i < count; i++) {
        *ret_text++ = (char)('A' + options[i]);
    }
    *ret_text = '\0';
}

static void check_round(
    const struct tally_result *result, size_t round, const struct expected *expected)
{
    char text[512];
    const uint16_t *options = NULL;
    round_text(result, round, text, sizeof text);
    cr_assert_str_eq(text, expected->votes, "round %zu: %s", round, text);
    size_t count = tally_round_sources(result, round, &options);
    letters(options, count, text);
    cr_assert_str_eq(text, expected->sources, "round %zu: from %s", round, text);
    count = tally_round_elected(result, round, &options);
    letters(options, count, text);
    cr_assert_str_eq(text, expected->elected, "round %zu: elected %s", round, text);
    count = tally_round_eliminated(result, round, &options);
    letters(options, count, text);
    cr_assert_str_eq(text, expected->eliminated, "round %zu: left %s", round, text);
    cr_assert_eq(tally_round_reason(result, round), expected->reason, "round %zu", round);
}

void check_rounds(
    const struct tally_result *result, const struct expected *expected, size_t count)
{
    cr_assert_eq(tally_result_rounds(result), count);
    for (size_t r = 0; r < count; r++) {
        check_round(result, r, expected + r);
    }
}

void check_winners(const struct tally_result *result, const char *expected)
{
    char text[64];
    const uint16_t *options = NULL;
    size_t count = tally_result_winners(result, &options);
    letters(options, count, text);
    cr_assert_str_eq(text, expected, "%s", text);
}

void check_possible(const struct tally_result *result, const char *expected)
{
    char text[64];
    const uint16_t *options = NULL;
    size_t count = tally_result_possible(result, &options);
    letters(options, count, text);
    cr_assert_str_eq(text, expected, "%s", text);
}

void check_tie(
    const struct tally_result *result, size_t i, const char *options, size_t round,
    enum tally_settled settled)
{
    char text[64];
    const uint16_t *tied = NULL;
    size_t count = tally_tie_options(result, i, &tied);
    letters(tied, count, text);
    cr_assert_str_eq(text, options, "%s", text);
    cr_assert_eq(tally_tie_round(result, i), round);
    cr_assert_eq(tally_tie_settled(result, i), settled);
}
