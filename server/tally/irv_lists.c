/* Ballots as instant runoff reads them, and the steps of a round. */
#include "tally/irv.h"

#include "tally/grow.h"

#include <string.h>

enum tally_status irv_lists_make(
    const struct tally_profile *profile, const struct tally_rule *rule,
    struct irv_lists *ret_lists)
{
    struct irv_lists lists = {.options = profile->options, .seats = rule->seats};
    enum tally_status status = lists_make(profile, rule, &lists.of);
    if (status == TALLY_OK) {
        *ret_lists = lists;
    }
    return status;
}

void irv_lists_free(struct irv_lists *lists)
{
    lists_free(&lists->of);
}

size_t irv_votes(
    const struct irv_lists *lists, const uint64_t *in, int64_t *ret_votes,
    int64_t *ret_exhausted)
{
    size_t looks = lists->of.count;
    int64_t exhausted = 0;
    memset(ret_votes, 0, lists->options * sizeof *ret_votes);
    for (size_t i = 0; i < lists->of.count; i++) {
        size_t at = lists->of.start[i];
        size_t end = lists->of.start[i + 1];
        while (at < end && !bits_has(in, lists->of.items[at])) {
            at++;
        }
        looks += at - lists->of.start[i];
        if (at < end) {
            ret_votes[lists->of.items[at]] += lists->of.weight[i];
        } else {
            exhausted += lists->of.weight[i];
        }
    }
    *ret_exhausted = exhausted;
    return looks;
}

bool irv_finished(
    const struct irv_lists *lists, const uint64_t *in, const int64_t *votes,
    uint64_t *ret_elected)
{
    size_t words = bits_words(lists->options);
    if (bits_count(in, words) <= lists->seats) {
        memcpy(ret_elected, in, words * sizeof *in);
        return true;
    }
    int64_t all = 0;
    for (size_t o = 0; o < lists->options; o++) {
        all += votes[o];
    }
    for (size_t o = 0; lists->seats == 1 && o < lists->options; o++) {
        if (votes[o] > all - votes[o]) {
            memset(ret_elected, 0, words * sizeof *ret_elected);
            bits_add(ret_elected, o);
            return true;
        }
    }
    return false;
}

/* Insertion sort by votes, fewest first: it is called with few or nearly sorted options.
 */
static size_t sort_by_votes(
    const struct irv_lists *lists, const uint64_t *in, const int64_t *votes,
    uint16_t *sorted)
{
    size_t count = 0;
    for (size_t o = 0; o < lists->options; o++) {
        if (!bits_has(in, o)) {
            continue;
        }
        size_t at = count++;
        for (; at > 0 && votes[sorted[at - 1]] > votes[o]; at--) {
            sorted[at] = sorted[at - 1];
        }
        sorted[at] = (uint16_t)o;
    }
    return count;
}

void irv_hopeless(
    const struct irv_lists *lists, const uint64_t *in, const int64_t *votes,
    uint16_t *sorted, uint64_t *ret_set)
{
    size_t count = sort_by_votes(lists, in, votes, sorted);
    size_t removed = 0;
    int64_t together = 0;
    for (size_t i = 0; i + 1 < count && count - (i + 1) >= lists->seats; i++) {
        together += votes[sorted[i]];
        if (together < votes[sorted[i + 1]]) {
            removed = i + 1;
        }
    }
    memset(ret_set, 0, bits_words(lists->options) * sizeof *ret_set);
    for (size_t i = 0; i < removed; i++) {
        bits_add(ret_set, sorted[i]);
    }
}

void irv_lowest(
    const struct irv_lists *lists, const uint64_t *in, const int64_t *votes,
    uint64_t *ret_set)
{
    int64_t fewest = INT64_MAX;
    for (size_t o = 0; o < lists->options; o++) {
        if (bits_has(in, o) && votes[o] < fewest) {
            fewest = votes[o];
        }
    }
    memset(ret_set, 0, bits_words(lists->options) * sizeof *ret_set);
    for (size_t o = 0; o < lists->options; o++) {
        if (bits_has(in, o) && votes[o] == fewest) {
            bits_add(ret_set, o);
        }
    }
}
