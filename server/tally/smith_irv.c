/* Smith-IRV: all outside the Smith set leave, then instant runoff among its members
 * (Green-Armytage, Four Condorcet-Hare hybrid methods, 2011). For k seats: the Smith set,
 * the Smith set of the others, and so on; sets that fit whole are elected, and instant
 * runoff is held in the first that does not. */
#include "tally/elim.h"

#include "tally/grow.h"
#include "tally/score.h"

#include <string.h>

struct layers {
    uint64_t *sets; /* layer after layer */
    size_t count;
    uint64_t whole[BITS_OPTIONS_WORDS]; /* the layers that are elected */
    uint64_t stay[BITS_OPTIONS_WORDS];  /* these, and the one that is counted */
};

static void step_smith_irv(struct standing *now, const void *ctx, struct step *ret_step)
{
    const struct layers *layers = ctx;
    uint64_t outside[BITS_OPTIONS_WORDS];
    memcpy(outside, now->in, sizeof outside);
    bits_remove(outside, layers->stay, now->words);
    if (bits_count(outside, now->words) > 0) {
        ret_step->kind = STEP_LEAVE;
        ret_step->reason = TALLY_OUTSIDE_SET;
        memcpy(ret_step->set, outside, sizeof outside);
        return;
    }
    for (size_t w = 0; w < now->words; w++) {
        ret_step->set[w] = now->in[w] & layers->whole[w];
    }
    if (bits_count(ret_step->set, now->words) > 0) {
        ret_step->kind = STEP_ELECT;
        ret_step->reason = TALLY_UNBEATEN;
        return;
    }
    step_runoff(now, true, ret_step);
}

/* Reads the layers from the order that the result holds for a moment. */
static void
read_layers(struct tally_result *result, struct layers *layers, uint64_t *ret_sets)
{
    size_t words = bits_words(result->options);
    size_t placed = 0;
    for (size_t i = 0; i < result->place_count; i++) {
        uint64_t *set = ret_sets + i * words;
        for (size_t at = result->place_start[i]; at < result->place_start[i + 1]; at++) {
            bits_add(set, result->order[at]);
        }
        if (placed < result->seats) {
            bits_join(layers->stay, set, words);
        }
        placed = result->place_start[i + 1];
        if (placed <= result->seats) {
            bits_join(layers->whole, set, words);
        }
    }
    layers->count = result->place_count;
    result->place_count = 0;
}

enum tally_status count_smith_irv(struct count *count)
{
    static const struct elim_method method = {.step = step_smith_irv, .majority = true};
    struct tally_result *result = count->result;
    struct layers layers = {0};
    enum tally_status status = smith_place(result);
    if (status != TALLY_OK) {
        return status;
    }
    size_t words = bits_words(result->options);
    uint64_t *sets = zeroed(result->place_count * words, sizeof *sets);
    if (sets == NULL) {
        return TALLY_NO_MEMORY;
    }
    layers.sets = sets;
    read_layers(result, &layers, sets);
    struct elim_plan plan = {
        .method = &method,
        .ctx = &layers,
        .layers = layers.sets,
        .layer_count = layers.count};
    status = elim_count(count, &plan);
    free(sets);
    return status;
}
