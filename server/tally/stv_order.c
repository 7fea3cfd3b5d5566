/* Who is next: the largest surplus, the lowest, and those who can be passed over. */
#include "tally/stv_piles.h"

#include <string.h>

/* Votes first, then the rank that earlier rounds gave. */
static int compare(const struct stv *stv, uint16_t a, uint16_t b)
{
    int order = values_compare(&stv->values, a, b);
    return order != 0 ? order : (int)stv->rank[a] - (int)stv->rank[b];
}

void stv_drop_others(struct stv *stv)
{
    size_t count = 0;
    for (size_t i = 0; i < stv->order_count; i++) {
        uint16_t option = stv->order[i];
        if (bits_has(stv->race.in, option) || bits_has(stv->pending, option)) {
            stv->order[count++] = option;
        }
    }
    stv->order_count = count;
}

/* Insertion sort: little has moved since the last round, and equals keep their order. */
static void sort_order(struct stv *stv)
{
    uint16_t *order = stv->order;
    for (size_t i = 1; i < stv->order_count; i++) {
        uint16_t option = order[i];
        size_t at = i;
        for (; at > 0 && compare(stv, order[at - 1], option) > 0; at--) {
            order[at] = order[at - 1];
        }
        order[at] = option;
    }
}

void stv_sort(struct stv *stv)
{
    stv_drop_others(stv);
    sort_order(stv);
    uint16_t ranks[TALLY_OPTIONS_MAX] = {0};
    for (size_t i = 1; i < stv->order_count && stv->look_back; i++) {
        uint16_t step = compare(stv, stv->order[i - 1], stv->order[i]) != 0 ? 1 : 0;
        ranks[i] = (uint16_t)(ranks[i - 1] + step);
    }
    for (size_t i = 0; i < stv->order_count; i++) {
        stv->rank[stv->order[i]] = ranks[i];
    }
}

/* Puts an option among the tied: by rank, the highest first, then by number. */
static void add_tied(const struct stv *stv, struct stv_tie *tie, uint16_t option)
{
    uint16_t *options = tie->options;
    size_t at = tie->count++;
    for (; at > 0; at--) {
        int above = (int)stv->rank[options[at - 1]] - (int)stv->rank[option];
        if (above > 0 || (above == 0 && options[at - 1] < option)) {
            break;
        }
        options[at] = options[at - 1];
    }
    options[at] = option;
}

/* How many of the tied earlier rounds can't tell from the first, or the last. */
static size_t undecided(const struct stv *stv, const struct stv_tie *tie)
{
    uint16_t rank = stv->rank[tie->options[tie->leaving ? tie->count - 1 : 0]];
    size_t left = 0;
    for (size_t i = 0; i < tie->count; i++) {
        left += stv->rank[tie->options[i]] == rank ? 1 : 0;
    }
    return left;
}

static enum tally_status
settle(struct stv *stv, struct stv_tie *tie, uint16_t *ret_option)
{
    struct stv_state state = {.words = {0}};
    *ret_option = tie->options[0];
    if (tie->count == 1) {
        return TALLY_OK;
    }
    tie->left = undecided(stv, tie);
    if (stv->race.path != NULL && tie->left > 1 && !tie->idle) {
        state = piles_state(stv);
    }
    return race_settle(&stv->race, tie, &state, ret_option);
}

enum tally_status
stv_settle_highest(struct stv *stv, const uint64_t *among, uint16_t *ret_option)
{
    struct stv_tie tie = {.leaving = false};
    for (size_t i = stv->order_count; i > 0; i--) {
        uint16_t option = stv->order[i - 1];
        if (!bits_has(among, option)) {
            continue;
        }
        if (tie.count > 0 && values_compare(&stv->values, option, tie.options[0]) != 0) {
            break;
        }
        add_tied(stv, &tie, option);
    }
    return settle(stv, &tie, ret_option);
}

enum tally_status stv_settle_lowest(struct stv *stv, uint16_t *ret_option)
{
    const uint16_t *order = stv->order;
    struct stv_tie tie = {.leaving = true};
    for (size_t i = 0;
         i < stv->order_count && values_compare(&stv->values, order[0], order[i]) == 0;
         i++) {
        add_tied(stv, &tie, order[i]);
    }
    tie.idle = values_none(&stv->values, order[0]);
    return settle(stv, &tie, ret_option);
}

/* ---- those who leave together ---- */

/* Has one of the set's members behind `option` as many votes? */
static bool has_equal(const struct stv *stv, const uint64_t *set, size_t option)
{
    for (size_t o = option + 1; o < stv->race.options; o++) {
        if (bits_has(set, o) && values_compare(&stv->values, option, o) == 0) {
            return true;
        }
    }
    return false;
}

static bool some_equal(const struct stv *stv, const uint64_t *set)
{
    for (size_t o = 0; o < stv->race.options; o++) {
        if (bits_has(set, o) && has_equal(stv, set, o)) {
            return true;
        }
    }
    return false;
}

/* Is all the same in whatever order the lowest `count` leave? Nobody else may be elected
 * while they do, and of two others with equal votes then, earlier rounds must say the
 * same: they do unless both gain. */
static bool order_is_idle(struct stv *stv, size_t count)
{
    uint64_t leaving[BITS_OPTIONS_WORDS] = {0};
    uint64_t gaining[BITS_OPTIONS_WORDS];
    bool idle = true;
    for (size_t i = 0; i < count; i++) {
        bits_add(leaving, stv->order[i]);
    }
    piles_preview(stv, leaving, false, gaining);
    for (size_t i = count; i < stv->order_count && idle; i++) {
        idle = values_against_quota(&stv->values, stv->order[i]) < 0;
    }
    idle = idle && !(stv->look_back && some_equal(stv, gaining));
    piles_preview(stv, leaving, true, gaining);
    return idle;
}

size_t stv_hopeless(struct stv *stv)
{
    size_t sum = stv->race.options + 1;
    size_t hopeless = 0;
    bool any = stv->batch;
    if (!any && stv->race.path == NULL) {
        return 0;
    }
    values_clear(&stv->values, sum);
    for (size_t k = 1; k < stv->order_count; k++) {
        values_add(&stv->values, sum, stv->order[k - 1]);
        if (stv->order_count - k < race_seats_left(&stv->race)) {
            break;
        }
        if (k > 1 && values_compare(&stv->values, sum, stv->order[k]) < 0 &&
            (any || order_is_idle(stv, k))) {
            hopeless = k;
        }
    }
    return hopeless;
}
