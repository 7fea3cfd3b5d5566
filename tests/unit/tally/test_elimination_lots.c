/* What a count says of other lots, against a count by each of them. */
#include "random_profile.h"

static const char *const methods[] = {
    "irv", "bottoms-up", "bottom-two-runoff", "benham", "smith-irv", "baldwin", "nanson"};

#define METHODS   (sizeof methods / sizeof methods[0])
#define LOTS_MAX  24
#define POLLS_MAX 400

static uint64_t bits_of(const uint16_t *options, size_t count)
{
    uint64_t set = 0;
    for (size_t i = 0; i < count; i++) {
        set |= UINT64_C(1) << options[i];
    }
    return set;
}

static uint64_t winners_of(const struct tally_result *result)
{
    const uint16_t *options = NULL;
    size_t count = tally_result_winners(result, &options);
    return bits_of(options, count);
}

static bool next_permutation(uint16_t *order, size_t count)
{
    size_t i = count - 1;
    while (i > 0 && order[i - 1] > order[i]) {
        i--;
    }
    if (i == 0) {
        return false;
    }
    size_t j = count - 1;
    while (order[j] < order[i - 1]) {
        j--;
    }
    uint16_t first = order[i - 1];
    order[i - 1] = order[j];
    order[j] = first;
    for (size_t a = i, b = count - 1; a < b; a++, b--) {
        uint16_t moved = order[a];
        order[a] = order[b];
        order[b] = moved;
    }
    return true;
}

/* Counts by every lot; returns how many. */
static size_t count_all(
    const struct tally_profile *profile, const char *method, size_t seats,
    struct tally_result *results[LOTS_MAX])
{
    uint16_t order[4] = {0, 1, 2, 3};
    size_t count = 0;
    bool more = true;
    while (more) {
        results[count++] = random_count(profile, method, seats, order);
        more = next_permutation(order, tally_profile_options(profile));
    }
    return count;
}

static void check_result(
    const struct tally_result *result, uint64_t anybody, bool same, const char *method)
{
    const uint16_t *options = NULL;
    size_t count = tally_result_possible(result, &options);
    enum tally_state state = tally_result_state(result);
    cr_assert_eq(bits_of(options, count), anybody, "%s", method);
    cr_assert_eq(state == TALLY_TIE_DECISIVE, !same, "%s", method);
    cr_assert(state != TALLY_NOT_SETTLED, "%s", method);
}

static void check_method(const struct tally_profile *profile, const char *method)
{
    struct tally_result *results[LOTS_MAX] = {0};
    size_t seats = 1 + (size_t)tally_profile_ballots(profile) % 2;
    seats = seats < tally_profile_options(profile) ? seats : 1;
    size_t count = count_all(profile, method, seats, results);
    uint64_t anybody = 0;
    bool same = true;
    for (size_t i = 0; i < count; i++) {
        anybody |= winners_of(results[i]);
        same = same && winners_of(results[i]) == winners_of(results[0]);
    }
    for (size_t i = 0; i < count; i++) {
        check_result(results[i], anybody, same, method);
        tally_result_free(results[i]);
    }
}

/* Earlier rounds settle what they can, in the search as in the count: whom no lot elects
 * is not possible, and a lot decides only if another elects others. */
Test(elimination_lots, who_is_possible_is_who_some_lot_elects)
{
    uint64_t state = 20;
    for (size_t polls = 0; polls < POLLS_MAX;) {
        struct random_poll poll = random_poll(&state);
        if (poll.options > 4) {
            continue;
        }
        polls++;
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        for (size_t m = 0; m < METHODS; m++) {
            check_method(profile, methods[m]);
        }
        tally_profile_free(profile);
    }
}
