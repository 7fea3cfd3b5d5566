#include "app/methods_print.h"

#include "app/tally_settings.h"
#include "app/tally_words.h"

#define PROPERTY_COUNT 5

struct property {
    enum tally_property bit;
    const char *head; /* of a narrow column */
    const char *key;
    const char *said;
};

static const struct property PROPERTIES[PROPERTY_COUNT] = {
    {TALLY_CONDORCET, "cond", "condorcet", "elects an option that beats all others"},
    {TALLY_CLONE_PROOF, "clone", "clone_proof", "a near-twin neither helps nor harms"},
    {TALLY_MONOTONE, "mono", "monotone", "ranking a winner higher can't make it lose"},
    {TALLY_PROPORTIONAL, "prop", "proportional",
     "a large enough group gets its share of seats"},
    {TALLY_LATER_NO_HARM, "later", "later_no_harm",
     "a further rank can't harm those above it"},
};

static bool has(const struct tally_method *method, const struct property *property)
{
    return (tally_method_properties(method) & (unsigned)property->bit) != 0;
}

/* ---- text ---- */

static void put_row(struct buf *out, const struct tally_method *method)
{
    buf_printf(
        out, "%c %-21s %-9s %-15s", tally_method_default(method) ? '*' : ' ',
        tally_method_name(method), words_form(tally_method_form(method)),
        tally_method_multi(method) ? "several winners" : "one winner");
    for (size_t p = 0; p < PROPERTY_COUNT; p++) {
        buf_printf(out, "  %-5s", has(method, PROPERTIES + p) ? "yes" : "-");
    }
    while (out->bytes > 0 && out->data[out->bytes - 1] == ' ') {
        out->bytes--;
    }
    buf_char(out, '\n');
}

static void put_list(struct buf *out)
{
    buf_printf(out, "  %-21s %-9s %-15s", "method", "ballots", "made for");
    for (size_t p = 0; p < PROPERTY_COUNT; p++) {
        buf_printf(out, p + 1 < PROPERTY_COUNT ? "  %-5s" : "  %s", PROPERTIES[p].head);
    }
    buf_char(out, '\n');
    for (size_t i = 0; tally_method_at(i) != NULL; i++) {
        put_row(out, tally_method_at(i));
    }
    buf_text(
        out, "\n* fits without a choice to make. Methods for one winner fill more seats, "
             "too; how is\ntold in docs/libtally.md. What is proven:\n");
    for (size_t p = 0; p < PROPERTY_COUNT; p++) {
        buf_printf(out, "  %-5s  %s\n", PROPERTIES[p].head, PROPERTIES[p].said);
    }
    buf_text(out, "stimmwerk methods METHOD tells a method's settings and its source.\n");
}

static void put_setting(struct buf *out, const struct tally_setting *setting)
{
    buf_printf(out, "\n  --%s=", tally_setting_name(setting));
    tally_put_values(out, setting, "|");
    buf_printf(
        out, "\n      %s\n      (default %s)\n", tally_setting_help(setting),
        tally_setting_value(setting, 0));
}

static void put_details(struct buf *out, const struct tally_method *method)
{
    bool any = false;
    buf_printf(
        out, "%s: %s%s\n\n", tally_method_name(method), words_method(method),
        tally_method_default(method) ? ", fits without a choice to make" : "");
    buf_printf(out, "  ballots   %s\n", words_form(tally_method_form(method)));
    buf_printf(
        out, "  made for  %s\n",
        tally_method_multi(method) ? "several winners" : "one winner");
    buf_printf(out, "  options   at most %zu\n", tally_method_options_max(method));
    buf_printf(out, "  source    %s\n", tally_method_source(method));
    for (size_t p = 0; p < PROPERTY_COUNT; p++) {
        if (has(method, PROPERTIES + p)) {
            buf_printf(
                out, "  %s%s\n", any ? "          " : "proven    ", PROPERTIES[p].said);
            any = true;
        }
    }
    buf_text(
        out, tally_method_setting(method, 0) != NULL ? "\nSettings:\n"
                                                     : "\nIt has no settings.\n");
    for (size_t i = 0; tally_method_setting(method, i) != NULL; i++) {
        put_setting(out, tally_method_setting(method, i));
    }
}

void methods_print_text(struct buf *out, const struct tally_method *method)
{
    if (method != NULL) {
        put_details(out, method);
    } else {
        put_list(out);
    }
}

/* ---- markdown ---- */

/* A bar would end the cell. */
static void put_cell(struct buf *out, const char *text)
{
    buf_char(out, ' ');
    for (; *text != '\0'; text++) {
        buf_text(out, *text == '|' ? "\\" : "");
        buf_char(out, *text);
    }
    buf_text(out, " |");
}

static void put_markdown_row(struct buf *out, const struct tally_method *method)
{
    buf_printf(out, "| `%s`", tally_method_name(method));
    buf_text(out, tally_method_default(method) ? " * |" : " |");
    put_cell(out, words_form(tally_method_form(method)));
    put_cell(out, tally_method_multi(method) ? "several" : "one");
    for (size_t p = 0; p < PROPERTY_COUNT; p++) {
        put_cell(out, has(method, PROPERTIES + p) ? "yes" : "");
    }
    buf_text(out, " ");
    for (size_t i = 0; tally_method_setting(method, i) != NULL; i++) {
        buf_text(out, i > 0 ? ", `" : "`");
        buf_text(out, tally_setting_name(tally_method_setting(method, i)));
        buf_char(out, '`');
    }
    buf_text(out, " |");
    put_cell(out, tally_method_source(method));
    buf_char(out, '\n');
}

static void put_markdown_settings(struct buf *out, const struct tally_method *method)
{
    struct tally_settings settings;
    tally_settings_list(&settings);
    buf_text(
        out, "\n| setting | values, the default first | what it does |\n"
             "| --- | --- | --- |\n");
    for (size_t i = 0; i < settings.count; i++) {
        bool wanted = method == NULL;
        for (size_t s = 0; !wanted && tally_method_setting(method, s) != NULL; s++) {
            wanted = tally_method_setting(method, s) == settings.items[i];
        }
        if (wanted) {
            buf_printf(out, "| `%s` | `", tally_setting_name(settings.items[i]));
            tally_put_values(out, settings.items[i], "`, `");
            buf_text(out, "` |");
            put_cell(out, tally_setting_help(settings.items[i]));
            buf_char(out, '\n');
        }
    }
}

void methods_print_markdown(struct buf *out, const struct tally_method *method)
{
    buf_text(
        out, "| method | ballots | winners | Condorcet | clone-proof | monotone | "
             "proportional | later-no-harm | settings | source |\n"
             "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; tally_method_at(i) != NULL; i++) {
        if (method == NULL || method == tally_method_at(i)) {
            put_markdown_row(out, tally_method_at(i));
        }
    }
    put_markdown_settings(out, method);
}

/* ---- JSON ---- */

static void put_string(struct buf *out, const char *key, const char *value)
{
    buf_printf(out, "\"%s\":", key);
    buf_json_string(out, span_of_string(value));
}

static void put_json_setting(struct buf *out, const struct tally_setting *setting)
{
    buf_char(out, '{');
    put_string(out, "name", tally_setting_name(setting));
    buf_char(out, ',');
    put_string(out, "help", tally_setting_help(setting));
    buf_char(out, ',');
    put_string(out, "default", tally_setting_value(setting, 0));
    buf_text(out, ",\"values\":[");
    for (size_t v = 0; tally_setting_value(setting, v) != NULL; v++) {
        buf_text(out, v > 0 ? "," : "");
        buf_json_string(out, span_of_string(tally_setting_value(setting, v)));
    }
    buf_text(out, "]}");
}

static void put_json(struct buf *out, const struct tally_method *method)
{
    buf_char(out, '{');
    put_string(out, "name", tally_method_name(method));
    buf_char(out, ',');
    put_string(out, "title", words_method(method));
    buf_char(out, ',');
    put_string(out, "form", words_form(tally_method_form(method)));
    buf_printf(
        out, ",\"several\":%s,\"default\":%s,\"options_max\":%zu",
        tally_method_multi(method) ? "true" : "false",
        tally_method_default(method) ? "true" : "false",
        tally_method_options_max(method));
    for (size_t p = 0; p < PROPERTY_COUNT; p++) {
        buf_printf(
            out, ",\"%s\":%s", PROPERTIES[p].key,
            has(method, PROPERTIES + p) ? "true" : "false");
    }
    buf_char(out, ',');
    put_string(out, "source", tally_method_source(method));
    buf_text(out, ",\"settings\":[");
    for (size_t i = 0; tally_method_setting(method, i) != NULL; i++) {
        buf_text(out, i > 0 ? "," : "");
        put_json_setting(out, tally_method_setting(method, i));
    }
    buf_text(out, "]}");
}

void methods_print_json(struct buf *out, const struct tally_method *method)
{
    if (method != NULL) {
        put_json(out, method);
        buf_char(out, '\n');
        return;
    }
    buf_char(out, '[');
    for (size_t i = 0; tally_method_at(i) != NULL; i++) {
        buf_text(out, i > 0 ? "," : "");
        put_json(out, tally_method_at(i));
    }
    buf_text(out, "]\n");
}
