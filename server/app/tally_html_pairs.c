/* Everybody against everybody, the duels in the order a method looked at them, and points
 * by place. */
#include "app/tally_html.h"

static void put_column_heads(const struct html *html)
{
    buf_text(html->out, "<thead><tr><th scope=\"col\" class=\"words\">Option</th>");
    for (size_t i = 0; i < html->shown; i++) {
        buf_printf(html->out, "<th scope=\"col\">%zu<span class=\"sr\">: ", i + 1);
        html_name(html, html->order[i]);
        buf_text(html->out, "</span></th>");
    }
    buf_text(html->out, "</tr></thead>\n<tbody>\n");
}

static void put_row_head(const struct html *html, size_t i)
{
    buf_printf(html->out, "<tr><th scope=\"row\"><small>%zu</small>", i + 1);
    html_name(html, html->order[i]);
    buf_text(html->out, "</th>");
}

static void put_pair(const struct html *html, int64_t above, int64_t below)
{
    buf_text(
        html->out, above > below   ? "<td class=\"win\">"
                   : above < below ? "<td class=\"lose\">"
                                   : "<td class=\"tie\">");
    html_int(html, above);
    buf_text(html->out, "</td>");
}

typedef int64_t cell_fn(const struct tally_result *result, size_t a, size_t b);

static void put_matrix_row(const struct html *html, size_t a, cell_fn *cell)
{
    const struct tally_result *result = html->report->result;
    put_row_head(html, a);
    for (size_t b = 0; b < html->shown; b++) {
        if (a == b) {
            buf_text(html->out, "<td>–</td>");
        } else {
            put_pair(
                html, cell(result, html->order[a], html->order[b]),
                cell(result, html->order[b], html->order[a]));
        }
    }
    buf_text(html->out, "</tr>\n");
}

static void put_matrix(const struct html *html, const char *caption, cell_fn *cell)
{
    html_table(html, "grid matrix", caption);
    put_column_heads(html);
    for (size_t a = 0; a < html->shown; a++) {
        put_matrix_row(html, a, cell);
    }
    html_table_end(html);
    html_rest(html, html->shown);
}

void html_matrix(const struct html *html)
{
    const struct tally_result *result = html->report->result;
    if (!tally_result_paired(result) || html->count < 2) {
        return;
    }
    html_section(html, "pairs", "Head to head");
    put_matrix(
        html,
        "Ballots that rank the row’s option above the column’s. Green and bold: "
        "the row’s option wins that duel.",
        tally_result_pair);
    html_end(html);
    if (tally_result_has_paths(result)) {
        html_section(html, "paths", "Strongest paths");
        put_matrix(
            html,
            "How strong the strongest chain of duels from the row’s option to the "
            "column’s is: its weakest link.",
            tally_result_path);
        html_end(html);
    }
}

static void put_duel(const struct html *html, struct tally_duel duel)
{
    bool counts = duel.fate == TALLY_LOCKED || duel.fate == TALLY_RUNOFF;
    buf_text(html->out, counts ? "<tr>" : "<tr class=\"dropped\">");
    buf_text(html->out, "<th scope=\"row\">");
    html_name(html, duel.winner);
    buf_text(html->out, duel.votes_for == duel.votes_against ? " ties " : " beats ");
    html_name(html, duel.loser);
    buf_text(html->out, "</th><td class=\"num\">");
    html_int(html, duel.votes_for);
    buf_text(html->out, "</td><td class=\"num\">");
    html_int(html, duel.votes_against);
    buf_text(html->out, "</td><td class=\"words\">");
    buf_text(html->out, words_fate(duel.fate));
    buf_text(html->out, "</td></tr>\n");
}

void html_duels(const struct html *html)
{
    const struct tally_result *result = html->report->result;
    size_t count = tally_result_duels(result);
    size_t listed = count < HTML_DUELS_LISTED ? count : HTML_DUELS_LISTED;
    if (count == 0) {
        return;
    }
    html_section(html, "duels", "Duels");
    html_table(html, "plain", "In the order they were looked at.");
    buf_text(
        html->out, "<thead><tr><th scope=\"col\" class=\"words\">Duel</th>"
                   "<th scope=\"col\">for</th><th scope=\"col\">against</th>"
                   "<th scope=\"col\" class=\"words\">becomes</th></tr></thead>\n"
                   "<tbody>\n");
    for (size_t i = 0; i < listed; i++) {
        put_duel(html, tally_result_duel(result, i));
    }
    html_table_end(html);
    if (listed < count) {
        buf_printf(
            html->out,
            "<p class=\"note\">The first %zu of %zu duels; <code>--json</code> tells of "
            "all.</p>\n",
            listed, count);
    }
    html_end(html);
}

static void put_points_row(const struct html *html, size_t option)
{
    const struct tally_result *result = html->report->result;
    size_t most = 2 * html->count - 2;
    bool any = false;
    buf_text(html->out, "<tr><th scope=\"row\">");
    html_name(html, option);
    buf_text(html->out, "</th><td class=\"words\">");
    for (size_t half = most + 1; half-- > 0;) {
        int64_t ballots = tally_result_points(result, option, half);
        if (ballots > 0) {
            buf_text(html->out, any ? ", " : "");
            html_int(html, ballots);
            buf_text(html->out, "&nbsp;×&nbsp;");
            words_number(
                html->out, (struct tally_number){.value = (int64_t)half, .unit = 2});
            any = true;
        }
    }
    buf_text(html->out, "</td></tr>\n");
}

void html_points(const struct html *html)
{
    if (!tally_result_has_points(html->report->result)) {
        return;
    }
    html_section(html, "points", "Points by place");
    html_table(html, "plain", "How many ballots gave how many points.");
    buf_text(
        html->out, "<thead><tr><th scope=\"col\" class=\"words\">Option</th>"
                   "<th scope=\"col\" class=\"words\">Ballots × points</th></tr>"
                   "</thead>\n<tbody>\n");
    for (size_t i = 0; i < html->shown; i++) {
        put_points_row(html, html->order[i]);
    }
    html_table_end(html);
    html_rest(html, html->shown);
    html_end(html);
}
