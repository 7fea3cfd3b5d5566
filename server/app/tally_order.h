/* The options of a count and the order that settles its ties, as `stimmwerk tally` is
 * told: a list of names, or the results.csv of an export. */
#ifndef APP_TALLY_ORDER_H
#define APP_TALLY_ORDER_H

#include "stimmwerk/tally.h"

#include <stdbool.h>

struct tally_order {
    struct tally_text *names; /* owned; they lie in the text that was read */
    size_t *place;            /* of each name in the tie order, from 0; owned */
    int64_t *id;              /* of each option in an export; owned */
    size_t count;
    size_t elected; /* so many of them were in an export; 0: it does not say */
    bool settles;   /* false: there are names, but no tie order */
};

/* One name a line, the favoured first; empty lines are passed over. NULL, or what is
 * wrong. */
const char *tally_order_list(const char *text, size_t bytes, struct tally_order *order);

/* The options of one poll from an exported results.csv, and the lot if it was drawn.
 * Cells are unquoted in `text` itself. NULL, or what is wrong. */
const char *tally_order_results(
    char *text, size_t bytes, const char *poll, struct tally_order *order);

/* Decimal digits only. */
bool tally_order_number(struct tally_text text, int64_t *ret_number);

void tally_order_fini(struct tally_order *order);

#endif
