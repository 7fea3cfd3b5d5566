/* A count as one page that needs nothing else: no script, no picture, no other address.
 */
#include "app/tally_html.h"

#include "app/tally_print.h"

/* Equals stand by their votes in the first round, where there are rounds. */
static bool stands_before(const struct html *html, uint16_t a, uint16_t b)
{
    const struct tally_result *result = html->report->result;
    return tally_result_rounds(result) > 0 && tally_round_has(result, 0, a) &&
           tally_round_has(result, 0, b) &&
           tally_round_votes(result, 0, a).value > tally_round_votes(result, 0, b).value;
}

static void fill_group(struct html *html, const uint16_t *options, size_t count)
{
    size_t start = html->count;
    for (size_t o = 0; o < count && html->count < TALLY_OPTIONS_MAX; o++) {
        size_t at = html->count++;
        while (at > start && stands_before(html, options[o], html->order[at - 1])) {
            html->order[at] = html->order[at - 1];
            at--;
        }
        html->order[at] = options[o];
    }
}

static void fill_order(struct html *html)
{
    for (size_t i = 0; i < tally_result_places(html->report->result); i++) {
        uint16_t options[TALLY_OPTIONS_MAX];
        size_t count = report_place(html->report, i, options);
        fill_group(html, options, count);
    }
    html->shown = html->count > HTML_OPTIONS_FULL ? HTML_OPTIONS_SHOWN : html->count;
}

static void put_answer(const struct html *html)
{
    const struct tally_result *result = html->report->result;
    const uint16_t *options = NULL;
    size_t count = tally_result_winners(result, &options);
    size_t seats = tally_result_seats(result);
    if (count == 0) {
        buf_text(html->out, "Nobody wins");
        return;
    }
    html_names(html, options, count);
    buf_text(
        html->out, count > seats ? seats > 1 ? " may win" : " tie"
                   : count == 1  ? " wins"
                                 : " win");
}

static void put_head(const struct html *html)
{
    struct buf *out = html->out;
    buf_text(
        out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, "
             "initial-scale=1\">\n"
             "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    if (html->report->names.title.bytes > 0) {
        html_text(out, html->report->names.title);
    } else {
        buf_text(out, "The count");
    }
    buf_text(out, "</title>\n");
    html_style(out);
    buf_text(out, "</head>\n<body>\n<main>\n");
}

static void
put_fact(const struct html *html, const char *what, struct tally_number number)
{
    buf_printf(html->out, "<div><dt>%s</dt><dd>", what);
    words_number(html->out, number);
    buf_text(html->out, "</dd></div>\n");
}

static void put_facts(const struct html *html)
{
    const struct tally_result *result = html->report->result;
    struct tally_number exhausted = tally_result_exhausted(result);
    struct tally_number number = {.value = tally_result_ballots(result), .unit = 1};
    buf_text(html->out, "<dl class=\"facts\">\n");
    put_fact(html, "Ballots", number);
    number.value = tally_result_blank(result);
    if (number.value > 0) {
        put_fact(html, "Blank", number);
    }
    if (exhausted.value > 0) {
        put_fact(html, "Exhausted at the end", exhausted);
    }
    number.value = (int64_t)html->count;
    put_fact(html, html->count == 1 ? "Option" : "Options", number);
    number.value = (int64_t)tally_result_seats(result);
    put_fact(html, number.value == 1 ? "Seat" : "Seats", number);
    buf_text(html->out, "</dl>\n");
}

static void put_possible(const struct html *html)
{
    const uint16_t *options = NULL;
    size_t count = tally_result_possible(html->report->result, &options);
    if (tally_result_state(html->report->result) != TALLY_TIE_DECISIVE) {
        return;
    }
    buf_text(html->out, " These can win, as the lot falls: ");
    html_names(html, options, count);
    buf_text(html->out, ".");
}

static void put_fragility(const struct html *html)
{
    const struct tally_fragility *fragility = &html->report->fragility;
    bool several = tally_result_seats(html->report->result) > 1;
    if (!fragility->known || fragility->ballots == 0) { /* 0: a tie, which is told */
        return;
    }
    buf_char(html->out, ' ');
    words_count(html->out, fragility->ballots, "changed ballot", "changed ballots");
    buf_text(html->out, fragility->exact ? "" : ", perhaps fewer,");
    buf_text(
        html->out,
        several ? " could have changed who wins: " : " could have changed the winner: ");
    html_name(html, fragility->rival);
    buf_text(html->out, " would win or tie.");
}

static void put_header(const struct html *html)
{
    struct buf *out = html->out;
    const struct tally_result *result = html->report->result;
    enum tally_state state = tally_result_state(result);
    bool firm = state == TALLY_DECIDED || state == TALLY_TIE_IRRELEVANT;
    buf_printf(
        out, "<header>\n<p class=\"badge%s\">%c%s</p>\n", firm ? "" : " lot",
        words_state(result)[0] - 'a' + 'A', words_state(result) + 1);
    if (html->report->names.title.bytes > 0) {
        buf_text(out, "<p class=\"title\">");
        html_text(out, html->report->names.title);
        buf_text(out, "</p>\n");
    }
    buf_text(out, "<h1>");
    put_answer(html);
    buf_text(out, "</h1>\n<p class=\"lead\">Counted by ");
    buf_text(out, words_method(tally_result_method(result)));
    buf_text(out, ". ");
    buf_text(out, words_state_long(result));
    put_possible(html);
    put_fragility(html);
    buf_text(out, "</p>\n");
    put_facts(html);
    buf_text(out, "</header>\n");
}

void tally_print_html(struct buf *out, const struct tally_report *report)
{
    struct html html = {.out = out, .report = report};
    fill_order(&html);
    put_head(&html);
    put_header(&html);
    html_places(&html);
    html_rounds(&html);
    html_purchases(&html);
    html_matrix(&html);
    html_duels(&html);
    html_points(&html);
    html_ties(&html);
    html_comparison(&html);
    html_check(&html);
    buf_text(out, "<footer>stimmwerk tally, libtally ");
    buf_text(out, tally_version());
    buf_text(out, "</footer>\n</main>\n</body>\n</html>\n");
}
