/* Ranked Pairs: what the search says may win, and what every lot elects. */
#include "random_profile.h"

#include <criterion/criterion.h>
#include <string.h>

#define OPTIONS_MAX 5

static struct tally_profile *
profile_of(const char *const *rankings, size_t count, size_t options)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(options, &profile), TALLY_OK);
    for (size_t b = 0; b < count; b++) {
        struct tally_mark marks[OPTIONS_MAX];
        for (size_t i = 0; i < options; i++) {
            marks[i] =
                (struct tally_mark){(uint16_t)(rankings[b][i] - 'A'), (uint16_t)(i + 1)};
        }
        cr_assert_eq(tally_profile_add(profile, marks, options, 1), TALLY_OK);
    }
    return profile;
}

/* D beats B and C but draws with A, who is in a circle with these two: A over C, C over B
 * and B over A are equally strong. If B over A falls to the lot, nobody is above A, and
 * the lot chooses between A and D. */
Test(ranked_pairs, one_of_a_circle_may_win_beside_another_with_whom_it_draws)
{
    static const char *const rankings[] = {"BDAC", "DBAC", "ADCB",
                                           "DCBA", "CBAD", "ADCB"};
    const uint16_t lot[] = {0, 3, 2, 1};
    struct tally_profile *profile = profile_of(rankings, 6, 4);
    for (size_t l = 0; l < 2; l++) {
        const uint16_t *options = NULL;
        struct tally_result *result =
            count_by(profile, rule_for("ranked-pairs-wv", 1, l == 0 ? lot : NULL, 4));
        cr_assert_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
        cr_assert_eq(tally_result_possible(result, &options), 2);
        cr_assert(options[0] == 0 && options[1] == 3);
        cr_assert_eq(tally_result_winners(result, &options), l == 0 ? 1 : 2);
        cr_assert_eq(options[0], l == 0 ? 0 : 3); /* open: D stands in a place above */
        tally_result_free(result);
    }
    tally_profile_free(profile);
}

/* ---- every lot ---- */

static void swap(uint16_t *a, uint16_t *b)
{
    uint16_t kept = *a;
    *a = *b;
    *b = kept;
}

/* The next permutation in lexicographic order; false: that was the last. */
static bool next_order(uint16_t *order, size_t count)
{
    size_t i = count - 1;
    size_t j = count - 1;
    while (i > 0 && order[i - 1] > order[i]) {
        i--;
    }
    if (i == 0) {
        return false;
    }
    while (order[j] < order[i - 1]) {
        j--;
    }
    swap(order + i - 1, order + j);
    for (size_t k = 0; k < (count - i) / 2; k++) {
        swap(order + i + k, order + count - 1 - k);
    }
    return true;
}

/* Whomever some lot elects is said to be possible, and the same whatever the lot. */
static void check_all_lots(
    const struct tally_profile *profile, const char *method, size_t options, size_t seats)
{
    uint16_t order[OPTIONS_MAX] = {0, 1, 2, 3, 4};
    const uint16_t *possible = NULL;
    bool elected[OPTIONS_MAX] = {false};
    struct tally_result *open = count_by(profile, rule_for(method, seats, NULL, options));
    size_t count = tally_result_possible(open, &possible);
    do {
        const uint16_t *also = NULL;
        const uint16_t *winners = NULL;
        struct tally_result *result =
            count_by(profile, rule_for(method, seats, order, options));
        cr_assert_eq(tally_result_possible(result, &also), count);
        cr_assert(memcmp(also, possible, count * sizeof *also) == 0);
        cr_assert_eq(tally_result_winners(result, &winners), seats);
        for (size_t i = 0; i < seats; i++) {
            elected[winners[i]] = true;
        }
        tally_result_free(result);
    } while (next_order(order, options));
    for (size_t o = 0, at = 0; o < options; o++) {
        bool said = at < count && possible[at] == o;
        cr_assert(said || !elected[o], "%s elects %zu", method, o);
        at += said ? 1 : 0;
    }
    tally_result_free(open);
}

/* An even number of strict rankings: equal majorities in circles, and equal duels. */
Test(ranked_pairs, no_lot_elects_anybody_whom_the_search_excluded)
{
    uint64_t state = 45;
    for (size_t turn = 0; turn < 1000; turn++) {
        struct tally_profile *profile = NULL;
        size_t options = turn % 10 == 0 ? 5 : 4;
        cr_assert_eq(tally_profile_new(options, &profile), TALLY_OK);
        for (size_t b = 0; b < 6; b++) {
            struct tally_mark marks[OPTIONS_MAX];
            uint16_t order[OPTIONS_MAX];
            random_permutation(&state, options, order);
            for (size_t i = 0; i < options; i++) {
                marks[i] = (struct tally_mark){order[i], (uint16_t)(i + 1)};
            }
            cr_assert_eq(tally_profile_add(profile, marks, options, 1), TALLY_OK);
        }
        check_all_lots(profile, "ranked-pairs-wv", options, 1 + turn % 2);
        check_all_lots(profile, "ranked-pairs-margins", options, 1 + turn % 2);
        tally_profile_free(profile);
    }
}
