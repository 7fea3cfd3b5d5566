/* What must hold for every poll, tried on thousands of random ones. */
#include "print_result.h"
#include "random_profile.h"

#include <criterion/criterion.h>
#include <string.h>

#define POLLS 1000

static char text_a[PRINTED_BYTES_MAX];
static char text_b[PRINTED_BYTES_MAX];

static bool is_winner(const struct tally_result *result, size_t option)
{
    const uint16_t *winners = NULL;
    size_t count = tally_result_winners(result, &winners);
    for (size_t i = 0; i < count; i++) {
        if (winners[i] == option) {
            return true;
        }
    }
    return false;
}

Test(property, the_order_of_ballots_has_no_influence_at_all)
{
    uint64_t state = 1;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        uint16_t shuffled[POLL_BALLOTS_MAX];
        uint16_t lot[POLL_OPTIONS_MAX];
        random_permutation(&state, poll.count, shuffled);
        random_permutation(&state, poll.options, lot);
        struct tally_profile *one = random_profile(&poll, NULL, NULL);
        struct tally_profile *other = random_profile(&poll, shuffled, NULL);
        const uint16_t *tie_order = turn % 2 == 0 ? lot : NULL;
        size_t seats = 1 + random_below(&state, poll.options);
        for (size_t m = 0; tally_method_at(m) != NULL; m++) {
            const char *method = tally_method_name(tally_method_at(m));
            if (tally_method_form(tally_method_at(m)) == TALLY_SCORE) {
                continue; /* these ballots have no scores */
            }
            struct tally_result *a = random_count(one, method, seats, tie_order);
            struct tally_result *b = random_count(other, method, seats, tie_order);
            print_result(a, NULL, text_a);
            print_result(b, NULL, text_b);
            cr_assert_str_eq(text_a, text_b, "poll %zu", turn);
            tally_result_free(a);
            tally_result_free(b);
        }
        tally_profile_free(one);
        tally_profile_free(other);
    }
}

Test(property, renaming_options_renames_the_result)
{
    uint64_t state = 2;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        uint16_t names[POLL_OPTIONS_MAX];
        uint16_t lot[POLL_OPTIONS_MAX];
        uint16_t renamed_lot[POLL_OPTIONS_MAX];
        random_permutation(&state, poll.options, names);
        random_permutation(&state, poll.options, lot);
        for (size_t i = 0; i < poll.options; i++) {
            renamed_lot[i] = names[lot[i]];
        }
        struct tally_profile *one = random_profile(&poll, NULL, NULL);
        struct tally_profile *other = random_profile(&poll, NULL, names);
        bool settled = turn % 2 == 0;
        size_t seats = 1 + random_below(&state, poll.options);
        for (size_t m = 0; tally_method_at(m) != NULL; m++) {
            const char *method = tally_method_name(tally_method_at(m));
            if (tally_method_form(tally_method_at(m)) == TALLY_SCORE) {
                continue; /* these ballots have no scores */
            }
            struct tally_result *a =
                random_count(one, method, seats, settled ? lot : NULL);
            struct tally_result *b =
                random_count(other, method, seats, settled ? renamed_lot : NULL);
            print_result(a, names, text_a);
            print_result(b, NULL, text_b);
            cr_assert_str_eq(text_a, text_b, "poll %zu", turn);
            tally_result_free(a);
            tally_result_free(b);
        }
        tally_profile_free(one);
        tally_profile_free(other);
    }
}

Test(property, condorcet_methods_elect_the_condorcet_winner)
{
    static const char *const methods[] = {
        "smith",      "copeland",        "minimax-wv",      "minimax-margins",
        "schulze-wv", "schulze-margins", "ranked-pairs-wv", "ranked-pairs-margins"};
    uint64_t state = 3;
    size_t found = 0;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        struct tally_result *condorcet = random_count(profile, "condorcet", 1, NULL);
        const uint16_t *winner = NULL;
        bool exists = tally_result_winners(condorcet, &winner) == 1;
        for (size_t m = 0; exists && m < sizeof methods / sizeof methods[0]; m++) {
            const uint16_t *winners = NULL;
            struct tally_result *result = random_count(profile, methods[m], 1, NULL);
            cr_assert_eq(tally_result_winners(result, &winners), 1, "%s", methods[m]);
            cr_assert_eq(winners[0], winner[0], "%s", methods[m]);
            tally_result_free(result);
        }
        found += exists ? 1 : 0;
        tally_result_free(condorcet);
        tally_profile_free(profile);
    }
    cr_assert_gt(found, POLLS / 4);
    cr_assert_lt(found, POLLS);
}

Test(property, schulze_and_ranked_pairs_stay_inside_the_smith_set)
{
    static const char *const methods[] = {
        "schulze-wv", "schulze-margins", "ranked-pairs-wv", "ranked-pairs-margins",
        "copeland"};
    uint64_t state = 4;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        struct tally_result *smith = random_count(profile, "smith", 1, NULL);
        for (size_t m = 0; m < sizeof methods / sizeof methods[0]; m++) {
            struct tally_result *result = random_count(profile, methods[m], 1, NULL);
            const uint16_t *winners = NULL;
            size_t count = tally_result_winners(result, &winners);
            cr_assert_gt(count, 0);
            for (size_t i = 0; i < count; i++) {
                cr_assert(is_winner(smith, winners[i]), "%s, poll %zu", methods[m], turn);
            }
            tally_result_free(result);
        }
        tally_result_free(smith);
        tally_profile_free(profile);
    }
}

Test(property, reversing_complete_rankings_transposes_the_matrix)
{
    uint64_t state = 5;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        struct random_poll reversed = poll;
        for (size_t i = 0; i < poll.count; i++) {
            struct random_ballot *ballot = &reversed.ballots[i];
            bool ranked[POLL_OPTIONS_MAX] = {false};
            for (size_t m = 0; m < ballot->count; m++) {
                ballot->marks[m].place = (uint16_t)(100 - ballot->marks[m].place);
                ranked[ballot->marks[m].option] = true;
            }
            for (size_t o = 0; o < poll.options; o++) {
                if (!ranked[o]) {
                    ballot->marks[ballot->count++] =
                        (struct tally_mark){.option = (uint16_t)o, .place = 1};
                }
            }
        }
        struct tally_profile *one = random_profile(&poll, NULL, NULL);
        struct tally_profile *other = random_profile(&reversed, NULL, NULL);
        struct tally_result *a = random_count(one, "copeland", 1, NULL);
        struct tally_result *b = random_count(other, "copeland", 1, NULL);
        for (size_t x = 0; x < poll.options; x++) {
            for (size_t y = 0; y < poll.options; y++) {
                cr_assert_eq(tally_result_pair(a, x, y), tally_result_pair(b, y, x));
            }
        }
        tally_result_free(a);
        tally_result_free(b);
        tally_profile_free(one);
        tally_profile_free(other);
    }
}

static void check_state(const struct tally_result *result, bool settled)
{
    const uint16_t *options = NULL;
    size_t seats = tally_result_seats(result);
    size_t possible = tally_result_possible(result, &options);
    size_t winners = tally_result_winners(result, &options);
    cr_assert_eq(winners, settled ? seats : possible);
    switch (tally_result_state(result)) {
    case TALLY_DECIDED:
    case TALLY_TIE_IRRELEVANT:
        cr_assert_eq(possible, seats);
        break;
    case TALLY_TIE_DECISIVE:
        cr_assert_gt(possible, seats);
        cr_assert_gt(tally_result_ties(result), 0);
        break;
    case TALLY_NOT_SETTLED:
        cr_assert_fail("so small a poll is always searched to the end");
    }
}

Test(property, a_tie_order_elects_some_of_those_whom_the_open_tie_named)
{
    uint64_t state = 6;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        uint16_t lot[POLL_OPTIONS_MAX];
        random_permutation(&state, poll.options, lot);
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        size_t seats = 1 + random_below(&state, poll.options);
        for (size_t m = 0; tally_method_at(m) != NULL; m++) {
            const char *method = tally_method_name(tally_method_at(m));
            if (tally_method_form(tally_method_at(m)) == TALLY_SCORE) {
                continue; /* these ballots have no scores */
            }
            if (strcmp(method, "smith") == 0 || strcmp(method, "condorcet") == 0) {
                continue; /* they name a set */
            }
            struct tally_result *open = random_count(profile, method, seats, NULL);
            struct tally_result *settled = random_count(profile, method, seats, lot);
            const uint16_t *winners = NULL;
            size_t count = tally_result_winners(settled, &winners);
            for (size_t i = 0; i < count; i++) {
                cr_assert(is_winner(open, winners[i]), "%s, poll %zu", method, turn);
            }
            cr_assert_leq(
                tally_result_state(settled), tally_result_state(open), "%s", method);
            check_state(open, false);
            check_state(settled, true);
            tally_result_free(open);
            tally_result_free(settled);
        }
        tally_profile_free(profile);
    }
}

/* All orders of up to five options. */
static size_t next_order(uint16_t *order, size_t count)
{
    size_t i = count;
    while (i > 1 && order[i - 2] > order[i - 1]) {
        i--;
    }
    if (i <= 1) {
        return 0;
    }
    size_t j = count - 1;
    while (order[j] < order[i - 2]) {
        j--;
    }
    uint16_t swapped = order[j];
    order[j] = order[i - 2];
    order[i - 2] = swapped;
    for (size_t a = i - 1, b = count - 1; a < b; a++, b--) {
        swapped = order[a];
        order[a] = order[b];
        order[b] = swapped;
    }
    return i;
}

/* Ranked Pairs by lot reaches everyone whom the search calls possible, and nobody else:
 * the lot's orders of majorities are fewer than all orders, so only the second is
 * certain. */
Test(property, no_lot_elects_anybody_whom_the_search_excluded)
{
    uint64_t state = 7;
    for (size_t turn = 0; turn < POLLS / 5; turn++) {
        struct random_poll poll = random_poll(&state);
        if (poll.options > 5) {
            continue;
        }
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        struct tally_result *irv = random_count(profile, "irv", 1, NULL);
        struct tally_result *pairs = random_count(profile, "ranked-pairs-wv", 1, NULL);
        uint16_t lot[POLL_OPTIONS_MAX] = {0, 1, 2, 3, 4};
        do {
            const uint16_t *winners = NULL;
            struct tally_result *a = random_count(profile, "irv", 1, lot);
            struct tally_result *b = random_count(profile, "ranked-pairs-wv", 1, lot);
            cr_assert_eq(tally_result_winners(a, &winners), 1);
            cr_assert(is_winner(irv, winners[0]));
            cr_assert_eq(tally_result_winners(b, &winners), 1);
            cr_assert(is_winner(pairs, winners[0]));
            tally_result_free(a);
            tally_result_free(b);
        } while (next_order(lot, poll.options) != 0);
        tally_result_free(irv);
        tally_result_free(pairs);
        tally_profile_free(profile);
    }
}

Test(property, removing_hopeless_groups_at_once_changes_no_winner)
{
    uint64_t state = 8;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_strict_poll(&state);
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        size_t seats = 1 + random_below(&state, poll.options);
        struct tally_rule *rule = rule_for("irv", seats, NULL, 0);
        rule_set(rule, "batch-elimination", "true");
        struct tally_result *single = random_count(profile, "irv", seats, NULL);
        struct tally_result *batch = count_by(profile, rule);
        const uint16_t *winners = NULL;
        size_t count = tally_result_winners(batch, &winners);
        const uint16_t *others = NULL;
        cr_assert_eq(tally_result_winners(single, &others), count, "poll %zu", turn);
        for (size_t i = 0; i < count; i++) {
            cr_assert(is_winner(single, winners[i]), "poll %zu", turn);
        }
        cr_assert_leq(tally_result_rounds(batch), poll.options);
        tally_result_free(single);
        tally_result_free(batch);
        tally_profile_free(profile);
    }
}
