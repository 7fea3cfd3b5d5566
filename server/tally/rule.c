#include "tally/rule.h"

#include "tally/grow.h"
#include "tally/method.h"

#include <string.h>

enum tally_status tally_rule_new(
    const struct tally_method *method, size_t seats, struct tally_rule **ret_rule)
{
    if (method == NULL) {
        return TALLY_UNKNOWN_METHOD;
    }
    if (seats < 1) {
        return TALLY_BAD_RULE;
    }
    struct tally_rule *rule = calloc(1, sizeof *rule);
    if (rule == NULL) {
        return TALLY_NO_MEMORY;
    }
    rule->method = method;
    rule->seats = seats;
    for (int s = 0; s < SETTING_COUNT; s++) {
        rule->settings[s] = setting_default((enum setting)s);
    }
    *ret_rule = rule;
    return TALLY_OK;
}

void tally_rule_free(struct tally_rule *rule)
{
    if (rule != NULL) {
        free(rule->order);
        free(rule);
    }
}

const struct tally_method *tally_rule_method(const struct tally_rule *rule)
{
    return rule->method;
}

size_t tally_rule_seats(const struct tally_rule *rule)
{
    return rule->seats;
}

/* ---- settings ---- */

const struct tally_setting *
tally_method_setting(const struct tally_method *method, size_t i)
{
    for (int s = 0; s < SETTING_COUNT; s++) {
        if ((method->settings & SETTING_BIT(s)) != 0 && i-- == 0) {
            return setting_at((enum setting)s);
        }
    }
    return NULL;
}

/* Is it the setting's name? An underscore may stand for a hyphen. */
static bool is_name(const struct tally_setting *setting, const char *name)
{
    const char *own = tally_setting_name(setting);
    for (; *own != '\0' && (*own == *name || (*own == '-' && *name == '_')); own++) {
        name++;
    }
    return *own == *name;
}

enum tally_status
tally_rule_set(struct tally_rule *rule, const char *name, const char *value)
{
    const struct tally_setting *setting = tally_method_setting(rule->method, 0);
    for (size_t i = 0; setting != NULL && !is_name(setting, name);) {
        setting = tally_method_setting(rule->method, ++i);
    }
    if (setting == NULL) {
        return TALLY_UNKNOWN_SETTING;
    }
    enum setting number = setting_number(setting);
    return setting_parse(number, value, &rule->settings[number]) ? TALLY_OK
                                                                 : TALLY_BAD_VALUE;
}

const char *tally_rule_value(struct tally_rule *rule, const struct tally_setting *setting)
{
    enum setting number = setting_number(setting);
    return setting_write(number, rule->settings[number], rule->value);
}

enum tally_status tally_rule_write_in(struct tally_rule *rule, size_t option)
{
    if (option >= TALLY_OPTIONS_MAX) {
        return TALLY_BAD_RULE;
    }
    bits_add(rule->write_ins, option);
    return TALLY_OK;
}

void tally_rule_want_matrix(struct tally_rule *rule)
{
    rule->matrix = true;
}

/* ---- ties ---- */

static bool is_permutation(const uint16_t *order, size_t count)
{
    uint64_t seen[BITS_OPTIONS_WORDS] = {0};
    for (size_t i = 0; i < count; i++) {
        if (order[i] >= count || bits_has(seen, order[i])) {
            return false;
        }
        bits_add(seen, order[i]);
    }
    return true;
}

enum tally_status
tally_rule_tie_order(struct tally_rule *rule, const uint16_t *order, size_t count)
{
    if (count < 1 || count > TALLY_OPTIONS_MAX || !is_permutation(order, count)) {
        return TALLY_BAD_RULE;
    }
    uint16_t *copy = zeroed(count, sizeof *copy);
    if (copy == NULL) {
        return TALLY_NO_MEMORY;
    }
    memcpy(copy, order, count * sizeof *copy);
    free(rule->order);
    rule->order = copy;
    rule->order_count = count;
    return TALLY_OK;
}

struct lot {
    uint8_t mac[32];
    uint16_t option;
};

static int by_mac(const void *a, const void *b)
{
    const struct lot *x = a;
    const struct lot *y = b;
    int order = memcmp(x->mac, y->mac, sizeof x->mac);
    return order != 0 ? order : (int)x->option - (int)y->option;
}

enum tally_status tally_rule_tie_seed(
    struct tally_rule *rule, tally_hmac_fn *hmac, void *ctx, struct tally_text poll,
    const struct tally_text *option_ids, size_t count)
{
    if (count < 1 || count > TALLY_OPTIONS_MAX) {
        return TALLY_BAD_RULE;
    }
    struct lot *lots = zeroed(count, sizeof *lots);
    uint16_t *order = zeroed(count, sizeof *order);
    enum tally_status status = lots != NULL && order != NULL ? TALLY_OK : TALLY_NO_MEMORY;
    for (size_t i = 0; i < count && status == TALLY_OK; i++) {
        const struct tally_text parts[2] = {poll, option_ids[i]};
        lots[i].option = (uint16_t)i;
        status = hmac(ctx, parts, 2, lots[i].mac) ? TALLY_OK : TALLY_BAD_RULE;
    }
    if (status == TALLY_OK) {
        qsort(lots, count, sizeof *lots, by_mac);
        for (size_t i = 0; i < count; i++) {
            order[i] = lots[i].option;
        }
        status = tally_rule_tie_order(rule, order, count);
    }
    free(lots);
    free(order);
    return status;
}

/* ---- does it fit? ---- */

static bool write_ins_fit(const struct tally_rule *rule, size_t options)
{
    for (size_t o = options; o < TALLY_OPTIONS_MAX; o++) {
        if (bits_has(rule->write_ins, o)) {
            return false;
        }
    }
    return true;
}

enum tally_status
rule_check(const struct tally_rule *rule, const struct tally_profile *profile)
{
    size_t options = profile->options;
    if (rule->seats > options || !write_ins_fit(rule, options)) {
        return TALLY_BAD_RULE;
    }
    if (rule->order != NULL && rule->order_count != options) {
        return TALLY_BAD_RULE;
    }
    if (rule->method->form == TALLY_SCORE && profile->score_max == 0) {
        return TALLY_WRONG_FORM;
    }
    int64_t score_max = rule_get(rule, SETTING_MAX);
    if (score_max != 0 && profile->score_max != (size_t)score_max) {
        return TALLY_WRONG_FORM;
    }
    return options > tally_method_options_max(rule->method) ? TALLY_TOO_MANY : TALLY_OK;
}
