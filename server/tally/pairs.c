#include "tally/pairs.h"

#include "tally/grow.h"
#include "tally/strength.h"

#include <string.h>

static void list_majority(
    const struct tally_result *result, enum strength strength, struct pairs *pairs,
    size_t a, size_t b)
{
    int64_t won = strength_of(result, strength, a, b);
    if (a == b || won == 0) {
        return;
    }
    pairs->list[pairs->count++] = (struct majority){
        .winner = (uint16_t)a,
        .loser = (uint16_t)b,
        .strength = won,
        .losing = strength == STRENGTH_WV ? result_pair(result, b, a) : 0};
}

static void list_majorities(
    const struct tally_result *result, enum strength strength, struct pairs *pairs)
{
    for (size_t a = 0; a < pairs->options; a++) {
        for (size_t b = 0; b < pairs->options; b++) {
            list_majority(result, strength, pairs, a, b);
        }
    }
}

static void reach_via(const struct pairs *pairs, uint64_t *reach, size_t via)
{
    size_t words = pairs->words;
    for (size_t a = 0; a < pairs->options; a++) {
        if (bits_has(reach + a * words, via)) {
            bits_join(reach + a * words, reach + via * words, words);
        }
    }
}

/* `reach`: who is reached by majorities at all (Warshall). */
static void reach_all(const struct pairs *pairs, uint64_t *reach)
{
    size_t words = pairs->words;
    for (size_t i = 0; i < pairs->count; i++) {
        bits_add(reach + pairs->list[i].winner * words, pairs->list[i].loser);
    }
    for (size_t via = 0; via < pairs->options; via++) {
        reach_via(pairs, reach, via);
    }
}

static void find_components(struct pairs *pairs, const uint64_t *reach)
{
    size_t words = pairs->words;
    for (size_t a = 0; a < pairs->options; a++) {
        size_t least = 0;
        while (least < a && !(bits_has(reach + a * words, least) &&
                              bits_has(reach + least * words, a))) {
            least++;
        }
        pairs->component[a] = (uint16_t)least;
    }
    for (size_t i = 0; i < pairs->count; i++) {
        struct majority *majority = pairs->list + i;
        majority->inside =
            pairs->component[majority->winner] == pairs->component[majority->loser];
    }
}

/* Whoever beats one of another component need not beat all of it: duels may be equal. */
static void find_top(struct pairs *pairs, const uint64_t *reach)
{
    uint64_t unbeaten[BITS_OPTIONS_WORDS] = {0};
    bits_fill(unbeaten, pairs->options);
    for (size_t i = 0; i < pairs->count; i++) {
        if (!pairs->list[i].inside) {
            bits_drop(unbeaten, pairs->list[i].loser);
        }
    }
    for (size_t a = 0; a < pairs->options; a++) {
        bool above = bits_has(unbeaten, a);
        for (size_t w = 0; w < pairs->words && !above; w++) {
            above = (reach[a * pairs->words + w] & unbeaten[w]) != 0;
        }
        if (above) {
            bits_add(pairs->top, a);
        }
    }
}

enum tally_status pairs_make(
    const struct tally_result *result, enum strength strength, struct pairs *ret_pairs)
{
    size_t n = result->options;
    struct pairs pairs = {.options = n, .words = bits_words(n)};
    uint64_t *reach = zeroed(n * pairs.words, sizeof *reach);
    pairs.list = zeroed(n * (n - 1) / 2, sizeof *pairs.list);
    pairs.component = zeroed(n, sizeof *pairs.component);
    pairs.top = zeroed(pairs.words, sizeof *pairs.top);
    if (reach == NULL || pairs.list == NULL || pairs.component == NULL ||
        pairs.top == NULL) {
        free(reach);
        pairs_free(&pairs);
        return TALLY_NO_MEMORY;
    }
    list_majorities(result, strength, &pairs);
    enum tally_status status = pairs_sort(&pairs);
    if (status == TALLY_OK) {
        reach_all(&pairs, reach);
        find_components(&pairs, reach);
        find_top(&pairs, reach);
        *ret_pairs = pairs;
    } else {
        pairs_free(&pairs);
    }
    free(reach);
    return status;
}

void pairs_free(struct pairs *pairs)
{
    free(pairs->list);
    free(pairs->component);
    free(pairs->top);
    *pairs = (struct pairs){0};
}

size_t pairs_level_end(const struct pairs *pairs, size_t from, bool exactly)
{
    const struct majority *first = pairs->list + from;
    size_t to = from + 1;
    while (to < pairs->count && pairs->list[to].strength == first->strength &&
           (!exactly || pairs->list[to].losing == first->losing)) {
        to++;
    }
    return to;
}

size_t
closure_lock(uint64_t *closure, size_t options, size_t words, size_t winner, size_t loser)
{
    if (closure_has(closure, words, winner, loser)) {
        return 1;
    }
    const uint64_t *behind = closure + loser * words;
    for (size_t a = 0; a < options; a++) {
        uint64_t *row = closure + a * words;
        if ((a == winner || bits_has(row, winner)) && !bits_has(row, loser)) {
            bits_join(row, behind, words); /* a row that has the loser has them all */
            bits_add(row, loser);
        }
    }
    return options * words;
}

size_t pairs_try_level(
    const struct pairs *pairs, const uint64_t *closure, size_t from, size_t to,
    uint64_t *ret_closure)
{
    size_t words = pairs->words;
    size_t touched = pairs->options * words;
    memcpy(ret_closure, closure, touched * sizeof *closure);
    for (size_t i = from; i < to; i++) {
        const struct majority *majority = pairs->list + i;
        if (majority->inside &&
            !closure_has(closure, words, majority->loser, majority->winner)) {
            touched += closure_lock(
                ret_closure, pairs->options, words, majority->winner, majority->loser);
        }
    }
    return touched;
}
