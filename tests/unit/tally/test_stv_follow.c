/* One ballot's way through a proportional count: all ways together make the votes. */
#include "random_profile.h"
#include "tally/stv_follow.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define POLLS 200

struct followed {
    const char *method;
    const char *setting; /* or NULL */
    const char *value;
};

static const struct followed all[] = {
    {"stv-scottish", NULL, NULL},      {"stv-wigm", "decimals", "4"},
    {"stv-wigm", "surplus", "all"},    {"stv-wigm", "surplus", "one"},
    {"stv-wigm", "rounding", "paper"}, {"stv-wigm", "surplus", "none"},
    {"stv-meek", NULL, NULL},
};

static struct tally_rule *rule_of(
    const struct followed *followed, size_t seats, const uint16_t *lot, size_t options)
{
    struct tally_rule *rule = rule_for(followed->method, seats, lot, options);
    if (followed->setting != NULL) {
        rule_set(rule, followed->setting, followed->value);
    }
    return rule;
}

static struct tally_result *
count_with(const struct tally_profile *profile, const struct tally_rule *rule)
{
    struct tally_result *result = NULL;
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_OK);
    return result;
}

static struct stv_way follow_row(
    const struct tally_profile *profile, const struct tally_rule *rule,
    const struct tally_result *result, size_t row, int64_t *ret_weight)
{
    uint16_t items[POLL_OPTIONS_MAX];
    const struct tally_mark *marks = NULL;
    enum ending ending = ENDING_CHOICES;
    struct stv_way way = {0};
    size_t count = tally_profile_ballot(profile, row, &marks, ret_weight);
    count = lists_read(rule, marks, count, items, &ending);
    cr_assert_eq(stv_follow(profile, rule, result, items, count, &way), TALLY_OK);
    cr_assert_eq(way.rounds, tally_result_rounds(result));
    return way;
}

/* Adds a ballot's parts of every round; they are never more than the ballot. */
static void
add_way(const struct stv_way *way, int64_t weight, int64_t unit, int64_t *sums)
{
    for (size_t r = 0; r < way->rounds; r++) {
        int64_t together = 0;
        for (size_t i = way->start[r]; i < way->start[r + 1]; i++) {
            const struct tally_part *part = way->parts + i;
            cr_assert_eq(part->value.unit, unit);
            cr_assert_gt(part->value.value, 0);
            sums[r * POLL_OPTIONS_MAX + part->option] += weight * part->value.value;
            together += part->value.value;
        }
        cr_assert_leq(together, unit);
    }
}

/* What cutting lost is told as having stayed with the elected. */
static void check_sums(const struct tally_result *result, const int64_t *sums, bool exact)
{
    for (size_t r = 0; r < tally_result_rounds(result); r++) {
        int64_t lost = tally_round_lost(result, r).value;
        int64_t more = 0;
        for (size_t o = 0; o < tally_result_options(result); o++) {
            bool in = tally_round_has(result, r, o);
            int64_t votes = in ? tally_round_votes(result, r, o).value : 0;
            int64_t difference = sums[r * POLL_OPTIONS_MAX + o] - votes;
            if (exact) {
                cr_assert(difference > -1000 && difference < 1000);
            } else {
                cr_assert_geq(difference, 0);
            }
            more += difference;
        }
        cr_assert(exact || more == lost);
    }
}

Test(stv_follow, all_ballots_together_are_the_votes_of_every_round)
{
    uint64_t state = 41;
    int64_t *sums = calloc(64 * POLL_OPTIONS_MAX, sizeof *sums);
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        uint16_t lot[POLL_OPTIONS_MAX];
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        random_permutation(&state, poll.options, lot);
        const struct followed *followed = all + turn % (sizeof all / sizeof all[0]);
        size_t seats = 1 + random_below(&state, poll.options);
        struct tally_rule *rule =
            rule_of(followed, seats, turn % 3 > 0 ? lot : NULL, poll.options);
        struct tally_result *result = count_with(profile, rule);
        cr_assert_leq(tally_result_rounds(result), 64);
        memset(sums, 0, 64 * POLL_OPTIONS_MAX * sizeof *sums);
        for (size_t i = 0; i < tally_profile_distinct(profile); i++) {
            int64_t weight = 0;
            struct stv_way way = follow_row(profile, rule, result, i, &weight);
            add_way(&way, weight, tally_round_exhausted(result, 0).unit, sums);
            stv_way_fini(&way);
        }
        bool exact = strcmp(followed->method, "stv-wigm") == 0 &&
                     strcmp(followed->setting, "decimals") != 0;
        check_sums(result, sums, exact);
        tally_result_free(result);
        tally_rule_free(rule);
        tally_profile_free(profile);
    }
    free(sums);
}

/* 7 AC, 3 B, 2 C for 2 seats: 0.28571 of each ballot AC goes on to C. */
Test(stv_follow, a_ballot_stays_in_part_with_the_winner_it_helped)
{
    const struct tally_mark marks[] = {{0, 1}, {2, 2}, {1, 1}, {2, 1}};
    const uint16_t items[] = {0, 2};
    struct tally_profile *profile = NULL;
    struct stv_way way = {0};
    cr_assert_eq(tally_profile_new(3, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, marks, 2, 7), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, marks + 2, 1, 3), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, marks + 3, 1, 2), TALLY_OK);
    struct tally_rule *rule = rule_for("stv-scottish", 2, NULL, 0);
    struct tally_result *result = count_with(profile, rule);
    cr_assert_eq(stv_follow(profile, rule, result, items, 2, &way), TALLY_OK);
    cr_assert_eq(way.rounds, 3);
    cr_assert_eq(way.start[1], 1);
    cr_assert(way.parts[0].option == 0 && way.parts[0].value.value == 100000);
    cr_assert_eq(way.start[2], 3);
    cr_assert(way.parts[1].option == 0 && way.parts[1].value.value == 71429);
    cr_assert(way.parts[2].option == 2 && way.parts[2].value.value == 28571);
    cr_assert_eq(way.start[3], 5);
    stv_way_fini(&way);
    cr_assert_eq(stv_follow(profile, rule, result, items + 1, 0, &way), TALLY_OK);
    cr_assert_eq(way.start[3], 0);
    stv_way_fini(&way);
    tally_result_free(result);
    tally_rule_free(rule);
    tally_profile_free(profile);
}
