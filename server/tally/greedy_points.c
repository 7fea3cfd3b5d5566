/* Points of sequential proportional approval voting: the h-th elected option that a
 * ballot approves adds 1/h. The state of a ballot is how many there are: node h. */
#include "tally/greedy.h"
#include "tally/grow.h"
#include "tally/harmonic.h"

enum tally_status greedy_points_init(struct greedy *greedy)
{
    size_t count = harmonic_count(greedy->ballots, greedy->seats);
    uint32_t number = 0;
    greedy->units = malloc(count * sizeof *greedy->units);
    if (greedy->units == NULL) {
        return TALLY_NO_MEMORY;
    }
    harmonic_unit(count, 1, &greedy->denominator);
    enum tally_status status = TALLY_OK;
    for (size_t h = 0; h <= count && status == TALLY_OK; h++) {
        if (h < count) {
            harmonic_unit(count, h + 1, &greedy->units[h]);
        }
        status = greedy_push_node(greedy, (struct node){.kind = NODE_ROOT}, &number);
    }
    return status;
}

static void bounds(
    struct greedy *greedy, size_t option, greedy_bound *ret_low, greedy_bound *ret_high)
{
    greedy_bound points = 0;
    greedy_gather(greedy, option);
    for (size_t i = 0; i < greedy->touched_count; i++) {
        uint32_t h = greedy->touched[i];
        points += (greedy_bound)greedy->weight[h] * (GREEDY_POINTS / (int64_t)(h + 1));
    }
    *ret_low = -points - greedy->ballots->support[option];
    *ret_high = -points;
}

static void cost(struct greedy *greedy, size_t option, struct cost *ret_cost)
{
    greedy_gather(greedy, option);
    big_set(&ret_cost->value, 0);
    for (size_t i = 0; i < greedy->touched_count; i++) {
        uint32_t h = greedy->touched[i];
        big_add_scaled(&ret_cost->value, &greedy->units[h], (uint64_t)greedy->weight[h]);
    }
    ret_cost->divisor = 1;
    ret_cost->never = false;
}

static enum tally_status move(struct greedy *greedy, size_t step, size_t option)
{
    (void)step;
    for (size_t i = 0; i < greedy->touched_count; i++) {
        greedy->moved[greedy->touched[i]] = greedy->touched[i] + 1;
    }
    greedy_move(greedy, option);
    return TALLY_OK;
}

const struct greedy_rules greedy_points = {
    .points = true, .bounds = bounds, .cost = cost, .move = move};
