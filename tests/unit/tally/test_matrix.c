/* The pairwise matrix, whose long ballots of few options are compared in blocks, against
 * the one that is kept ballot by ballot, and against what its definition says. */
#include "random_profile.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

struct twice {
    size_t options;
    struct tally_live *live;
    struct tally_profile *profile;
    int64_t *pairs; /* by the definition */
};

static struct twice twice_new(size_t options)
{
    struct twice twice = {.options = options};
    cr_assert_eq(tally_live_new(options, 0, &twice.live), TALLY_OK);
    cr_assert_eq(tally_profile_new(options, &twice.profile), TALLY_OK);
    twice.pairs = calloc(options * options, sizeof *twice.pairs);
    cr_assert_not_null(twice.pairs);
    return twice;
}

static void twice_free(struct twice *twice)
{
    tally_live_free(twice->live);
    tally_profile_free(twice->profile);
    free(twice->pairs);
}

static void cast(struct twice *twice, const uint16_t *place, int64_t weight)
{
    struct tally_mark marks[TALLY_OPTIONS_MAX];
    size_t count = 0;
    for (size_t a = 0; a < twice->options; a++) {
        if (place[a] == UINT16_MAX) {
            continue;
        }
        marks[count++] =
            (struct tally_mark){.option = (uint16_t)a, .place = (uint16_t)(place[a] + 1)};
        for (size_t b = 0; b < twice->options; b++) {
            twice->pairs[a * twice->options + b] += place[a] < place[b] ? weight : 0;
        }
    }
    cr_assert_eq(tally_live_add(twice->live, marks, count, weight), TALLY_OK);
    cr_assert_eq(tally_profile_add(twice->profile, marks, count, weight), TALLY_OK);
}

static void compare(const struct twice *twice)
{
    struct tally_rule *rule = rule_for("copeland", 1, NULL, 0);
    struct tally_result *live = NULL;
    struct tally_result *fresh = NULL;
    cr_assert_eq(tally_live_count(twice->live, rule, &live), TALLY_OK);
    cr_assert_eq(tally_count(twice->profile, rule, &fresh), TALLY_OK);
    for (size_t a = 0; a < twice->options; a++) {
        for (size_t b = 0; b < twice->options; b++) {
            int64_t expected = twice->pairs[a * twice->options + b];
            cr_assert_eq(tally_result_pair(live, a, b), expected);
            cr_assert_eq(tally_result_pair(fresh, a, b), expected);
        }
    }
    tally_result_free(live);
    tally_result_free(fresh);
    tally_rule_free(rule);
}

/* Some ranked at random places, the others not at all. */
static void rank_some(uint64_t *state, size_t options, uint16_t *ret_place)
{
    size_t places = 1 + random_below(state, options + 3);
    size_t ranked = random_below(state, 5);
    for (size_t o = 0; o < options; o++) {
        ret_place[o] = random_below(state, 4) < ranked
                           ? (uint16_t)random_below(state, places)
                           : UINT16_MAX;
    }
}

/* The best of all options, no two at one place. */
static void rank_strictly(uint64_t *state, size_t options, uint16_t *ret_place)
{
    size_t ranked = random_below(state, options + 1);
    for (size_t o = 0; o < options; o++) {
        size_t other = random_below(state, o + 1);
        ret_place[o] = ret_place[other];
        ret_place[other] = (uint16_t)o;
    }
    for (size_t o = 0; o < options; o++) {
        ret_place[o] = ret_place[o] <= ranked ? ret_place[o] : UINT16_MAX;
    }
}

/* Around the borders of the blocks of sixteen and of the weights that fit a byte. */
Test(matrix, is_the_same_by_blocks_ballot_by_ballot_and_by_its_definition)
{
    static const size_t options[] = {1, 2, 15, 16, 17, 31, 33, 48, 63, 64, 65, 100};
    uint64_t state = 11;
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        struct twice twice = twice_new(options[i]);
        for (size_t ballot = 0; ballot < 600; ballot++) {
            uint16_t place[TALLY_OPTIONS_MAX];
            (random_below(&state, 3) == 0 ? rank_strictly
                                          : rank_some)(&state, options[i], place);
            bool heavy = random_below(&state, 16) == 0;
            cast(&twice, place, 1 + (int64_t)random_below(&state, heavy ? 300 : 4));
        }
        compare(&twice);
        twice_free(&twice);
    }
}

Test(matrix, ballots_of_the_greatest_weight_beside_light_ones_are_summed_exactly)
{
    struct twice twice = twice_new(8);
    uint16_t place[8] = {7, 6, 5, 4, 3, 2, 1, 0};
    cast(&twice, place, TALLY_BALLOTS_MAX - 1000);
    for (int64_t weight = 254; weight <= 256; weight++) {
        place[0] = (uint16_t)(weight % 7);
        cast(&twice, place, weight);
    }
    compare(&twice);
    twice_free(&twice);
}
