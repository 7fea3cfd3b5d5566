/* The order of the options, and the rounds that made it: bars, and one table of all. */
#include "app/tally_html.h"

#include <inttypes.h>

/* ---- places ---- */

static int64_t highest_score(const struct html *html)
{
    int64_t most = 0;
    for (size_t i = 0; i < html->count; i++) {
        struct tally_number score =
            tally_result_score(html->report->result, html->order[i]);
        most = score.value > most ? score.value : most;
    }
    return most;
}

static bool is_winner(const struct tally_result *result, size_t option)
{
    const uint16_t *winners = NULL;
    size_t count = tally_result_winners(result, &winners);
    for (size_t i = 0; i < count; i++) {
        if (winners[i] == option) {
            return true;
        }
    }
    return false;
}

static void
put_scored(const struct html *html, int64_t place, size_t option, int64_t most)
{
    const struct tally_result *result = html->report->result;
    struct tally_number score = tally_result_score(result, option);
    buf_printf(
        html->out, "<tr%s><td class=\"place\">%" PRId64 ".</td><th scope=\"row\">",
        is_winner(result, option) ? " class=\"won\"" : "", place);
    html_name(html, option);
    html_bar(html, score.value, 0, most, 0);
    buf_text(html->out, "</th><td class=\"num\">");
    words_number(html->out, score);
    buf_text(html->out, "</td></tr>\n");
}

/* All options of a place stand in one row. */
static void
put_group(const struct html *html, int64_t place, const uint16_t *options, size_t count)
{
    buf_printf(
        html->out, "<tr%s><td class=\"place\">%" PRId64 ".</td><th scope=\"row\">",
        is_winner(html->report->result, options[0]) ? " class=\"won\"" : "", place);
    html_names(html, options, count);
    buf_text(html->out, "</th></tr>\n");
}

static void put_table_head(const struct html *html, bool scored)
{
    const struct tally_method *method = tally_result_method(html->report->result);
    bool lower = scored && words_lower_is_better(method);
    html_table(
        html,
        lower    ? "bars lower"
        : scored ? "bars"
                 : "group",
        lower ? "From the best; less is better." : "From the best.");
    buf_text(html->out, scored ? "<thead>" : "<thead class=\"sr\">");
    buf_text(
        html->out, "<tr><th scope=\"col\" class=\"place\"><span class=\"sr\">Place"
                   "</span></th><th scope=\"col\" class=\"words\">Option</th>");
    if (scored) {
        buf_text(html->out, "<th scope=\"col\">");
        buf_text(html->out, words_score(method));
        buf_text(html->out, "</th>");
    }
    buf_text(html->out, "</tr></thead>\n<tbody>\n");
}

void html_places(const struct html *html)
{
    const struct tally_result *result = html->report->result;
    bool scored = tally_result_scored(result);
    int64_t most = scored ? highest_score(html) : 0;
    size_t told = 0;
    html_section(html, "places", "The order");
    put_table_head(html, scored);
    for (size_t i = 0; i < tally_result_places(result); i++) {
        uint16_t options[TALLY_OPTIONS_MAX];
        size_t count = report_place(html->report, i, options);
        int64_t place = (int64_t)told + 1;
        if (told >= HTML_OPTIONS_LISTED) {
            break;
        }
        for (size_t o = 0; o < count && scored; o++) {
            put_scored(html, place, options[o], most);
        }
        if (!scored) {
            put_group(html, place, options, count);
        }
        told += count;
    }
    html_table_end(html);
    html_rest(html, told);
    html_end(html);
}

/* ---- one round as bars ---- */

static int64_t longest(const struct html *html)
{
    const struct tally_result *result = html->report->result;
    int64_t most = 0;
    for (size_t round = 0; round < tally_result_rounds(result); round++) {
        int64_t quota = tally_round_quota(result, round).value;
        most = quota > most ? quota : most;
        for (size_t o = 0; o < html->count; o++) {
            int64_t votes = tally_round_has(result, round, o)
                                ? tally_round_votes(result, round, o).value
                                : 0;
            most = votes > most ? votes : most;
        }
    }
    return most;
}

static bool is_in(const uint16_t *options, size_t count, size_t option)
{
    for (size_t i = 0; i < count; i++) {
        if (options[i] == option) {
            return true;
        }
    }
    return false;
}

static bool leaves(const struct tally_result *result, size_t round, size_t option)
{
    const uint16_t *options = NULL;
    size_t count = tally_round_eliminated(result, round, &options);
    return is_in(options, count, option);
}

static bool elected(const struct tally_result *result, size_t round, size_t option)
{
    const uint16_t *options = NULL;
    size_t count = tally_round_elected(result, round, &options);
    return is_in(options, count, option);
}

static void put_vote_bar(const struct html *html, size_t round, size_t option)
{
    const struct tally_result *result = html->report->result;
    struct tally_number votes = tally_round_votes(result, round, option);
    struct tally_number gain = report_gain(result, round, option);
    const char *kind = elected(result, round, option)  ? " class=\"won\""
                       : leaves(result, round, option) ? " class=\"left\""
                                                       : "";
    buf_printf(html->out, "<tr%s><th scope=\"row\">", kind);
    html_name(html, option);
    html_bar(
        html, votes.value, gain.value > 0 ? gain.value : 0, html->most,
        tally_round_quota(result, round).value);
    buf_text(html->out, "</th><td class=\"num\">");
    words_number(html->out, votes);
    buf_text(html->out, "</td><td class=\"num gained\">");
    if (gain.value != 0) {
        struct tally_number size = gain;
        size.value = gain.value < 0 ? -gain.value : gain.value;
        buf_text(html->out, gain.value > 0 ? "+" : "−");
        words_number(html->out, size);
    }
    buf_text(html->out, "</td></tr>\n");
}

static void put_elected(const struct html *html, size_t round, enum tally_reason reason)
{
    uint16_t options[TALLY_OPTIONS_MAX];
    size_t count = report_elected_for(html->report->result, round, reason, options);
    if (count > 0) {
        buf_text(html->out, "<p>");
        html_names(html, options, count);
        buf_text(html->out, words_elected(reason, count > 1));
        buf_text(html->out, "</p>\n");
    }
}

static void put_end(const struct html *html, size_t round)
{
    const struct tally_result *result = html->report->result;
    enum tally_reason reason = tally_round_reason(result, round);
    const uint16_t *options = NULL;
    if (reason == TALLY_LAST_SEATS) {
        put_elected(html, round, TALLY_QUOTA);
    }
    put_elected(html, round, reason);
    size_t count = tally_round_eliminated(result, round, &options);
    if (count > 0) {
        buf_text(html->out, "<p>");
        html_names(html, options, count);
        buf_text(html->out, words_left(reason, count > 1));
        buf_text(html->out, "</p>\n");
    }
}

static void put_round_caption(const struct html *html, size_t round)
{
    const struct tally_result *result = html->report->result;
    const uint16_t *sources = NULL;
    size_t count = tally_round_sources(result, round, &sources);
    struct tally_number quota = tally_round_quota(result, round);
    struct tally_number exhausted = tally_round_exhausted(result, round);
    buf_text(html->out, "<table class=\"bars votes\">\n<caption><span>");
    if (count > 0) {
        buf_text(html->out, "With the votes of ");
        html_names(html, sources, count);
        buf_text(html->out, ". ");
    }
    if (quota.value > 0) {
        buf_text(
            html->out, report_staged(result) ? "The line stands at the quota, "
                                             : "The line stands at a majority, ");
        words_number(html->out, quota);
        buf_text(html->out, ". ");
    }
    if (exhausted.value > 0) {
        words_number(html->out, exhausted);
        buf_text(html->out, " count for nobody any more.");
    }
    buf_printf(
        html->out,
        "</span><span class=\"sr\"> Votes in round %zu</span></caption>\n<thead "
        "class=\"sr\">"
        "<tr><th scope=\"col\">Option</th><th scope=\"col\">Votes</th>"
        "<th scope=\"col\">Change</th></tr></thead>\n<tbody>\n",
        round + 1);
}

static void put_round(const struct html *html, size_t round)
{
    size_t told = 0;
    buf_printf(html->out, "<h3>Round %zu</h3>\n", round + 1);
    put_round_caption(html, round);
    for (size_t i = 0; i < html->count && told < html->shown; i++) {
        if (tally_round_has(html->report->result, round, html->order[i])) {
            put_vote_bar(html, round, html->order[i]);
            told++;
        }
    }
    buf_text(html->out, "</tbody>\n</table>\n");
    put_end(html, round);
}

/* ---- all rounds as one table ---- */

static void put_cell(const struct html *html, size_t round, size_t option)
{
    const struct tally_result *result = html->report->result;
    if (!tally_round_has(result, round, option)) {
        buf_text(html->out, "<td></td>");
        return;
    }
    buf_text(
        html->out, elected(result, round, option)  ? "<td class=\"in\">"
                   : leaves(result, round, option) ? "<td class=\"out\">"
                                                   : "<td>");
    words_number(html->out, tally_round_votes(result, round, option));
    buf_text(html->out, "</td>");
}

static void put_all_rounds(const struct html *html)
{
    const struct tally_result *result = html->report->result;
    size_t rounds = tally_result_rounds(result);
    size_t listed = rounds < HTML_ROUNDS_LISTED ? rounds : HTML_ROUNDS_LISTED;
    size_t options =
        html->count < HTML_OPTIONS_LISTED ? html->count : HTML_OPTIONS_LISTED;
    buf_text(html->out, "<h3>All rounds</h3>\n");
    html_table(
        html, "grid",
        "Votes at the beginning of each round. Green and bold: elected at "
        "its end; grey and underlined: left at its end.");
    buf_text(html->out, "<thead><tr><th scope=\"col\" class=\"words\">Option</th>");
    for (size_t round = 0; round < listed; round++) {
        buf_printf(html->out, "<th scope=\"col\">%zu</th>", round + 1);
    }
    buf_text(html->out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < options; i++) {
        buf_text(html->out, "<tr><th scope=\"row\">");
        html_name(html, html->order[i]);
        buf_text(html->out, "</th>");
        for (size_t round = 0; round < listed; round++) {
            put_cell(html, round, html->order[i]);
        }
        buf_text(html->out, "</tr>\n");
    }
    buf_text(html->out, "<tr><th scope=\"row\">For nobody any more</th>");
    for (size_t round = 0; round < listed; round++) {
        buf_text(html->out, "<td>");
        words_number(html->out, tally_round_exhausted(result, round));
        buf_text(html->out, "</td>");
    }
    buf_text(html->out, "</tr>\n");
    html_table_end(html);
    html_rest(html, options);
    if (listed < rounds) {
        buf_printf(
            html->out,
            "<p class=\"note\">The first %zu of %zu rounds; <code>--json</code> tells "
            "of all.</p>\n",
            listed, rounds);
    }
}

void html_rounds(const struct html *html)
{
    size_t rounds = tally_result_rounds(html->report->result);
    struct html scaled = *html;
    if (rounds == 0) {
        return;
    }
    scaled.most = longest(html);
    html_section(html, "rounds", "Round by round");
    for (size_t round = 0; round < rounds; round++) {
        if (round == 0 || round + HTML_ROUNDS_DRAWN > rounds) {
            put_round(&scaled, round);
        } else if (round == 1) {
            buf_printf(
                html->out, "<p class=\"note\">Rounds 2 to %zu are in the table.</p>\n",
                rounds - HTML_ROUNDS_DRAWN + 1);
        }
    }
    put_all_rounds(html);
    html_end(html);
}
