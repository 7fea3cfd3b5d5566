/* What Equal Shares took from whom, and exact fractions as decimals. */
#include "tally/greedy.h"
#include "tally/grow.h"

#include <string.h>

#define BILL_UNIT 1000000000 /* of struct bill */

/* value × unit / divisor, rounded; false: too large. */
static bool
round_to(const struct big *value, const struct big *divisor, int64_t unit, int64_t *ret)
{
    struct big doubled;
    struct big whole;
    big_copy(&doubled, value);
    big_scale(&doubled, 2 * (uint64_t)unit);
    big_add(&doubled, divisor);
    big_copy(&whole, divisor);
    big_scale(&whole, 2);
    return big_ratio(&doubled, &whole, ret);
}

enum tally_status greedy_number(
    const struct big *value, const struct big *divisor, struct tally_number *ret_number)
{
    for (int64_t unit = BILL_UNIT; unit > 0; unit /= 10) {
        int64_t rounded = 0;
        if (round_to(value, divisor, unit, &rounded)) {
            *ret_number = (struct tally_number){.value = rounded, .unit = unit};
            return TALLY_OK;
        }
    }
    return TALLY_OVERFLOW;
}

struct billing {
    const struct greedy *greedy;
    struct bill *bill;
    size_t purchases;
    int64_t *price; /* of each purchase */
    int64_t *money; /* of each node: what is left, or, broke, what it paid last; −1 */
};

/* What a node's ballots have left; of broke ones, what they had before that. */
static enum tally_status money_of(struct billing *billing, uint32_t number)
{
    const struct greedy *greedy = billing->greedy;
    const struct node *node = greedy->nodes + number;
    struct big left;
    struct big spent;
    if (billing->money[number] >= 0) {
        return TALLY_OK;
    }
    greedy_spent(greedy, node->kind == NODE_BROKE ? node->parent : number, &spent);
    big_copy(&left, &greedy->budget);
    big_subtract(&left, &spent);
    return round_to(&left, &greedy->denominator, BILL_UNIT, &billing->money[number])
               ? TALLY_OK
               : TALLY_OVERFLOW;
}

static enum tally_status write_payer(struct billing *billing, size_t payer)
{
    const struct greedy *greedy = billing->greedy;
    const struct approvals *ballots = greedy->ballots;
    const uint32_t *last = greedy->completing ? greedy->purse : greedy->node_of;
    const struct node *node = greedy->nodes + last[payer];
    struct bill *bill = billing->bill;
    int64_t *paid = bill->paid + payer * billing->purchases;
    size_t start = ballots->start[payer];
    size_t count = ballots->start[payer + 1] - start;
    uint16_t *items = zeroed(count, sizeof *items);
    if (items == NULL) {
        return TALLY_NO_MEMORY;
    }
    memcpy(items, ballots->items + start, count * sizeof *items);
    bill->approved[payer] = (struct option_list){.items = items, .count = count};
    bill->weight[payer] = ballots->weight[payer];
    enum tally_status status = money_of(billing, last[payer]);
    if (node->kind == NODE_BROKE) {
        paid[node->step] = billing->money[last[payer]];
        node = greedy->nodes + node->parent;
    } else {
        bill->left[payer] = billing->money[last[payer]];
    }
    for (; node->kind == NODE_PAID; node = greedy->nodes + node->parent) {
        paid[node->step] = billing->price[node->step];
    }
    return status;
}

static enum tally_status alloc_bill(const struct greedy *greedy, struct bill *bill)
{
    size_t payers = greedy->ballots->count;
    bill->approved = zeroed(payers, sizeof *bill->approved);
    bill->weight = zeroed(payers, sizeof *bill->weight);
    bill->left = zeroed(payers, sizeof *bill->left);
    bill->paid = zeroed(payers * greedy->step_count, sizeof *bill->paid);
    if (bill->approved == NULL || bill->weight == NULL || bill->left == NULL ||
        bill->paid == NULL) {
        return TALLY_NO_MEMORY;
    }
    bill->payer_count = payers;
    return TALLY_OK;
}

static enum tally_status write_bill(struct billing *billing)
{
    const struct greedy *greedy = billing->greedy;
    enum tally_status status = alloc_bill(greedy, billing->bill);
    for (size_t i = 0; i < billing->purchases && status == TALLY_OK; i++) {
        const struct big *price = &greedy->prices[i].value;
        if (!round_to(price, &greedy->denominator, BILL_UNIT, billing->price + i)) {
            status = TALLY_OVERFLOW;
        }
    }
    for (size_t n = 0; n < greedy->node_count; n++) {
        billing->money[n] = -1;
    }
    for (size_t p = 0; p < greedy->ballots->count && status == TALLY_OK; p++) {
        status = write_payer(billing, p);
    }
    return status;
}

enum tally_status greedy_bill(const struct greedy *greedy, struct tally_result *result)
{
    struct billing billing = {
        .greedy = greedy, .bill = &result->bill, .purchases = greedy->step_count};
    billing.price = zeroed(greedy->step_count, sizeof *billing.price);
    billing.money = zeroed(greedy->node_count, sizeof *billing.money);
    enum tally_status status = TALLY_NO_MEMORY;
    if (billing.price != NULL && billing.money != NULL) {
        status = write_bill(&billing);
    }
    free(billing.price);
    free(billing.money);
    return status;
}
