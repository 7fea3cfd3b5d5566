#include "tally/greedy.h"

#include "tally/grow.h"

#include <string.h>

/* ---- ballots and their nodes ---- */

static void clear_gathered(struct greedy *greedy)
{
    for (size_t i = 0; i < greedy->touched_count; i++) {
        greedy->weight[greedy->touched[i]] = 0;
    }
    greedy->touched_count = 0;
}

void greedy_gather(struct greedy *greedy, size_t option)
{
    const struct approvals *ballots = greedy->ballots;
    clear_gathered(greedy);
    *greedy->looks += 1 + ballots->first[option + 1] - ballots->first[option];
    for (size_t i = ballots->first[option]; i < ballots->first[option + 1]; i++) {
        uint32_t ballot = ballots->backers[i];
        uint32_t node = greedy->node_of[ballot];
        if (greedy->weight[node] == 0) {
            greedy->touched[greedy->touched_count++] = node;
        }
        greedy->weight[node] += ballots->weight[ballot];
    }
}

void greedy_move(struct greedy *greedy, size_t option)
{
    const struct approvals *ballots = greedy->ballots;
    *greedy->looks += ballots->first[option + 1] - ballots->first[option];
    for (size_t i = ballots->first[option]; i < ballots->first[option + 1]; i++) {
        uint32_t *node = &greedy->node_of[ballots->backers[i]];
        *node = greedy->moved[*node];
    }
}

/* The arrays that have a place for each node. */
static bool nodes_reserve(struct greedy *greedy, size_t count)
{
    size_t old = greedy->node_capacity;
    size_t capacity = old;
    struct node *nodes = grow(greedy->nodes, &capacity, count, sizeof *nodes);
    if (nodes == NULL) {
        return false;
    }
    greedy->nodes = nodes;
    if (capacity == old) {
        return true;
    }
    int64_t *weight = realloc(greedy->weight, capacity * sizeof *weight);
    greedy->weight = weight != NULL ? weight : greedy->weight;
    uint32_t *moved = realloc(greedy->moved, capacity * sizeof *moved);
    greedy->moved = moved != NULL ? moved : greedy->moved;
    bool *spent = realloc(greedy->spent, capacity * sizeof *spent);
    greedy->spent = spent != NULL ? spent : greedy->spent;
    uint32_t *touched = realloc(greedy->touched, capacity * sizeof *touched);
    greedy->touched = touched != NULL ? touched : greedy->touched;
    if (weight == NULL || moved == NULL || spent == NULL || touched == NULL) {
        return false;
    }
    memset(weight + old, 0, (capacity - old) * sizeof *weight);
    greedy->node_capacity = capacity;
    return true;
}

enum tally_status
greedy_push_node(struct greedy *greedy, struct node node, uint32_t *ret_number)
{
    if (!nodes_reserve(greedy, greedy->node_count + 1)) {
        return TALLY_NO_MEMORY;
    }
    *ret_number = (uint32_t)greedy->node_count;
    greedy->nodes[greedy->node_count++] = node;
    return TALLY_OK;
}

/* ---- the steps ---- */

static void reset(void *count)
{
    struct greedy *greedy = count;
    const struct approvals *ballots = greedy->ballots;
    clear_gathered(greedy);
    memset(greedy->node_of, 0, ballots->count * sizeof *greedy->node_of);
    memset(greedy->elected, 0, sizeof greedy->elected);
    memset(greedy->spare, 0, ballots->options * sizeof *greedy->spare);
    for (size_t o = 0; o < ballots->options; o++) {
        greedy->spare[ballots->class_of[o]]++;
        greedy->bound[o] = -GREEDY_NEVER;
        greedy->out[o] = false;
    }
    greedy->node_count = greedy->rules->points ? greedy->node_count : 1;
    greedy->step_count = 0;
    greedy->completing = !greedy->buys;
    greedy->overflown = false;
    if (!greedy->rules->points) {
        uint64_t voters = (uint64_t)ballots->voters;
        big_set(&greedy->denominator, greedy->buys && voters > 0 ? voters : 1);
        big_set(&greedy->budget, greedy->seats);
    }
}

/* The class that may cost least among those not looked at; false: none. */
static bool pick(const struct greedy *greedy, size_t *ret_option)
{
    bool found = false;
    for (size_t o = 0; o < greedy->ballots->options; o++) {
        if (greedy->spare[o] > 0 && !greedy->fresh[o] && !greedy->out[o] &&
            (!found || greedy->bound[o] < greedy->bound[*ret_option])) {
            *ret_option = o;
            found = true;
        }
    }
    return found;
}

/* Brings bounds up to date until all others are above the least upper one. */
static greedy_bound freshen(struct greedy *greedy)
{
    greedy_bound least = GREEDY_NEVER;
    size_t option = 0;
    memset(greedy->fresh, 0, greedy->ballots->options * sizeof *greedy->fresh);
    while (pick(greedy, &option) && greedy->bound[option] <= least) {
        greedy_bound high = 0;
        greedy->rules->bounds(greedy, option, &greedy->bound[option], &high);
        greedy->fresh[option] = true;
        greedy->upper[option] = high;
        least = high < least ? high : least;
    }
    return least;
}

/* Below 0: `rival` is better than `best`. */
static int compare(struct greedy *greedy, const struct cost *rival)
{
    const struct cost *best = &greedy->best;
    expect(!rival->never && !best->never); /* those whom nobody backs are one class */
    big_copy(&greedy->work, &rival->value);
    big_scale(&greedy->work, (uint64_t)best->divisor);
    big_copy(&greedy->work_more, &best->value);
    big_scale(&greedy->work_more, (uint64_t)rival->divisor);
    int order = big_compare(&greedy->work, &greedy->work_more);
    greedy->overflown =
        greedy->overflown || greedy->work.overflown || greedy->work_more.overflown;
    return greedy->rules->points ? -order : order;
}

static void add_class(const struct greedy *greedy, size_t option, uint64_t *set)
{
    for (size_t o = option; o < greedy->ballots->options; o++) {
        if (greedy->ballots->class_of[o] == option && !bits_has(greedy->elected, o)) {
            bits_add(set, o);
        }
    }
}

/* Looks at one class exactly: is it better than the best, as good, or neither? */
static void weigh(struct greedy *greedy, size_t option, bool *any, uint64_t *tied)
{
    greedy->rules->cost(greedy, option, &greedy->rival);
    greedy->overflown = greedy->overflown || greedy->rival.value.overflown;
    if (greedy->rival.never && !greedy->completing) {
        greedy->out[option] = true;
        return;
    }
    int order = *any ? compare(greedy, &greedy->rival) : -1;
    if (order < 0) {
        memset(tied, 0, bits_words(greedy->ballots->options) * sizeof *tied);
        big_copy(&greedy->best.value, &greedy->rival.value);
        greedy->best.divisor = greedy->rival.divisor;
        greedy->best.never = greedy->rival.never;
    }
    if (order <= 0) {
        add_class(greedy, option, tied);
    }
    *any = true;
}

/* Those who cost least. Empty: nobody can be bought. */
static void find_best(struct greedy *greedy, uint64_t *tied)
{
    size_t n = greedy->ballots->options;
    greedy_bound least = freshen(greedy);
    size_t rivals = 0;
    size_t last = 0;
    bool any = false;
    memset(tied, 0, bits_words(n) * sizeof *tied);
    for (size_t o = 0; o < n; o++) {
        greedy->fresh[o] = greedy->fresh[o] && greedy->bound[o] <= least;
        rivals += greedy->fresh[o] ? 1 : 0;
        last = greedy->fresh[o] ? o : last;
    }
    if (rivals == 1 && greedy->upper[last] < GREEDY_NEVER) {
        add_class(greedy, last, tied);
        return;
    }
    for (size_t o = 0; o < n; o++) {
        if (greedy->fresh[o]) {
            weigh(greedy, o, &any, tied);
        }
    }
}

/* The buying has ended: what was not bought goes by loads. */
static void complete(struct greedy *greedy)
{
    size_t n = greedy->ballots->options;
    greedy->completing = true;
    memcpy(
        greedy->purse, greedy->node_of, greedy->ballots->count * sizeof *greedy->purse);
    for (size_t o = 0; o < n; o++) {
        greedy->bound[o] = -GREEDY_NEVER;
        greedy->out[o] = false;
    }
}

static enum tally_status next(void *count, uint64_t *ret_tied)
{
    struct greedy *greedy = count;
    size_t words = bits_words(greedy->ballots->options);
    find_best(greedy, ret_tied);
    if (bits_count(ret_tied, words) == 0 && greedy->completes) {
        complete(greedy);
        find_best(greedy, ret_tied);
    }
    return greedy->overflown ? TALLY_OVERFLOW : TALLY_OK;
}

__extension__ typedef unsigned __int128 wide;

/* floor(a × 2^up / 2^down), which must fit. */
static wide window(const struct big *a, size_t up, size_t down)
{
    wide sum = 0;
    for (size_t i = 0; i < a->used; i++) {
        size_t at = i * 64 + up;
        if (at >= down) {
            sum += (wide)a->limbs[i] << (at - down);
        } else if (down - at < 64) {
            sum += a->limbs[i] >> (down - at);
        }
    }
    return sum;
}

/* Bounds for value / denominator in units of 2^−52, from the leading 62 bits of both:
 * prices are at most 1 and loads at most the seats. Of v and d, cut, comes at least
 * v / (d + 1) and at most (v + 1) / d, which is v / d² + 1 / d more. */
static void estimate(const struct greedy *greedy, struct price *price)
{
    const struct big *denominator = &greedy->denominator;
    size_t bits = (size_t)denominator->used * 64 -
                  (size_t)__builtin_clzll(denominator->limbs[denominator->used - 1]);
    size_t down = bits > 62 ? bits - 62 : 0;
    wide value = window(&price->value, GREEDY_SHIFT, down);
    uint64_t divisor = (uint64_t)window(denominator, 0, down);
    expect(divisor > 0);
    price->low = (int64_t)(value / (divisor + 1));
    price->high = price->low + 3 + (price->low >> 60);
    if (down == 0) {
        price->low = (int64_t)(value / divisor);
        price->high = price->low + 1;
    }
}

/* Puts the cost that is in `rival` down as the price of the step. */
static enum tally_status push_price(struct greedy *greedy)
{
    const struct cost *cost = &greedy->rival;
    struct price *price = &greedy->prices[greedy->step_count];
    big_copy(&price->value, &cost->value);
    price->completion = greedy->buys && greedy->completing;
    if (greedy->rules->points) {
        return price->value.overflown ? TALLY_OVERFLOW : TALLY_OK;
    }
    uint64_t divisor = (uint64_t)cost->divisor;
    *greedy->looks += GREEDY_SHIFT;
    for (size_t i = 0; i < greedy->step_count && divisor != 1; i++) {
        *greedy->looks += greedy->denominator.used;
        big_scale(&greedy->prices[i].value, divisor);
    }
    big_scale(&greedy->budget, divisor);
    big_scale(&greedy->denominator, divisor);
    if (greedy->denominator.overflown || price->value.overflown) {
        return TALLY_OVERFLOW;
    }
    estimate(greedy, price);
    return TALLY_OK;
}

static enum tally_status elect(void *count, uint16_t option)
{
    struct greedy *greedy = count;
    size_t class = greedy->ballots->class_of[option];
    greedy->rules->cost(greedy, class, &greedy->rival);
    /* On the way that the search replays, the buying ends where it ended before. */
    if (greedy->rival.never && !greedy->completing) {
        complete(greedy);
        greedy->rules->cost(greedy, class, &greedy->rival);
    }
    enum tally_status status = push_price(greedy);
    if (status == TALLY_OK) {
        status = greedy->rules->move(greedy, greedy->step_count, class);
    }
    greedy->spare[class]--;
    bits_add(greedy->elected, option);
    greedy->steps[greedy->step_count++] = option;
    return status;
}

/* The step in which an option was elected. */
static const struct price *price_of(const struct greedy *greedy, uint16_t option)
{
    size_t step = 0;
    while (greedy->steps[step] != option) {
        step++;
    }
    return greedy->prices + step;
}

/* Ballots are alike if each elected option had the same price both times: what they have
 * spent, and what they carry, is a sum or the largest of those. */
static bool alike(const void *count, const void *other)
{
    const struct greedy *a = count;
    const struct greedy *b = other;
    struct big x;
    struct big y;
    for (size_t i = 0; i < a->step_count; i++) {
        const struct price *price = price_of(b, a->steps[i]);
        big_multiply(&a->prices[i].value, &b->denominator, &x);
        big_multiply(&price->value, &a->denominator, &y);
        if (x.overflown || y.overflown || big_compare(&x, &y) != 0 ||
            a->prices[i].completion != price->completion) {
            return false;
        }
    }
    return true;
}

const struct steps_kind greedy_steps = {
    .reset = reset, .next = next, .elect = elect, .alike = alike};

/* ---- beginning and end ---- */

enum tally_status greedy_init(
    struct greedy *greedy, const struct approvals *ballots,
    const struct greedy_rules *rules, size_t seats, size_t *looks)
{
    size_t n = ballots->options;
    uint32_t root = 0;
    *greedy = (struct greedy){.ballots = ballots, .rules = rules, .seats = seats};
    greedy->looks = looks;
    greedy->node_of = zeroed(ballots->count, sizeof *greedy->node_of);
    greedy->purse = zeroed(ballots->count, sizeof *greedy->purse);
    greedy->bound = zeroed(n, sizeof *greedy->bound);
    greedy->upper = zeroed(n, sizeof *greedy->upper);
    greedy->fresh = zeroed(n, sizeof *greedy->fresh);
    greedy->out = zeroed(n, sizeof *greedy->out);
    greedy->spare = zeroed(n, sizeof *greedy->spare);
    greedy->steps = zeroed(seats, sizeof *greedy->steps);
    greedy->prices = malloc(seats * sizeof *greedy->prices);
    if (greedy->node_of == NULL || greedy->purse == NULL || greedy->bound == NULL ||
        greedy->upper == NULL || greedy->fresh == NULL || greedy->out == NULL ||
        greedy->spare == NULL || greedy->steps == NULL || greedy->prices == NULL) {
        return TALLY_NO_MEMORY;
    }
    if (rules->points) {
        return greedy_points_init(greedy);
    }
    if (ballots->voters > 0) { /* of Equal Shares: seats / voters, cut */
        int64_t share = (int64_t)seats * GREEDY_ONE / ballots->voters;
        greedy->budget_low = share;
    }
    return greedy_push_node(greedy, (struct node){.kind = NODE_ROOT}, &root);
}

void greedy_fini(struct greedy *greedy)
{
    free(greedy->nodes);
    free(greedy->node_of);
    free(greedy->purse);
    free(greedy->weight);
    free(greedy->moved);
    free(greedy->spent);
    free(greedy->touched);
    free(greedy->bound);
    free(greedy->upper);
    free(greedy->fresh);
    free(greedy->out);
    free(greedy->spare);
    free(greedy->steps);
    free(greedy->prices);
    free(greedy->units);
}
