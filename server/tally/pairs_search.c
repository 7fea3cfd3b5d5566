/* Ranked Pairs: would another order of equally strong majorities elect another? What can
 * have been locked is followed level by level as a set of closures. In a contested level
 * every largest choice of majorities that closes no cycle comes out of some order, and
 * nothing else does. The problem is NP-complete (Brill and Fischer 2012): the search is
 * bounded by the words it touches. */
#include "tally/pairs.h"

#include "tally/grow.h"
#include "tally/limits.h"
#include "tally/sets.h"

#include <string.h>

struct search {
    struct pairs pairs; /* only what can matter, options renumbered */
    uint16_t *original; /* their numbers outside */
    size_t seats;
    size_t cells; /* words of a closure */
    uint64_t *tried;
    uint64_t *possible;
    uint64_t *before; /* possible when this level began */
    size_t touched;
    bool given_up;
};

static bool over(struct search *search, size_t touched)
{
    search->touched += touched;
    search->given_up = search->given_up || search->touched > PAIRS_WORDS_MAX;
    return search->given_up;
}

/* For one seat nobody else can win, or keep another from it. */
static bool matters(const struct pairs *pairs, size_t seats, size_t option)
{
    return seats > 1 || bits_has(pairs->top, option);
}

static enum tally_status
search_init(struct search *search, const struct pairs *pairs, size_t seats)
{
    *search = (struct search){.seats = seats};
    size_t n = pairs->options;
    uint16_t *number = zeroed(n, sizeof *number);
    search->original = zeroed(n, sizeof *search->original);
    search->pairs.list = zeroed(pairs->count, sizeof *search->pairs.list);
    search->possible = zeroed(bits_words(n), sizeof *search->possible);
    search->before = zeroed(bits_words(n), sizeof *search->before);
    search->tried = zeroed(n * bits_words(n), sizeof *search->tried);
    if (number == NULL || search->original == NULL || search->pairs.list == NULL ||
        search->possible == NULL || search->before == NULL || search->tried == NULL) {
        free(number);
        return TALLY_NO_MEMORY;
    }
    size_t kept = 0;
    for (size_t o = 0; o < n; o++) {
        if (matters(pairs, seats, o)) {
            search->original[kept] = (uint16_t)o;
            number[o] = (uint16_t)kept++;
        }
    }
    search->pairs.options = kept;
    search->pairs.words = bits_words(kept);
    search->cells = kept * search->pairs.words;
    for (size_t i = 0; i < pairs->count; i++) {
        struct majority majority = pairs->list[i];
        if (matters(pairs, seats, majority.winner) &&
            matters(pairs, seats, majority.loser)) {
            majority.winner = number[majority.winner];
            majority.loser = number[majority.loser];
            search->pairs.list[search->pairs.count++] = majority;
        }
    }
    free(number);
    return TALLY_OK;
}

static void search_fini(struct search *search)
{
    free(search->original);
    free(search->pairs.list);
    free(search->possible);
    free(search->before);
    free(search->tried);
}

/* Those of `left` whom nobody of `left` is ahead of. */
static void best_of(
    const struct search *search, const uint64_t *closure, const uint64_t *left,
    uint64_t *ret_best)
{
    size_t words = search->pairs.words;
    memcpy(ret_best, left, words * sizeof *left);
    for (size_t a = 0; a < search->pairs.options; a++) {
        if (bits_has(left, a)) {
            bits_remove(ret_best, closure + a * words, words);
        }
    }
}

/* Who can be among the first `seats` now that all is locked: the places up to the one
 * that fills the seats. */
static void note_winners(struct search *search, const uint64_t *closure)
{
    size_t words = search->pairs.words;
    uint64_t left[BITS_OPTIONS_WORDS] = {0};
    uint64_t best[BITS_OPTIONS_WORDS] = {0};
    bits_fill(left, search->pairs.options);
    for (size_t taken = 0; taken < search->seats;) {
        best_of(search, closure, left, best);
        bits_join(search->possible, best, words);
        bits_remove(left, best, words);
        taken += bits_count(best, words);
    }
}

/* For one seat a closure needs no following when nobody stands beside the one who is
 * ahead of all, or when all who can still win are known to be possible. */
static bool is_settled(struct search *search, const uint64_t *closure)
{
    size_t words = search->pairs.words;
    uint64_t all[BITS_OPTIONS_WORDS] = {0};
    uint64_t best[BITS_OPTIONS_WORDS] = {0};
    if (search->seats > 1) {
        return false;
    }
    bits_fill(all, search->pairs.options);
    best_of(search, closure, all, best);
    if (bits_count(best, words) == 1) {
        bits_join(search->possible, best, words);
        return true;
    }
    return bits_inside(best, search->before, words);
}

/* Adds to `states` what each of its closures becomes with and without one more majority.
 */
static enum tally_status
choose(struct search *search, struct seen_sets *states, const struct majority *majority)
{
    const struct pairs *pairs = &search->pairs;
    struct seen_sets grown;
    seen_init(&grown, search->cells);
    enum tally_status status = TALLY_OK;
    bool is_new = false;
    for (size_t i = 0; i < states->count && status == TALLY_OK; i++) {
        uint64_t *closure = states->sets + i * search->cells;
        status = seen_add(&grown, closure, &is_new);
        if (status != TALLY_OK || over(search, search->cells) ||
            closure_has(closure, pairs->words, majority->loser, majority->winner)) {
            continue;
        }
        size_t touched = closure_lock(
            closure, pairs->options, pairs->words, majority->winner, majority->loser);
        if (!over(search, touched)) {
            status = seen_add(&grown, closure, &is_new);
        }
    }
    seen_fini(states);
    *states = grown;
    return status;
}

/* Has every one of the majorities been locked, or would it close a cycle? */
static bool is_largest(
    const struct search *search, const uint64_t *closure, const uint64_t *before,
    size_t from, size_t to)
{
    size_t words = search->pairs.words;
    for (size_t i = from; i < to; i++) {
        const struct majority *majority = search->pairs.list + i;
        if (majority->inside &&
            !closure_has(before, words, majority->loser, majority->winner) &&
            !closure_has(closure, words, majority->winner, majority->loser) &&
            !closure_has(closure, words, majority->loser, majority->winner)) {
            return false;
        }
    }
    return true;
}

/* Does it close a cycle with what was tried? Then it is contested, or contradicted. */
static bool closes_cycle(const struct search *search, const struct majority *majority)
{
    return closure_has(
        search->tried, search->pairs.words, majority->loser, majority->winner);
}

/* Locks what no order of the level can keep out: what closes no cycle at all. */
static void
lock_uncontested(struct search *search, uint64_t *closure, size_t from, size_t to)
{
    const struct pairs *pairs = &search->pairs;
    for (size_t i = from; i < to; i++) {
        const struct majority *majority = pairs->list + i;
        if (majority->inside && !closes_cycle(search, majority)) {
            (void)over(
                search, closure_lock(
                            closure, pairs->options, pairs->words, majority->winner,
                            majority->loser));
        }
    }
}

/* All that the contested of list[from … to] can make of the only one of `states`. */
static enum tally_status
branch(struct search *search, struct seen_sets *states, size_t from, size_t to)
{
    enum tally_status status = TALLY_OK;
    for (size_t i = from; i < to && status == TALLY_OK && !search->given_up; i++) {
        const struct majority *majority = search->pairs.list + i;
        if (majority->inside && closes_cycle(search, majority)) {
            status = choose(search, states, majority);
        }
    }
    return status;
}

/* Everything that list[from … to] can make of one closure goes to `next`. */
static enum tally_status expand(
    struct search *search, const uint64_t *closure, size_t from, size_t to,
    struct seen_sets *next)
{
    struct seen_sets states;
    seen_init(&states, search->cells);
    bool is_new = false;
    (void)over(search, pairs_try_level(&search->pairs, closure, from, to, search->tried));
    enum tally_status status = seen_add(&states, closure, &is_new);
    if (status == TALLY_OK) {
        lock_uncontested(search, states.sets, from, to);
        status = branch(search, &states, from, to);
    }
    for (size_t i = 0; i < states.count && status == TALLY_OK; i++) {
        const uint64_t *state = states.sets + i * search->cells;
        if (is_largest(search, state, closure, from, to)) {
            status = seen_add(next, state, &is_new);
        }
    }
    seen_fini(&states);
    return status;
}

static enum tally_status
search_level(struct search *search, struct seen_sets *states, size_t from, size_t to)
{
    struct seen_sets next;
    seen_init(&next, search->cells);
    enum tally_status status = TALLY_OK;
    memcpy(
        search->before, search->possible, search->pairs.words * sizeof *search->before);
    for (size_t i = 0; i < states->count && status == TALLY_OK && !search->given_up;
         i++) {
        const uint64_t *closure = states->sets + i * search->cells;
        if (!is_settled(search, closure)) {
            status = expand(search, closure, from, to, &next);
        }
    }
    seen_fini(states);
    *states = next;
    return status;
}

/* Majorities between components close no cycle: all of them are locked from the start. */
static enum tally_status first_state(struct search *search, struct seen_sets *states)
{
    const struct pairs *pairs = &search->pairs;
    memset(search->tried, 0, search->cells * sizeof *search->tried);
    for (size_t i = 0; i < pairs->count; i++) {
        const struct majority *majority = pairs->list + i;
        if (!majority->inside) {
            (void)closure_lock(
                search->tried, pairs->options, pairs->words, majority->winner,
                majority->loser);
        }
    }
    bool is_new = false;
    return seen_add(states, search->tried, &is_new);
}

static enum tally_status search_all(struct search *search)
{
    struct seen_sets states;
    seen_init(&states, search->cells);
    enum tally_status status = first_state(search, &states);
    for (size_t from = 0; from < search->pairs.count;) {
        if (status != TALLY_OK || search->given_up) {
            break;
        }
        size_t to = pairs_level_end(&search->pairs, from, true);
        status = search_level(search, &states, from, to);
        from = to;
    }
    for (size_t i = 0; i < states.count && status == TALLY_OK; i++) {
        note_winners(search, states.sets + i * search->cells);
    }
    seen_fini(&states);
    return status;
}

static void write_possible(const struct search *search, uint64_t *ret_possible)
{
    for (size_t o = 0; o < search->pairs.options; o++) {
        if (search->given_up || bits_has(search->possible, o)) {
            bits_add(ret_possible, search->original[o]);
        }
    }
}

enum tally_status pairs_search(
    const struct pairs *pairs, size_t seats, uint64_t *ret_possible, bool *ret_searched)
{
    struct search search;
    enum tally_status status = search_init(&search, pairs, seats);
    if (status == TALLY_OK) {
        status = search_all(&search);
    }
    if (status == TALLY_OK) {
        memset(ret_possible, 0, pairs->words * sizeof *ret_possible);
        write_possible(&search, ret_possible);
        *ret_searched = !search.given_up;
    }
    search_fini(&search);
    return status;
}

bool pairs_not_excluded(const struct pairs *pairs, size_t seats, uint64_t *ret_possible)
{
    size_t count = 0;
    for (size_t o = 0; o < pairs->options; o++) {
        if (matters(pairs, seats, o)) {
            bits_add(ret_possible, o);
            count++;
        }
    }
    return count <= seats;
}
