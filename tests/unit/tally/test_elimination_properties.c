/* What must hold for every count by elimination, tried on random polls: every tie order
 * on small ones, settings that change no winner, and what the literature proves. */
#include "random_profile.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define POLLS 800
#define SMALL 5 /* options: 120 tie orders */

static const char *const methods[] = {
    "irv", "bottoms-up", "bottom-two-runoff", "benham", "smith-irv", "baldwin", "nanson"};
#define METHODS (sizeof methods / sizeof methods[0])

static bool has(const uint16_t *options, size_t count, size_t option)
{
    for (size_t i = 0; i < count; i++) {
        if (options[i] == option) {
            return true;
        }
    }
    return false;
}

static bool is_winner(const struct tally_result *result, size_t option)
{
    const uint16_t *winners = NULL;
    size_t count = tally_result_winners(result, &winners);
    return has(winners, count, option);
}

static bool is_possible(const struct tally_result *result, size_t option)
{
    const uint16_t *possible = NULL;
    size_t count = tally_result_possible(result, &possible);
    return has(possible, count, option);
}

static void check_same_winners(
    const struct tally_result *a, const struct tally_result *b, size_t turn)
{
    for (size_t o = 0; o < tally_result_options(a); o++) {
        cr_assert_eq(is_winner(a, o), is_winner(b, o), "poll %zu, option %zu", turn, o);
    }
}

/* The k-th permutation of n, in the factorial number system. */
static void nth_order(size_t k, size_t n, uint16_t *ret_order)
{
    uint16_t left[SMALL] = {0, 1, 2, 3, 4};
    for (size_t i = 0, rest = n; rest > 0; i++, rest--) {
        size_t pick = k % rest;
        k /= rest;
        ret_order[i] = left[pick];
        memmove(left + pick, left + pick + 1, (rest - pick - 1) * sizeof *left);
    }
}

static size_t factorial(size_t n)
{
    return n < 2 ? 1 : n * factorial(n - 1);
}

static struct random_poll small_poll(uint64_t *state, bool strict)
{
    struct random_poll poll;
    do {
        poll = strict ? random_strict_poll(state) : random_poll(state);
    } while (poll.options > SMALL);
    return poll;
}

/* ---- every tie order ---- */

static struct tally_result *count_lot(
    const struct tally_profile *profile, size_t m, size_t seats, const uint16_t *order,
    const char *tiebreak)
{
    struct tally_rule *rule =
        rule_for(methods[m], seats, order, tally_profile_options(profile));
    rule_set(rule, "tiebreak", tiebreak);
    return count_by(profile, rule);
}

/* Who wins by some tie order; each result's state must fit. */
static void try_orders(
    const struct tally_profile *profile, size_t m, size_t seats, const char *tiebreak,
    bool *ret_won)
{
    size_t n = tally_profile_options(profile);
    for (size_t k = 0; k < factorial(n); k++) {
        uint16_t order[SMALL];
        nth_order(k, n, order);
        struct tally_result *result = count_lot(profile, m, seats, order, tiebreak);
        const uint16_t *winners = NULL;
        cr_assert_eq(tally_result_winners(result, &winners), seats);
        for (size_t i = 0; i < seats; i++) {
            cr_assert(is_possible(result, winners[i]), "%s", methods[m]);
            ret_won[winners[i]] = true;
        }
        tally_result_free(result);
    }
}

static void check_orders(const struct random_poll *poll, size_t m, size_t seats)
{
    struct tally_profile *profile = random_profile(poll, NULL, NULL);
    struct tally_result *open = random_count(profile, methods[m], seats, NULL);
    bool by_lot[SMALL] = {false};
    bool by_rounds[SMALL] = {false};
    size_t reached = 0;
    try_orders(profile, m, seats, "lot", by_lot);
    try_orders(profile, m, seats, "earlier-round", by_rounds);
    for (size_t o = 0; o < poll->options; o++) {
        cr_assert(!by_rounds[o] || is_possible(open, o), "%s", methods[m]);
        cr_assert(!by_lot[o] || is_possible(open, o), "%s", methods[m]);
        reached += by_lot[o] ? 1 : 0;
    }
    /* One order for all ties puts who leaves first last: it can make any order of
     * removal, except where the loser of a duel leaves. */
    const uint16_t *possible = NULL;
    if (strcmp(methods[m], "bottom-two-runoff") != 0) {
        cr_assert_eq(tally_result_possible(open, &possible), reached, "%s", methods[m]);
    }
    tally_result_free(open);
    tally_profile_free(profile);
}

Test(elimination_property, every_tie_order_elects_possible_winners_and_all_of_them)
{
    uint64_t state = 102;
    for (size_t turn = 0; turn < POLLS / 16; turn++) {
        struct random_poll poll = small_poll(&state, turn % 2 == 0);
        for (size_t m = 0; m < METHODS; m++) {
            check_orders(&poll, m, 1 + random_below(&state, poll.options));
        }
    }
}

Test(elimination_property, a_decided_count_never_met_a_tie_and_no_lot_changes_it)
{
    uint64_t state = 103;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        uint16_t lot[POLL_OPTIONS_MAX];
        random_permutation(&state, poll.options, lot);
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        size_t seats = 1 + random_below(&state, poll.options);
        for (size_t m = 0; m < METHODS; m++) {
            struct tally_result *open = random_count(profile, methods[m], seats, NULL);
            struct tally_result *lots = count_lot(profile, m, seats, lot, "lot");
            enum tally_state found = tally_result_state(open);
            cr_assert_eq(tally_result_ties(open) == 0, found == TALLY_DECIDED);
            cr_assert_eq(tally_result_state(lots), found, "%s", methods[m]);
            if (found != TALLY_TIE_DECISIVE) {
                check_same_winners(open, lots, turn);
            }
            tally_result_free(open);
            tally_result_free(lots);
        }
        tally_profile_free(profile);
    }
}

/* ---- settings ---- */

static void check_setting(
    const struct tally_profile *profile, const char *method, const char *name,
    size_t seats, const uint16_t *lot)
{
    size_t n = tally_profile_options(profile);
    struct tally_rule *rule = rule_for(method, seats, lot, n);
    struct tally_rule *plain = rule_for(method, seats, lot, n);
    rule_set(rule, name, "true");
    if (lot != NULL) { /* rounds are others: earlier rounds may settle otherwise */
        rule_set(rule, "tiebreak", "lot");
        rule_set(plain, "tiebreak", "lot");
    }
    struct tally_result *with = count_by(profile, rule);
    struct tally_result *without = count_by(profile, plain);
    check_same_winners(with, without, seats);
    tally_result_free(with);
    tally_result_free(without);
}

Test(elimination_property, batches_and_counting_to_two_change_no_winner)
{
    uint64_t state = 104;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        uint16_t lot[POLL_OPTIONS_MAX];
        random_permutation(&state, poll.options, lot);
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        size_t seats = 1 + random_below(&state, poll.options);
        check_setting(profile, "irv", "continue-to-two", 1, lot);
        check_setting(profile, "irv", "continue-to-two", 1, NULL);
        check_setting(profile, "irv", "batch-elimination", seats, NULL);
        check_setting(profile, "bottoms-up", "batch-elimination", seats, NULL);
        check_setting(profile, "bottoms-up", "continue-to-two", seats, lot);
        tally_profile_free(profile);
    }
}

/* Write-ins that leave first leave the result of a poll without them. */
Test(elimination_property, write_ins_leave_the_order_of_the_others_as_without_them)
{
    uint64_t state = 105;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_strict_poll(&state);
        if (poll.options < 2) {
            continue;
        }
        struct random_poll named = poll;
        named.options--;
        for (size_t b = 0; b < named.count; b++) {
            struct random_ballot *ballot = &named.ballots[b];
            size_t kept = 0;
            for (size_t i = 0; i < ballot->count; i++) {
                if (ballot->marks[i].option < named.options) {
                    ballot->marks[kept++] = ballot->marks[i];
                }
            }
            ballot->count = kept;
        }
        struct tally_profile *all = random_profile(&poll, NULL, NULL);
        struct tally_profile *without = random_profile(&named, NULL, NULL);
        struct tally_rule *rule = rule_for("bottoms-up", 1, NULL, 0);
        rule_set(rule, "write-ins-first", "true");
        cr_assert_eq(tally_rule_write_in(rule, named.options), TALLY_OK);
        struct tally_result *with = count_by(all, rule);
        struct tally_result *plain = random_count(without, "bottoms-up", 1, NULL);
        check_same_winners(plain, with, turn);
        cr_assert_not(is_winner(with, named.options));
        tally_result_free(with);
        tally_result_free(plain);
        tally_profile_free(all);
        tally_profile_free(without);
    }
}

/* Had `a` more than `b` where they last differed before a round's end? Above 0: yes. */
static int
compare_history(const struct tally_result *result, size_t round, size_t a, size_t b)
{
    for (size_t r = round + 1; r > 0; r--) {
        int64_t x = tally_round_votes(result, r - 1, a).value;
        int64_t y = tally_round_votes(result, r - 1, b).value;
        if (x != y) {
            return x > y ? 1 : -1;
        }
    }
    return 0;
}

static void check_leaver(
    const struct tally_result *result, size_t round, size_t gone, const uint16_t *lot)
{
    size_t n = tally_result_options(result);
    size_t place[POLL_OPTIONS_MAX];
    for (size_t i = 0; i < n; i++) {
        place[lot[i]] = i;
    }
    for (size_t o = 0; o < n; o++) {
        if (o == gone || !tally_round_has(result, round, o)) {
            continue;
        }
        int order = compare_history(result, round, o, gone);
        cr_assert_geq(order, 0);
        cr_assert(order > 0 || place[o] < place[gone]);
    }
}

Test(elimination_property, who_leaves_is_the_last_by_votes_then_earlier_rounds_then_lot)
{
    static const char *const simple[] = {"irv", "bottoms-up", "benham", "baldwin"};
    uint64_t state = 109;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        uint16_t lot[POLL_OPTIONS_MAX];
        random_permutation(&state, poll.options, lot);
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        for (size_t m = 0; m < sizeof simple / sizeof simple[0]; m++) {
            struct tally_result *result = random_count(profile, simple[m], 1, lot);
            for (size_t r = 0; r < tally_result_rounds(result); r++) {
                const uint16_t *gone = NULL;
                if (tally_round_eliminated(result, r, &gone) == 1) {
                    check_leaver(result, r, gone[0], lot);
                }
            }
            tally_result_free(result);
        }
        tally_profile_free(profile);
    }
}

/* ---- what is proven of the methods ---- */

Test(elimination_property, the_condorcet_winner_is_elected_and_always_the_smith_set)
{
    static const char *const condorcet[] = {
        "bottom-two-runoff", "benham", "smith-irv", "baldwin", "nanson"};
    uint64_t state = 106;
    size_t found = 0;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        struct tally_result *smith = random_count(profile, "smith", 1, NULL);
        const uint16_t *set = NULL;
        bool alone = tally_result_winners(smith, &set) == 1;
        for (size_t m = 0; m < sizeof condorcet / sizeof condorcet[0]; m++) {
            struct tally_result *result = random_count(profile, condorcet[m], 1, NULL);
            const uint16_t *winners = NULL;
            size_t count = tally_result_winners(result, &winners);
            cr_assert(!alone || (count == 1 && winners[0] == set[0]), "%s", condorcet[m]);
            for (size_t i = 0; i < count; i++) {
                cr_assert(is_winner(smith, winners[i]), "%s", condorcet[m]);
            }
            tally_result_free(result);
        }
        found += alone ? 1 : 0;
        tally_result_free(smith);
        tally_profile_free(profile);
    }
    cr_assert_gt(found, POLLS / 4);
}

/* A clone of `option`, adjacent to it on every ballot, above or below. */
static struct random_poll
with_clone(const struct random_poll *poll, uint64_t *state, size_t option)
{
    struct random_poll cloned = *poll;
    cloned.options++;
    for (size_t b = 0; b < cloned.count; b++) {
        struct random_ballot *ballot = &cloned.ballots[b];
        size_t at = 0;
        while (at < ballot->count && ballot->marks[at].option != option) {
            at++;
        }
        if (at == ballot->count) {
            continue;
        }
        size_t place = at + random_below(state, 2);
        memmove(
            ballot->marks + place + 1, ballot->marks + place,
            (ballot->count - place) * sizeof *ballot->marks);
        ballot->marks[place].option = (uint16_t)poll->options;
        ballot->count++;
        for (size_t i = 0; i < ballot->count; i++) {
            ballot->marks[i].place = (uint16_t)(i + 1);
        }
    }
    return cloned;
}

/* Where no tie is on the way, the same option wins, or the clone in its place. */
Test(elimination_property, a_clone_neither_helps_nor_harms)
{
    static const char *const proof[] = {"irv", "benham", "smith-irv"};
    uint64_t state = 107;
    size_t compared = 0;
    for (size_t turn = 0; turn < 3 * POLLS; turn++) {
        struct random_poll poll = random_strict_poll(&state);
        size_t option = random_below(&state, poll.options);
        struct random_poll cloned = with_clone(&poll, &state, option);
        struct tally_profile *one = random_profile(&poll, NULL, NULL);
        struct tally_profile *other = random_profile(&cloned, NULL, NULL);
        for (size_t m = 0; m < sizeof proof / sizeof proof[0]; m++) {
            struct tally_result *a = random_count(one, proof[m], 1, NULL);
            struct tally_result *b = random_count(other, proof[m], 1, NULL);
            const uint16_t *winner = NULL;
            const uint16_t *heir = NULL;
            if (tally_result_state(a) == TALLY_DECIDED &&
                tally_result_state(b) == TALLY_DECIDED) {
                tally_result_winners(a, &winner);
                tally_result_winners(b, &heir);
                bool same = winner[0] == heir[0] ||
                            (winner[0] == option && heir[0] == poll.options);
                cr_assert(same, "%s, poll %zu", proof[m], turn);
                compared++;
            }
            tally_result_free(a);
            tally_result_free(b);
        }
        tally_profile_free(one);
        tally_profile_free(other);
    }
    cr_assert_gt(compared, POLLS / 4);
}

/* Some ballots with the winner are cut behind it, or those cut there go on: it stays. */
Test(elimination_property, a_further_rank_does_not_harm_those_above_it)
{
    static const char *const unharmed[] = {"irv", "bottoms-up"};
    uint64_t state = 108;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_strict_poll(&state);
        for (size_t m = 0; m < 2 && poll.count > 0; m++) {
            struct tally_profile *profile = random_profile(&poll, NULL, NULL);
            struct tally_result *before = random_count(profile, unharmed[m], 1, NULL);
            struct random_poll cut = poll;
            struct random_ballot *ballot = &cut.ballots[random_below(&state, cut.count)];
            ballot->count -= ballot->count > 0 ? random_below(&state, ballot->count) : 0;
            struct tally_profile *shorter = random_profile(&cut, NULL, NULL);
            struct tally_result *after = random_count(shorter, unharmed[m], 1, NULL);
            /* One kept on the ballot who wins after the cut ones were added, would have
             * won without, and the other way round. */
            for (size_t i = 0; i < ballot->count; i++) {
                size_t o = ballot->marks[i].option;
                cr_assert(
                    !is_winner(after, o) || is_winner(before, o) ||
                        tally_result_ties(after) > 0,
                    "poll %zu", turn);
            }
            tally_result_free(before);
            tally_result_free(after);
            tally_profile_free(profile);
            tally_profile_free(shorter);
        }
    }
}
