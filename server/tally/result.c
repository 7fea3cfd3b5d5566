#include "tally/result.h"

#include "tally/grow.h"
#include "tally/rule.h"

#include <stdlib.h>
#include <string.h>

static bool alloc_outcome(struct tally_result *result)
{
    size_t n = result->options;
    result->order = zeroed(n, sizeof *result->order);
    result->place_start = zeroed(n + 1, sizeof *result->place_start);
    result->winners.items = zeroed(n, sizeof *result->winners.items);
    result->possible.items = zeroed(n, sizeof *result->possible.items);
    return result->order != NULL && result->place_start != NULL &&
           result->winners.items != NULL && result->possible.items != NULL;
}

/* The rule's tie order, or the order of the options where the rule says so. */
static bool copy_lot(struct tally_result *result, const struct tally_rule *rule)
{
    bool by_number = rule_get(rule, SETTING_TIEBREAK) == TIEBREAK_OPTION_ORDER;
    if (rule->order == NULL && !by_number) {
        return true;
    }
    result->lot = zeroed(result->options, sizeof *result->lot);
    result->lot_place = zeroed(result->options, sizeof *result->lot_place);
    if (result->lot == NULL || result->lot_place == NULL) {
        return false;
    }
    for (size_t i = 0; i < result->options; i++) {
        uint16_t option = by_number ? (uint16_t)i : rule->order[i];
        result->lot[i] = option;
        result->lot_place[option] = (uint16_t)i;
    }
    return true;
}

enum tally_status result_new(
    const struct tally_rule *rule, size_t options, struct tally_result **ret_result)
{
    struct tally_result *result = calloc(1, sizeof *result);
    if (result == NULL) {
        return TALLY_NO_MEMORY;
    }
    result->method = rule->method;
    result->options = options;
    result->seats = rule->seats;
    result->score_unit = 1;
    result->round_unit = 1;
    if (!alloc_outcome(result) || (!copy_lot(result, rule))) {
        tally_result_free(result);
        return TALLY_NO_MEMORY;
    }
    *ret_result = result;
    return TALLY_OK;
}

static void bill_fini(struct bill *bill)
{
    for (size_t i = 0; bill->approved != NULL && i < bill->payer_count; i++) {
        free(bill->approved[i].items);
    }
    free(bill->approved);
    free(bill->weight);
    free(bill->left);
    free(bill->paid);
}

void tally_result_free(struct tally_result *result)
{
    if (result == NULL) {
        return;
    }
    for (size_t i = 0; i < result->round_count; i++) {
        free(result->rounds[i].votes);
        free(result->rounds[i].eliminated.items);
        free(result->rounds[i].elected.items);
        free(result->rounds[i].last.items);
        free(result->rounds[i].sources.items);
    }
    for (size_t i = 0; i < result->tie_count; i++) {
        free(result->ties[i].options.items);
    }
    free(result->order);
    free(result->place_start);
    free(result->winners.items);
    free(result->possible.items);
    free(result->lot);
    free(result->lot_place);
    free(result->scores);
    free(result->pairs);
    free(result->paths);
    free(result->points);
    free(result->sets);
    free(result->purchases);
    bill_fini(&result->bill);
    free(result->rounds);
    free(result->duels);
    free(result->ties);
    free(result);
}

enum tally_status
option_list_of(const uint64_t *set, size_t options, struct option_list *ret_list)
{
    uint16_t *items = zeroed(bits_count(set, bits_words(options)), sizeof *items);
    if (items == NULL) {
        return TALLY_NO_MEMORY;
    }
    size_t count = 0;
    for (size_t o = 0; o < options; o++) {
        if (bits_has(set, o)) {
            items[count++] = (uint16_t)o;
        }
    }
    *ret_list = (struct option_list){.items = items, .count = count};
    return TALLY_OK;
}

struct round *result_push_round(struct tally_result *result)
{
    struct round *rounds = grow(
        result->rounds, &result->round_capacity, result->round_count + 1, sizeof *rounds);
    if (rounds == NULL) {
        return NULL;
    }
    result->rounds = rounds;
    int64_t *votes = zeroed(result->options, sizeof *votes);
    if (votes == NULL) {
        return NULL;
    }
    for (size_t o = 0; o < result->options; o++) {
        votes[o] = -1;
    }
    struct round *round = rounds + result->round_count++;
    *round = (struct round){.votes = votes};
    return round;
}

enum tally_status result_push_duel(struct tally_result *result, struct tally_duel duel)
{
    struct tally_duel *duels = grow(
        result->duels, &result->duel_capacity, result->duel_count + 1, sizeof *duels);
    if (duels == NULL) {
        return TALLY_NO_MEMORY;
    }
    result->duels = duels;
    duels[result->duel_count++] = duel;
    return TALLY_OK;
}

enum tally_status
result_push_purchase(struct tally_result *result, struct tally_purchase purchase)
{
    struct tally_purchase *purchases = grow(
        result->purchases, &result->purchase_capacity, result->purchase_count + 1,
        sizeof *purchases);
    if (purchases == NULL) {
        return TALLY_NO_MEMORY;
    }
    result->purchases = purchases;
    purchases[result->purchase_count++] = purchase;
    return TALLY_OK;
}

enum tally_status result_push_tie(
    struct tally_result *result, const uint16_t *options, size_t count, size_t round,
    enum tally_settled settled)
{
    struct tie *ties =
        grow(result->ties, &result->tie_capacity, result->tie_count + 1, sizeof *ties);
    if (ties == NULL) {
        return TALLY_NO_MEMORY;
    }
    result->ties = ties;
    uint16_t *items = zeroed(count, sizeof *items);
    if (items == NULL) {
        return TALLY_NO_MEMORY;
    }
    memcpy(items, options, count * sizeof *items);
    ties[result->tie_count++] = (struct tie){
        .options = {.items = items, .count = count}, .round = round, .settled = settled};
    return TALLY_OK;
}

/* Insertion sort: tied groups are small, and positions differ. */
void result_sort_by_lot(
    const struct tally_result *result, uint16_t *options, size_t count)
{
    const uint16_t *place = result->lot_place;
    for (size_t i = 1; i < count; i++) {
        uint16_t option = options[i];
        size_t at = i;
        for (; at > 0 && place[options[at - 1]] > place[option]; at--) {
            options[at] = options[at - 1];
        }
        options[at] = option;
    }
}
