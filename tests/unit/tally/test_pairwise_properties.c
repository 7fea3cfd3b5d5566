/* What is proven of methods that count duels, tried on random polls. */
#include "random_profile.h"

#include <criterion/criterion.h>
#include <string.h>

#define POLLS 400

static bool is_possible(const struct tally_result *result, size_t option)
{
    const uint16_t *possible = NULL;
    size_t count = tally_result_possible(result, &possible);
    for (size_t i = 0; i < count; i++) {
        if (possible[i] == option) {
            return true;
        }
    }
    return false;
}

static struct tally_result *count_poll(const struct random_poll *poll, const char *method)
{
    struct tally_profile *profile = random_profile(poll, NULL, NULL);
    struct tally_result *result = random_count(profile, method, 1, NULL);
    tally_profile_free(profile);
    return result;
}

/* Makes every ballot rank all options, the unranked at the end by number. */
static void complete(struct random_poll *poll)
{
    for (size_t i = 0; i < poll->count; i++) {
        struct random_ballot *ballot = &poll->ballots[i];
        bool ranked[POLL_OPTIONS_MAX] = {false};
        for (size_t m = 0; m < ballot->count; m++) {
            ballot->marks[m].place = (uint16_t)(m + 1);
            ranked[ballot->marks[m].option] = true;
        }
        for (size_t o = 0; o < poll->options; o++) {
            if (!ranked[o]) {
                ballot->marks[ballot->count] = (struct tally_mark){
                    .option = (uint16_t)o, .place = (uint16_t)(ballot->count + 1)};
                ballot->count++;
            }
        }
    }
}

/* ---- raising a winner ---- */

/* Moves an option up: to the top, or level with those right above it. */
static void raise_option(struct random_ballot *ballot, size_t option, bool to_top)
{
    uint16_t above = 0;
    size_t at = ballot->count;
    for (size_t m = 0; m < ballot->count; m++) {
        at = ballot->marks[m].option == option ? m : at;
    }
    uint16_t own = at < ballot->count ? ballot->marks[at].place : UINT16_MAX;
    for (size_t m = 0; m < ballot->count; m++) {
        uint16_t place = ballot->marks[m].place;
        above = place < own && place > above ? place : above;
        ballot->marks[m].place = (uint16_t)(place + (to_top && m != at ? 1 : 0));
    }
    if (above == 0 && ballot->count > 0 && !to_top) {
        return;
    }
    ballot->marks[at] = (struct tally_mark){
        .option = (uint16_t)option,
        .place = to_top ? 1 : (uint16_t)(above + (above == 0))};
    ballot->count += at == ballot->count ? 1 : 0;
}

/* Whether of those who may win each still may when it is raised on some ballots; and
 * where it won alone, whether it still does. */
static void check_monotone(const char *method, uint64_t state)
{
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        struct tally_result *before = count_poll(&poll, method);
        const uint16_t *winners = NULL;
        size_t count = tally_result_winners(before, &winners);
        for (size_t w = 0; w < count; w++) {
            struct random_poll raised = poll;
            for (size_t i = 0; i < poll.count; i++) {
                if (random_below(&state, 2) == 0) {
                    raise_option(
                        &raised.ballots[i], winners[w], random_below(&state, 2) == 0);
                }
            }
            struct tally_result *after = count_poll(&raised, method);
            cr_assert(is_possible(after, winners[w]), "%s, poll %zu", method, turn);
            tally_result_free(after);
        }
        tally_result_free(before);
    }
}

Test(duels, raising_a_winner_never_makes_it_lose)
{
    static const char *const methods[] = {
        "ranked-pairs-wv",
        "ranked-pairs-margins",
        "schulze-wv",
        "schulze-margins",
        "minimax-wv",
        "minimax-margins",
        "copeland",
        "black",
        "kemeny",
        "bucklin",
        "borda"};
    for (size_t m = 0; m < sizeof methods / sizeof methods[0]; m++) {
        check_monotone(methods[m], 101 + m);
    }
}

/* ---- clones ---- */

/* Puts option `options` right behind `option` on every ballot that ranks it. */
static void add_clone(struct random_poll *poll, size_t option, uint64_t *state)
{
    uint16_t clone = (uint16_t)poll->options++;
    for (size_t i = 0; i < poll->count; i++) {
        struct random_ballot *ballot = &poll->ballots[i];
        for (size_t m = 0; m < ballot->count; m++) {
            ballot->marks[m].place = (uint16_t)(2 * ballot->marks[m].place);
        }
        for (size_t m = 0; m < ballot->count; m++) {
            if (ballot->marks[m].option == option) {
                uint16_t place = ballot->marks[m].place;
                int shift = random_below(state, 2) == 0 ? 1 : -1;
                ballot->marks[ballot->count++] = (struct tally_mark){
                    .option = clone, .place = (uint16_t)(place + shift)};
                break;
            }
        }
    }
}

/* A near-twin of one option changes who else may win as little as which of both does:
 * strictly ranked polls, since between equals no clone can stand. */
static void check_clones(const char *method, uint64_t state)
{
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_strict_poll(&state);
        complete(&poll);
        struct random_poll cloned = poll;
        size_t option = random_below(&state, poll.options);
        add_clone(&cloned, option, &state);
        struct tally_result *before = count_poll(&poll, method);
        struct tally_result *after = count_poll(&cloned, method);
        for (size_t o = 0; o < poll.options; o++) {
            bool may = is_possible(after, o);
            if (o == option) {
                may = may || is_possible(after, poll.options);
            }
            cr_assert_eq(may, is_possible(before, o), "%s, poll %zu", method, turn);
        }
        tally_result_free(before);
        tally_result_free(after);
    }
}

Test(duels, a_near_twin_neither_helps_nor_harms)
{
    check_clones("ranked-pairs-wv", 121);
    check_clones("ranked-pairs-margins", 122);
    check_clones("schulze-wv", 123);
    check_clones("schulze-margins", 124);
}

/* ---- reversal ---- */

static void reverse(struct random_poll *poll)
{
    for (size_t i = 0; i < poll->count; i++) {
        struct random_ballot *ballot = &poll->ballots[i];
        for (size_t m = 0; m < ballot->count; m++) {
            ballot->marks[m].place = (uint16_t)(ballot->count - m);
        }
    }
}

/* Who alone wins does not win, too, when all ballots are turned round. */
static void check_reversal(const char *method, uint64_t state)
{
    size_t alone = 0;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_strict_poll(&state);
        const uint16_t *winners = NULL;
        complete(&poll);
        struct random_poll turned = poll;
        reverse(&turned);
        struct tally_result *before = count_poll(&poll, method);
        struct tally_result *after = count_poll(&turned, method);
        if (poll.options > 1 && tally_result_winners(before, &winners) == 1) {
            cr_assert_not(is_possible(after, winners[0]), "%s, poll %zu", method, turn);
            alone++;
        }
        tally_result_free(before);
        tally_result_free(after);
    }
    cr_assert_gt(alone, POLLS / 4);
}

Test(duels, who_wins_alone_does_not_win_when_all_ballots_are_turned_round)
{
    static const char *const methods[] = {
        "ranked-pairs-wv",
        "ranked-pairs-margins",
        "schulze-wv",
        "schulze-margins",
        "kemeny",
        "copeland",
        "borda"};
    for (size_t m = 0; m < sizeof methods / sizeof methods[0]; m++) {
        check_reversal(methods[m], 131 + m);
    }
}

/* ---- the Condorcet winner ---- */

Test(duels, black_and_kemeny_elect_the_condorcet_winner)
{
    uint64_t state = 141;
    size_t found = 0;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        struct tally_result *condorcet = count_poll(&poll, "condorcet");
        const uint16_t *winner = NULL;
        if (tally_result_winners(condorcet, &winner) == 1) {
            static const char *const methods[] = {"black", "kemeny"};
            for (size_t m = 0; m < 2; m++) {
                struct tally_result *result = count_poll(&poll, methods[m]);
                const uint16_t *winners = NULL;
                cr_assert_eq(tally_result_winners(result, &winners), 1);
                cr_assert_eq(winners[0], winner[0]);
                tally_result_free(result);
            }
            found++;
        }
        tally_result_free(condorcet);
    }
    cr_assert_gt(found, POLLS / 4);
}

/* Kemeny's order obeys its neighbours' duels: whoever stands right behind another in all
 * optimal orders does not beat it (else both would change places). */
Test(duels, in_kemenys_order_nobody_beats_the_one_right_before_it)
{
    uint64_t state = 142;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        struct tally_result *result = count_poll(&poll, "kemeny");
        for (size_t p = 0; p + 1 < tally_result_places(result); p++) {
            const uint16_t *first = NULL;
            const uint16_t *second = NULL;
            size_t ahead = tally_result_place(result, p, &first);
            size_t behind = tally_result_place(result, p + 1, &second);
            if (ahead == 1 && behind == 1) {
                cr_assert_gt(
                    tally_result_pair(result, first[0], second[0]),
                    tally_result_pair(result, second[0], first[0]));
            }
        }
        tally_result_free(result);
    }
}
