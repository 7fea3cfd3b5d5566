/* Who may win a count by elimination, against the plainest program that settles every tie
 * in every way. */
#include "random_profile.h"

#include <criterion/criterion.h>
#include <string.h>

#define POLLS 800

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

struct plain {
    const struct random_poll *poll;
    const struct tally_result *any; /* for its matrix */
    const char *method;
    size_t seats;
    bool may_win[POLL_OPTIONS_MAX];
};

static int64_t pair(const struct plain *plain, size_t a, size_t b)
{
    return tally_result_pair(plain->any, a, b);
}

static bool ends_at(const struct random_ballot *ballot, size_t m)
{
    const struct tally_mark *marks = ballot->marks;
    return (m > 0 && marks[m - 1].place == marks[m].place) ||
           (m + 1 < ballot->count && marks[m + 1].place == marks[m].place);
}

/* First ranks among those in, or Borda points. */
static void find_votes(const struct plain *plain, unsigned in, int64_t *ret_votes)
{
    const struct random_poll *poll = plain->poll;
    memset(ret_votes, 0, POLL_OPTIONS_MAX * sizeof *ret_votes);
    if (strcmp(plain->method, "baldwin") == 0) {
        for (size_t a = 0; a < poll->options; a++) {
            for (size_t b = 0; b < poll->options; b++) {
                ret_votes[a] +=
                    (in >> b & 1) != 0 ? pair(plain, a, b) - pair(plain, b, a) : 0;
            }
        }
        return;
    }
    for (size_t b = 0; b < poll->count; b++) {
        const struct random_ballot *ballot = &poll->ballots[b];
        size_t m = 0;
        while (m < ballot->count && !ends_at(ballot, m) &&
               (in >> ballot->marks[m].option & 1) == 0) {
            m++;
        }
        if (m < ballot->count && !ends_at(ballot, m)) {
            ret_votes[ballot->marks[m].option] += ballot->weight;
        }
    }
}

static unsigned lowest(const struct plain *plain, unsigned in, const int64_t *votes)
{
    int64_t fewest = INT64_MAX;
    unsigned set = 0;
    for (size_t o = 0; o < plain->poll->options; o++) {
        if ((in >> o & 1) == 0 || votes[o] > fewest) {
            continue;
        }
        set = votes[o] < fewest ? 0 : set;
        fewest = votes[o];
        set |= 1U << o;
    }
    return set;
}

static unsigned losers(const struct plain *plain, unsigned in, const int64_t *votes)
{
    unsigned low = lowest(plain, in, votes);
    bool one = (low & (low - 1)) == 0;
    unsigned next = one ? lowest(plain, in & ~low, votes) : low;
    unsigned set = 0;
    for (size_t a = 0; a < plain->poll->options; a++) {
        for (size_t b = 0; b < plain->poll->options; b++) {
            if (a != b && (low >> a & 1) != 0 && (next >> b & 1) != 0) {
                set |= pair(plain, a, b) <= pair(plain, b, a) ? 1U << a : 0;
                set |= pair(plain, b, a) <= pair(plain, a, b) ? 1U << b : 0;
            }
        }
    }
    return set;
}

static bool beats_all(const struct plain *plain, unsigned in, size_t option)
{
    for (size_t o = 0; o < plain->poll->options; o++) {
        if (o != option && (in >> o & 1) != 0 &&
            pair(plain, option, o) <= pair(plain, o, option)) {
            return false;
        }
    }
    return true;
}

static bool ends(struct plain *plain, unsigned in)
{
    if ((size_t)__builtin_popcount(in) <= plain->seats) {
        for (size_t o = 0; o < plain->poll->options; o++) {
            plain->may_win[o] = plain->may_win[o] || (in >> o & 1) != 0;
        }
        return true;
    }
    for (size_t o = 0; strcmp(plain->method, "benham") == 0 && o < plain->poll->options;
         o++) {
        if ((in >> o & 1) != 0 && beats_all(plain, in, o)) {
            plain->may_win[o] = true;
            return true;
        }
    }
    return false;
}

static void try_all(struct plain *plain, unsigned in)
{
    int64_t votes[POLL_OPTIONS_MAX];
    if (ends(plain, in)) {
        return;
    }
    find_votes(plain, in, votes);
    unsigned leaving = strcmp(plain->method, "bottom-two-runoff") == 0
                           ? losers(plain, in, votes)
                           : lowest(plain, in, votes);
    for (size_t o = 0; o < plain->poll->options; o++) {
        if ((leaving >> o & 1) != 0) {
            try_all(plain, in & ~(1U << o));
        }
    }
}

static void check_against_plain(
    const struct random_poll *poll, const struct tally_profile *profile, size_t m,
    size_t seats)
{
    struct tally_result *open = random_count(profile, methods[m], seats, NULL);
    struct plain plain = {
        .poll = poll, .any = open, .method = methods[m], .seats = seats};
    unsigned in = (1U << poll->options) - 1;
    if (strcmp(methods[m], "smith-irv") == 0) {
        struct tally_result *smith = random_count(profile, "smith", 1, NULL);
        in = 0;
        for (size_t o = 0; o < poll->options; o++) {
            in |= is_winner(smith, o) ? 1U << o : 0;
        }
        tally_result_free(smith);
    }
    try_all(&plain, in);
    for (size_t o = 0; o < poll->options; o++) {
        cr_assert_eq(is_winner(open, o), plain.may_win[o], "%s: %zu", methods[m], o);
    }
    tally_result_free(open);
}

Test(elimination_property, exactly_those_may_win_whom_some_way_of_settling_ties_elects)
{
    uint64_t state = 101;
    for (size_t turn = 0; turn < POLLS; turn++) {
        struct random_poll poll = random_poll(&state);
        struct tally_profile *profile = random_profile(&poll, NULL, NULL);
        for (size_t m = 0; m < METHODS; m++) {
            bool single =
                strcmp(methods[m], "benham") == 0 || strcmp(methods[m], "smith-irv") == 0;
            size_t seats = 1 + (single ? 0 : random_below(&state, poll.options));
            if (strcmp(methods[m], "nanson") != 0) {
                check_against_plain(&poll, profile, m, seats);
            }
        }
        tally_profile_free(profile);
    }
}
