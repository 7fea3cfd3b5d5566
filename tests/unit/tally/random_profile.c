#include "random_profile.h"

#include <criterion/criterion.h>
#include <string.h>

size_t random_below(uint64_t *state, size_t bound)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (size_t)((z ^ z >> 31) % bound);
}

void random_permutation(uint64_t *state, size_t count, uint16_t *ret_order)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = random_below(state, i + 1);
        ret_order[i] = ret_order[at];
        ret_order[at] = (uint16_t)i;
    }
}

static struct random_ballot random_ballot(uint64_t *state, size_t options, bool ties)
{
    uint16_t order[POLL_OPTIONS_MAX];
    struct random_ballot ballot = {.weight = 1 + (int64_t)random_below(state, 3)};
    random_permutation(state, options, order);
    ballot.count = random_below(state, options + 1);
    uint16_t place = 1;
    for (size_t i = 0; i < ballot.count; i++) {
        ballot.marks[i] = (struct tally_mark){.option = order[i], .place = place};
        place = (uint16_t)(place + (ties && random_below(state, 4) == 0 ? 0 : 1));
        place = (uint16_t)(place + (ties && random_below(state, 8) == 0 ? 1 : 0));
    }
    return ballot;
}

static struct random_poll make(uint64_t *state, bool ties)
{
    struct random_poll poll = {.options = 1 + random_below(state, 7)};
    poll.count = random_below(state, 21);
    for (size_t i = 0; i < poll.count; i++) {
        poll.ballots[i] = random_ballot(state, poll.options, ties);
    }
    return poll;
}

struct random_poll random_poll(uint64_t *state)
{
    return make(state, true);
}

struct random_poll random_strict_poll(uint64_t *state)
{
    return make(state, false);
}

struct tally_profile *random_profile(
    const struct random_poll *poll, const uint16_t *order, const uint16_t *names)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(poll->options, &profile), TALLY_OK);
    for (size_t i = 0; i < poll->count; i++) {
        const struct random_ballot *ballot = &poll->ballots[order != NULL ? order[i] : i];
        struct tally_mark marks[POLL_OPTIONS_MAX];
        memcpy(marks, ballot->marks, sizeof marks);
        for (size_t m = 0; names != NULL && m < ballot->count; m++) {
            marks[m].option = names[marks[m].option];
        }
        cr_assert_eq(
            tally_profile_add(profile, marks, ballot->count, ballot->weight), TALLY_OK);
    }
    return profile;
}

struct tally_result *random_count(
    const struct tally_profile *profile, const char *method, size_t seats,
    const uint16_t *tie_order)
{
    return count_by(
        profile, rule_for(method, seats, tie_order, tally_profile_options(profile)));
}
