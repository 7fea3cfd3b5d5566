/* Money and loads. Buying (Equal Shares): each ballot has the same budget, an option
 * costs 1, its backers pay the same price each, or all they have left if that is less;
 * the option with the least price is bought. Carrying (Phragmén): an option's load of 1
 * is spread so that all its backers carry the same in the end; the option that makes that
 * load least is elected. What ballots have spent is the load they begin with. */
#include "tally/greedy.h"
#include "tally/grow.h"

void greedy_spent(const struct greedy *greedy, uint32_t number, struct big *ret_spent)
{
    const struct node *node = greedy->nodes + number;
    big_set(ret_spent, 0);
    switch ((enum node_kind)node->kind) {
    case NODE_ROOT:
        break;
    case NODE_BROKE:
        big_copy(ret_spent, &greedy->budget);
        break;
    case NODE_LOADED:
        big_copy(ret_spent, &greedy->prices[node->step].value);
        break;
    case NODE_PAID:
        for (; node->kind == NODE_PAID; node = greedy->nodes + node->parent) {
            big_add(ret_spent, &greedy->prices[node->step].value);
        }
        break;
    }
}

/* ---- buying ---- */

/* Who pays all they have is not known yet; broke ballots pay nothing. Returns the weight
 * of those who have something. */
static int64_t solvent(struct greedy *greedy)
{
    int64_t payers = 0;
    for (size_t i = 0; i < greedy->touched_count; i++) {
        uint32_t number = greedy->touched[i];
        greedy->spent[number] = greedy->nodes[number].kind == NODE_BROKE;
        payers += greedy->spent[number] ? 0 : greedy->weight[number];
    }
    return payers;
}

/* The most, or least, that the ballots of a node can have left. */
static int64_t left_of(const struct greedy *greedy, uint32_t number, bool most)
{
    const struct node *node = greedy->nodes + number;
    int64_t left =
        most ? greedy->budget_low + 1 - node->low : greedy->budget_low - node->high;
    return left > 0 ? left : 0;
}

/* What is still open when some have paid all they had, and the weight of the others. */
struct sharing {
    int64_t open;
    int64_t payers;
};

/* Those who have less than an equal share pay all; were there any? */
static bool take_all(struct greedy *greedy, bool most_left, struct sharing *sharing)
{
    bool found = false;
    for (size_t i = 0; i < greedy->touched_count; i++) {
        uint32_t number = greedy->touched[i];
        int64_t left = left_of(greedy, number, most_left);
        if (!greedy->spent[number] &&
            (greedy_bound)left * sharing->payers < sharing->open) {
            greedy->spent[number] = true;
            sharing->open -= left * greedy->weight[number];
            sharing->payers -= greedy->weight[number];
            found = true;
        }
    }
    return found;
}

/* What each pays if all share equally and those who have less pay that. Those are found
 * in turns: with each who is found the others must pay more. Of the least that they have
 * left comes the most it can be, and the other way. */
static greedy_bound price_bound(struct greedy *greedy, bool most_left)
{
    struct sharing sharing = {.open = GREEDY_ONE, .payers = solvent(greedy)};
    while (sharing.payers > 0 && take_all(greedy, most_left, &sharing)) {
    }
    if (sharing.payers == 0) {
        return GREEDY_NEVER;
    }
    int64_t up = most_left ? 0 : sharing.payers - 1;
    return (sharing.open + up) / sharing.payers;
}

/* Have the ballots of a node less left than open / payers? Leaves what they have in
 * `work_more`. */
static bool
has_less(struct greedy *greedy, uint32_t number, const struct big *open, int64_t payers)
{
    struct big *left = &greedy->work_more;
    greedy_spent(greedy, number, &greedy->work);
    big_copy(left, &greedy->budget);
    big_subtract(left, &greedy->work);
    big_copy(&greedy->work, left);
    big_scale(&greedy->work, (uint64_t)payers);
    greedy->overflown = greedy->overflown || greedy->work.overflown;
    return big_compare(&greedy->work, open) < 0;
}

/* take_all exactly; `open` and `payers` are what struct sharing holds. */
static bool take_all_exactly(struct greedy *greedy, struct big *open, int64_t *payers)
{
    bool found = false;
    for (size_t i = 0; i<greedy->touched_count && * payers> 0; i++) {
        uint32_t number = greedy->touched[i];
        if (!greedy->spent[number] && has_less(greedy, number, open, *payers)) {
            greedy->spent[number] = true;
            big_copy(&greedy->work, &greedy->work_more);
            big_scale(&greedy->work, (uint64_t)greedy->weight[number]);
            big_subtract(open, &greedy->work);
            *payers -= greedy->weight[number];
            found = true;
        }
    }
    return found;
}

static void price(struct greedy *greedy, struct cost *ret_cost)
{
    int64_t payers = solvent(greedy);
    big_copy(&ret_cost->value, &greedy->denominator);
    while (payers > 0 && take_all_exactly(greedy, &ret_cost->value, &payers)) {
    }
    ret_cost->divisor = payers > 0 ? payers : 1;
    ret_cost->never = payers == 0;
}

/* Each node's ballots pay: those who can, the price; the others are broke. */
static enum tally_status pay(struct greedy *greedy, size_t step)
{
    const struct price *price = greedy->prices + step;
    size_t count = greedy->touched_count;
    enum tally_status status = TALLY_OK;
    for (size_t i = 0; i < count && status == TALLY_OK; i++) {
        uint32_t number = greedy->touched[i];
        struct node node = greedy->nodes[number];
        if (node.kind == NODE_BROKE) {
            greedy->moved[number] = number;
            continue;
        }
        node.parent = number;
        node.step = (uint16_t)step;
        node.kind = greedy->spent[number] ? NODE_BROKE : NODE_PAID;
        node.low = greedy->spent[number] ? greedy->budget_low : node.low + price->low;
        node.high =
            greedy->spent[number] ? greedy->budget_low + 1 : node.high + price->high;
        uint32_t pushed = 0;
        status = greedy_push_node(greedy, node, &pushed);
        greedy->moved[number] = pushed;
    }
    return status;
}

/* ---- carrying ---- */

static void load_bounds(
    struct greedy *greedy, size_t option, greedy_bound *ret_low, greedy_bound *ret_high)
{
    greedy_bound low = GREEDY_ONE;
    greedy_bound high = GREEDY_ONE;
    int64_t backers = greedy->ballots->support[option];
    if (backers == 0) {
        *ret_low = GREEDY_NEVER;
        *ret_high = GREEDY_NEVER;
        return;
    }
    for (size_t i = 0; i < greedy->touched_count; i++) {
        const struct node *node = greedy->nodes + greedy->touched[i];
        int64_t weight = greedy->weight[greedy->touched[i]];
        low += (greedy_bound)weight * node->low;
        high += (greedy_bound)weight * node->high;
    }
    /* All loads together are at most an option each: both fit 63 bits. */
    *ret_low = (int64_t)low / backers;
    *ret_high = (int64_t)high / backers + 1;
}

static void load(struct greedy *greedy, size_t option, struct cost *ret_cost)
{
    int64_t backers = greedy->ballots->support[option];
    ret_cost->never = backers == 0;
    ret_cost->divisor = backers > 0 ? backers : 1;
    big_set(&ret_cost->value, 0);
    if (backers == 0) {
        return;
    }
    big_copy(&ret_cost->value, &greedy->denominator);
    for (size_t i = 0; i < greedy->touched_count; i++) {
        uint32_t number = greedy->touched[i];
        greedy_spent(greedy, number, &greedy->work);
        big_add_scaled(&ret_cost->value, &greedy->work, (uint64_t)greedy->weight[number]);
    }
}

/* All backers carry the same. */
static enum tally_status carry(struct greedy *greedy, size_t step)
{
    const struct price *price = greedy->prices + step;
    uint32_t number = 0;
    struct node node = {
        .step = (uint16_t)step,
        .kind = NODE_LOADED,
        .low = price->low,
        .high = price->high};
    enum tally_status status = greedy_push_node(greedy, node, &number);
    for (size_t i = 0; i < greedy->touched_count && status == TALLY_OK; i++) {
        greedy->moved[greedy->touched[i]] = number;
    }
    return status;
}

/* ---- both ---- */

static void bounds(
    struct greedy *greedy, size_t option, greedy_bound *ret_low, greedy_bound *ret_high)
{
    greedy_gather(greedy, option);
    if (greedy->completing) {
        load_bounds(greedy, option, ret_low, ret_high);
        return;
    }
    *ret_low = price_bound(greedy, true);
    *ret_high = price_bound(greedy, false);
}

static void cost(struct greedy *greedy, size_t option, struct cost *ret_cost)
{
    greedy_gather(greedy, option);
    if (greedy->completing) {
        load(greedy, option, ret_cost);
    } else {
        price(greedy, ret_cost);
    }
}

static enum tally_status move(struct greedy *greedy, size_t step, size_t option)
{
    enum tally_status status =
        greedy->completing ? carry(greedy, step) : pay(greedy, step);
    if (status == TALLY_OK) {
        greedy_move(greedy, option);
    }
    return status;
}

const struct greedy_rules greedy_loads = {.bounds = bounds, .cost = cost, .move = move};
