/* A count as one JSON object. Keys are stable, further ones may come:
 *
 *     version, format, title, method, seats, settings, options, ballots, blank,
 *     write_ins, warnings         what was counted, and how
 *     state, winners, possible, possible_sets, set_total, ranking, scores, exhausted,
 *     tie_order, quota            what came out
 *     pairwise, rounds, stages, duels, paths, points, purchases, bill, ties
 *                                 how: tally_json_steps.c
 *     fragility, comparison       what else is asked
 *
 * Options stand as their names; of several that are called the same, the later have their
 * number behind it: "A (#3)". Numbers are JSON numbers with all their decimals, never
 * rounded here; a fraction that does not end is a string: "7/3". What a method does not
 * have (scores, rounds …) is left out. */
#include "app/tally_json.h"

#include "app/tally_print.h"

void json_open(struct buf *out, char bracket)
{
    uint8_t last = out->bytes > 0 ? out->data[out->bytes - 1] : (uint8_t)'{';
    if (last != '{' && last != '[' && last != ':') {
        buf_char(out, ',');
    }
    if (bracket != '\0') {
        buf_char(out, bracket);
    }
}

void json_close(struct buf *out, char bracket)
{
    buf_char(out, bracket);
}

void json_key(struct buf *out, const char *key)
{
    json_text(out, key);
    buf_char(out, ':');
}

void json_int(struct buf *out, int64_t value)
{
    json_open(out, '\0');
    buf_int(out, value);
}

void json_text(struct buf *out, const char *text)
{
    json_open(out, '\0');
    buf_json_string(out, span_of_string(text));
}

void json_null(struct buf *out)
{
    json_open(out, '\0');
    buf_text(out, "null");
}

void json_bool(struct buf *out, bool value)
{
    json_open(out, '\0');
    buf_text(out, value ? "true" : "false");
}

void json_number(struct buf *out, struct tally_number number)
{
    char text[TALLY_NUMBER_BYTES];
    size_t bytes = tally_number_write(number, text);
    bool fraction = memchr(text, '/', bytes) != NULL;
    json_open(out, '\0');
    buf_text(out, fraction ? "\"" : "");
    buf_bytes(out, text, bytes);
    buf_text(out, fraction ? "\"" : "");
}

void json_name(struct buf *out, const struct tally_report *report, size_t option)
{
    json_open(out, '\0');
    buf_json_string(out, report_name(report, option));
}

void json_name_key(struct buf *out, const struct tally_report *report, size_t option)
{
    json_name(out, report, option);
    buf_char(out, ':');
}

void json_names(
    struct buf *out, const struct tally_report *report, const uint16_t *options,
    size_t count)
{
    json_open(out, '[');
    for (size_t i = 0; i < count; i++) {
        json_name(out, report, options[i]);
    }
    json_close(out, ']');
}

/* ---- what was counted ---- */

/* "max-skipped-ranks" is the key max_skipped_ranks. */
static void put_setting_key(struct buf *out, const char *name)
{
    json_open(out, '"');
    for (; *name != '\0'; name++) {
        buf_bytes(out, *name == '-' ? "_" : name, 1);
    }
    buf_text(out, "\":");
}

static void put_setting_value(struct buf *out, const char *value)
{
    bool word = strcmp(value, "true") == 0 || strcmp(value, "false") == 0;
    bool digits = value[0] != '\0' && value[strspn(value, "0123456789")] == '\0';
    if (word || digits) {
        json_open(out, '\0');
        buf_text(out, value);
    } else {
        json_text(out, value);
    }
}

static void put_settings(struct buf *out, const struct tally_report *report)
{
    const struct tally_method *method = tally_rule_method(report->rule);
    json_key(out, "settings");
    json_open(out, '{');
    for (size_t i = 0; tally_method_setting(method, i) != NULL; i++) {
        const struct tally_setting *setting = tally_method_setting(method, i);
        put_setting_key(out, tally_setting_name(setting));
        put_setting_value(out, tally_rule_value(report->rule, setting));
    }
    json_close(out, '}');
}

/* The headings of those that were passed over. */
static void put_columns(struct buf *out, const struct tally_file *file)
{
    json_key(out, "columns");
    json_open(out, '[');
    for (size_t i = 0; i < tally_file_columns(file); i++) {
        struct tally_text heading = tally_file_column(file, i);
        json_open(out, '\0');
        buf_json_string(out, span_of(heading.data, heading.bytes));
    }
    json_close(out, ']');
}

static void put_warnings(struct buf *out, const struct tally_report *report)
{
    json_key(out, "warnings");
    json_open(out, '[');
    for (size_t i = 0; i < report_warnings(report); i++) {
        struct report_warning warning = report_warning(report, i);
        json_open(out, '{');
        json_key(out, "oddity");
        json_text(out, warning.code);
        json_key(out, "text");
        json_text(out, warning.text);
        json_key(out, "line");
        json_int(out, (int64_t)warning.line);
        json_key(out, "said");
        json_int(out, warning.said);
        json_key(out, "found");
        json_int(out, warning.found);
        if (warning.columns) {
            put_columns(out, report->file);
        }
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void put_question(struct buf *out, const struct tally_report *report)
{
    const struct tally_result *result = report->result;
    json_key(out, "version");
    json_text(out, tally_version());
    json_key(out, "format");
    json_text(out, tally_format_name(tally_file_format(report->file)));
    json_key(out, "title");
    if (report->names.title.bytes > 0) {
        buf_json_string(out, report->names.title);
    } else {
        json_null(out);
    }
    json_key(out, "method");
    json_text(out, tally_method_name(tally_result_method(result)));
    json_key(out, "seats");
    json_int(out, (int64_t)tally_result_seats(result));
    put_settings(out, report);
    json_key(out, "options");
    json_open(out, '[');
    for (size_t o = 0; o < tally_result_options(result); o++) {
        json_name(out, report, o);
    }
    json_close(out, ']');
    json_key(out, "ballots");
    json_int(out, tally_result_ballots(result));
    json_key(out, "blank");
    json_int(out, tally_result_blank(result));
    json_key(out, "write_ins");
    json_names(out, report, report->write_ins, report->write_in_count);
    put_warnings(out, report);
}

/* ---- what came out ---- */

static void put_sets(struct buf *out, const struct tally_report *report)
{
    const struct tally_result *result = report->result;
    json_key(out, "possible_sets");
    json_open(out, '[');
    for (size_t i = 0; i < tally_result_sets(result); i++) {
        const uint16_t *options = NULL;
        size_t count = tally_result_set(result, i, &options);
        json_names(out, report, options, count);
    }
    json_close(out, ']');
    json_key(out, "set_total");
    json_int(out, tally_result_set_total(result));
}

static void put_ranking(struct buf *out, const struct tally_report *report)
{
    json_key(out, "ranking");
    json_open(out, '[');
    for (size_t i = 0; i < tally_result_places(report->result); i++) {
        const uint16_t *options = NULL;
        size_t count = tally_result_place(report->result, i, &options);
        json_names(out, report, options, count);
    }
    json_close(out, ']');
}

static void put_scores(struct buf *out, const struct tally_report *report)
{
    if (!tally_result_scored(report->result)) {
        return;
    }
    json_key(out, "scores");
    json_open(out, '{');
    for (size_t o = 0; o < tally_result_options(report->result); o++) {
        json_name_key(out, report, o);
        json_number(out, tally_result_score(report->result, o));
    }
    json_close(out, '}');
}

static void put_answer(struct buf *out, const struct tally_report *report)
{
    const struct tally_result *result = report->result;
    const uint16_t *options = NULL;
    json_key(out, "state");
    json_text(out, tally_state_code(tally_result_state(result)));
    json_key(out, "winners");
    size_t count = tally_result_winners(result, &options);
    json_names(out, report, options, count);
    json_key(out, "possible");
    count = tally_result_possible(result, &options);
    json_names(out, report, options, count);
    put_sets(out, report);
    put_ranking(out, report);
    put_scores(out, report);
    json_key(out, "exhausted");
    json_number(out, tally_result_exhausted(result));
    json_key(out, "tie_order");
    count = tally_result_tie_order(result, &options);
    json_names(out, report, options, count);
    if (report_staged(result) && tally_round_quota(result, 0).value > 0) {
        json_key(out, "quota");
        json_number(out, tally_round_quota(result, 0));
    }
}

/* ---- what else is asked ---- */

static void put_fragility(struct buf *out, const struct tally_report *report)
{
    const struct tally_fragility *fragility = &report->fragility;
    json_key(out, "fragility");
    if (!fragility->known) {
        json_null(out);
        return;
    }
    json_open(out, '{');
    json_key(out, "ballots");
    json_int(out, fragility->ballots);
    json_key(out, "exact");
    json_bool(out, fragility->exact);
    json_key(out, "rival");
    json_name(out, report, fragility->rival);
    json_close(out, '}');
}

static void put_compared(struct buf *out, const struct tally_report *report, size_t row)
{
    const struct tally_result *result = tally_comparison_result(report->comparison, row);
    const uint16_t *options = NULL;
    json_open(out, '{');
    json_key(out, "method");
    json_text(out, tally_method_name(tally_rule_method(report->rules[row])));
    json_key(out, "status");
    json_text(out, tally_status_code(tally_comparison_status(report->comparison, row)));
    if (result != NULL) {
        size_t count = tally_result_winners(result, &options);
        json_key(out, "winners");
        json_names(out, report, options, count);
        json_key(out, "state");
        json_text(out, tally_state_code(tally_result_state(result)));
        json_key(out, "agrees");
        json_bool(out, tally_comparison_agrees(report->comparison, row));
    }
    json_close(out, '}');
}

static void put_comparison(struct buf *out, const struct tally_report *report)
{
    if (report->comparison == NULL) {
        return;
    }
    json_key(out, "comparison");
    json_open(out, '[');
    for (size_t i = 0; i < tally_comparison_rows(report->comparison); i++) {
        put_compared(out, report, i);
    }
    json_close(out, ']');
}

void tally_print_json(struct buf *out, const struct tally_report *report)
{
    json_open(out, '{');
    put_question(out, report);
    put_answer(out, report);
    json_steps(out, report);
    put_fragility(out, report);
    put_comparison(out, report);
    buf_text(out, "}\n");
}
