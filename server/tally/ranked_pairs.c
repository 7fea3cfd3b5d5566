/* Ranked Pairs (Tideman 1987): majorities from the strongest down, each locked unless it
 * closes a cycle with locked ones. Equally strong majorities are a tie only where
 * together they close a cycle: then the tie order decides (Zavist and Tideman 1989: the
 * favoured winner first, then the least favoured loser), or the whole component is left
 * open. */
#include "tally/pairs.h"

#include "tally/grow.h"

#include <string.h>

struct ranked_pairs {
    struct tally_result *result;
    struct pairs pairs;
    uint64_t *closure; /* of what is locked inside components */
    uint64_t *tried;   /* the level at hand, all at once */
    uint64_t *locked;  /* row a: whom a is locked above */
    bool *stalled;     /* by component: a tie in it was left open */
    bool contested;    /* some tie was met */
    bool searches;     /* asks whether another lot could have elected others */
};

static enum tally_status ranked_pairs_init(struct ranked_pairs *rp, struct count *count)
{
    size_t n = count->result->options;
    size_t cells = n * bits_words(n);
    *rp = (struct ranked_pairs){
        .result = count->result,
        .searches = rule_get(count->rule, SETTING_SEARCH) != SEARCH_NONE};
    rp->closure = zeroed(cells, sizeof *rp->closure);
    rp->tried = zeroed(cells, sizeof *rp->tried);
    rp->locked = zeroed(cells, sizeof *rp->locked);
    rp->stalled = zeroed(n, sizeof *rp->stalled);
    if (rp->closure == NULL || rp->tried == NULL || rp->locked == NULL ||
        rp->stalled == NULL) {
        return TALLY_NO_MEMORY;
    }
    return pairs_make(count->result, count->method->strength, &rp->pairs);
}

static void ranked_pairs_fini(struct ranked_pairs *rp)
{
    pairs_free(&rp->pairs);
    free(rp->closure);
    free(rp->tried);
    free(rp->locked);
    free(rp->stalled);
}

/* Is it part of a cycle of equals in the level that was tried? */
static bool is_contested(const struct ranked_pairs *rp, const struct majority *majority)
{
    size_t words = rp->pairs.words;
    return majority->inside && !rp->stalled[rp->pairs.component[majority->winner]] &&
           !closure_has(rp->closure, words, majority->loser, majority->winner) &&
           closure_has(rp->tried, words, majority->loser, majority->winner);
}

/* Tries list[from … to] and notes the options of contested majorities in `ret_options`.
 * Where none is contested, what was tried is the closure of what will be locked. */
static bool
try_level(struct ranked_pairs *rp, size_t from, size_t to, uint64_t *ret_options)
{
    bool contested = false;
    memset(ret_options, 0, rp->pairs.words * sizeof *ret_options);
    (void)pairs_try_level(&rp->pairs, rp->closure, from, to, rp->tried);
    for (size_t i = from; i < to; i++) {
        const struct majority *majority = rp->pairs.list + i;
        if (is_contested(rp, majority)) {
            contested = true;
            bits_add(ret_options, majority->winner);
            bits_add(ret_options, majority->loser);
        }
    }
    if (!contested) {
        uint64_t *tried = rp->tried;
        rp->tried = rp->closure;
        rp->closure = tried;
    }
    return contested;
}

static enum tally_status push_tie(
    struct ranked_pairs *rp, const uint64_t *options, size_t from,
    enum tally_settled settled)
{
    struct option_list list = {0};
    enum tally_status status = option_list_of(options, rp->pairs.options, &list);
    if (status != TALLY_OK) {
        return status;
    }
    if (settled == TALLY_BY_LOT) {
        result_sort_by_lot(rp->result, list.items, list.count);
    }
    status = result_push_tie(rp->result, list.items, list.count, from + 1, settled);
    free(list.items);
    return status;
}

static enum tally_fate lock(struct ranked_pairs *rp, const struct majority *majority)
{
    size_t words = rp->pairs.words;
    if (majority->inside) {
        if (rp->stalled[rp->pairs.component[majority->winner]]) {
            return TALLY_OPEN;
        }
        if (closure_has(rp->closure, words, majority->loser, majority->winner)) {
            return TALLY_DROPPED;
        }
        (void)closure_lock(
            rp->closure, rp->pairs.options, words, majority->winner, majority->loser);
    }
    bits_add(rp->locked + majority->winner * words, majority->loser);
    return TALLY_LOCKED;
}

static enum tally_status look_at(struct ranked_pairs *rp, const struct majority *majority)
{
    size_t winner = majority->winner;
    size_t loser = majority->loser;
    struct tally_duel duel = {
        .winner = majority->winner,
        .loser = majority->loser,
        .votes_for = result_pair(rp->result, winner, loser),
        .votes_against = result_pair(rp->result, loser, winner),
        .fate = lock(rp, majority)};
    return result_push_duel(rp->result, duel);
}

struct lot_row {
    uint32_t key;
    struct majority majority;
};

static int by_key(const void *a, const void *b)
{
    const struct lot_row *x = a;
    const struct lot_row *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* Puts the contested majorities of a level last, in the order of the lot. */
static enum tally_status sort_level(struct ranked_pairs *rp, size_t from, size_t to)
{
    const uint16_t *place = rp->result->lot_place;
    struct lot_row *rows = zeroed(to - from, sizeof *rows);
    if (rows == NULL) {
        return TALLY_NO_MEMORY;
    }
    uint32_t n = (uint32_t)rp->pairs.options;
    for (size_t i = from; i < to; i++) {
        const struct majority *majority = rp->pairs.list + i;
        uint32_t key = (uint32_t)(i - from);
        if (is_contested(rp, majority) && place != NULL) {
            key = n * n + place[majority->winner] * n + n - 1 - place[majority->loser];
        } else if (is_contested(rp, majority)) {
            key += n * n;
        }
        rows[i - from] = (struct lot_row){.key = key, .majority = *majority};
    }
    qsort(rows, to - from, sizeof *rows, by_key);
    for (size_t i = from; i < to; i++) {
        rp->pairs.list[i] = rows[i - from].majority;
    }
    free(rows);
    return TALLY_OK;
}

/* Without a tie order the components of a contested level are left open from here on. */
static void stall(struct ranked_pairs *rp, const uint64_t *options)
{
    for (size_t o = 0; o < rp->pairs.options; o++) {
        if (bits_has(options, o)) {
            rp->stalled[rp->pairs.component[o]] = true;
        }
    }
}

/* Majorities equal in all that the method compares. */
static enum tally_status look_at_equals(struct ranked_pairs *rp, size_t from, size_t to)
{
    uint64_t options[BITS_OPTIONS_WORDS];
    size_t contested_from = to;
    enum tally_status status = TALLY_OK;
    if (to - from > 1 && try_level(rp, from, to, options)) {
        bool open = rp->result->lot == NULL;
        rp->contested = true;
        status = sort_level(rp, from, to);
        if (status == TALLY_OK) {
            status = push_tie(rp, options, from, open ? TALLY_BY_NOBODY : TALLY_BY_LOT);
        }
        for (size_t i = to;
             open && i > from && is_contested(rp, rp->pairs.list + i - 1);) {
            contested_from = --i;
        }
    }
    for (size_t i = from; i < to && status == TALLY_OK; i++) {
        if (i == contested_from) {
            stall(rp, options);
        }
        status = look_at(rp, rp->pairs.list + i);
    }
    return status;
}

/* Majorities of one strength; by winning votes, those with fewer losing votes first. */
static enum tally_status look_at_strength(struct ranked_pairs *rp, size_t from, size_t to)
{
    uint64_t options[BITS_OPTIONS_WORDS];
    enum tally_status status = TALLY_OK;
    if (pairs_level_end(&rp->pairs, from, true) < to &&
        try_level(rp, from, to, options)) {
        status = push_tie(rp, options, from, TALLY_BY_LOSING_VOTES);
    }
    while (from < to && status == TALLY_OK) {
        size_t end = pairs_level_end(&rp->pairs, from, true);
        status = look_at_equals(rp, from, end);
        from = end;
    }
    return status;
}

static enum tally_status look_at_all(struct ranked_pairs *rp)
{
    enum tally_status status = TALLY_OK;
    for (size_t from = 0; from < rp->pairs.count && status == TALLY_OK;) {
        size_t to = pairs_level_end(&rp->pairs, from, false);
        status = look_at_strength(rp, from, to);
        from = to;
    }
    return status;
}

/* Row of an option outside an open component: whoever beats one of it beats all. A
 * component is called by its least member. */
static void blur_row(const struct ranked_pairs *rp, uint64_t *row)
{
    const struct pairs *pairs = &rp->pairs;
    for (size_t b = 0; b < pairs->options; b++) {
        if (rp->stalled[pairs->component[b]] && bits_has(row, b)) {
            bits_add(row, pairs->component[b]);
        }
    }
    for (size_t b = 0; b < pairs->options; b++) {
        if (rp->stalled[pairs->component[b]] && bits_has(row, pairs->component[b])) {
            bits_add(row, b);
        }
    }
}

static void drop_component(const struct pairs *pairs, size_t component, uint64_t *row)
{
    for (size_t b = 0; b < pairs->options; b++) {
        if (pairs->component[b] == component) {
            bits_drop(row, b);
        }
    }
}

/* Makes an open component stand in one place: nobody in it beats another of it. */
static void blur_open(struct ranked_pairs *rp)
{
    const struct pairs *pairs = &rp->pairs;
    for (size_t a = 0; a < pairs->options; a++) {
        uint64_t *row = rp->locked + a * pairs->words;
        blur_row(rp, row);
        if (rp->stalled[pairs->component[a]]) {
            drop_component(pairs, pairs->component[a], row);
        }
    }
}

/* What the ties met mean, and the winners. */
static enum tally_status conclude(struct ranked_pairs *rp)
{
    struct tally_result *result = rp->result;
    bool open = rp->contested && result->lot == NULL;
    if (open) {
        blur_open(rp);
    }
    enum tally_status status = result_place_levels(result, rp->locked);
    if (status == TALLY_OK && !open) {
        status = result_elect(result);
    }
    if (!rp->contested && result->state == TALLY_DECIDED && result->tie_count > 0) {
        result->state = TALLY_TIE_IRRELEVANT; /* losing votes settled all of them */
    }
    if (status != TALLY_OK || !rp->contested) {
        return status;
    }
    uint64_t possible[BITS_OPTIONS_WORDS] = {0};
    bool searched = true;
    if (rp->searches) {
        status = pairs_search(&rp->pairs, result->seats, possible, &searched);
    } else {
        searched = pairs_not_excluded(&rp->pairs, result->seats, possible);
    }
    if (status != TALLY_OK) {
        return status;
    }
    result_judge(result, possible, searched);
    if (open) {
        result_leave_open(result);
    }
    return TALLY_OK;
}

enum tally_status count_ranked_pairs(struct count *count)
{
    struct ranked_pairs rp;
    enum tally_status status = ranked_pairs_init(&rp, count);
    if (status == TALLY_OK) {
        status = look_at_all(&rp);
    }
    if (status == TALLY_OK) {
        status = conclude(&rp);
    }
    ranked_pairs_fini(&rp);
    return status;
}
