/* Committees from approval ballots: elections with known sets, examples by hand, bounds.
 */
#include "election.h"
#include "slow_committee.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const methods[] = {"pav", "seq-pav", "seq-phragmen", "equal-shares"};

#define METHODS (sizeof methods / sizeof methods[0])

/* ---- sets of the shared elections ---- */

static void
check_possible(const struct election *election, const cJSON *one, size_t *ret_checked)
{
    const char *method =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(one, "method"));
    const cJSON *sets = cJSON_GetObjectItemCaseSensitive(one, "possible");
    const cJSON *total = cJSON_GetObjectItemCaseSensitive(one, "possible_count");
    const cJSON *seats = cJSON_GetObjectItemCaseSensitive(one, "seats");
    if (sets == NULL || total == NULL || tally_method_find(method) == NULL) {
        return;
    }
    struct tally_result *result = random_count(
        tally_file_profile(election->file), method, (size_t)seats->valueint, NULL);
    cr_assert_eq(tally_result_set_total(result), total->valueint);
    cr_assert_eq(tally_result_sets(result), (size_t)total->valueint);
    for (int i = 0; i < cJSON_GetArraySize(sets); i++) { /* the first of them */
        const cJSON *name = NULL;
        unsigned expected = 0;
        bool found = false;
        cJSON_ArrayForEach(name, cJSON_GetArrayItem(sets, i))
        {
            expected |= 1U << election_option(election, cJSON_GetStringValue(name));
        }
        for (size_t s = 0; s < tally_result_sets(result) && !found; s++) {
            const uint16_t *options = NULL;
            size_t count = tally_result_set(result, s, &options);
            found = set_of(options, count) == expected;
        }
        cr_assert(found, "%s %s: set %d is missing", election->id, method, i);
    }
    ++*ret_checked;
    tally_result_free(result);
}

static void check_election(const struct election *election, void *ctx)
{
    const cJSON *one = NULL;
    cJSON_ArrayForEach(one, cJSON_GetObjectItemCaseSensitive(election->json, "cases"))
    {
        if (election->file != NULL) {
            check_possible(election, one, ctx);
        }
    }
}

Test(committee, the_sets_that_may_win_are_those_of_the_elections_with_known_results)
{
    size_t checked = 0;
    election_each(TEST_SOURCE_DIR "/golden/elections", check_election, &checked);
    cr_assert_geq(checked, 5);
    const char *folder = getenv("STIMMWERK_ELECTIONS");
    if (folder != NULL) {
        election_each(folder, check_election, &checked);
    }
    fprintf(stderr, "%zu cases with sets\n", checked);
}

/* ---- by hand ---- */

static struct tally_file *ballots_of(const char *abif)
{
    return read_text(abif, TALLY_FORMAT_ABIF);
}

static struct tally_result *
count_text(const char *abif, const char *method, size_t seats, const uint16_t *lot)
{
    struct tally_file *file = ballots_of(abif);
    struct tally_result *result =
        random_count(tally_file_profile(file), method, seats, lot);
    tally_file_free(file);
    return result;
}

static void expect_winners(
    const struct tally_result *result, const uint16_t *expected, size_t expected_count)
{
    const uint16_t *winners = NULL;
    cr_assert_eq(tally_result_winners(result, &winners), expected_count);
    cr_assert_arr_eq(winners, expected, expected_count * sizeof *expected);
}

/* Points of the first seat: a, b, c 4 each, d 3, e 2. Then the two others of a, b, c 2
 * each, d 3, e 2; then the two others 2 each and e 2. */
#define CAMPS "=a:[a]\n=b:[b]\n=c:[c]\n=d:[d]\n=e:[e]\n4:a=b=c\n3:d\n2:e\n"

Test(committee, the_tied_members_of_a_class_are_all_named)
{
    struct tally_result *result = count_text(CAMPS, "seq-pav", 3, NULL);
    const uint16_t *tied = NULL;
    cr_assert_eq(tally_result_purchases(result), 0);
    cr_assert_eq(tally_result_ties(result), 1);
    cr_assert_eq(tally_tie_options(result, 0, &tied), 3);
    cr_assert_eq(tally_tie_round(result, 0), 1);
    cr_assert_eq(tally_tie_settled(result, 0), TALLY_BY_NOBODY);
    /* Two of a, b, c, and d; or one of them, d and e. */
    cr_assert_eq(tally_result_set_total(result), 6);
    cr_assert_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
    tally_result_free(result);
}

/* The lot prefers c, then e: points 4, 3, and of 2 for e and 2 for a, b the lot takes e.
 */
Test(committee, the_tie_order_settles_and_the_steps_are_told)
{
    static const uint16_t lot[] = {2, 4, 0, 1, 3};
    struct tally_result *result = count_text(CAMPS, "seq-pav", 3, lot);
    expect_winners(result, (uint16_t[]){2, 3, 4}, 3);
    cr_assert_eq(tally_result_purchases(result), 3);
    cr_assert_eq(tally_result_purchase(result, 0).price.value, INT64_C(4000000000));
    cr_assert_eq(tally_result_purchase(result, 1).price.value, INT64_C(3000000000));
    cr_assert_eq(tally_result_purchase(result, 2).price.value, INT64_C(2000000000));
    cr_assert_eq(tally_result_purchase(result, 2).supporters, 2);
    cr_assert_eq(tally_result_ties(result), 2);
    cr_assert_eq(tally_tie_round(result, 1), 3);
    cr_assert_eq(tally_result_set_total(result), 6);
    tally_result_free(result);
}

/* Options that all get seats in the end, whichever is first: the tie does not matter. */
Test(committee, a_tie_between_two_who_both_win_is_irrelevant)
{
    static const uint16_t lot[] = {2, 1, 0};
    const char *abif = "=a:[a]\n=b:[b]\n=c:[c]\n3:a\n3:b\n1:c\n";
    for (size_t m = 0; m < METHODS; m++) {
        struct tally_result *open = count_text(abif, methods[m], 2, NULL);
        struct tally_result *settled = count_text(abif, methods[m], 2, lot);
        bool steps = strcmp(methods[m], "pav") != 0;
        enum tally_state state = steps ? TALLY_TIE_IRRELEVANT : TALLY_DECIDED;
        expect_winners(open, (uint16_t[]){0, 1}, 2);
        expect_winners(settled, steps ? (uint16_t[]){1, 0} : (uint16_t[]){0, 1}, 2);
        cr_assert_eq(tally_result_state(open), state, "%s", methods[m]);
        cr_assert_eq(tally_result_state(settled), state, "%s", methods[m]);
        cr_assert_eq(tally_result_set_total(open), 0);
        cr_assert_eq(tally_result_purchases(open), 0);
        tally_result_free(open);
        tally_result_free(settled);
    }
}

/* Sequential Phragmén, by hand: 3 ballots a b, 2 ballots c, 1 ballot d, two seats. Loads
 * a 1/3; then b (1 + 3 × 1/3)/3 = 2/3, c 1/2. */
Test(committee, phragmens_loads_are_told)
{
    static const uint16_t lot[] = {0, 1, 2, 3};
    const char *abif = "=a:[a]\n=b:[b]\n=c:[c]\n=d:[d]\n3:a=b\n2:c\n1:d\n";
    struct tally_result *result = count_text(abif, "seq-phragmen", 2, lot);
    expect_winners(result, (uint16_t[]){0, 2}, 2);
    struct tally_purchase first = tally_result_purchase(result, 0);
    struct tally_purchase second = tally_result_purchase(result, 1);
    cr_assert_eq(first.price.value, 333333333);
    cr_assert_eq(first.price.unit, 1000000000);
    cr_assert_eq(second.price.value, 500000000);
    cr_assert(!second.completion);
    cr_assert_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
    cr_assert_eq(tally_result_set_total(result), 2);
    tally_result_free(result);
}

/* Equal Shares, by hand: six ballots, three seats, half a seat's price each. a has four
 * backers who pay 1/4 each; then they have 1/4 left. b: three of them and one more: if
 * they pay 1/4 each, the price is 1/4 as well, and it is bought. d has one backer with
 * 1/2: nobody can pay. Phragmén from what was spent: c (1 + 1/4 + 1/2)/2 = 7/8 by one who
 * paid once and one who paid twice; d 1 + 0. */
Test(committee, the_bill_of_equal_shares_is_told)
{
    const char *abif =
        "=a:[a]\n=b:[b]\n=c:[c]\n=d:[d]\n2:a=b\n1:a=b=c\n1:a\n1:b=c\n1:d\n";
    struct tally_result *result =
        count_text(abif, "equal-shares", 3, (uint16_t[]){0, 1, 2, 3});
    expect_winners(result, (uint16_t[]){0, 1, 2}, 3);
    cr_assert_eq(tally_result_payers(result), 5);
    for (size_t i = 0; i < 2; i++) {
        struct tally_purchase purchase = tally_result_purchase(result, i);
        cr_assert_eq(purchase.price.value, 250000000);
        cr_assert_eq(purchase.supporters, 4);
        cr_assert(!purchase.completion);
    }
    struct tally_purchase last = tally_result_purchase(result, 2);
    cr_assert(last.completion);
    cr_assert_eq(last.supporters, 2);
    cr_assert_eq(last.price.value, 875000000);
    for (size_t p = 0; p < 5; p++) {
        const uint16_t *options = NULL;
        int64_t weight = 0;
        size_t count = tally_payer_ballot(result, p, &options, &weight);
        size_t bought = 0;
        for (size_t i = 0; i < 2; i++) {
            int64_t paid = tally_payer_paid(result, p, i).value;
            bought += paid > 0 ? 1 : 0;
            cr_assert(paid == 0 || paid == 250000000);
        }
        cr_assert_eq(tally_payer_paid(result, p, 2).value, 0);
        cr_assert_eq(
            tally_payer_left(result, p).value, 500000000 - (int64_t)bought * 250000000);
        cr_assert_eq(weight, count == 2 && options[0] == 0 ? 2 : 1);
    }
    tally_result_free(result);
}

/* ---- bounds ---- */

/* Option i on a ballot of its own, all of one weight: every choice of `seats` may win. */
static struct tally_profile *singles(size_t options, int64_t weight, int64_t more)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(options, &profile), TALLY_OK);
    for (size_t o = 0; o < options; o++) {
        struct tally_mark mark = {.option = (uint16_t)o, .place = 1};
        cr_assert_eq(
            tally_profile_add(profile, &mark, 1, weight + more * (int64_t)o), TALLY_OK);
    }
    return profile;
}

Test(committee, a_search_that_is_given_up_excludes_nobody)
{
    struct tally_profile *profile = singles(20, 3, 0);
    uint16_t lot[20];
    uint64_t state = 18;
    random_permutation(&state, 20, lot);
    for (size_t m = 1; m < METHODS; m++) {
        struct tally_result *open = random_count(profile, methods[m], 8, NULL);
        struct tally_result *settled = random_count(profile, methods[m], 8, lot);
        const uint16_t *options = NULL;
        cr_assert_eq(tally_result_state(open), TALLY_NOT_SETTLED);
        cr_assert_eq(tally_result_possible(open, &options), 20);
        cr_assert_eq(tally_result_winners(open, &options), 20);
        cr_assert_eq(tally_result_set_total(open), 0);
        cr_assert_eq(tally_result_sets(open), 0);
        cr_assert_eq(tally_result_state(settled), TALLY_NOT_SETTLED);
        expect_winners(settled, lot, 8);
        tally_result_free(open);
        tally_result_free(settled);
    }
    tally_profile_free(profile);
}

Test(committee, without_a_search_a_lot_is_not_settled)
{
    struct tally_profile *profile = singles(4, 3, 0);
    for (size_t m = 1; m < METHODS; m++) {
        struct tally_rule *rule = rule_for(methods[m], 2, (uint16_t[]){3, 2, 1, 0}, 4);
        rule_set(rule, "search", "none");
        struct tally_result *result = count_by(profile, rule);
        const uint16_t *options = NULL;
        cr_assert_eq(tally_result_state(result), TALLY_NOT_SETTLED);
        cr_assert_eq(tally_result_possible(result, &options), 4);
        expect_winners(result, (uint16_t[]){3, 2}, 2);
        tally_result_free(result);
    }
    tally_profile_free(profile);
}

/* Weights of 41 bits, all different: the common denominator grows by as much each step.
 */
Test(committee, a_denominator_beyond_its_bound_is_an_overflow)
{
    struct tally_profile *profile = singles(450, (INT64_C(1) << 41) + 450, -1);
    for (size_t m = 2; m < METHODS; m++) {
        struct tally_rule *rule = rule_for(methods[m], 450, NULL, 0);
        struct tally_result *result = NULL;
        cr_assert_eq(tally_count(profile, rule, &result), TALLY_OVERFLOW);
        cr_assert_null(result);
        tally_rule_free(rule);
    }
    tally_profile_free(profile);
}

/* lcm(1 … 60) has 83 bits. */
Test(committee, points_beyond_127_bits_are_an_overflow_and_sequential_ones_are_not)
{
    struct tally_profile *profile = NULL;
    struct tally_mark marks[60];
    for (uint16_t o = 0; o < 60; o++) {
        marks[o] = (struct tally_mark){.option = o, .place = 1};
    }
    cr_assert_eq(tally_profile_new(60, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, marks, 60, TALLY_BALLOTS_MAX), TALLY_OK);
    struct tally_result *result = NULL;
    struct tally_rule *rule = rule_for("pav", 60, NULL, 0);
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_OVERFLOW);
    tally_rule_free(rule);
    result = random_count(profile, "seq-pav", 60, NULL);
    cr_assert_eq(tally_result_state(result), TALLY_TIE_IRRELEVANT);
    tally_result_free(result);
    result = random_count(profile, "pav", 30, NULL);
    cr_assert_eq(tally_result_set_total(result), INT64_C(118264581564861424));
    tally_result_free(result);
    tally_profile_free(profile);
}

/* lcm(1 … 60) is 9.69 × 10^24: the points of the first option of all fit 127 bits, those
 * of the first two do not. lcm(1 … 89) alone has 130 bits. */
Test(committee, points_of_which_only_the_sum_is_too_large_are_an_overflow)
{
    struct tally_profile *profile = NULL;
    struct tally_mark marks[89];
    struct tally_result *result = NULL;
    for (uint16_t o = 0; o < 89; o++) {
        marks[o] = (struct tally_mark){.option = o, .place = 1};
    }
    for (size_t options = 60; options < 90; options += 29) {
        struct tally_rule *rule = rule_for("pav", options, NULL, 0);
        int64_t weight = options == 60 ? INT64_C(17000000000000) : 1;
        cr_assert_eq(tally_profile_new(options, &profile), TALLY_OK);
        cr_assert_eq(tally_profile_add(profile, marks, options, weight), TALLY_OK);
        cr_assert_eq(tally_count(profile, rule, &result), TALLY_OVERFLOW);
        cr_assert_null(result);
        tally_rule_free(rule);
        tally_profile_free(profile);
    }
}

/* Sixty options alike but for one ballot each: no bound tells committees of 20 apart. */
Test(committee, pav_refuses_what_it_cannot_search)
{
    uint64_t state = 19;
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(60, &profile), TALLY_OK);
    for (size_t i = 0; i < 200; i++) {
        struct tally_mark marks[12];
        uint16_t order[60];
        random_permutation(&state, 60, order);
        for (size_t m = 0; m < 12; m++) {
            marks[m] = (struct tally_mark){.option = order[m], .place = 1};
        }
        cr_assert_eq(tally_profile_add(profile, marks, 12, 1), TALLY_OK);
    }
    struct tally_rule *rule = rule_for("pav", 20, NULL, 0);
    struct tally_result *result = NULL;
    cr_assert_eq(tally_count(profile, rule, &result), TALLY_TOO_MANY);
    cr_assert_null(result);
    tally_rule_free(rule);
    tally_profile_free(profile);
}

/* ---- lists of sets ---- */

Test(committee, the_first_thousand_sets_are_listed_and_all_are_counted)
{
    struct tally_profile *profile = singles(20, 1, 0);
    struct tally_result *result = random_count(profile, "approval", 10, NULL);
    const uint16_t *before = NULL;
    const uint16_t *set = NULL;
    cr_assert_eq(tally_result_set_total(result), 184756);
    cr_assert_eq(tally_result_sets(result), TALLY_SETS_MAX);
    for (size_t i = 0; i < TALLY_SETS_MAX; i++, before = set) {
        size_t same = 0;
        cr_assert_eq(tally_result_set(result, i, &set), 10);
        while (before != NULL && set[same] == before[same]) {
            same++;
        }
        cr_assert(before == NULL || set[same] > before[same]);
        cr_assert(before != NULL || set[9] == 9);
    }
    tally_result_free(result);
    tally_profile_free(profile);
}

Test(committee, more_sets_than_can_be_counted_are_said_to_be_the_largest_number)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(TALLY_OPTIONS_MAX, &profile), TALLY_OK);
    for (size_t m = 0; m < METHODS; m++) {
        struct tally_result *result = random_count(profile, methods[m], 500, NULL);
        cr_assert_eq(tally_result_set_total(result), INT64_MAX);
        cr_assert_eq(tally_result_sets(result), TALLY_SETS_MAX);
        tally_result_free(result);
    }
    struct tally_result *result = random_count(profile, "approval", 500, NULL);
    cr_assert_eq(tally_result_set_total(result), INT64_MAX);
    tally_result_free(result);
    tally_profile_free(profile);
}

/* Even options on one ballot, odd ones on another. */
static struct tally_profile *halves(size_t options)
{
    struct tally_profile *profile = NULL;
    struct tally_mark marks[120];
    cr_assert_eq(tally_profile_new(options, &profile), TALLY_OK);
    for (size_t half = 0; half < 2; half++) {
        for (size_t i = 0; i < options / 2; i++) {
            uint16_t option = (uint16_t)(2 * i + half);
            marks[i] = (struct tally_mark){.option = option, .place = 1};
        }
        cr_assert_eq(tally_profile_add(profile, marks, options / 2, 1), TALLY_OK);
    }
    return profile;
}

/* Of three seats one half gets two: the two kinds of sets alternate in their order. */
Test(committee, sets_of_several_kinds_are_listed_in_one_order)
{
    struct tally_profile *profile = halves(40);
    struct tally_result *result = random_count(profile, "pav", 3, NULL);
    size_t listed = 0;
    cr_assert_eq(tally_result_set_total(result), 2 * 20 * 190);
    cr_assert_eq(tally_result_sets(result), TALLY_SETS_MAX);
    for (size_t i = 0; i < 40 * 40 * 40 && listed < TALLY_SETS_MAX; i++) {
        size_t a = i / 1600;
        size_t b = i / 40 % 40;
        size_t c = i % 40;
        bool mixed = a % 2 != b % 2 || b % 2 != c % 2;
        if (a < b && b < c && mixed) {
            const uint16_t *set = NULL;
            cr_assert_eq(tally_result_set(result, listed++, &set), 3);
            cr_assert(set[0] == a && set[1] == b && set[2] == c);
        }
    }
    tally_result_free(result);
    tally_profile_free(profile);
}

/* 30 of one half, 31 of the other: C(60, 30) × C(60, 31) twice. */
Test(committee, products_and_sums_of_numbers_of_sets_stop_at_the_largest_number)
{
    struct tally_profile *profile = halves(120);
    struct tally_result *result = random_count(profile, "pav", 61, NULL);
    cr_assert_eq(tally_result_set_total(result), INT64_MAX);
    tally_result_free(result);
    tally_profile_free(profile);
}

/* Nine for option 0, the others tied: with a lot as well another set could have won. */
Test(committee, a_tied_group_lists_its_sets_for_every_method_that_orders_all)
{
    static const uint16_t lot[] = {3, 2, 1, 0};
    const char *abif = "=a:[a]\n=b:[b]\n=c:[c]\n=d:[d]\n9:a\n4:b\n4:c\n4:d\n";
    for (size_t turn = 0; turn < 2; turn++) {
        struct tally_result *result =
            count_text(abif, "approval", 2, turn == 0 ? NULL : lot);
        const uint16_t *set = NULL;
        cr_assert_eq(tally_result_set_total(result), 3);
        for (size_t i = 0; i < 3; i++) {
            cr_assert_eq(tally_result_set(result, i, &set), 2);
            cr_assert_eq(set[0], 0);
            cr_assert_eq(set[1], i + 1);
        }
        tally_result_free(result);
    }
    struct tally_result *decided = count_text(abif, "approval", 4, NULL);
    cr_assert_eq(tally_result_set_total(decided), 0);
    tally_result_free(decided);
}

/* A score above 0 is an approval. */
Test(committee, ballots_of_scores_are_read_as_approvals)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new_scored(3, 5, &profile), TALLY_OK);
    struct tally_mark many[] = {{.option = 0, .place = 1}, {.option = 1, .place = 5}};
    struct tally_mark few[] = {{.option = 2, .place = 4}, {.option = 0, .place = 0}};
    cr_assert_eq(tally_profile_add(profile, many, 2, 4), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, few, 2, 3), TALLY_OK);
    for (size_t m = 0; m < METHODS; m++) {
        struct tally_result *result = random_count(profile, methods[m], 2, NULL);
        const uint16_t *set = NULL;
        cr_assert_eq(tally_result_set_total(result), 2, "%s", methods[m]);
        cr_assert_eq(tally_result_set(result, 0, &set), 2);
        cr_assert_eq(set[0], 0);
        cr_assert_eq(set[1], 2);
        tally_result_free(result);
    }
    tally_profile_free(profile);
}

/* With a tie order proportional approval voting takes the set that has the first option
 * by which they differ. Sets: a or b, and d. */
Test(committee, pav_takes_the_favoured_of_the_best_sets)
{
    static const uint16_t lot[] = {2, 1, 0, 3};
    const char *abif = "=a:[a]\n=b:[b]\n=c:[c]\n=d:[d]\n4:a=b\n3:d\n";
    struct tally_result *result = count_text(abif, "pav", 2, lot);
    const uint16_t *tied = NULL;
    expect_winners(result, (uint16_t[]){1, 3}, 2);
    cr_assert_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
    cr_assert_eq(tally_result_set_total(result), 2);
    cr_assert_eq(tally_tie_options(result, 0, &tied), 2);
    cr_assert_eq(tied[0], 1);
    cr_assert_eq(tied[1], 0);
    cr_assert_eq(tally_tie_settled(result, 0), TALLY_BY_LOT);
    tally_result_free(result);
    result = count_text(abif, "pav", 2, NULL);
    expect_winners(result, (uint16_t[]){3, 0, 1}, 3);
    cr_assert_eq(tally_result_places(result), 3);
    tally_result_free(result);
}
