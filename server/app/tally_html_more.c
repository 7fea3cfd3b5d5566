/* The page's lists: purchases, ties, other methods, and how to check all this. */
#include "app/tally_html.h"

#include "base/hex.h"

#define WARNING_BYTES_MAX (1UL << 20) /* two names and a sentence */

/* ---- purchases ---- */

static void put_purchase(const struct html *html, struct tally_purchase purchase)
{
    buf_text(html->out, "<tr><th scope=\"row\">");
    html_name(html, purchase.option);
    if (purchase.completion) {
        buf_text(html->out, " <span class=\"gained\">(fills a seat)</span>");
    }
    buf_text(html->out, "</th><td class=\"num\">");
    html_int(html, purchase.supporters);
    buf_text(html->out, "</td><td class=\"num\">");
    if (purchase.completion) {
        buf_text(html->out, "–");
    } else {
        words_number(html->out, purchase.price);
    }
    buf_text(html->out, "</td></tr>\n");
}

static void put_payer(const struct html *html, size_t payer)
{
    const struct tally_result *result = html->report->result;
    const uint16_t *options = NULL;
    int64_t weight = 0;
    size_t count = tally_payer_ballot(result, payer, &options, &weight);
    buf_text(html->out, "<tr><th scope=\"row\">");
    html_int(html, weight);
    buf_text(html->out, " × <span class=\"gained\">");
    html_names(html, options, count);
    buf_text(html->out, "</span></th>");
    for (size_t i = 0; i < tally_result_purchases(result); i++) {
        struct tally_number paid = tally_payer_paid(result, payer, i);
        buf_text(html->out, "<td>");
        if (paid.value > 0) {
            words_number(html->out, paid);
        }
        buf_text(html->out, "</td>");
    }
    buf_text(html->out, "<td>");
    words_number(html->out, tally_payer_left(result, payer));
    buf_text(html->out, "</td></tr>\n");
}

static void put_bill(const struct html *html)
{
    const struct tally_result *result = html->report->result;
    size_t payers = tally_result_payers(result);
    size_t listed = payers < HTML_PAYERS_LISTED ? payers : HTML_PAYERS_LISTED;
    html_table(
        html, "grid bill", "What each of these ballots paid for whom, and has left.");
    buf_text(html->out, "<thead><tr><th scope=\"col\" class=\"words\">Ballots</th>");
    for (size_t i = 0; i < tally_result_purchases(result); i++) {
        buf_text(html->out, "<th scope=\"col\">");
        html_name(html, tally_result_purchase(result, i).option);
        buf_text(html->out, "</th>");
    }
    buf_text(html->out, "<th scope=\"col\">left</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < listed; i++) {
        put_payer(html, i);
    }
    html_table_end(html);
    if (listed < payers) {
        buf_printf(
            html->out,
            "<p class=\"note\">The first %zu of %zu kinds of ballots; "
            "<code>--json</code> tells of all.</p>\n",
            listed, payers);
    }
}

void html_purchases(const struct html *html)
{
    const struct tally_result *result = html->report->result;
    if (tally_result_purchases(result) == 0) {
        return;
    }
    html_section(html, "purchases", "One after the other");
    html_table(html, "plain", "In the order they were elected.");
    buf_text(
        html->out, "<thead><tr><th scope=\"col\" class=\"words\">Elected</th>"
                   "<th scope=\"col\">approved by</th><th scope=\"col\">");
    buf_text(html->out, tally_result_payers(result) > 0 ? "highest price" : "value");
    buf_text(html->out, "</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < tally_result_purchases(result); i++) {
        put_purchase(html, tally_result_purchase(result, i));
    }
    html_table_end(html);
    if (tally_result_payers(result) > 0) {
        put_bill(html);
    }
    html_end(html);
}

/* ---- ties ---- */

static void put_otherwise(const struct html *html, size_t i)
{
    const struct tally_result *otherwise = report_otherwise(html->report, i);
    const uint16_t *options = NULL;
    if (otherwise == NULL) {
        return;
    }
    if (report_same_winners(otherwise, html->report->result)) {
        buf_text(html->out, " The other way round the same had come out.");
        return;
    }
    size_t count = tally_result_winners(otherwise, &options);
    buf_text(html->out, " The other way round ");
    html_names(html, options, count);
    buf_text(html->out, " had won.");
}

static void put_tie(const struct html *html, size_t i)
{
    const struct tally_result *result = html->report->result;
    const uint16_t *options = NULL;
    size_t count = tally_tie_options(result, i, &options);
    buf_text(html->out, "<li>");
    words_tie_round(html->out, result, i);
    html_names(html, options, count);
    buf_text(html->out, " tied, ");
    buf_text(html->out, words_settled(tally_tie_settled(result, i)));
    buf_char(html->out, '.');
    put_otherwise(html, i);
    buf_text(html->out, "</li>\n");
}

static void put_lot(const struct html *html)
{
    const uint16_t *order = NULL;
    size_t count = tally_result_tie_order(html->report->result, &order);
    if (count > 0 && count <= HTML_OPTIONS_FULL) {
        buf_text(html->out, "<p class=\"note\">The lot, the favoured first: ");
        html_names(html, order, count);
        buf_text(html->out, ".</p>\n");
    }
}

void html_ties(const struct html *html)
{
    size_t ties = tally_result_ties(html->report->result);
    if (ties == 0) {
        return;
    }
    html_section(html, "ties", "Ties");
    buf_text(html->out, "<ol class=\"list\">\n");
    for (size_t i = 0; i < ties; i++) {
        put_tie(html, i);
    }
    buf_text(html->out, "</ol>\n");
    const char *cut_short = words_cut_short(html->report->result);
    if (cut_short != NULL) {
        buf_printf(html->out, "<p class=\"note\">%s</p>\n", cut_short);
    }
    put_lot(html);
    html_end(html);
}

/* ---- other methods ---- */

static void put_compared(const struct html *html, size_t row)
{
    const struct tally_comparison *comparison = html->report->comparison;
    const struct tally_result *result = tally_comparison_result(comparison, row);
    const uint16_t *options = NULL;
    bool agrees = tally_comparison_agrees(comparison, row);
    buf_text(html->out, "<tr><th scope=\"row\" class=\"method\">");
    buf_text(html->out, words_method(tally_rule_method(html->report->rules[row])));
    if (result == NULL) {
        buf_text(
            html->out, "</th><td class=\"words\">can’t count these ballots</td>"
                       "<td></td></tr>\n");
        return;
    }
    size_t count = tally_result_winners(result, &options);
    buf_text(html->out, "</th><td class=\"words\">");
    buf_text(html->out, count == 0 ? "nobody" : "");
    html_names(html, options, count);
    buf_text(html->out, count > tally_result_seats(result) ? " (tie)" : "");
    buf_text(
        html->out, row == 0 ? "</td><td class=\"words\">this count</td></tr>\n"
                   : agrees ? "</td><td class=\"words yes\">agrees</td></tr>\n"
                            : "</td><td class=\"words no\">differs</td></tr>\n");
}

void html_comparison(const struct html *html)
{
    if (html->report->comparison == NULL) {
        return;
    }
    html_section(html, "comparison", "Would other methods agree?");
    html_table(html, "plain", "The same ballots by other methods.");
    buf_text(
        html->out, "<thead><tr><th scope=\"col\" class=\"words\">Method</th>"
                   "<th scope=\"col\" class=\"words\">Winners</th><th scope=\"col\" "
                   "class=\"words\"><span class=\"sr\">Agrees?</span></th></tr></thead>\n"
                   "<tbody>\n");
    for (size_t i = 0; i < tally_comparison_rows(html->report->comparison); i++) {
        put_compared(html, i);
    }
    html_table_end(html);
    html_end(html);
}

/* ---- settings and checksum ---- */

static void put_settings(const struct html *html)
{
    struct tally_rule *rule = html->report->rule;
    const struct tally_method *method = tally_rule_method(rule);
    html_table(html, "settings", "The rule and its settings.");
    buf_text(
        html->out, "<thead class=\"sr\"><tr><th scope=\"col\">Setting</th>"
                   "<th scope=\"col\">Value</th></tr></thead>\n<tbody>\n"
                   "<tr><th scope=\"row\">method</th><td class=\"words\">");
    buf_printf(html->out, "<code>%s</code></td></tr>\n", tally_method_name(method));
    buf_text(html->out, "<tr><th scope=\"row\">defined by</th><td class=\"words\">");
    html_text(html->out, span_of_string(tally_method_source(method)));
    buf_text(html->out, "</td></tr>\n");
    for (size_t i = 0; tally_method_setting(method, i) != NULL; i++) {
        const struct tally_setting *setting = tally_method_setting(method, i);
        buf_text(html->out, "<tr><th scope=\"row\">");
        html_text(html->out, span_of_string(tally_setting_name(setting)));
        buf_text(html->out, "</th><td class=\"words\">");
        html_text(html->out, span_of_string(tally_rule_value(rule, setting)));
        buf_text(html->out, "</td></tr>\n");
    }
    if (html->report->write_in_count > 0) {
        buf_text(html->out, "<tr><th scope=\"row\">written in</th><td class=\"words\">");
        html_names(html, html->report->write_ins, html->report->write_in_count);
        buf_text(html->out, "</td></tr>\n");
    }
    html_table_end(html);
}

static void put_warnings(const struct html *html)
{
    for (size_t i = 0; i < report_warnings(html->report); i++) {
        struct buf said;
        buf_init(&said, WARNING_BYTES_MAX);
        report_put_warning(&said, html->report, i);
        buf_text(html->out, "<p class=\"note\">");
        html_text(html->out, span_of(said.data, said.bytes));
        buf_text(html->out, "</p>\n");
        buf_fini(&said);
    }
}

static void put_base_name(const struct html *html)
{
    const char *slash = strrchr(html->report->path, '/');
    const char *name = slash != NULL ? slash + 1 : html->report->path;
    html_text(
        html->out, span_of_string(strcmp(name, "-") == 0 ? "standard input" : name));
}

void html_check(const struct html *html)
{
    char digits[HASH_HEX + 1];
    html_section(html, "check", "Check it yourself");
    put_settings(html);
    put_warnings(html);
    if (html->report->checksum != NULL) {
        hex_encode(html->report->checksum->bytes, HASH_BYTES, digits);
        buf_text(html->out, "<p>This page belongs to the file <code>");
        put_base_name(html);
        buf_text(
            html->out, "</code> if <code>sha256sum</code> says of it:</p>\n"
                       "<code class=\"command\">");
        buf_text(html->out, digits);
        buf_text(html->out, "</code>\n");
    }
    html_end(html);
}
