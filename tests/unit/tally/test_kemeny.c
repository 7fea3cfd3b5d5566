/* Kemeny's method against all orders of all options. */
#include "print_result.h"
#include "random_profile.h"

#include <criterion/criterion.h>
#include <string.h>

#define POLLS 150

/* What trying every order finds. */
struct oracle {
    const struct tally_result *result; /* for its matrix */
    size_t options;
    size_t seats;
    int64_t best;
    uint64_t winning[128]; /* sets that stand first in some best order, one bit each */
    size_t winning_count;
    uint16_t favoured[POLL_OPTIONS_MAX]; /* of the best orders, by the lot */
};

static int64_t agreement(const struct oracle *oracle, const uint16_t *order)
{
    int64_t sum = 0;
    for (size_t i = 0; i < oracle->options; i++) {
        for (size_t j = i + 1; j < oracle->options; j++) {
            sum += tally_result_pair(oracle->result, order[i], order[j]);
        }
    }
    return sum;
}

static void note(struct oracle *oracle, const uint16_t *order)
{
    uint64_t set = 0;
    for (size_t i = 0; i < oracle->seats; i++) {
        set |= UINT64_C(1) << order[i];
    }
    for (size_t i = 0; i < oracle->winning_count; i++) {
        if (oracle->winning[i] == set) {
            return;
        }
    }
    oracle->winning[oracle->winning_count++] = set;
}

/* All orders that begin with the first `fixed` of `order`; the rest is tried in the order
 * in which it stands, so that the first best order is the one that the lot favours. */
static void try_orders(struct oracle *oracle, uint16_t *order, size_t fixed)
{
    size_t n = oracle->options;
    if (fixed == n) {
        int64_t sum = agreement(oracle, order);
        if (sum > oracle->best) {
            oracle->best = sum;
            oracle->winning_count = 0;
            memcpy(oracle->favoured, order, n * sizeof *order);
        }
        if (sum == oracle->best) {
            note(oracle, order);
        }
        return;
    }
    for (size_t i = fixed; i < n; i++) {
        uint16_t next[POLL_OPTIONS_MAX];
        memcpy(next, order, n * sizeof *order);
        memmove(next + fixed + 1, order + fixed, (i - fixed) * sizeof *order);
        next[fixed] = order[i];
        try_orders(oracle, next, fixed + 1);
    }
}

static uint64_t set_of(const uint16_t *options, size_t count)
{
    uint64_t set = 0;
    for (size_t i = 0; i < count; i++) {
        set |= UINT64_C(1) << options[i];
    }
    return set;
}

static void check_open(const struct oracle *oracle, const struct tally_result *result)
{
    const uint16_t *options = NULL;
    uint64_t possible = 0;
    size_t total = oracle->winning_count;
    for (size_t i = 0; i < total; i++) {
        possible |= oracle->winning[i];
    }
    size_t count = tally_result_possible(result, &options);
    cr_assert_eq(set_of(options, count), possible);
    count = tally_result_winners(result, &options);
    cr_assert_eq(set_of(options, count), possible);
    cr_assert_eq(
        tally_result_state(result), total > 1 ? TALLY_TIE_DECISIVE : TALLY_DECIDED);
    cr_assert_eq(tally_result_ties(result), total > 1 ? 1 : 0);
    cr_assert_eq(tally_result_set_total(result), total > 1 ? (int64_t)total : 0);
    cr_assert_eq(tally_result_sets(result), total > 1 ? total : 0);
    for (size_t i = 0; i < tally_result_sets(result); i++) {
        count = tally_result_set(result, i, &options);
        bool found = false;
        for (size_t w = 0; w < total; w++) {
            found = found || oracle->winning[w] == set_of(options, count);
        }
        cr_assert(found);
    }
}

static void check_settled(const struct oracle *oracle, const struct tally_result *result)
{
    const uint16_t *options = NULL;
    size_t count = tally_result_winners(result, &options);
    cr_assert_eq(count, oracle->seats);
    cr_assert_eq(set_of(options, count), set_of(oracle->favoured, oracle->seats));
    bool tie = oracle->winning_count > 1;
    cr_assert_eq(tally_result_state(result), tie ? TALLY_TIE_DECISIVE : TALLY_DECIDED);
    for (size_t i = 0; i < tally_result_ties(result); i++) {
        cr_assert_eq(tally_tie_settled(result, i), TALLY_BY_LOT);
        cr_assert_eq(tally_tie_round(result, i), 0);
    }
}

Test(kemeny, finds_all_orders_of_least_disagreement)
{
    uint64_t state = 71;
    size_t ties = 0;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        uint16_t lot[POLL_OPTIONS_MAX];
        size_t n = poll.options;
        if (n == 7 && turn % 4 != 0) {
            continue; /* 5,040 orders each */
        }
        random_permutation(&state, n, lot);
        size_t seats = 1 + random_below(&state, n);
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        struct tally_result *open = random_count(profile, "kemeny", seats, NULL);
        struct tally_result *settled = random_count(profile, "kemeny", seats, lot);
        struct oracle oracle = {.result = open, .options = n, .seats = seats, .best = -1};
        try_orders(&oracle, lot, 0);
        check_open(&oracle, open);
        check_settled(&oracle, settled);
        ties += oracle.winning_count > 1 ? 1 : 0;
        tally_result_free(open);
        tally_result_free(settled);
        tally_profile_free(profile);
    }
    cr_assert_gt(ties, POLLS / 10);
}

static struct tally_file *abif(const char *text)
{
    return read_text(text, TALLY_FORMAT_ABIF);
}

static void check_places(const struct tally_result *result, const char *expected)
{
    char text[256];
    size_t at = 0;
    for (size_t p = 0; p < tally_result_places(result); p++) {
        const uint16_t *options = NULL;
        size_t count = tally_result_place(result, p, &options);
        text[at++] = p > 0 ? '>' : ' ';
        for (size_t i = 0; i < count; i++) {
            text[at++] = (char)('A' + options[i]);
        }
    }
    text[at] = '\0';
    cr_assert_str_eq(text + 1, expected);
}

/* D is behind all; A, B, C beat each other in a circle by 2 of 3. Their three orders
 * A>B>C, B>C>A and C>A>B agree with 5 of 9 preferences each. */
static const char circle[] = "1:A>B>C>D\n1:B>C>A>D\n1:C>A>B>D\n";

Test(kemeny, names_groups_where_all_optimal_orders_agree)
{
    struct tally_file *file = abif(circle);
    struct tally_result *result =
        random_count(tally_file_profile(file), "kemeny", 1, NULL);
    check_places(result, "ABC>D");
    cr_assert_eq(tally_result_set_total(result), 3);
    tally_result_free(result);
    result = random_count(tally_file_profile(file), "kemeny", 3, NULL);
    check_places(result, "ABC>D");
    cr_assert_eq(tally_result_state(result), TALLY_DECIDED);
    cr_assert_eq(tally_result_set_total(result), 0);
    tally_result_free(result);
    tally_file_free(file);
}

Test(kemeny, takes_the_order_that_the_lot_favours_from_the_top)
{
    static const uint16_t lot[] = {3, 2, 1, 0};
    struct tally_file *file = abif(circle);
    struct tally_result *result =
        random_count(tally_file_profile(file), "kemeny", 1, lot);
    check_places(result, "C>A>B>D"); /* with C first only one order is left */
    const uint16_t *tied = NULL;
    cr_assert_eq(tally_tie_options(result, 0, &tied), 3);
    cr_assert_eq(tied[0], 2);
    cr_assert_eq(tied[2], 0);
    tally_result_free(result);
    tally_file_free(file);
}

/* By hand: {A, B}, {B, C}, {A, C} head the three orders of the circle. */
Test(kemeny, lists_the_sets_that_can_win_together_in_ascending_order)
{
    struct tally_file *file = abif(circle);
    struct tally_result *result =
        random_count(tally_file_profile(file), "kemeny", 2, NULL);
    static const uint16_t expected[3][2] = {{0, 1}, {0, 2}, {1, 2}};
    cr_assert_eq(tally_result_sets(result), 3);
    for (size_t i = 0; i < 3; i++) {
        const uint16_t *set = NULL;
        cr_assert_eq(tally_result_set(result, i, &set), 2);
        cr_assert_eq(set[0], expected[i][0]);
        cr_assert_eq(set[1], expected[i][1]);
    }
    tally_result_free(result);
    tally_file_free(file);
}

Test(kemeny, counts_sixteen_options_and_refuses_seventeen)
{
    cr_assert_eq(tally_method_options_max(tally_method_find("kemeny")), 16);
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(16, &profile), TALLY_OK);
    struct tally_result *result = random_count(profile, "kemeny", 8, NULL);
    cr_assert_eq(tally_result_set_total(result), 12870); /* 16 choose 8: all tied */
    cr_assert_eq(tally_result_sets(result), TALLY_SETS_MAX);
    tally_result_free(result);
    tally_profile_free(profile);

    cr_assert_eq(tally_profile_new(17, &profile), TALLY_OK);
    struct tally_rule *rule = rule_for("kemeny", 1, NULL, 0);
    result = NULL;
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_TOO_MANY);
    cr_assert_null(result);
    tally_rule_free(rule);
    tally_profile_free(profile);
}

/* 15 × 2^50 preferences for each of 15 steps: the sums stay exact. */
Test(kemeny, adds_up_as_many_ballots_as_a_profile_holds)
{
    struct tally_profile *profile = NULL;
    struct tally_mark marks[16];
    cr_assert_eq(tally_profile_new(16, &profile), TALLY_OK);
    for (size_t i = 0; i < 16; i++) {
        marks[i] =
            (struct tally_mark){.option = (uint16_t)(15 - i), .place = (uint16_t)(i + 1)};
    }
    cr_assert_eq(tally_profile_add(profile, marks, 16, TALLY_BALLOTS_MAX), TALLY_OK);
    struct tally_result *result = random_count(profile, "kemeny", 1, NULL);
    cr_assert_eq(tally_result_places(result), 16);
    const uint16_t *winners = NULL;
    cr_assert_eq(tally_result_winners(result, &winners), 1);
    cr_assert_eq(winners[0], 15);
    tally_result_free(result);
    tally_profile_free(profile);
}
