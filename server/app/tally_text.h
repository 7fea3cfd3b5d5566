/* Shared by tally_text*.c only. */
#ifndef APP_TALLY_TEXT_H
#define APP_TALLY_TEXT_H

#include "app/tally_words.h"

void text_name(struct buf *out, const struct tally_report *report, size_t option);
/* With spaces to the width of the longest. */
void text_padded_name(struct buf *out, const struct tally_report *report, size_t option);
/* "A, B and C" */
void text_names(
    struct buf *out, const struct tally_report *report, const uint16_t *options,
    size_t count);
/* A line: "  A beats B, 60 to 40". */
void text_duel(struct buf *out, const struct tally_report *report, size_t a, size_t b);

/* How it came out: rounds, duels, purchases, ties. */
void text_steps(struct buf *out, const struct tally_report *report);

#endif
