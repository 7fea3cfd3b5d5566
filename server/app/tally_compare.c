#include "app/tally_compare.h"

#include <string.h>

#define NAME_BYTES 64

struct comparing {
    struct tally_report *report;
    const struct tally_settings *settings;
    const char *const *values;
};

static bool
is_compared(const struct tally_report *report, const struct tally_method *method)
{
    for (size_t i = 0; i < report->rule_count; i++) {
        if (tally_rule_method(report->rules[i]) == method) {
            return true;
        }
    }
    return false;
}

static void share_write_ins(const struct tally_report *report, struct tally_rule *rule)
{
    for (size_t i = 0; i < report->write_in_count; i++) {
        (void)tally_rule_write_in(rule, report->write_ins[i]);
    }
}

/* False: no memory. A method that is there already, or one too many, is passed over. */
static bool add(const struct comparing *comparing, const struct tally_method *method)
{
    struct tally_report *report = comparing->report;
    struct tally_rule *rule = NULL;
    const uint16_t *order = NULL;
    if (report->rule_count == TALLY_COMPARED_MAX || is_compared(report, method)) {
        return true;
    }
    if (tally_rule_new(method, tally_rule_seats(report->rule), &rule) != TALLY_OK) {
        return false;
    }
    tally_settings_share(comparing->settings, comparing->values, rule);
    share_write_ins(report, rule);
    size_t count = tally_result_tie_order(report->result, &order);
    if (count > 0 && tally_rule_tie_order(rule, order, count) != TALLY_OK) {
        tally_rule_free(rule);
        return false;
    }
    report->rules[report->rule_count++] = rule;
    return true;
}

/* Does the method count such ballots, and is it made for so many seats? */
static bool fits(const struct tally_report *report, const struct tally_method *method)
{
    const struct tally_method *own = tally_rule_method(report->rule);
    const struct tally_profile *profile = report_profile(report);
    bool several = tally_rule_seats(report->rule) > 1;
    enum tally_form form = tally_method_form(method);
    bool scored = tally_profile_score_max(profile) > 0;
    bool form_fits =
        form == tally_method_form(own) || (form == TALLY_SCORE && scored) ||
        (scored && tally_method_form(own) == TALLY_SCORE && form == TALLY_RANKING);
    bool multi = tally_method_multi(method);
    bool seats_fit = several ? multi || tally_method_default(method)
                             : !multi || form == TALLY_APPROVAL;
    return form_fits && seats_fit &&
           tally_profile_options(profile) <= tally_method_options_max(method);
}

static bool add_all(const struct comparing *comparing)
{
    bool fine = true;
    for (size_t i = 0; tally_method_at(i) != NULL && fine; i++) {
        const struct tally_method *method = tally_method_at(i);
        fine = !fits(comparing->report, method) || add(comparing, method);
    }
    return fine;
}

static const struct tally_method *find(const char *name, size_t bytes)
{
    char text[NAME_BYTES];
    if (bytes >= sizeof text) {
        return NULL;
    }
    memcpy(text, name, bytes);
    text[bytes] = '\0';
    return tally_method_find(text);
}

int tally_compare_check(const char *methods, const struct options_table *table)
{
    for (const char *at = methods; *at != '\0';) {
        size_t bytes = strcspn(at, ",");
        if (find(at, bytes) == NULL) {
            return options_refuse(
                table, "--compare: unknown method \"%.*s\", see stimmwerk methods",
                (int)bytes, at);
        }
        at += bytes + (at[bytes] == ',' ? 1 : 0);
    }
    return OPTIONS_GO;
}

static bool add_named(const struct comparing *comparing, const char *methods)
{
    bool fine = true;
    for (const char *at = methods; *at != '\0' && fine;) {
        size_t bytes = strcspn(at, ",");
        fine = add(comparing, find(at, bytes));
        at += bytes + (at[bytes] == ',' ? 1 : 0);
    }
    return fine;
}

bool tally_compare_rules(
    struct tally_report *report, const char *methods,
    const struct tally_settings *settings, const char *const *values)
{
    struct comparing comparing = {
        .report = report, .settings = settings, .values = values};
    if (!add(&comparing, tally_rule_method(report->rule))) {
        return false;
    }
    return methods[0] != '\0' ? add_named(&comparing, methods) : add_all(&comparing);
}
