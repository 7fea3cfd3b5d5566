/* A count for programs, for people, and as a page. */
#ifndef APP_TALLY_PRINT_H
#define APP_TALLY_PRINT_H

#include "app/tally_report.h"

/* One JSON object and a newline. */
void tally_print_json(struct buf *out, const struct tally_report *report);

/* What somebody can read aloud. */
void tally_print_text(struct buf *out, const struct tally_report *report);

/* One self-contained page. */
void tally_print_html(struct buf *out, const struct tally_report *report);

#endif
