/* Benham's method: instant runoff until one beats all others who are left
 * (Green-Armytage, Four Condorcet-Hare hybrid methods, 2011). For k seats, until k are
 * left; if one beats all others before, that one and those with the most votes stay. */
#include "tally/elim.h"

#include <string.h>

/* All but the winner and those with the most votes leave: `set` and `wanted` are those of
 * equal votes at the last seat, and how many of them can't stay. */
static void keep_best(struct standing *now, size_t winner, struct step *step)
{
    size_t leave = now->left - now->seats;
    size_t count = standing_sort(now);
    const uint16_t *sorted = now->sorted;
    size_t last = 0; /* who leaves last */
    for (size_t i = 0, gone = 0; gone < leave; i++) {
        last = i;
        gone += sorted[i] != winner ? 1 : 0;
    }
    int64_t border = now->votes[sorted[last]];
    size_t below = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t votes = now->votes[sorted[i]];
        if (sorted[i] != winner && votes < border) {
            bits_add(step->sure, sorted[i]);
            below++;
        } else if (sorted[i] != winner && votes == border) {
            bits_add(step->set, sorted[i]);
        }
    }
    step->reason = TALLY_LOWEST;
    step->wanted = leave - below;
    step->free = true;
    step->kind = STEP_TIE;
    if (bits_count(step->set, now->words) == step->wanted) {
        step->kind = STEP_LEAVE;
        bits_join(step->set, step->sure, now->words);
    }
}

static void step_benham(struct standing *now, const void *ctx, struct step *ret_step)
{
    (void)ctx;
    size_t winner = standing_unbeaten(now, now->in);
    if (winner < now->options && now->seats == 1) {
        ret_step->kind = STEP_ELECT;
        ret_step->reason = TALLY_UNBEATEN;
        bits_add(ret_step->set, winner);
    } else if (step_last_seats(now, ret_step)) {
        return;
    } else if (winner < now->options) {
        keep_best(now, winner, ret_step);
    } else {
        step_lowest(now, ret_step);
        ret_step->free =
            now->searching && standing_total(now) == 0 && standing_all_drawn(now);
    }
}

enum tally_status count_benham(struct count *count)
{
    static const struct elim_method method = {.step = step_benham};
    static const struct elim_plan plan = {.method = &method};
    return elim_count(count, &plan);
}
