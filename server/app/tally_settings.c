#include "app/tally_settings.h"

#include "base/buf.h"

#include <string.h>

#define LINE_BYTES_MAX 4096

static bool
is_listed(const struct tally_settings *settings, const struct tally_setting *setting)
{
    for (size_t i = 0; i < settings->count; i++) {
        if (strcmp(tally_setting_name(settings->items[i]), tally_setting_name(setting)) ==
            0) {
            return true;
        }
    }
    return false;
}

void tally_put_values(
    struct buf *out, const struct tally_setting *setting, const char *between)
{
    for (size_t v = 0; tally_setting_value(setting, v) != NULL; v++) {
        buf_text(out, v > 0 ? between : "");
        buf_text(out, tally_setting_value(setting, v));
    }
}

static void add(struct tally_settings *settings, const struct tally_setting *setting)
{
    struct buf words;
    if (settings->count == TALLY_SETTINGS_MAX || is_listed(settings, setting)) {
        return;
    }
    buf_init(&words, sizeof settings->words[0] - 1);
    tally_put_values(&words, setting, "|");
    memcpy(settings->words[settings->count], words.data, words.bytes);
    settings->words[settings->count][words.bytes] = '\0';
    buf_fini(&words);
    settings->items[settings->count++] = setting;
}

void tally_settings_list(struct tally_settings *ret_settings)
{
    ret_settings->count = 0;
    for (size_t m = 0; tally_method_at(m) != NULL; m++) {
        const struct tally_method *method = tally_method_at(m);
        for (size_t s = 0; tally_method_setting(method, s) != NULL; s++) {
            add(ret_settings, tally_method_setting(method, s));
        }
    }
}

bool tally_setting_is_switch(const struct tally_setting *setting)
{
    const char *first = tally_setting_value(setting, 0);
    const char *second = tally_setting_value(setting, 1);
    return second != NULL && tally_setting_value(setting, 2) == NULL &&
           ((strcmp(first, "false") == 0 && strcmp(second, "true") == 0) ||
            (strcmp(first, "true") == 0 && strcmp(second, "false") == 0));
}

size_t tally_settings_rows(
    const struct tally_settings *settings, size_t offset, struct option_row *rows,
    size_t row_count)
{
    for (size_t i = 0; i < settings->count; i++) {
        rows[row_count++] = (struct option_row){
            .name = tally_setting_name(settings->items[i]),
            .kind = OPTION_TEXT,
            .offset = offset + i * sizeof(const char *),
            .value = settings->words[i],
            .bare = tally_setting_is_switch(settings->items[i]) ? "true" : NULL,
            .help = tally_setting_help(settings->items[i])};
    }
    return row_count;
}

static void put_settings(struct buf *out, const struct tally_method *method)
{
    if (tally_method_setting(method, 0) == NULL) {
        buf_text(out, "it has none");
        return;
    }
    buf_text(out, "it has ");
    for (size_t s = 0; tally_method_setting(method, s) != NULL; s++) {
        buf_text(out, s > 0 ? ", --" : "--");
        buf_text(out, tally_setting_name(tally_method_setting(method, s)));
    }
}

static int refuse(
    const struct options_table *table, const struct tally_setting *setting,
    const struct tally_rule *rule, const char *value, enum tally_status status)
{
    struct buf list;
    const char *method = tally_method_name(tally_rule_method(rule));
    const char *name = tally_setting_name(setting);
    int code = 2;
    buf_init(&list, LINE_BYTES_MAX);
    if (status == TALLY_UNKNOWN_SETTING) {
        put_settings(&list, tally_rule_method(rule));
        code = options_refuse(
            table, "%s has no setting --%s: %s", method, name, (const char *)list.data);
    } else {
        tally_put_values(&list, setting, ", ");
        code = options_refuse(
            table, "--%s is one of %s, not \"%s\"", name, (const char *)list.data, value);
    }
    buf_fini(&list);
    return code;
}

int tally_settings_apply(
    const struct tally_settings *settings, const char *const *values,
    const struct options_table *table, struct tally_rule *rule)
{
    for (size_t i = 0; i < settings->count; i++) {
        if (values[i] == NULL) {
            continue;
        }
        const char *name = tally_setting_name(settings->items[i]);
        enum tally_status status = tally_rule_set(rule, name, values[i]);
        if (status != TALLY_OK) {
            return refuse(table, settings->items[i], rule, values[i], status);
        }
    }
    return OPTIONS_GO;
}

void tally_settings_share(
    const struct tally_settings *settings, const char *const *values,
    struct tally_rule *rule)
{
    for (size_t i = 0; i < settings->count; i++) {
        if (values[i] != NULL) {
            (void)tally_rule_set(rule, tally_setting_name(settings->items[i]), values[i]);
        }
    }
}
