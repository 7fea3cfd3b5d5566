/* Would another order of removal elect another? All sets of options that can be left, in
 * breadth: sets met twice are looked at once. Where it changes no outcome, hopeless
 * groups leave at once. Which sets are passed over depends on the level before only, so
 * the answer does not depend on how options are numbered. */
#include "tally/elim.h"

#include "tally/grow.h"
#include "tally/limits.h"
#include "tally/sets.h"

#include <string.h>

struct search {
    struct standing *now;
    const struct elim_plan *plan;
    size_t seats;          /* to be filled from the first set */
    struct seen_sets seen; /* also the queue */
    uint64_t possible[BITS_OPTIONS_WORDS];
};

/* Queues those in without each of the tied in turn. */
static enum tally_status branch(struct search *search, const struct step *step)
{
    struct standing *now = search->now;
    uint64_t rest[BITS_OPTIONS_WORDS];
    enum tally_status status = TALLY_OK;
    memcpy(rest, now->in, now->words * sizeof *rest);
    for (size_t o = 0; o < now->options && status == TALLY_OK; o++) {
        if (bits_has(step->set, o)) {
            bool is_new = false;
            bits_drop(rest, o);
            status = seen_add(&search->seen, rest, &is_new);
            bits_add(rest, o);
        }
    }
    return status;
}

/* However a free tie is settled, nothing is left to find behind it. */
static enum tally_status meet_tie(struct search *search, const struct step *step)
{
    struct standing *now = search->now;
    uint64_t stay[BITS_OPTIONS_WORDS];
    if (!step->free) {
        expect(step->wanted == 1);
        return branch(search, step);
    }
    memcpy(stay, now->in, now->words * sizeof *stay);
    bits_remove(stay, step->sure, now->words);
    bits_join(search->possible, stay, now->words);
    return TALLY_OK;
}

/* Is it clear who wins, whatever happens to the others? */
static bool is_clear(struct search *search)
{
    const struct standing *now = search->now;
    if (!search->plan->method->condorcet || now->seats > 1) {
        return false;
    }
    size_t winner = standing_unbeaten(now, now->in);
    if (winner < now->options) {
        bits_add(search->possible, winner);
    }
    return winner < now->options;
}

/* Counts on from the set to the end or to the first tie for leaving, which branches. */
static enum tally_status follow(struct search *search, const uint64_t *in)
{
    struct standing *now = search->now;
    now->seats = search->seats;
    standing_reset(now, in);
    while (now->seats > 0 && !is_clear(search)) {
        struct step step = {.kind = STEP_STOP};
        search->plan->method->step(now, search->plan->ctx, &step);
        expect(step.kind != STEP_STOP);
        if (step.kind == STEP_TIE) {
            return meet_tie(search, &step);
        }
        if (step.kind == STEP_ELECT) {
            bits_join(search->possible, step.set, now->words);
            now->seats -= bits_count(step.set, now->words);
        }
        standing_leave(now, step.set);
    }
    return TALLY_OK;
}

static bool is_beyond(const struct search *search)
{
    return search->seen.count > IRV_SETS_MAX || search->now->looks > IRV_LOOKS_MAX;
}

/* Follows the queued sets `from` … `to`, the sets after one more removal. */
static enum tally_status search_level(struct search *search, size_t from, size_t to)
{
    size_t words = search->now->words;
    uint64_t before[BITS_OPTIONS_WORDS]; /* who was possible when this level began */
    uint64_t set[BITS_OPTIONS_WORDS];
    enum tally_status status = TALLY_OK;
    memcpy(before, search->possible, words * sizeof *before);
    for (size_t i = from; i < to && status == TALLY_OK && !is_beyond(search); i++) {
        memcpy(set, search->seen.sets + i * words, words * sizeof *set);
        if (!bits_inside(set, before, words)) {
            status = follow(search, set);
        }
    }
    return status;
}

enum tally_status
elim_search(struct elim *elim, uint64_t *ret_possible, bool *ret_searched)
{
    struct search search = {
        .now = &elim->now, .plan = elim->plan, .seats = elim->at_tie.seats};
    size_t words = elim->now.words;
    bool is_new = false;
    elim->now.batch = true;
    elim->now.searching = true;
    elim->now.known = false;
    elim->now.looks = 0;
    elim->now.piles.looks = 0;
    seen_init(&search.seen, words);
    enum tally_status status = seen_add(&search.seen, elim->at_tie.in, &is_new);
    for (size_t from = 0; status == TALLY_OK && from < search.seen.count;) {
        size_t to = search.seen.count;
        status = search_level(&search, from, to);
        from = is_beyond(&search) ? search.seen.count : to;
    }
    if (status == TALLY_OK) {
        *ret_searched = !is_beyond(&search);
        memcpy(
            ret_possible, *ret_searched ? search.possible : elim->at_tie.in,
            words * sizeof *ret_possible);
    }
    seen_fini(&search.seen);
    return status;
}
