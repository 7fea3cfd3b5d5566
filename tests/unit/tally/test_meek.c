/* Meek's method against a slow one that knows nothing of trees and fixed point. */
#include "random_profile.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define OMEGA 1e-6L
#define CLOSE 1e-6L

/* One count in long double: the reference rule, ballot by ballot. `doubtful` once a
 * decision hung on less than arithmetic can tell. */
struct slow {
    const struct random_poll *poll;
    size_t seats;
    long double keep[POLL_OPTIONS_MAX];
    long double votes[POLL_OPTIONS_MAX];
    bool in[POLL_OPTIONS_MAX];
    bool elected[POLL_OPTIONS_MAX];
    size_t in_count;
    size_t elected_count;
    long double quota;
    long double surplus;
    bool doubtful;
    size_t rounds;
};

static void share(struct slow *slow)
{
    long double sum = 0;
    memset(slow->votes, 0, sizeof slow->votes);
    for (size_t i = 0; i < slow->poll->count; i++) {
        const struct random_ballot *ballot = slow->poll->ballots + i;
        long double left = (long double)ballot->weight;
        for (size_t m = 0; m < ballot->count; m++) {
            size_t option = ballot->marks[m].option;
            slow->votes[option] += left * slow->keep[option];
            left -= left * slow->keep[option];
        }
    }
    for (size_t o = 0; o < slow->poll->options; o++) {
        sum += slow->votes[o];
    }
    slow->quota = sum / (long double)(slow->seats + 1) + 1e-9L;
}

static void elect(struct slow *slow, size_t option)
{
    slow->in[option] = false;
    slow->elected[option] = true;
    slow->in_count--;
    slow->elected_count++;
}

/* How many reach the quota now; they are elected. */
static size_t elect_reached(struct slow *slow)
{
    size_t count = 0;
    for (size_t o = 0; o < slow->poll->options; o++) {
        if (slow->in[o] && fabsl(slow->votes[o] - slow->quota) < CLOSE) {
            slow->doubtful = true;
        }
        if (slow->in[o] && slow->votes[o] >= slow->quota) {
            elect(slow, o);
            count++;
        }
    }
    return count;
}

static void find_surplus(struct slow *slow)
{
    slow->surplus = 0;
    for (size_t o = 0; o < slow->poll->options; o++) {
        slow->surplus += slow->elected[o] ? slow->votes[o] - slow->quota : 0;
    }
    slow->surplus = slow->surplus > 0 ? slow->surplus : 0;
}

static void exclude(struct slow *slow)
{
    size_t lowest = 0;
    for (size_t o = 0; o < slow->poll->options; o++) {
        if (slow->in[o] && (!slow->in[lowest] || slow->votes[o] < slow->votes[lowest])) {
            lowest = o;
        }
    }
    for (size_t o = 0; o < slow->poll->options; o++) {
        if (slow->in[o] && o != lowest &&
            slow->votes[o] <= slow->votes[lowest] + slow->surplus + CLOSE) {
            slow->doubtful = true;
        }
    }
    slow->in[lowest] = false;
    slow->in_count--;
    slow->keep[lowest] = 0;
}

/* One round: to an election or an exclusion. */
static void play_round(struct slow *slow)
{
    long double before = 1e30L;
    slow->rounds++;
    for (;;) {
        share(slow);
        if (slow->in_count <= slow->seats - slow->elected_count) {
            for (size_t o = 0; o < slow->poll->options; o++) {
                if (slow->in[o]) {
                    elect(slow, o);
                }
            }
            return;
        }
        if (elect_reached(slow) > 0) {
            return;
        }
        find_surplus(slow);
        if (slow->surplus < OMEGA || slow->surplus >= before) {
            exclude(slow);
            return;
        }
        before = slow->surplus;
        for (size_t o = 0; o < slow->poll->options; o++) {
            slow->keep[o] *= slow->elected[o] ? slow->quota / slow->votes[o] : 1;
        }
    }
}

static void
check_round(const struct slow *slow, const struct tally_result *result, size_t round)
{
    for (size_t o = 0; o < slow->poll->options; o++) {
        if (tally_round_has(result, round, o)) {
            struct tally_number votes = tally_round_votes(result, round, o);
            long double number = (long double)votes.value / (long double)votes.unit;
            cr_assert_lt(fabsl(number - slow->votes[o]), CLOSE);
        }
    }
    struct tally_number quota = tally_round_quota(result, round);
    long double number = (long double)quota.value / (long double)quota.unit;
    cr_assert_lt(fabsl(number - slow->quota), CLOSE);
}

/* Plays both side by side; false: it hung on too little to compare. */
static bool compare(const struct random_poll *poll, size_t seats)
{
    struct slow slow = {.poll = poll, .seats = seats, .in_count = poll->options};
    struct tally_profile *profile = random_profile(poll, NULL, NULL);
    struct tally_result *result = random_count(profile, "stv-meek", seats, NULL);
    for (size_t o = 0; o < poll->options; o++) {
        slow.in[o] = true;
        slow.keep[o] = 1;
    }
    while (slow.elected_count < seats && !slow.doubtful) {
        play_round(&slow);
        if (!slow.doubtful) {
            cr_assert_lt(slow.rounds - 1, tally_result_rounds(result));
            check_round(&slow, result, slow.rounds - 1);
        }
    }
    if (!slow.doubtful) {
        const uint16_t *winners = NULL;
        cr_assert_eq(tally_result_state(result), TALLY_DECIDED);
        cr_assert_eq(tally_result_rounds(result), slow.rounds);
        cr_assert_eq(tally_result_winners(result, &winners), seats);
        for (size_t i = 0; i < seats; i++) {
            cr_assert(slow.elected[winners[i]]);
        }
    }
    tally_result_free(result);
    tally_profile_free(profile);
    return !slow.doubtful;
}

Test(meek, votes_and_quotas_are_those_of_a_slow_count_without_tree_or_fixed_point)
{
    uint64_t state = 31;
    size_t compared = 0;
    for (size_t turn = 0; turn < 1500; turn++) {
        struct random_poll poll = random_strict_poll(&state);
        for (size_t i = 0; i < poll.count; i++) {
            poll.ballots[i].weight += (int64_t)random_below(&state, 10);
        }
        size_t seats = 1 + random_below(&state, poll.options);
        compared += compare(&poll, seats) ? 1 : 0;
    }
    cr_assert_gt(compared, 700, "%zu", compared);
}
