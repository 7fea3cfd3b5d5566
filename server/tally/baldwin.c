/* Borda with elimination. Baldwin, The technique of the Nanson preferential majority
 * system (1926): the one with the fewest points leaves, and points are given anew among
 * those left. Nanson, Methods of election (1882): all at or below the average leave. */
#include "tally/elim.h"

static void step_baldwin(struct standing *now, const void *ctx, struct step *ret_step)
{
    (void)ctx;
    if (step_last_seats(now, ret_step)) {
        return;
    }
    step_lowest(now, ret_step);
    ret_step->free =
        bits_count(ret_step->set, now->words) == now->left && standing_all_drawn(now);
}

/* The `leave` with the fewest points leave. If equals stand at the border, that is a
 * tie; it is the last choice to be made. */
static void leave_fewest(struct standing *now, size_t leave, struct step *step)
{
    size_t count = standing_sort(now);
    const uint16_t *sorted = now->sorted;
    int64_t border = now->votes[sorted[leave - 1]];
    size_t below = 0;
    for (size_t i = 0; i < count; i++) {
        if (now->votes[sorted[i]] < border) {
            bits_add(step->sure, sorted[i]);
            below++;
        } else if (now->votes[sorted[i]] == border) {
            bits_add(step->set, sorted[i]);
        }
    }
    step->kind = STEP_TIE;
    step->wanted = leave - below;
    step->free = true;
    if (bits_count(step->set, now->words) == step->wanted) {
        step->kind = STEP_LEAVE;
        bits_join(step->set, step->sure, now->words);
    }
}

/* All points together are left × (left − 1) × ballots halves. If too few would stay, the
 * best of those who would leave fill the seats. */
static void step_nanson(struct standing *now, const void *ctx, struct step *ret_step)
{
    (void)ctx;
    if (step_last_seats(now, ret_step)) {
        return;
    }
    int64_t average = (int64_t)(now->left - 1) * now->ballots;
    size_t leave = 0;
    for (size_t o = 0; o < now->options; o++) {
        leave += bits_has(now->in, o) && now->votes[o] <= average ? 1 : 0;
    }
    size_t most = now->left - now->seats;
    ret_step->reason = TALLY_BELOW_AVERAGE;
    leave_fewest(now, leave < most ? leave : most, ret_step);
}

enum tally_status count_baldwin(struct count *count)
{
    static const struct elim_method method = {
        .step = step_baldwin, .points = true, .condorcet = true};
    static const struct elim_plan plan = {.method = &method};
    return elim_count(count, &plan);
}

enum tally_status count_nanson(struct count *count)
{
    static const struct elim_method method = {.step = step_nanson, .points = true};
    static const struct elim_plan plan = {.method = &method};
    return elim_count(count, &plan);
}
