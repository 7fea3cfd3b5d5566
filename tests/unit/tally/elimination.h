/* Hand-computed counts by elimination: ballots stand as ABIF, options are lettered in the
 * order in which they are declared. */
#ifndef TEST_TALLY_ELIMINATION_H
#define TEST_TALLY_ELIMINATION_H

#include "tally_kit.h"

#include <stdio.h>

#define TWO   "=a:[a]\n=b:[b]\n"
#define THREE TWO "=c:[c]\n"
#define FOUR  THREE "=d:[d]\n"

/* Takes the rule. */
static inline struct tally_result *count(const char *abif, struct tally_rule *rule)
{
    struct tally_file *file = read_text(abif, TALLY_FORMAT_ABIF);
    struct tally_result *result = count_by(tally_file_profile(file), rule);
    tally_file_free(file);
    return result;
}

static inline struct tally_result *
count_open(const char *abif, const char *method, size_t seats)
{
    return count(abif, rule_for(method, seats, NULL, 0));
}

static inline size_t put(char *text, size_t at, const uint16_t *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text[at++] = (char)('a' + options[i]);
    }
    text[at] = '\0';
    return at;
}

static inline void
check_options(const uint16_t *options, size_t count, const char *expected)
{
    char text[64];
    put(text, 0, options, count);
    cr_assert_str_eq(text, expected);
}

static inline void check_winners(const struct tally_result *result, const char *expected)
{
    const uint16_t *options = NULL;
    size_t count = tally_result_winners(result, &options);
    check_options(options, count, expected);
}

static inline void check_possible(const struct tally_result *result, const char *expected)
{
    const uint16_t *options = NULL;
    size_t count = tally_result_possible(result, &options);
    check_options(options, count, expected);
}

/* "c a=b" */
static inline void check_ranking(const struct tally_result *result, const char *expected)
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

static inline void check_tie(
    const struct tally_result *result, size_t i, size_t round, enum tally_settled settled,
    const char *expected)
{
    const uint16_t *options = NULL;
    size_t count = tally_tie_options(result, i, &options);
    check_options(options, count, expected);
    cr_assert_eq(tally_tie_round(result, i), round);
    cr_assert_eq(tally_tie_settled(result, i), settled);
}

static inline void check_state(const struct tally_result *result, enum tally_state state)
{
    cr_assert_str_eq(
        tally_state_code(tally_result_state(result)), tally_state_code(state));
}

/* One line a round: votes of those in, exhausted, quota, who made it; then why, who was
 * elected (+) and who left (-): "a5 b4 x0 q5 <c lowest -b". Votes in round units. */
static inline void
check_round(const struct tally_result *result, size_t r, const char *expected)
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

/* The textbook's capital of Tennessee: Memphis, Nashville, Chattanooga, Knoxville. */
#define TENNESSEE FOUR "42:a>b>c>d\n26:b>c>d>a\n15:c>d>b>a\n17:d>c>b>a\n"

#endif
