#include "tally/ways.h"

#include "tally/grow.h"
#include "tally/limits.h"
#include "tally/sets.h"
#include "tally/winning_sets.h"

#include <string.h>

/* A power of two, more than twice WAYS_MAX. */
#define INDEX_CELLS 16384

/* Ways up to some step: whom each elected, as a set and in order. */
struct way_list {
    uint64_t *sets;  /* count × words */
    uint16_t *steps; /* count × seats */
    size_t count;
    size_t set_capacity;
    size_t step_capacity;
};

struct search {
    struct tally_result *result;
    const struct ways *ways;
    size_t words;
    struct way_list now;
    struct way_list then; /* a step later */
    uint16_t *index;      /* INDEX_CELLS: 1 + number of a way of `then`, by its set */
    uint64_t possible[BITS_OPTIONS_WORDS];
    struct seen_sets finished;
    uint16_t *need; /* options of each class, for winning_sets_add */
    size_t seen;    /* ways, all together */
    bool given_up;
};

static void list_fini(struct way_list *list)
{
    free(list->sets);
    free(list->steps);
}

/* Room for one more. */
static bool list_reserve(const struct search *search, struct way_list *list)
{
    size_t seats = search->result->seats;
    uint64_t *sets = grow(
        list->sets, &list->set_capacity, list->count + 1, search->words * sizeof *sets);
    if (sets == NULL) {
        return false;
    }
    list->sets = sets;
    uint16_t *steps =
        grow(list->steps, &list->step_capacity, list->count + 1, seats * sizeof *steps);
    if (steps == NULL) {
        return false;
    }
    list->steps = steps;
    return true;
}

static enum tally_status
go(const struct ways *ways, void *count, const uint16_t *steps, size_t step_count)
{
    enum tally_status status = TALLY_OK;
    ways->kind->reset(count);
    for (size_t i = 0; i < step_count && status == TALLY_OK; i++) {
        status = ways->kind->elect(count, steps[i]);
    }
    return status;
}

/* Does way i of `then` lead to the same as the one behind its last? */
static enum tally_status
compare(struct search *search, size_t i, size_t step_count, bool *ret_alike)
{
    const struct ways *ways = search->ways;
    const struct way_list *then = &search->then;
    size_t seats = search->result->seats;
    const uint64_t *set = then->sets + i * search->words;
    const uint64_t *last = then->sets + then->count * search->words;
    if (memcmp(set, last, search->words * sizeof *set) != 0) {
        *ret_alike = false;
        return TALLY_OK;
    }
    if (ways->kind->alike == NULL || step_count == seats) {
        *ret_alike = true;
        return TALLY_OK;
    }
    enum tally_status status =
        go(ways, ways->count, then->steps + then->count * seats, step_count);
    if (status == TALLY_OK) {
        status = go(ways, ways->other, then->steps + i * seats, step_count);
    }
    if (status == TALLY_OK) {
        *ret_alike = ways->kind->alike(ways->count, ways->other);
    }
    return status;
}

/* Keeps the way behind the last of `then`, unless one there leads to the same. */
static enum tally_status keep(struct search *search, size_t step_count)
{
    struct way_list *then = &search->then;
    const uint64_t *set = then->sets + then->count * search->words;
    size_t at = seen_hash(set, search->words) & (INDEX_CELLS - 1);
    for (; search->index[at] != 0; at = (at + 1) & (INDEX_CELLS - 1)) {
        bool known = false;
        enum tally_status status =
            compare(search, search->index[at] - (size_t)1, step_count, &known);
        if (status != TALLY_OK || known) {
            return status;
        }
    }
    search->index[at] = (uint16_t)++then->count;
    return TALLY_OK;
}

/* Way i of `now`, and `option` elected behind it. */
static enum tally_status
branch(struct search *search, size_t i, size_t step_count, uint16_t option)
{
    struct way_list *then = &search->then;
    size_t seats = search->result->seats;
    if (then->count == WAYS_MAX) {
        search->given_up = true;
        return TALLY_OK;
    }
    if (!list_reserve(search, then)) {
        return TALLY_NO_MEMORY;
    }
    uint64_t *set = then->sets + then->count * search->words;
    uint16_t *steps = then->steps + then->count * seats;
    memcpy(set, search->now.sets + i * search->words, search->words * sizeof *set);
    bits_add(set, option);
    memcpy(steps, search->now.steps + i * seats, step_count * sizeof *steps);
    steps[step_count] = option;
    return keep(search, step_count + 1);
}

/* Way i of `now` has come to its end. */
static enum tally_status finish(struct search *search, size_t i, size_t step_count)
{
    const uint16_t *class_of = search->ways->class_of;
    const uint16_t *steps = search->now.steps + i * search->result->seats;
    size_t n = search->result->options;
    bool is_new = false;
    enum tally_status status =
        seen_add(&search->finished, search->now.sets + i * search->words, &is_new);
    if (status != TALLY_OK || !is_new) {
        return status;
    }
    memset(search->need, 0, n * sizeof *search->need);
    for (size_t s = 0; s < step_count; s++) {
        search->need[class_of[steps[s]]]++;
    }
    for (size_t o = 0; o < n; o++) {
        if (search->need[class_of[o]] > 0) {
            bits_add(search->possible, o);
        }
    }
    return winning_sets_add(search->result, class_of, search->need);
}

/* From way i of `now` to all that follow it. Of options that stand for each other the
 * least stands for all. */
static enum tally_status follow(struct search *search, size_t i, size_t step_count)
{
    const struct ways *ways = search->ways;
    const uint16_t *steps = search->now.steps + i * search->result->seats;
    uint64_t tied[BITS_OPTIONS_WORDS] = {0};
    uint64_t taken[BITS_OPTIONS_WORDS] = {0};
    enum tally_status status = TALLY_OK;
    if (step_count < search->result->seats) {
        status = go(ways, ways->count, steps, step_count);
    }
    if (status == TALLY_OK && step_count < search->result->seats) {
        status = ways->kind->next(ways->count, tied);
    }
    if (status == TALLY_OK && bits_count(tied, search->words) == 0) {
        return finish(search, i, step_count);
    }
    for (size_t o = 0; o < search->result->options && status == TALLY_OK; o++) {
        if (bits_has(tied, o) && !bits_has(taken, ways->class_of[o])) {
            bits_add(taken, ways->class_of[o]);
            status = branch(search, i, step_count, (uint16_t)o);
        }
    }
    return status;
}

static bool is_over(struct search *search)
{
    search->seen++;
    search->given_up = search->seen > WAYS_MAX || *search->ways->looks > WAYS_LOOKS_MAX;
    return search->given_up;
}

/* All ways of `now` by one step. */
static enum tally_status advance(struct search *search, size_t step)
{
    enum tally_status status = TALLY_OK;
    search->then.count = 0;
    memset(search->index, 0, INDEX_CELLS * sizeof *search->index);
    for (size_t i = 0; i < search->now.count && status == TALLY_OK; i++) {
        if (is_over(search)) {
            return TALLY_OK;
        }
        status = follow(search, i, step);
    }
    struct way_list swapped = search->now;
    search->now = search->then;
    search->then = swapped;
    return status;
}

static enum tally_status run(struct search *search)
{
    enum tally_status status = TALLY_OK;
    for (size_t step = 0;
         search->now.count > 0 && status == TALLY_OK && !search->given_up; step++) {
        status = advance(search, step);
    }
    return status;
}

/* Adds all sets that may win to the result. */
static enum tally_status search_all(
    struct tally_result *result, const struct ways *ways, uint64_t *possible,
    bool *ret_searched)
{
    struct search search = {
        .result = result, .ways = ways, .words = bits_words(result->options)};
    enum tally_status status = TALLY_NO_MEMORY;
    *ways->looks = 0;
    seen_init(&search.finished, search.words);
    search.need = zeroed(result->options, sizeof *search.need);
    search.index = zeroed(INDEX_CELLS, sizeof *search.index);
    if (search.need != NULL && search.index != NULL &&
        list_reserve(&search, &search.now)) {
        memset(search.now.sets, 0, search.words * sizeof *search.now.sets);
        search.now.count = 1;
        status = run(&search);
    }
    *ret_searched = !search.given_up;
    memcpy(possible, search.possible, sizeof search.possible);
    free(search.need);
    free(search.index);
    seen_fini(&search.finished);
    list_fini(&search.now);
    list_fini(&search.then);
    return status;
}

/* ---- the outcome ---- */

static void place_all(struct tally_result *result, const struct ways_end *end)
{
    uint64_t rest[BITS_OPTIONS_WORDS] = {0};
    bits_fill(rest, result->options);
    for (size_t i = 0; i < end->count; i++) {
        result_push_place(result, end->elected + i, 1);
        bits_drop(rest, end->elected[i]);
    }
    result_push_set(result, rest);
}

static void set_outcome(
    struct tally_result *result, const uint64_t *possible, const struct ways_end *end)
{
    size_t bytes = end->count * sizeof *result->winners.items;
    memcpy(result->winners.items, end->elected, bytes);
    result->winners.count = end->count;
    result->possible.count = 0;
    for (size_t o = 0; o < result->options; o++) {
        if (bits_has(possible, o)) {
            result->possible.items[result->possible.count++] = (uint16_t)o;
        }
    }
}

/* One set alone can win: it is known without a list. */
static enum tally_state judge(struct tally_result *result, bool searched)
{
    bool several = result->set_total > 1;
    if (!searched || !several) {
        winning_sets_clear(result);
    }
    if (!searched) {
        return TALLY_NOT_SETTLED;
    }
    return several ? TALLY_TIE_DECISIVE : TALLY_TIE_IRRELEVANT;
}

enum tally_status ways_conclude(
    struct tally_result *result, const struct ways *ways, const struct ways_end *end)
{
    uint64_t possible[BITS_OPTIONS_WORDS] = {0};
    bool unsure = end->open || end->lots;
    bool searched = end->search;
    place_all(result, end);
    if (unsure && searched) {
        enum tally_status status = search_all(result, ways, possible, &searched);
        if (status != TALLY_OK) {
            return status;
        }
    }
    if (!unsure) {
        for (size_t i = 0; i < end->count; i++) {
            bits_add(possible, end->elected[i]);
        }
        result->state = result->tie_count > 0 ? TALLY_TIE_IRRELEVANT : TALLY_DECIDED;
    } else {
        if (!searched) {
            bits_fill(possible, result->options);
        }
        result->state = judge(result, searched);
    }
    set_outcome(result, possible, end);
    if (end->open) {
        result_leave_open(result);
    }
    return TALLY_OK;
}
