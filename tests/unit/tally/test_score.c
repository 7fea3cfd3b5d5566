/* Ballots of scores: totals, STAR with its ties, other methods on the same ballots. */
#include "random_profile.h"

#include <string.h>

struct row {
    int64_t weight;
    uint16_t scores[8];
};

/* Ballots that give each option a score, in order. */
static struct tally_profile *
scored(size_t options, size_t max, const struct row *rows, size_t count)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new_scored(options, max, &profile), TALLY_OK);
    for (size_t i = 0; i < count; i++) {
        struct tally_mark marks[8];
        for (uint16_t o = 0; o < options; o++) {
            marks[o] = (struct tally_mark){.option = o, .place = rows[i].scores[o]};
        }
        cr_assert_eq(
            tally_profile_add(profile, marks, options, rows[i].weight), TALLY_OK);
    }
    return profile;
}

static void expect_winners(
    const struct tally_result *result, const uint16_t *expected, size_t expected_count)
{
    const uint16_t *winners = NULL;
    cr_assert_eq(tally_result_winners(result, &winners), expected_count);
    cr_assert_arr_eq(winners, expected, expected_count * sizeof *expected);
}

static void expect_scores(const struct tally_result *result, const int64_t *expected)
{
    for (size_t o = 0; o < tally_result_options(result); o++) {
        cr_assert_eq(tally_result_score(result, o).value, expected[o]);
        cr_assert_eq(tally_result_score(result, o).unit, 1);
    }
}

static void expect_duel(
    const struct tally_result *result, size_t i, const struct tally_duel *expected)
{
    struct tally_duel duel = tally_result_duel(result, i);
    cr_assert_eq(duel.winner, expected->winner);
    cr_assert_eq(duel.loser, expected->loser);
    cr_assert_eq(duel.votes_for, expected->votes_for);
    cr_assert_eq(duel.votes_against, expected->votes_against);
    cr_assert_eq(duel.fate, expected->fate);
}

/* ---- the elections score-0-9, tennessee-star, hack-score-1 ---- */

/* Tea, coffee, water, juice. */
static const struct row drinks[] = {
    {7, {9, 6, 3, 0}}, {5, {0, 9, 4, 7}}, {4, {2, 1, 9, 8}}, {3, {5, 5, 5, 5}}};

/* Memphis, Nashville, Chattanooga, Knoxville. */
static const struct row tennessee[] = {
    {42, {5, 2, 1, 0}}, {26, {0, 5, 2, 1}}, {15, {0, 3, 5, 3}}, {17, {0, 2, 4, 5}}};

static const struct row ideas[] = {
    {1, {3, 0, 4, 0, 1, 0, 2, 2}}, {1, {2, 1, 3, 2, 2, 0, 4, 2}},
    {1, {1, 1, 5, 0, 3, 1, 5, 2}}, {1, {0, 4, 2, 0, 3, 3, 3, 0}},
    {1, {2, 0, 3, 0, 3, 0, 3, 4}}, {1, {3, 1, 3, 1, 3, 0, 3, 4}},
    {1, {1, 1, 4, 0, 2, 0, 5, 3}}, {1, {0, 2, 4, 0, 4, 3, 5, 5}},
    {1, {4, 0, 3, 1, 0, 0, 5, 4}}, {1, {2, 0, 5, 0, 3, 0, 2, 1}},
    {1, {0, 3, 2, 0, 2, 0, 5, 3}}, {1, {0, 0, 4, 0, 4, 0, 3, 3}},
    {1, {0, 0, 2, 0, 5, 1, 5, 3}}, {1, {1, 1, 3, 0, 1, 0, 5, 4}},
    {1, {2, 3, 3, 1, 5, 0, 5, 3}}, {1, {0, 1, 2, 0, 2, 0, 1, 5}},
    {1, {3, 1, 2, 0, 3, 0, 4, 0}}, {1, {0, 3, 4, 0, 1, 0, 3, 4}},
    {1, {1, 2, 4, 0, 2, 3, 3, 1}}, {1, {3, 1, 3, 1, 0, 0, 3, 1}},
    {1, {0, 3, 3, 0, 1, 2, 5, 1}}, {1, {4, 1, 2, 0, 4, 2, 5, 2}},
    {1, {0, 0, 3, 0, 3, 0, 3, 2}}, {1, {0, 0, 2, 0, 3, 0, 2, 3}},
    {1, {1, 3, 3, 0, 1, 0, 5, 3}}, {1, {1, 2, 3, 0, 1, 0, 3, 2}},
    {1, {1, 4, 5, 0, 2, 1, 5, 4}}, {1, {1, 1, 3, 0, 1, 0, 1, 1}},
    {1, {2, 0, 4, 0, 2, 0, 3, 2}}, {1, {4, 0, 2, 0, 2, 0, 5, 4}}};

struct poll {
    size_t options;
    const char *max;
    const struct row *rows;
    size_t count;
    int64_t totals[8];
    struct tally_duel runoff;
};

static const struct poll polls[] = {
    {4, "9", drinks, 4, {86, 106, 92, 82}, {1, 2, 12, 4, TALLY_RUNOFF}},
    {4, "5", tennessee, 4, {210, 293, 237, 156}, {1, 2, 68, 32, TALLY_RUNOFF}},
    {8, "5", ideas, 30, {42, 39, 95, 6, 69, 16, 111, 78}, {6, 2, 14, 8, TALLY_RUNOFF}},
};

Test(score, elections_with_known_results_count_as_they_must)
{
    for (size_t i = 0; i < sizeof polls / sizeof polls[0]; i++) {
        const struct poll *poll = polls + i;
        size_t max = poll->max[0] - '0';
        struct tally_profile *profile =
            scored(poll->options, max, poll->rows, poll->count);
        struct tally_rule *rule = rule_for("score", 1, NULL, 0);
        rule_set(rule, "max", poll->max);
        rule_set(rule, "blank", "0");
        struct tally_result *result = count_by(profile, rule);
        expect_winners(result, &poll->runoff.winner, 1);
        expect_scores(result, poll->totals);
        cr_assert_eq(tally_result_state(result), TALLY_DECIDED);
        tally_result_free(result);

        rule = rule_for("star", 1, NULL, 0);
        rule_set(rule, "max", poll->max);
        rule_set(rule, "blank", "0");
        rule_set(rule, "runoff_tie", "higher total score");
        result = count_by(profile, rule);
        expect_winners(result, &poll->runoff.winner, 1);
        expect_scores(result, poll->totals);
        cr_assert_eq(tally_result_duels(result), 1);
        expect_duel(result, 0, &poll->runoff);
        cr_assert_eq(tally_result_state(result), TALLY_DECIDED);
        tally_result_free(result);
        tally_profile_free(profile);
    }
}

/* Higher scores stand above lower ones, 0 is no mark: in Tennessee Memphis has 42 first
 * ranks, Nashville beats everybody, and approvals are scores above 0. */
Test(score, other_methods_count_the_same_ballots)
{
    struct tally_profile *profile = scored(4, 5, tennessee, 4);
    struct tally_result *result = random_count(profile, "plurality", 1, NULL);
    expect_winners(result, (uint16_t[]){0}, 1);
    tally_result_free(result);
    result = random_count(profile, "condorcet", 1, NULL);
    expect_winners(result, (uint16_t[]){1}, 1);
    tally_result_free(result);
    result = random_count(profile, "approval", 1, NULL);
    expect_scores(result, (int64_t[]){42, 100, 100, 58});
    expect_winners(result, (uint16_t[]){1, 2}, 2);
    tally_result_free(result);
    tally_profile_free(profile);
}

Test(score, ballots_without_scores_have_the_wrong_form)
{
    struct tally_profile *profile = NULL;
    struct tally_result *result = NULL;
    cr_assert_eq(tally_profile_new(3, &profile), TALLY_OK);
    for (size_t i = 0; i < 2; i++) {
        struct tally_rule *rule = rule_for(i == 0 ? "score" : "star", 1, NULL, 0);
        cr_assert_eq(tally_count(profile, rule, &result), TALLY_WRONG_FORM);
        tally_rule_free(rule);
    }
    tally_profile_free(profile);
}

Test(score, another_highest_score_than_the_rules_has_the_wrong_form)
{
    struct tally_profile *profile = scored(4, 5, tennessee, 4);
    struct tally_rule *rule = rule_for("star", 1, NULL, 0);
    struct tally_result *result = NULL;
    rule_set(rule, "max", "9");
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_WRONG_FORM);
    tally_rule_free(rule);
    tally_profile_free(profile);
}

/* 2^50 ballots with the highest score: 1000 × 2^50 is below 2^60. */
Test(score, totals_of_the_heaviest_ballots_fit)
{
    struct row row = {TALLY_BALLOTS_MAX, {TALLY_SCORE_MAX, 1}};
    struct tally_profile *profile = scored(2, TALLY_SCORE_MAX, &row, 1);
    struct tally_result *result = random_count(profile, "star", 1, NULL);
    expect_scores(
        result, (int64_t[]){TALLY_SCORE_MAX * TALLY_BALLOTS_MAX, TALLY_BALLOTS_MAX});
    expect_winners(result, (uint16_t[]){0}, 1);
    tally_result_free(result);
    tally_profile_free(profile);
}

/* ---- ties of STAR ---- */

/* Totals 7, 6, 0; each of the first two is preferred by one ballot. */
Test(star, an_equal_runoff_goes_to_the_higher_total)
{
    static const struct row rows[] = {{1, {5, 3, 0}}, {1, {2, 3, 0}}};
    struct tally_profile *profile = scored(3, 5, rows, 2);
    struct tally_result *result = random_count(profile, "star", 1, NULL);
    const uint16_t *tied = NULL;
    expect_winners(result, (uint16_t[]){0}, 1);
    expect_duel(result, 0, &(struct tally_duel){0, 1, 1, 1, TALLY_RUNOFF});
    cr_assert_eq(tally_result_state(result), TALLY_TIE_IRRELEVANT);
    cr_assert_eq(tally_result_ties(result), 1);
    cr_assert_eq(tally_tie_settled(result, 0), TALLY_BY_HIGHER_TOTAL);
    cr_assert_eq(tally_tie_round(result, 0), 1);
    cr_assert_eq(tally_tie_options(result, 0, &tied), 2);
    cr_assert_eq(tied[0], 0);
    cr_assert_eq(tied[1], 1);
    tally_result_free(result);
    tally_profile_free(profile);
}

Test(star, an_equal_runoff_of_equal_totals_is_open_or_goes_by_lot)
{
    static const struct row rows[] = {{2, {5, 3, 0}}, {2, {3, 5, 0}}};
    struct tally_profile *profile = scored(3, 5, rows, 2);
    struct tally_result *open = random_count(profile, "star", 1, NULL);
    struct tally_result *settled =
        random_count(profile, "star", 1, (uint16_t[]){2, 1, 0});
    const uint16_t *set = NULL;
    expect_winners(open, (uint16_t[]){0, 1}, 2);
    expect_duel(open, 0, &(struct tally_duel){0, 1, 2, 2, TALLY_OPEN});
    cr_assert_eq(tally_tie_settled(open, 0), TALLY_BY_NOBODY);
    cr_assert_eq(tally_result_state(open), TALLY_TIE_DECISIVE);
    cr_assert_eq(tally_result_sets(open), 2);
    cr_assert_eq(tally_result_set(open, 1, &set), 1);
    cr_assert_eq(set[0], 1);
    expect_winners(settled, (uint16_t[]){1}, 1);
    expect_duel(settled, 0, &(struct tally_duel){1, 0, 2, 2, TALLY_RUNOFF});
    cr_assert_eq(tally_tie_settled(settled, 0), TALLY_BY_LOT);
    cr_assert_eq(tally_result_state(settled), TALLY_TIE_DECISIVE);
    tally_result_free(open);
    tally_result_free(settled);
    tally_profile_free(profile);
}

/* Totals 8, 6, 6: whoever is second loses to the first. */
Test(star, a_tie_for_the_second_finalist_may_not_matter)
{
    static const struct row rows[] = {{1, {5, 3, 1}}, {1, {3, 1, 2}}, {1, {0, 2, 3}}};
    struct tally_profile *profile = scored(3, 5, rows, 3);
    struct tally_result *open = random_count(profile, "star", 1, NULL);
    struct tally_result *settled =
        random_count(profile, "star", 1, (uint16_t[]){2, 1, 0});
    const uint16_t *tied = NULL;
    expect_winners(open, (uint16_t[]){0}, 1);
    cr_assert_eq(tally_result_duels(open), 0);
    cr_assert_eq(tally_result_state(open), TALLY_TIE_IRRELEVANT);
    cr_assert_eq(tally_tie_options(open, 0, &tied), 2);
    cr_assert_eq(tied[0], 1);
    expect_duel(settled, 0, &(struct tally_duel){0, 2, 2, 1, TALLY_RUNOFF});
    cr_assert_eq(tally_result_state(settled), TALLY_TIE_IRRELEVANT);
    cr_assert_eq(tally_tie_options(settled, 0, &tied), 2);
    cr_assert_eq(tied[0], 2);
    tally_result_free(open);
    tally_result_free(settled);
    tally_profile_free(profile);
}

Test(star, without_a_search_a_lot_is_not_settled)
{
    static const struct row rows[] = {{1, {5, 3, 1}}, {1, {3, 1, 2}}, {1, {0, 2, 3}}};
    struct tally_profile *profile = scored(3, 5, rows, 3);
    struct tally_rule *rule = rule_for("star", 1, (uint16_t[]){2, 1, 0}, 3);
    rule_set(rule, "search", "none");
    struct tally_result *result = count_by(profile, rule);
    const uint16_t *options = NULL;
    cr_assert_eq(tally_result_state(result), TALLY_NOT_SETTLED);
    cr_assert_eq(tally_result_possible(result, &options), 3);
    expect_winners(result, (uint16_t[]){0}, 1);
    tally_result_free(result);
    tally_profile_free(profile);
}

/* Bloc STAR in Tennessee: Nashville; then Chattanooga (237) and Memphis (210), 58 to 42;
 * then Memphis and Knoxville, 42 to 58; then Memphis is left. */
Test(star, for_several_seats_the_winner_leaves_and_the_runoff_is_held_again)
{
    struct tally_profile *profile = scored(4, 5, tennessee, 4);
    struct tally_result *result = random_count(profile, "star", 4, NULL);
    expect_winners(result, (uint16_t[]){1, 2, 3, 0}, 4);
    cr_assert_eq(tally_result_duels(result), 3);
    expect_duel(result, 1, &(struct tally_duel){2, 0, 58, 42, TALLY_RUNOFF});
    expect_duel(result, 2, &(struct tally_duel){3, 0, 58, 42, TALLY_RUNOFF});
    cr_assert_eq(tally_result_state(result), TALLY_DECIDED);
    tally_result_free(result);
    tally_profile_free(profile);
}

/* ---- against a slow count ---- */

#define OPTIONS_MAX 5

struct slow {
    size_t options;
    size_t seats;
    int64_t totals[OPTIONS_MAX];
    int64_t prefer[OPTIONS_MAX][OPTIONS_MAX];
    bool sets[1 << OPTIONS_MAX];
};

/* May the two be in the runoff? Nobody else has more than the lower of them, or one has
 * and is the higher of them. */
static bool finalists(const struct slow *slow, unsigned out, size_t a, size_t b)
{
    int64_t low = slow->totals[a] < slow->totals[b] ? slow->totals[a] : slow->totals[b];
    for (size_t o = 0; o < slow->options; o++) {
        if ((out >> o & 1) == 0 && o != a && o != b && slow->totals[o] > low) {
            return false;
        }
    }
    return true;
}

static void slow_star(struct slow *slow, unsigned out)
{
    unsigned left = ((1U << slow->options) - 1) & ~out;
    if ((size_t)__builtin_popcount(out) == slow->seats) {
        slow->sets[out] = true;
        return;
    }
    if (__builtin_popcount(left) == 1) {
        slow_star(slow, out | left);
        return;
    }
    for (size_t a = 0; a < slow->options; a++) {
        for (size_t b = 0; b < slow->options; b++) {
            bool both = a != b && (left >> a & 1) != 0 && (left >> b & 1) != 0;
            int64_t lead = slow->prefer[a][b] - slow->prefer[b][a];
            lead = lead != 0 ? lead : slow->totals[a] - slow->totals[b];
            if (both && lead >= 0 && finalists(slow, out, a, b)) {
                slow_star(slow, out | 1U << a);
            }
        }
    }
}

static struct tally_profile *random_scores(uint64_t *state, struct slow *ret_slow)
{
    struct row rows[6];
    size_t count = random_below(state, 7);
    *ret_slow = (struct slow){.options = 1 + random_below(state, OPTIONS_MAX)};
    ret_slow->seats = 1 + random_below(state, ret_slow->options);
    for (size_t i = 0; i < count; i++) {
        rows[i].weight = 1 + (int64_t)random_below(state, 2);
        for (size_t o = 0; o < ret_slow->options; o++) {
            rows[i].scores[o] = (uint16_t)random_below(state, 4);
            ret_slow->totals[o] += rows[i].weight * rows[i].scores[o];
        }
        for (size_t a = 0; a < ret_slow->options; a++) {
            for (size_t b = 0; b < ret_slow->options; b++) {
                ret_slow->prefer[a][b] +=
                    rows[i].scores[a] > rows[i].scores[b] ? rows[i].weight : 0;
            }
        }
    }
    return scored(ret_slow->options, 3, rows, count);
}

static unsigned set_of(const uint16_t *options, size_t count)
{
    unsigned set = 0;
    for (size_t i = 0; i < count; i++) {
        set |= 1U << options[i];
    }
    return set;
}

static void check_sets(const struct slow *slow, const struct tally_result *result)
{
    size_t total = 0;
    unsigned all = 0;
    const uint16_t *options = NULL;
    for (unsigned set = 0; set < 1U << OPTIONS_MAX; set++) {
        total += slow->sets[set] ? 1 : 0;
        all |= slow->sets[set] ? set : 0;
    }
    size_t count = tally_result_possible(result, &options);
    cr_assert_eq(set_of(options, count), all);
    cr_assert_eq(tally_result_sets(result), total > 1 ? total : 0);
    cr_assert_eq(tally_result_state(result) == TALLY_TIE_DECISIVE, total > 1);
    for (size_t i = 0; i < tally_result_sets(result); i++) {
        count = tally_result_set(result, i, &options);
        cr_assert(slow->sets[set_of(options, count)]);
    }
}

Test(star, ties_lead_to_the_same_sets_as_a_count_of_all_runoffs)
{
    uint64_t state = 21;
    size_t several = 0;
    for (size_t turn = 0; turn < 5000; turn++) {
        struct slow slow;
        uint16_t lot[OPTIONS_MAX];
        struct tally_profile *profile = random_scores(&state, &slow);
        random_permutation(&state, slow.options, lot);
        slow_star(&slow, 0);
        for (size_t i = 0; i < 2; i++) {
            const uint16_t *winners = NULL;
            struct tally_result *result =
                random_count(profile, "star", slow.seats, i == 0 ? NULL : lot);
            check_sets(&slow, result);
            size_t count = tally_result_winners(result, &winners);
            cr_assert(i == 0 || slow.sets[set_of(winners, count)]);
            cr_assert(i == 0 || count == slow.seats);
            several += tally_result_sets(result) > 0 ? 1 : 0;
            tally_result_free(result);
        }
        tally_profile_free(profile);
    }
    cr_assert_gt(several, 1000);
}
