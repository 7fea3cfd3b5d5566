/* What must hold for every proportional count, tried on many small random polls. */
#include "random_profile.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define POLLS         400
#define SMALL_OPTIONS 5

/* The methods, with settings that take other ways through the count. */
struct variant {
    const char *method;
    const char *settings[8]; /* name, value, … */
};

static const struct variant variants[] = {
    {.method = "stv-scottish"},
    {.method = "stv-wigm"},
    {.method = "stv-wigm", .settings = {"tiebreak", "lot"}},
    {.method = "stv-wigm", .settings = {"surplus", "all", "decimals", "4"}},
    {.method = "stv-wigm",
     .settings = {"surplus", "one", "quota", "exact+1ulp", "decimals", "2"}},
    {.method = "stv-wigm",
     .settings = {"quota", "exact+1ulp", "tiebreak", "lot", "surplus", "all"}},
    {.method = "stv-wigm", .settings = {"surplus", "none", "quota", "hare"}},
    {.method = "stv-wigm",
     .settings = {"quota", "hare", "batch-elimination", "true", "rounding", "paper"}},
    {.method = "stv-wigm", .settings = {"decimals", "0", "overvote", "skip"}},
    {.method = "stv-meek"},
};

#define VARIANTS (sizeof variants / sizeof variants[0])

static struct tally_result *count_variant(
    const struct variant *variant, const struct tally_profile *profile, size_t seats,
    const uint16_t *lot)
{
    struct tally_rule *rule =
        rule_for(variant->method, seats, lot, tally_profile_options(profile));
    for (size_t i = 0; i < 8 && variant->settings[i] != NULL; i += 2) {
        rule_set(rule, variant->settings[i], variant->settings[i + 1]);
    }
    return count_by(profile, rule);
}

static uint64_t mask_of(const uint16_t *options, size_t count)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < count; i++) {
        mask |= UINT64_C(1) << options[i];
    }
    return mask;
}

static uint64_t winners_of(const struct tally_result *result)
{
    const uint16_t *options = NULL;
    size_t count = tally_result_winners(result, &options);
    return mask_of(options, count);
}

static uint64_t possible_of(const struct tally_result *result)
{
    const uint16_t *options = NULL;
    size_t count = tally_result_possible(result, &options);
    return mask_of(options, count);
}

/* ---- every round ---- */

static void check_sum(const struct tally_result *result, size_t round)
{
    struct tally_number exhausted = tally_round_exhausted(result, round);
    struct tally_number lost = tally_round_lost(result, round);
    int64_t sum = exhausted.value + lost.value;
    cr_assert_geq(exhausted.value, 0);
    cr_assert_geq(lost.value, 0);
    for (size_t o = 0; o < tally_result_options(result); o++) {
        if (tally_round_has(result, round, o)) {
            struct tally_number votes = tally_round_votes(result, round, o);
            cr_assert_geq(votes.value, 0);
            sum += votes.value;
        }
    }
    cr_assert_eq(
        sum,
        (tally_result_ballots(result) - tally_result_blank(result)) * exhausted.unit);
}

/* Sources are those who left or were elected before; nobody leaves twice. */
static void check_steps(const struct tally_result *result)
{
    uint64_t elected = 0;
    uint64_t left = 0;
    for (size_t r = 0; r < tally_result_rounds(result); r++) {
        const uint16_t *options = NULL;
        size_t count = tally_round_sources(result, r, &options);
        uint64_t sources = mask_of(options, count);
        cr_assert_eq(sources & ~(elected | left), 0);
        cr_assert(r > 0 || sources == 0);
        count = tally_round_elected(result, r, &options);
        cr_assert_eq(mask_of(options, count) & (elected | left), 0);
        elected |= mask_of(options, count);
        count = tally_round_eliminated(result, r, &options);
        cr_assert_eq(mask_of(options, count) & (elected | left), 0);
        left |= mask_of(options, count);
        bool nothing = tally_round_reason(result, r) == TALLY_NOTHING;
        count += tally_round_elected(result, r, &options);
        cr_assert_eq(nothing, count == 0);
        check_sum(result, r);
    }
}

Test(stv_property, votes_are_neither_made_nor_forgotten_and_every_seat_is_filled)
{
    uint64_t state = 21;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        uint16_t lot[POLL_OPTIONS_MAX];
        random_permutation(&state, poll.options, lot);
        size_t seats = 1 + random_below(&state, poll.options);
        for (size_t v = 0; v < VARIANTS; v++) {
            const uint16_t *winners = NULL;
            struct tally_result *settled =
                count_variant(variants + v, profile, seats, lot);
            struct tally_result *open = count_variant(variants + v, profile, seats, NULL);
            cr_assert_eq(tally_result_winners(settled, &winners), seats);
            cr_assert_geq(tally_result_winners(open, &winners), seats);
            cr_assert_eq(winners_of(settled) & ~possible_of(settled), 0);
            cr_assert_eq(possible_of(settled), possible_of(open));
            cr_assert_eq(possible_of(open), winners_of(open));
            cr_assert_eq(tally_result_state(settled), tally_result_state(open));
            check_steps(settled);
            check_steps(open);
            tally_result_free(settled);
            tally_result_free(open);
        }
        tally_profile_free(profile);
    }
}

/* ---- the search ---- */

#define LOTS_MAX 120 /* 5! */

static size_t all_orders(size_t count, uint16_t orders[LOTS_MAX][SMALL_OPTIONS])
{
    size_t found = 1;
    orders[0][0] = 0;
    for (size_t n = 1; n < count; n++) {
        /* n goes into each of the n + 1 gaps of each order before */
        for (size_t i = found; i > 0; i--) {
            uint16_t shorter[SMALL_OPTIONS];
            memcpy(shorter, orders[i - 1], sizeof shorter);
            for (size_t gap = 0; gap <= n; gap++) {
                uint16_t *longer = orders[(i - 1) * (n + 1) + gap];
                memcpy(longer, shorter, gap * sizeof *longer);
                longer[gap] = (uint16_t)n;
                memcpy(longer + gap + 1, shorter + gap, (n - gap) * sizeof *longer);
            }
        }
        found *= n + 1;
    }
    return found;
}

static bool known(const uint64_t *sets, size_t count, uint64_t set)
{
    for (size_t i = 0; i < count; i++) {
        if (sets[i] == set) {
            return true;
        }
    }
    return false;
}

/* The sets the result tells of must be those that the orders of the lot elect. */
static void check_sets(
    const struct variant *variant, const struct tally_profile *profile, size_t seats)
{
    uint16_t orders[LOTS_MAX][SMALL_OPTIONS];
    uint64_t sets[LOTS_MAX];
    size_t set_count = 0;
    uint64_t possible = 0;
    size_t count = all_orders(tally_profile_options(profile), orders);
    for (size_t i = 0; i < count; i++) {
        struct tally_result *result = count_variant(variant, profile, seats, orders[i]);
        uint64_t winners = winners_of(result);
        possible |= winners;
        if (!known(sets, set_count, winners)) {
            sets[set_count++] = winners;
        }
        tally_result_free(result);
    }
    struct tally_result *open = count_variant(variant, profile, seats, NULL);
    cr_assert_neq(tally_result_state(open), TALLY_NOT_SETTLED);
    cr_assert_eq(possible_of(open), possible);
    cr_assert_eq(tally_result_state(open) == TALLY_TIE_DECISIVE, set_count > 1);
    cr_assert_eq(tally_result_sets(open), set_count > 1 ? set_count : 0);
    cr_assert_eq(tally_result_set_total(open), (int64_t)tally_result_sets(open));
    for (size_t i = 0; i < tally_result_sets(open); i++) {
        const uint16_t *options = NULL;
        cr_assert_eq(tally_result_set(open, i, &options), seats);
        cr_assert(known(sets, set_count, mask_of(options, seats)));
    }
    tally_result_free(open);
}

Test(stv_property, the_search_finds_what_all_orders_of_the_lot_elect)
{
    uint64_t state = 22;
    for (size_t turn = 0; turn < 60; turn++) {
        struct random_poll poll = random_strict_poll(&state);
        if (poll.options > SMALL_OPTIONS) {
            continue;
        }
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        size_t seats = 1 + random_below(&state, poll.options);
        for (size_t v = 0; v < VARIANTS; v++) {
            check_sets(variants + v, profile, seats);
        }
        tally_profile_free(profile);
    }
}

/* ---- proportionality ---- */

/* How many ballots rank all of the set before anybody else. */
static int64_t solid_for(const struct random_poll *poll, uint64_t set)
{
    size_t size = (size_t)__builtin_popcountll(set);
    int64_t solid = 0;
    for (size_t i = 0; i < poll->count; i++) {
        const struct random_ballot *ballot = poll->ballots + i;
        uint64_t first = 0;
        for (size_t m = 0; m < size && m < ballot->count; m++) {
            first |= UINT64_C(1) << ballot->marks[m].option;
        }
        solid += first == set ? ballot->weight : 0;
    }
    return solid;
}

/* Woodall's Droop proportionality criterion, by the quota the count itself names: k
 * quotas of votes behind a set give it k seats, if it has so many members. */
static void check_coalitions(
    const struct random_poll *poll, const struct tally_result *result, size_t seats)
{
    struct tally_number quota = tally_round_quota(result, 0);
    for (uint64_t set = 1; set < UINT64_C(1) << poll->options; set++) {
        int64_t solid = solid_for(poll, set);
        size_t due = 0;
        while (due < seats && solid * quota.unit >= (int64_t)(due + 1) * quota.value) {
            due++;
        }
        size_t size = (size_t)__builtin_popcountll(set);
        due = due < size ? due : size;
        uint64_t elected = winners_of(result) & set;
        cr_assert_geq((size_t)__builtin_popcountll(elected), due);
    }
}

Test(stv_property, a_solid_coalition_gets_its_share_of_the_seats)
{
    const struct variant proportional[] = {
        {.method = "stv-scottish"},
        {.method = "stv-wigm"},
        {.method = "stv-wigm", .settings = {"quota", "exact+1ulp", "surplus", "all"}},
        {.method = "stv-meek"},
    };
    uint64_t state = 23;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_strict_poll(&state);
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        uint16_t lot[POLL_OPTIONS_MAX];
        random_permutation(&state, poll.options, lot);
        size_t seats = 1 + random_below(&state, poll.options);
        for (size_t v = 0; v < 4; v++) {
            struct tally_result *result =
                count_variant(proportional + v, profile, seats, lot);
            check_coalitions(&poll, result, seats);
            tally_result_free(result);
        }
        tally_profile_free(profile);
    }
}

/* ---- one seat ---- */

Test(stv_property, for_one_seat_and_without_ties_it_is_instant_runoff)
{
    uint64_t state = 24;
    size_t compared = 0;
    for (size_t turn = 0; turn < 2 * POLLS; turn++) {
        struct random_poll poll = random_strict_poll(&state);
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        struct tally_result *irv = random_count(profile, "irv", 1, NULL);
        if (tally_result_state(irv) == TALLY_DECIDED) {
            const char *const methods[] = {"stv-wigm", "stv-scottish", "stv-meek"};
            for (size_t m = 0; m < 3; m++) {
                struct tally_result *stv = random_count(profile, methods[m], 1, NULL);
                cr_assert_eq(winners_of(stv), winners_of(irv));
                tally_result_free(stv);
            }
            compared++;
        }
        tally_result_free(irv);
        tally_profile_free(profile);
    }
    cr_assert_gt(compared, POLLS / 4);
}

/* ---- order and names ---- */

static void check_same(
    const struct tally_result *a, const struct tally_result *b, const uint16_t *names)
{
    cr_assert_eq(tally_result_state(a), tally_result_state(b));
    cr_assert_eq(tally_result_rounds(a), tally_result_rounds(b));
    cr_assert_eq(tally_result_set_total(a), tally_result_set_total(b));
    for (size_t r = 0; r < tally_result_rounds(a); r++) {
        for (size_t o = 0; o < tally_result_options(a); o++) {
            bool in = tally_round_has(a, r, o);
            cr_assert_eq(tally_round_has(b, r, names[o]), in);
            cr_assert(
                !in || tally_round_votes(a, r, o).value ==
                           tally_round_votes(b, r, names[o]).value);
        }
    }
    for (size_t o = 0; o < tally_result_options(a); o++) {
        cr_assert_eq(possible_of(a) >> o & 1, possible_of(b) >> names[o] & 1);
        cr_assert_eq(winners_of(a) >> o & 1, winners_of(b) >> names[o] & 1);
    }
}

Test(stv_property, neither_the_order_of_ballots_nor_the_names_of_options_matter)
{
    uint64_t state = 25;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        uint16_t order[POLL_BALLOTS_MAX];
        uint16_t names[POLL_OPTIONS_MAX];
        uint16_t lot[POLL_OPTIONS_MAX];
        uint16_t renamed[POLL_OPTIONS_MAX];
        random_permutation(&state, poll.count, order);
        random_permutation(&state, poll.options, names);
        random_permutation(&state, poll.options, lot);
        for (size_t i = 0; i < poll.options; i++) {
            renamed[i] = names[lot[i]];
        }
        struct tally_profile *one = random_profile(&poll, NULL, NULL);
        struct tally_profile *other = random_profile(&poll, order, names);
        size_t seats = 1 + random_below(&state, poll.options);
        bool settled = turn % 2 == 0;
        for (size_t v = 0; v < VARIANTS; v++) {
            struct tally_result *a =
                count_variant(variants + v, one, seats, settled ? lot : NULL);
            struct tally_result *b =
                count_variant(variants + v, other, seats, settled ? renamed : NULL);
            check_same(a, b, names);
            tally_result_free(a);
            tally_result_free(b);
        }
        tally_profile_free(one);
        tally_profile_free(other);
    }
}
