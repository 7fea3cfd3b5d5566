#include "tally/stv_values.h"

#include "tally/grow.h"
#include "tally/method.h"

#include <string.h>

__extension__ typedef __int128 wide;

#define SHOWN_UNIT INT64_C(1000000000)

/* ---- the quota ---- */

static int64_t power_of_ten(int64_t decimals)
{
    int64_t power = 1;
    for (int64_t i = 0; i < decimals; i++) {
        power *= 10;
    }
    return power;
}

/* v votes, s seats; at least one unit, so that nobody is elected without a vote. */
static int64_t quota_of(enum quota kind, int64_t voters, int64_t unit, size_t seats)
{
    int64_t s = (int64_t)seats;
    switch (kind) {
    case QUOTA_DROOP_EXACT:
        return voters * unit / (s + 1) + 1;
    case QUOTA_HARE:
        return voters > 0 ? (voters * unit - 1) / s + 1 : 1;
    case QUOTA_DROOP_WHOLE:
        break;
    }
    return (voters / (s + 1) + 1) * unit;
}

/* The Scottish rule leaves nothing to set. */
static int64_t decimals_of(const struct tally_rule *rule)
{
    bool settable = (rule->method->settings & SETTING_BIT(SETTING_DECIMALS)) != 0;
    return settable ? rule_get(rule, SETTING_DECIMALS) : 5;
}

enum rounding values_rounding(const struct tally_rule *rule)
{
    bool settable = (rule->method->settings & SETTING_BIT(SETTING_ROUNDING)) != 0;
    return settable && decimals_of(rule) != DECIMALS_EXACT
               ? (enum rounding)rule_get(rule, SETTING_ROUNDING)
               : ROUNDING_PAPER;
}

enum tally_status values_init(
    struct stv_values *values, const struct tally_rule *rule, size_t options,
    int64_t voters, int64_t papers)
{
    int64_t decimals = decimals_of(rule);
    bool exact = decimals == DECIMALS_EXACT;
    *values = (struct stv_values){
        .exact = exact,
        .rounding = values_rounding(rule),
        .options = options,
        .unit = exact ? SHOWN_UNIT : power_of_ten(decimals)};
    if (papers >= INT64_MAX / values->unit - 1) {
        return TALLY_OVERFLOW;
    }
    values->quota = quota_of(
        (enum quota)rule_get(rule, SETTING_QUOTA), voters, values->unit, rule->seats);
    if (exact) {
        values->parts = zeroed(options + 2, sizeof *values->parts);
        return values->parts != NULL ? TALLY_OK : TALLY_NO_MEMORY;
    }
    values->votes = zeroed(options + 2, sizeof *values->votes);
    return values->votes != NULL ? TALLY_OK : TALLY_NO_MEMORY;
}

void values_fini(struct stv_values *values)
{
    free(values->votes);
    free(values->parts);
    free(values->classes);
    *values = (struct stv_values){0};
}

/* ---- accounts ---- */

static enum tally_status add_class(struct stv_values *values)
{
    struct value_class *classes = grow(
        values->classes, &values->class_capacity, values->class_count + 1,
        sizeof *classes);
    if (classes == NULL) {
        return TALLY_NO_MEMORY;
    }
    values->classes = classes;
    values->class_count++;
    return TALLY_OK;
}

enum tally_status values_start(struct stv_values *values, uint32_t *ret_value)
{
    if (!values->exact) {
        memset(values->votes, 0, (values->options + 2) * sizeof *values->votes);
        *ret_value = (uint32_t)values->unit;
        return TALLY_OK;
    }
    /* A whole quota needs no denominator yet. */
    bool whole = values->quota % values->unit == 0;
    values->class_count = 0;
    enum tally_status status = add_class(values);
    if (status != TALLY_OK) {
        return status;
    }
    for (size_t a = 0; a <= values->options; a++) {
        big_set(values->parts + a, 0);
    }
    big_set(&values->whole, whole ? 1 : (uint64_t)values->unit);
    big_set(
        &values->goal, (uint64_t)(whole ? values->quota / values->unit : values->quota));
    values->classes[0] = (struct value_class){.hash = 1};
    big_copy(&values->classes[0].number, &values->whole);
    *ret_value = 0;
    return TALLY_OK;
}

uint64_t values_hash(const struct stv_values *values, uint32_t value)
{
    return values->exact ? values->classes[value].hash : value;
}

static void take_back(struct big *part, const struct big *number, int64_t weight)
{
    struct big taken;
    big_copy(&taken, number);
    big_scale(&taken, (uint64_t)weight);
    big_subtract(part, &taken);
}

void values_give(
    struct stv_values *values, size_t account, int64_t weight, uint32_t value)
{
    if (!values->exact) {
        values->votes[account] += weight * (int64_t)value;
        return;
    }
    const struct big *number = &values->classes[value].number;
    if (weight < 0) {
        take_back(values->parts + account, number, -weight);
    } else {
        big_add_scaled(values->parts + account, number, (uint64_t)weight);
    }
}

void values_clear(struct stv_values *values, size_t account)
{
    if (values->exact) {
        big_set(values->parts + account, 0);
    } else {
        values->votes[account] = 0;
    }
}

void values_add(struct stv_values *values, size_t account, size_t option)
{
    if (values->exact) {
        big_add(values->parts + account, values->parts + option);
    } else {
        values->votes[account] += values->votes[option];
    }
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int values_compare(const struct stv_values *values, size_t a, size_t b)
{
    return values->exact ? big_compare(values->parts + a, values->parts + b)
                         : compare(values->votes[a], values->votes[b]);
}

int values_against_quota(const struct stv_values *values, size_t option)
{
    return values->exact ? big_compare(values->parts + option, &values->goal)
                         : compare(values->votes[option], values->quota);
}

bool values_none(const struct stv_values *values, size_t option)
{
    return values->exact ? big_is_zero(values->parts + option)
                         : values->votes[option] == 0;
}

enum tally_status values_sound(const struct stv_values *values)
{
    for (size_t a = 0; values->exact && a <= values->options; a++) {
        if (values->parts[a].overflown) {
            return TALLY_OVERFLOW;
        }
    }
    return TALLY_OK;
}

enum tally_status
values_shown(const struct stv_values *values, size_t account, int64_t *ret_votes)
{
    if (!values->exact) {
        *ret_votes = values->votes[account];
        return TALLY_OK;
    }
    struct big scaled;
    big_copy(&scaled, values->parts + account);
    big_scale(&scaled, (uint64_t)values->unit);
    return big_ratio(&scaled, &values->whole, ret_votes) ? TALLY_OK : TALLY_OVERFLOW;
}

/* ---- a surplus ---- */

void values_meet(struct stv_values *values, uint32_t value)
{
    expect(values->exact);
    values->classes[value].reduced = 1;
}

/* Votes and surplus of an option, over `whole`; where both are whole numbers, as such:
 * denominators grow less. */
static void ratio_of(
    const struct stv_values *values, size_t option, struct big *ret_of, struct big *ret)
{
    int64_t votes = 0;
    struct big product;
    big_copy(ret_of, values->parts + option);
    big_copy(ret, ret_of);
    big_subtract(ret, &values->goal);
    if (values->quota % values->unit != 0 || !big_ratio(ret_of, &values->whole, &votes)) {
        return;
    }
    big_copy(&product, &values->whole);
    big_scale(&product, (uint64_t)votes);
    if (big_compare(&product, ret_of) == 0 && !product.overflown) {
        big_set(ret_of, (uint64_t)votes);
        big_set(ret, (uint64_t)(votes - values->quota / values->unit));
    }
}

static void multiply(struct big *a, const struct big *factor)
{
    struct big product;
    big_multiply(a, factor, &product);
    big_copy(a, &product);
}

static uint64_t hash_of(uint64_t hash, const struct big *number)
{
    for (size_t i = 0; i < number->used; i++) {
        hash = (hash ^ number->limbs[i]) * UINT64_C(0xff51afd7ed558ccd);
        hash ^= hash >> 33;
    }
    return hash;
}

/* New classes for the met ones, while all numbers are still over the old denominator. */
static enum tally_status
add_reduced(struct stv_values *values, const struct big *of, const struct big *surplus)
{
    size_t count = values->class_count;
    for (size_t c = 0; c < count; c++) {
        if (values->classes[c].reduced == 0) {
            continue;
        }
        enum tally_status status = add_class(values);
        if (status != TALLY_OK) {
            return status;
        }
        struct value_class *old = values->classes + c;
        struct value_class *made = values->classes + values->class_count - 1;
        made->reduced = 0;
        made->hash = hash_of(hash_of(old->hash, of), surplus);
        big_multiply(&old->number, surplus, &made->number);
        old->reduced = (uint32_t)(values->class_count - 1);
    }
    return TALLY_OK;
}

static enum tally_status split_exactly(struct stv_values *values, size_t option)
{
    struct big of;
    struct big surplus;
    size_t count = values->class_count;
    ratio_of(values, option, &of, &surplus);
    enum tally_status status = add_reduced(values, &of, &surplus);
    if (status != TALLY_OK) {
        return status;
    }
    for (size_t c = 0; c < count; c++) {
        multiply(&values->classes[c].number, &of);
    }
    for (size_t a = 0; a <= values->options; a++) {
        multiply(values->parts + a, &of);
    }
    multiply(&values->whole, &of);
    multiply(&values->goal, &of);
    big_copy(values->parts + option, &values->goal);
    return values->whole.overflown ? TALLY_OVERFLOW : TALLY_OK;
}

/* Fixed: which part of their value papers take along. */
static void aim(struct stv_values *values, size_t option)
{
    values->of = values->votes[option];
    values->surplus = values->of - values->quota;
    if (values->rounding == ROUNDING_RATIO) {
        values->surplus = (int64_t)((wide)values->surplus * values->unit / values->of);
        values->of = values->unit;
    }
}

enum tally_status values_split(struct stv_values *values, size_t option)
{
    if (values->exact) {
        return split_exactly(values, option);
    }
    aim(values, option);
    values->votes[option] = values->quota;
    return TALLY_OK;
}

static int64_t part_of(const struct stv_values *values, int64_t value)
{
    if (values->surplus <= INT64_MAX / values->unit) { /* much faster, and it is usual */
        return value * values->surplus / values->of;
    }
    return (int64_t)((wide)value * values->surplus / values->of);
}

uint32_t values_reduced(const struct stv_values *values, uint32_t value)
{
    return values->exact ? values->classes[value].reduced
                         : (uint32_t)part_of(values, value);
}

int64_t values_part(struct stv_values *values, size_t option, int64_t value)
{
    aim(values, option);
    return part_of(values, value);
}

void values_forget(struct stv_values *values)
{
    for (size_t c = 0; c < values->class_count; c++) {
        values->classes[c].reduced = 0;
    }
}
