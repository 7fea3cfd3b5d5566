/* Who is left in an elimination count, and what each holds: votes, from piles of ballots,
 * or Borda points among those left, from the pairwise matrix. The count and the search
 * over other orders of removal share it. */
#ifndef TALLY_STANDING_H
#define TALLY_STANDING_H

#include "tally/method.h"
#include "tally/piles.h"

struct standing {
    size_t options; /* of the profile */
    size_t words;
    size_t left;  /* how many are in */
    size_t seats; /* still to be filled */
    uint64_t in[BITS_OPTIONS_WORDS];
    int64_t *votes; /* or points, in halves; 0 for those not in */
    int64_t exhausted;
    size_t looks; /* work done so far, the same whatever the order of ballots */

    const int64_t *pairs; /* borrowed from the result */
    int64_t ballots;
    const uint64_t *write_ins; /* who leaves first; NULL: no such rule */
    bool batch;                /* hopeless options leave at once */
    bool known;                /* the winner is known: go on until two are left */
    bool searching;            /* steps shall say which ties are free */
    const uint16_t *ranks; /* what earlier rounds say, more is better; NULL: nothing */

    struct piles piles;
    int64_t *points; /* owned; NULL: votes */
    uint16_t *sorted;
};

/* Everyone is in. `points`: Borda points instead of votes. On failure the standing must
 * be given to standing_fini all the same. */
enum tally_status
standing_init(const struct count *count, bool points, struct standing *ret_standing);
void standing_fini(struct standing *standing);
/* Exactly the options of this set are in. */
void standing_reset(struct standing *standing, const uint64_t *in);
/* Those of this set, who are in, leave. */
void standing_leave(struct standing *standing, const uint64_t *set);

static inline bool
standing_beats(const struct standing *standing, size_t winner, size_t loser)
{
    size_t n = standing->options;
    return standing->pairs[winner * n + loser] > standing->pairs[loser * n + winner];
}

/* Who of `among` beats all others there; `options` if nobody does. */
size_t standing_unbeaten(const struct standing *standing, const uint64_t *among);
/* Is every duel between those left drawn? Then any order of removal is as good as any
 * other, where duels or points decide. */
bool standing_all_drawn(const struct standing *standing);
int64_t standing_total(const struct standing *standing);
/* Those of `among`, all in, with the fewest votes. */
void standing_lowest(
    const struct standing *standing, const uint64_t *among, uint64_t *ret_set);
/* The options in, fewest votes first; equals by number. Returns how many. */
size_t standing_sort(struct standing *standing);

#endif
