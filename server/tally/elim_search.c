/* Would another order of removal elect another? All sets of options that can be left, in
 * breadth: sets met twice are looked at once. Where it changes no outcome, hopeless
 * groups leave at once. Which sets are passed over depends on the level before only, so
 * the answer does not depend on how options are numbered.
 *
 * That is as if nothing but lots settled ties, hence everyone who may win and perhaps
 * others. Where earlier rounds settle ties, too, and several seem possible, a second
 * search tells sets apart by what those rounds say: an order of the options left. */
#include "tally/elim.h"

#include "tally/grow.h"
#include "tally/limits.h"
#include "tally/sets.h"

#include <string.h>

/* A set and, where earlier rounds matter, a rank for each option. */
#define STATE_WORDS (BITS_OPTIONS_WORDS + TALLY_OPTIONS_MAX / 4)

struct search {
    struct standing *now;
    const struct elim_plan *plan;
    size_t seats;          /* to be filled from the first set */
    struct seen_sets seen; /* also the queue */
    uint64_t possible[BITS_OPTIONS_WORDS];
    size_t looks; /* besides the standing's */
    bool ranked;
    uint16_t rank[TALLY_OPTIONS_MAX];  /* by earlier rounds, the latest first; from 0 */
    uint16_t order[TALLY_OPTIONS_MAX]; /* those in, by rank */
    size_t order_count;
};

/* ---- what earlier rounds say ---- */

/* Lists those in by rank. */
static void order_by_rank(struct search *search)
{
    const struct standing *now = search->now;
    uint16_t at[TALLY_OPTIONS_MAX + 1] = {0};
    for (size_t o = 0; o < now->options; o++) {
        if (bits_has(now->in, o)) {
            at[search->rank[o] + 1]++;
        }
    }
    for (size_t rank = 0; rank < now->options; rank++) {
        at[rank + 1] = (uint16_t)(at[rank + 1] + at[rank]);
    }
    for (size_t o = 0; o < now->options; o++) {
        if (bits_has(now->in, o)) {
            search->order[at[search->rank[o]]++] = (uint16_t)o;
        }
    }
    search->order_count = now->left;
    search->looks += now->options;
}

static bool
is_above(const struct search *search, const int64_t *votes, size_t a, size_t b)
{
    return votes[a] != votes[b] ? votes[a] > votes[b] : search->rank[a] > search->rank[b];
}

/* A round has passed: its votes come before all that was said before. Insertion sort:
 * little moves from one round to the next. */
static void rank_round(struct search *search, const int64_t *votes)
{
    uint16_t *order = search->order;
    uint16_t ranks[TALLY_OPTIONS_MAX];
    for (size_t i = 1; i < search->order_count; i++) {
        uint16_t option = order[i];
        size_t at = i;
        for (; at > 0 && is_above(search, votes, order[at - 1], option); at--) {
            order[at] = order[at - 1];
        }
        order[at] = option;
        search->looks += i - at;
    }
    for (size_t i = 0, rank = 0; i < search->order_count; i++) {
        rank += i > 0 && is_above(search, votes, order[i], order[i - 1]) ? 1 : 0;
        ranks[i] = (uint16_t)rank;
    }
    for (size_t i = 0; i < search->order_count; i++) {
        search->rank[order[i]] = ranks[i];
    }
    search->looks += search->order_count;
}

/* Those of a set leave, the votes of the round being known. */
static void pass_round(struct search *search, const uint64_t *leaving)
{
    size_t count = 0;
    if (search->ranked) {
        rank_round(search, search->now->votes);
    }
    for (size_t i = 0; i < search->order_count; i++) {
        uint16_t option = search->order[i];
        if (!bits_has(leaving, option)) {
            search->order[count++] = option;
        }
    }
    search->order_count = count;
}

/* Of some tied, those with the lowest rank. */
static void keep_lowest_rank(const struct search *search, uint64_t *set)
{
    uint64_t lowest[BITS_OPTIONS_WORDS] = {0};
    uint16_t rank = UINT16_MAX;
    for (size_t i = 0; i < search->order_count; i++) {
        uint16_t option = search->order[i];
        if (bits_has(set, option) && search->rank[option] <= rank) {
            rank = search->rank[option];
            bits_add(lowest, option);
        }
    }
    memcpy(set, lowest, search->now->words * sizeof *set);
}

/* ---- the search ---- */

/* Queues those in without `option`, ranks without gaps. */
static enum tally_status
push_without(struct search *search, const uint64_t *in, uint16_t option)
{
    uint64_t state[STATE_WORDS] = {0};
    uint16_t ranks[TALLY_OPTIONS_MAX] = {0};
    const uint16_t *order = search->order;
    bool is_new = false;
    size_t rank = 0;
    const uint16_t *before = NULL;
    memcpy(state, in, search->now->words * sizeof *state);
    bits_drop(state, option);
    for (size_t i = 0; i < search->order_count; i++) {
        if (order[i] == option) {
            continue;
        }
        rank += before != NULL && search->rank[*before] != search->rank[order[i]];
        ranks[order[i]] = (uint16_t)rank;
        before = order + i;
    }
    memcpy(
        state + search->now->words, ranks,
        (search->seen.words - search->now->words) * sizeof *state);
    search->looks += search->order_count;
    return seen_add(&search->seen, state, &is_new);
}

/* Queues those in without each of the tied in turn. */
static enum tally_status branch(struct search *search, const uint64_t *tied)
{
    const struct standing *now = search->now;
    const uint64_t nobody[BITS_OPTIONS_WORDS] = {0};
    enum tally_status status = TALLY_OK;
    pass_round(search, nobody);
    for (size_t o = 0; o < now->options && status == TALLY_OK; o++) {
        if (bits_has(tied, o)) {
            status = push_without(search, now->in, (uint16_t)o);
        }
    }
    return status;
}

/* Of the tied, those whom earlier rounds do not put out. `stay`: so many of them stay. */
static void drop_outranked(const struct search *search, size_t stay, uint64_t *set)
{
    uint16_t border = 0; /* the rank of the last who stays */
    for (size_t i = search->order_count; i > 0; i--) {
        uint16_t option = search->order[i - 1];
        if (!bits_has(set, option)) {
            continue;
        }
        if (stay > 0) {
            stay--;
            border = search->rank[option];
        } else if (search->rank[option] < border) {
            bits_drop(set, option);
        }
    }
}

/* However a free tie is settled, nothing is left to find behind it. */
static void meet_free_tie(struct search *search, const struct step *step)
{
    const struct standing *now = search->now;
    uint64_t stay[BITS_OPTIONS_WORDS];
    uint64_t tied[BITS_OPTIONS_WORDS];
    memcpy(stay, now->in, now->words * sizeof *stay);
    bits_remove(stay, step->sure, now->words);
    bits_remove(stay, step->set, now->words);
    memcpy(tied, step->set, now->words * sizeof *tied);
    if (search->ranked) {
        drop_outranked(search, now->seats - bits_count(stay, now->words), tied);
    }
    bits_join(stay, tied, now->words);
    bits_join(search->possible, stay, now->words);
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

/* What comes next; where earlier rounds settle a tie for leaving, it is none. */
static void find_step(struct search *search, struct step *ret_step)
{
    struct standing *now = search->now;
    *ret_step = (struct step){.kind = STEP_STOP};
    search->plan->method->step(now, search->plan->ctx, ret_step);
    expect(ret_step->kind != STEP_STOP);
    if (ret_step->kind != STEP_TIE || ret_step->free) {
        return;
    }
    expect(ret_step->wanted == 1);
    if (search->ranked && search->plan->method->leave == NULL) {
        keep_lowest_rank(search, ret_step->set);
    }
    if (bits_count(ret_step->set, now->words) == 1) {
        ret_step->kind = STEP_LEAVE;
    }
}

/* Counts on from the set to the end or to the first tie for leaving, which branches. */
static enum tally_status follow(struct search *search, const uint64_t *in)
{
    struct standing *now = search->now;
    now->seats = search->seats;
    standing_reset(now, in);
    if (search->ranked) {
        order_by_rank(search);
    }
    while (now->seats > 0 && !is_clear(search)) {
        struct step step;
        find_step(search, &step);
        if (step.kind == STEP_TIE && step.free) {
            meet_free_tie(search, &step);
            return TALLY_OK;
        }
        if (step.kind == STEP_TIE) {
            return branch(search, step.set);
        }
        if (step.kind == STEP_ELECT) {
            bits_join(search->possible, step.set, now->words);
            now->seats -= bits_count(step.set, now->words);
        }
        pass_round(search, step.set);
        standing_leave(now, step.set);
    }
    return TALLY_OK;
}

static bool is_beyond(const struct search *search)
{
    return search->seen.count > IRV_SETS_MAX ||
           search->now->looks + search->looks > IRV_LOOKS_MAX;
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
        const uint64_t *state = search->seen.sets + i * search->seen.words;
        memcpy(set, state, words * sizeof *set);
        memcpy(search->rank, state + words, (search->seen.words - words) * sizeof *state);
        if (!bits_inside(set, before, words)) {
            status = follow(search, set);
        }
    }
    return status;
}

/* The first state: those who were in, and what the rounds before say. */
static enum tally_status begin(struct search *search, const struct elim *elim)
{
    uint64_t state[STATE_WORDS] = {0};
    bool is_new = false;
    memcpy(search->now->in, elim->at_lot.in, search->now->words * sizeof *state);
    search->now->left = bits_count(elim->at_lot.in, search->now->words);
    if (search->ranked) {
        order_by_rank(search);
        for (size_t r = 0; r + 1 < elim->at_lot.round; r++) {
            rank_round(search, elim->result->rounds[r].votes);
        }
    }
    memcpy(state, elim->at_lot.in, search->now->words * sizeof *state);
    memcpy(
        state + search->now->words, search->rank,
        (search->seen.words - search->now->words) * sizeof *state);
    return seen_add(&search->seen, state, &is_new);
}

/* `ranked`: with what earlier rounds say. */
static enum tally_status
search_all(struct elim *elim, bool ranked, uint64_t *ret_possible, bool *ret_searched)
{
    struct standing *now = &elim->now;
    struct search search = {
        .now = now, .plan = elim->plan, .seats = elim->at_lot.seats, .ranked = ranked};
    size_t words = now->words;
    now->batch = !ranked || rule_get(elim->rule, SETTING_BATCH_ELIMINATION) != 0;
    now->searching = true;
    now->known = false;
    now->ranks = ranked ? search.rank : NULL;
    now->looks = 0;
    now->piles.looks = 0;
    seen_init(&search.seen, ranked ? words + (now->options + 3) / 4 : words);
    enum tally_status status = begin(&search, elim);
    for (size_t from = 0; status == TALLY_OK && from < search.seen.count;) {
        size_t to = search.seen.count;
        status = search_level(&search, from, to);
        from = is_beyond(&search) ? search.seen.count : to;
    }
    *ret_searched = !is_beyond(&search);
    memcpy(ret_possible, search.possible, words * sizeof *ret_possible);
    now->ranks = NULL;
    seen_fini(&search.seen);
    return status;
}

/* Have others than the winners been found? */
static bool has_others(const struct elim *elim, const uint64_t *possible)
{
    const struct option_list *winners = &elim->result->winners;
    uint64_t others[BITS_OPTIONS_WORDS];
    memcpy(others, possible, elim->now.words * sizeof *others);
    for (size_t i = 0; i < winners->count; i++) {
        bits_drop(others, winners->items[i]);
    }
    return bits_count(others, elim->now.words) > 0;
}

/* Without a tie order a tie stays open whatever earlier rounds say. */
static bool earlier_rounds_count(const struct elim *elim)
{
    return elim->result->lot != NULL &&
           rule_get(elim->rule, SETTING_TIEBREAK) == TIEBREAK_EARLIER_ROUND;
}

enum tally_status
elim_search(struct elim *elim, uint64_t *ret_possible, bool *ret_searched)
{
    uint64_t possible[BITS_OPTIONS_WORDS];
    size_t bytes = elim->now.words * sizeof *possible;
    bool searched = false;
    enum tally_status status = search_all(elim, false, ret_possible, ret_searched);
    if (!*ret_searched) {
        memcpy(ret_possible, elim->at_lot.in, bytes);
    }
    if (status != TALLY_OK || !earlier_rounds_count(elim) ||
        !has_others(elim, ret_possible)) {
        return status;
    }
    status = search_all(elim, true, possible, &searched);
    if (searched) {
        memcpy(ret_possible, possible, bytes);
        *ret_searched = true;
    } else if (!has_others(elim, possible)) {
        *ret_searched = false;
    }
    return status;
}
