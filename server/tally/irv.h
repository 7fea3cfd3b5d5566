/* Instant runoff: ballots as strict lists, and the steps that the count and the search
 * over orders of removal share. */
#ifndef TALLY_IRV_H
#define TALLY_IRV_H

#include "tally/lists.h"
#include "tally/method.h"

struct irv_lists {
    struct lists of;
    size_t options; /* of the profile */
    size_t seats;
};

enum tally_status irv_lists_make(
    const struct tally_profile *profile, const struct tally_rule *rule,
    struct irv_lists *ret_lists);
void irv_lists_free(struct irv_lists *lists);

/* Votes of the options in the set `in`; others get 0. Returns how many marks and ballots
 * it looked at. `ret_exhausted` counts lists that have nobody left. */
size_t irv_votes(
    const struct irv_lists *lists, const uint64_t *in, int64_t *ret_votes,
    int64_t *ret_exhausted);

/* Has the count come to its end: no more than `seats` left, or, for one seat, somebody
 * with more than half of the votes? Then ret_elected is the set of the elected. */
bool irv_finished(
    const struct irv_lists *lists, const uint64_t *in, const int64_t *votes,
    uint64_t *ret_elected);

/* The largest group of lowest options whose votes together are below the next one's and
 * whose leaving leaves enough for the seats; empty if there is none. `sorted` is room for
 * `options` numbers. */
void irv_hopeless(
    const struct irv_lists *lists, const uint64_t *in, const int64_t *votes,
    uint16_t *sorted, uint64_t *ret_set);

/* Those with the fewest votes. */
void irv_lowest(
    const struct irv_lists *lists, const uint64_t *in, const int64_t *votes,
    uint64_t *ret_set);

/* Everyone whom some order of removal at ties elects, when counting goes on from the set
 * `in`. When the search is given up, *ret_searched is false and it is all of `in`. */
enum tally_status irv_search(
    const struct irv_lists *lists, const uint64_t *in, uint64_t *ret_possible,
    bool *ret_searched);

#endif
