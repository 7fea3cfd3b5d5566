/* Who may win, against the plainest program that tries everything: every order of removal
 * in instant runoff, every order of equal majorities in Ranked Pairs. */
#include "random_profile.h"

#include <criterion/criterion.h>
#include <string.h>

#define POLLS 400
#define SMALL 4 /* options: at most six majorities, 720 orders */

struct oracle {
    const struct random_poll *poll;
    bool may_win[POLL_OPTIONS_MAX];
};

/* ---- instant runoff ---- */

static void first_ranks(
    const struct random_poll *poll, const bool *in, int64_t ret_votes[POLL_OPTIONS_MAX])
{
    memset(ret_votes, 0, POLL_OPTIONS_MAX * sizeof *ret_votes);
    for (size_t b = 0; b < poll->count; b++) {
        const struct random_ballot *ballot = &poll->ballots[b];
        size_t m = 0;
        while (m < ballot->count && !in[ballot->marks[m].option]) {
            m++;
        }
        if (m < ballot->count) {
            ret_votes[ballot->marks[m].option] += ballot->weight;
        }
    }
}

static void try_removals(struct oracle *oracle, bool *in, size_t left)
{
    int64_t votes[POLL_OPTIONS_MAX];
    int64_t fewest = INT64_MAX;
    size_t n = oracle->poll->options;
    first_ranks(oracle->poll, in, votes);
    for (size_t o = 0; o < n; o++) {
        fewest = in[o] && votes[o] < fewest ? votes[o] : fewest;
    }
    for (size_t o = 0; o < n; o++) {
        if (in[o] && left == 1) {
            oracle->may_win[o] = true;
        } else if (in[o] && votes[o] == fewest) {
            in[o] = false;
            try_removals(oracle, in, left - 1);
            in[o] = true;
        }
    }
}

/* ---- Ranked Pairs ---- */

struct pair {
    size_t winner;
    size_t loser;
    int64_t strength;
    int64_t losing;
    bool done;
};

struct pairs {
    size_t n;
    struct pair list[POLL_OPTIONS_MAX * POLL_OPTIONS_MAX];
    size_t count;
    bool locked[POLL_OPTIONS_MAX][POLL_OPTIONS_MAX];
};

static bool reaches(const struct pairs *pairs, size_t from, size_t to)
{
    for (size_t next = 0; next < pairs->n; next++) {
        if (pairs->locked[from][next] && (next == to || reaches(pairs, next, to))) {
            return true;
        }
    }
    return false;
}

static bool is_stronger(const struct pair *a, const struct pair *b)
{
    return a->strength > b->strength ||
           (a->strength == b->strength && a->losing < b->losing);
}

static void note_sources(struct oracle *oracle, const struct pairs *pairs)
{
    for (size_t o = 0; o < pairs->n; o++) {
        bool beaten = false;
        for (size_t by = 0; by < pairs->n; by++) {
            beaten = beaten || pairs->locked[by][o];
        }
        oracle->may_win[o] = oracle->may_win[o] || !beaten;
    }
}

static void try_orders(struct oracle *oracle, struct pairs *pairs)
{
    const struct pair *strongest = NULL;
    for (size_t i = 0; i < pairs->count; i++) {
        const struct pair *pair = &pairs->list[i];
        if (!pair->done && (strongest == NULL || is_stronger(pair, strongest))) {
            strongest = pair;
        }
    }
    if (strongest == NULL) {
        note_sources(oracle, pairs);
        return;
    }
    struct pair level = *strongest;
    for (size_t i = 0; i < pairs->count; i++) {
        struct pair *pair = &pairs->list[i];
        if (pair->done || is_stronger(&level, pair)) {
            continue;
        }
        bool locks = !reaches(pairs, pair->loser, pair->winner);
        pair->done = true;
        pairs->locked[pair->winner][pair->loser] = locks;
        try_orders(oracle, pairs);
        pairs->locked[pair->winner][pair->loser] = false;
        pair->done = false;
    }
}

static void
list_pairs(const struct tally_result *result, bool margins, struct pairs *pairs)
{
    for (size_t a = 0; a < pairs->n; a++) {
        for (size_t b = 0; b < pairs->n; b++) {
            int64_t won = tally_result_pair(result, a, b);
            int64_t lost = tally_result_pair(result, b, a);
            if (won > lost) {
                pairs->list[pairs->count++] = (struct pair){
                    .winner = a,
                    .loser = b,
                    .strength = margins ? won - lost : won,
                    .losing = margins ? 0 : lost};
            }
        }
    }
}

static void check_possible(
    const struct oracle *oracle, const struct tally_result *result, size_t turn)
{
    const uint16_t *possible = NULL;
    size_t count = tally_result_possible(result, &possible);
    size_t at = 0;
    for (size_t o = 0; o < oracle->poll->options; o++) {
        bool said = at < count && possible[at] == o;
        cr_assert_eq(
            said, oracle->may_win[o], "poll %zu, %s: option %zu", turn,
            tally_method_name(tally_result_method(result)), o);
        at += said ? 1 : 0;
    }
}

Test(oracle, instant_runoff_names_exactly_those_whom_some_order_of_removal_elects)
{
    uint64_t state = 11;
    size_t open = 0;
    for (size_t turn = 0; turn < 3 * POLLS; turn++) {
        struct random_poll poll = random_strict_poll(&state);
        struct oracle oracle = {.poll = &poll};
        bool in[POLL_OPTIONS_MAX];
        memset(in, true, sizeof in);
        try_removals(&oracle, in, poll.options);
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        struct tally_result *result = random_count(profile, "irv", 1, NULL);
        check_possible(&oracle, result, turn);
        open += tally_result_state(result) == TALLY_TIE_DECISIVE ? 1 : 0;
        tally_result_free(result);
        tally_profile_free(profile);
    }
    cr_assert_gt(open, POLLS / 10);
}

static void check_ranked_pairs(const char *method, bool margins, uint64_t state)
{
    size_t contested = 0;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        if (poll.options > SMALL) {
            continue;
        }
        struct oracle oracle = {.poll = &poll};
        struct pairs pairs = {.n = poll.options};
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        struct tally_result *result = random_count(profile, method, 1, NULL);
        list_pairs(result, margins, &pairs);
        try_orders(&oracle, &pairs);
        check_possible(&oracle, result, turn);
        contested += tally_result_ties(result) > 0 ? 1 : 0;
        tally_result_free(result);
        tally_profile_free(profile);
    }
    cr_assert_gt(contested, POLLS / 20);
}

Test(oracle, ranked_pairs_by_winning_votes_names_exactly_those_whom_some_order_elects)
{
    check_ranked_pairs("ranked-pairs-wv", false, 12);
}

Test(oracle, ranked_pairs_by_margins_names_exactly_those_whom_some_order_elects)
{
    check_ranked_pairs("ranked-pairs-margins", true, 13);
}
