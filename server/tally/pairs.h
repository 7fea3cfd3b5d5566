/* Ranked Pairs: the majorities by strength, and what is locked so far. The count and the
 * search over orders of equal majorities share them. */
#ifndef TALLY_PAIRS_H
#define TALLY_PAIRS_H

#include "tally/method.h"

struct majority {
    uint16_t winner;
    uint16_t loser;
    bool inside; /* both in one component: only such a majority can close a cycle */
    int64_t strength;
    int64_t losing; /* by winning votes, the losing votes: fewer is stronger; else 0 */
};

struct pairs {
    size_t options;
    size_t words;
    struct majority *list; /* the strongest first; equals by winner, then loser */
    size_t count;
    /* Of each option the least number in its component: options that reach each other by
     * majorities. */
    uint16_t *component;
    uint64_t *top; /* those whom nobody outside their component beats: one of them wins;
                      and whoever may be locked above one of them */
};

enum tally_status pairs_make(
    const struct tally_result *result, enum strength strength, struct pairs *ret_pairs);
void pairs_free(struct pairs *pairs);
/* The strongest first, of equals those with fewer losing votes; the list stands by winner
 * and loser before. TALLY_NO_MEMORY. */
enum tally_status pairs_sort(struct pairs *pairs);

/* Where the majorities end that are as strong as list[from] (`exactly`: losing votes
 * too). */
size_t pairs_level_end(const struct pairs *pairs, size_t from, bool exactly);

/* ---- a closure: row a has everybody whom a is ahead of by locked majorities ---- */

static inline bool
closure_has(const uint64_t *closure, size_t words, size_t ahead, size_t behind)
{
    return bits_has(closure + ahead * words, behind);
}

/* Locks a majority that closes no cycle. Returns the words it touched. */
size_t closure_lock(
    uint64_t *closure, size_t options, size_t words, size_t winner, size_t loser);

/* `ret_closure`: `closure` with those majorities of list[from … to] that stand inside a
 * component and contradict nothing in `closure`, all at once, cycles and all: one of them
 * is contested if its loser is ahead of its winner there. Returns the words touched. */
size_t pairs_try_level(
    const struct pairs *pairs, const uint64_t *closure, size_t from, size_t to,
    uint64_t *ret_closure);

/* Everyone whom some order of equally strong majorities puts into the first `seats`. When
 * the search is given up, *ret_searched is false and it is everyone not excluded. */
enum tally_status pairs_search(
    const struct pairs *pairs, size_t seats, uint64_t *ret_possible, bool *ret_searched);

/* The same without a search: everyone not excluded. Is that exact, because no more than
 * the seats are left? */
bool pairs_not_excluded(const struct pairs *pairs, size_t seats, uint64_t *ret_possible);

#endif
