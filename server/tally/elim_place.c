/* The order that the rounds of an elimination tell: who was elected, in that order; who
 * was still in; who left, the last first. Those of one round stand by its votes. */
#include "tally/elim.h"

#include <string.h>

/* Moves those of `left` with the most votes to `ret_best`. */
static void
take_best(const struct elim *elim, const int64_t *votes, uint64_t *left, uint64_t *best)
{
    int64_t most = -1;
    memset(best, 0, elim->now.words * sizeof *best);
    for (size_t o = 0; o < elim->now.options; o++) {
        if (!bits_has(left, o) || votes[o] < most) {
            continue;
        }
        if (votes[o] > most) {
            most = votes[o];
            memset(best, 0, elim->now.words * sizeof *best);
        }
        bits_add(best, o);
    }
    bits_remove(left, best, elim->now.words);
}

static void
place_by_votes(struct elim *elim, const struct round *round, const uint64_t *set)
{
    uint64_t left[BITS_OPTIONS_WORDS] = {0};
    uint64_t best[BITS_OPTIONS_WORDS] = {0};
    memcpy(left, set, elim->now.words * sizeof *left);
    while (bits_count(left, elim->now.words) > 0) {
        take_best(elim, round->votes, left, best);
        result_push_set(elim->result, best);
    }
}

/* Layer for layer, where the method has such. */
static void
place_layers(struct elim *elim, const struct round *round, const uint64_t *set)
{
    const struct elim_plan *plan = elim->plan;
    uint64_t part[BITS_OPTIONS_WORDS] = {0};
    for (size_t i = 0; i < plan->layer_count; i++) {
        const uint64_t *layer = plan->layers + i * elim->now.words;
        for (size_t w = 0; w < elim->now.words; w++) {
            part[w] = set[w] & layer[w];
        }
        place_by_votes(elim, round, part);
    }
    if (plan->layer_count == 0) {
        place_by_votes(elim, round, set);
    }
}

static void
place_list(struct elim *elim, const struct round *round, const struct option_list *list)
{
    uint64_t set[BITS_OPTIONS_WORDS] = {0};
    for (size_t i = 0; i < list->count; i++) {
        bits_add(set, list->items[i]);
    }
    place_layers(elim, round, set);
}

void elim_place(struct elim *elim)
{
    struct tally_result *result = elim->result;
    const struct round *rounds = result->rounds;
    uint64_t rest[BITS_OPTIONS_WORDS] = {0};
    for (size_t r = 0; r < result->round_count; r++) {
        place_list(elim, rounds + r, &rounds[r].elected);
    }
    memcpy(rest, elim->now.in, elim->now.words * sizeof *rest);
    bits_remove(rest, elim->elected, elim->now.words);
    if (elim->open) {
        result_push_set(result, rest);
    } else {
        place_layers(elim, rounds + result->round_count - 1, rest);
    }
    for (size_t r = result->round_count; r > 0; r--) {
        place_list(elim, rounds + r - 1, &rounds[r - 1].eliminated);
    }
}
