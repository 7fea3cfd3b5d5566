#include "tally/stv_follow.h"

#include "tally/grow.h"
#include "tally/meek.h"
#include "tally/stv_values.h"

#include <string.h>

__extension__ typedef __int128 wide;

/* A ballot on its way through the rounds. */
struct follower {
    const struct tally_rule *rule;
    const struct tally_result *result;
    const uint16_t *items;
    size_t count;
    size_t at;
    int64_t value;   /* of what stands at items[at] */
    int64_t *stayed; /* of each item, what stayed there */
    uint64_t in[BITS_OPTIONS_WORDS];
    size_t elected;
    struct stv_way way;
};

void stv_way_fini(struct stv_way *way)
{
    free(way->start);
    free(way->parts);
    *way = (struct stv_way){0};
}

static enum tally_status
add_part(struct follower *follower, size_t round, uint16_t option, int64_t value)
{
    struct stv_way *way = &follower->way;
    if (value == 0) {
        return TALLY_OK;
    }
    struct tally_part *parts =
        grow(way->parts, &way->part_capacity, way->start[round + 1] + 1, sizeof *parts);
    if (parts == NULL) {
        return TALLY_NO_MEMORY;
    }
    way->parts = parts;
    parts[way->start[round + 1]++] = (struct tally_part){
        .option = option,
        .value = {.value = value, .unit = follower->result->round_unit}};
    return TALLY_OK;
}

static bool has(const struct option_list *list, uint16_t option)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i] == option) {
            return true;
        }
    }
    return false;
}

static void drop(struct follower *follower, const struct option_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        bits_drop(follower->in, list->items[i]);
    }
}

/* What the surplus of an option takes along of the paper. */
static int64_t reduced(const struct follower *follower, const struct round *round)
{
    struct stv_values values = {
        .rounding = values_rounding(follower->rule),
        .unit = follower->result->round_unit,
        .quota = round->quota,
        .votes = round->votes};
    return values_part(&values, follower->items[follower->at], follower->value);
}

/* From the end of a round to the beginning of the next. */
static void pass(struct follower *follower, size_t round)
{
    const struct round *from = follower->result->rounds + round;
    drop(follower, &from->elected);
    drop(follower, &from->eliminated);
    follower->elected += from->elected.count;
    if (follower->at == follower->count ||
        !has(&from[1].sources, follower->items[follower->at])) {
        return;
    }
    if (!has(&from->eliminated, follower->items[follower->at])) {
        int64_t value = reduced(follower, from);
        follower->stayed[follower->at] = follower->value - value;
        follower->value = value;
    }
    while (follower->at < follower->count &&
           (follower->elected == follower->result->seats ||
            !bits_has(follower->in, follower->items[follower->at]))) {
        follower->at++;
    }
}

static enum tally_status write_parts(struct follower *follower, size_t round)
{
    enum tally_status status = TALLY_OK;
    for (size_t i = 0; i < follower->at && status == TALLY_OK; i++) {
        status = add_part(follower, round, follower->items[i], follower->stayed[i]);
    }
    if (status == TALLY_OK && follower->at < follower->count) {
        status =
            add_part(follower, round, follower->items[follower->at], follower->value);
    }
    return status;
}

static enum tally_status follow_papers(struct follower *follower)
{
    follower->stayed = zeroed(follower->count, sizeof *follower->stayed);
    enum tally_status status = follower->stayed != NULL ? TALLY_OK : TALLY_NO_MEMORY;
    follower->value = follower->result->round_unit;
    bits_fill(follower->in, follower->result->options);
    for (size_t r = 0; r < follower->way.rounds && status == TALLY_OK; r++) {
        follower->way.start[r + 1] = follower->way.start[r];
        if (r > 0) {
            pass(follower, r - 1);
        }
        status = write_parts(follower, r);
    }
    free(follower->stayed);
    return status;
}

/* By Meek's method each option keeps its part of what those before it have left. */
static enum tally_status
share_out(struct follower *follower, const int64_t *keep, size_t round)
{
    int64_t weight = MEEK_UNIT;
    enum tally_status status = TALLY_OK;
    follower->way.start[round + 1] = follower->way.start[round];
    for (size_t i = 0; i < follower->count && status == TALLY_OK; i++) {
        int64_t kept = meek_kept(weight, keep[follower->items[i]]);
        weight -= kept;
        status = add_part(follower, round, follower->items[i], kept);
    }
    return status;
}

static enum tally_status
follow_shares(struct follower *follower, const struct tally_profile *profile)
{
    int64_t *keep = NULL;
    enum tally_status status =
        meek_keep_factors(profile, follower->rule, follower->result, &keep);
    for (size_t r = 0; r < follower->way.rounds && status == TALLY_OK; r++) {
        status = share_out(follower, keep + r * follower->result->options, r);
    }
    free(keep);
    return status;
}

enum tally_status stv_follow(
    const struct tally_profile *profile, const struct tally_rule *rule,
    const struct tally_result *result, const uint16_t *items, size_t count,
    struct stv_way *ret_way)
{
    struct follower follower = {
        .rule = rule, .result = result, .items = items, .count = count};
    follower.way.rounds = result->round_count;
    follower.way.start = zeroed(result->round_count + 1, sizeof *follower.way.start);
    if (follower.way.start == NULL) {
        return TALLY_NO_MEMORY;
    }
    enum tally_status status = rule->method->count == count_meek
                                   ? follow_shares(&follower, profile)
                                   : follow_papers(&follower);
    if (status != TALLY_OK) {
        stv_way_fini(&follower.way);
        return status;
    }
    *ret_way = follower.way;
    return TALLY_OK;
}
