/* Shared by tally_html*.c only: a page in pieces. Everything foreign goes through
 * html_text or html_name. */
#ifndef APP_TALLY_HTML_H
#define APP_TALLY_HTML_H

#include "app/tally_words.h"

/* Above so many options only the first few of the order are drawn in full. */
#define HTML_OPTIONS_FULL  20
#define HTML_OPTIONS_SHOWN 10
/* Rounds drawn as bars, and columns of the table of rounds: more do not help a reader. */
#define HTML_ROUNDS_DRAWN   12
#define HTML_ROUNDS_LISTED  60
#define HTML_OPTIONS_LISTED 100
#define HTML_DUELS_LISTED   120
#define HTML_PAYERS_LISTED  40

struct html {
    struct buf *out;
    const struct tally_report *report;
    uint16_t order[TALLY_OPTIONS_MAX]; /* the best first */
    size_t count;
    size_t shown;
    int64_t most; /* the longest bar of all rounds */
};

void html_text(struct buf *out, struct span text);
void html_name(const struct html *html, size_t option);
/* "A, B and C" */
void html_names(const struct html *html, const uint16_t *options, size_t count);
void html_int(const struct html *html, int64_t value);
/* <section> with its heading; html_end closes it. */
void html_section(const struct html *html, const char *id, const char *heading);
void html_end(const struct html *html);
/* A table that scrolls by itself where it is too wide, with its caption. */
void html_table(const struct html *html, const char *kind, const char *caption);
void html_table_end(const struct html *html);
/* A bar of value / most; of it the last `gain` in another shade; a line at `mark` unless
 * that is 0. */
void html_bar(
    const struct html *html, int64_t value, int64_t gain, int64_t most, int64_t mark);
/* Says how many options are not shown, if any. */
void html_rest(const struct html *html, size_t shown);

void html_style(struct buf *out);
/* The sections. */
void html_places(const struct html *html);
void html_rounds(const struct html *html);
void html_matrix(const struct html *html);
void html_duels(const struct html *html);
void html_points(const struct html *html);
void html_purchases(const struct html *html);
void html_ties(const struct html *html);
void html_comparison(const struct html *html);
void html_check(const struct html *html);

#endif
