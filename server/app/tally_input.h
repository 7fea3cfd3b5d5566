/* What `stimmwerk tally` reads: a ballot file and a tie order. */
#ifndef APP_TALLY_INPUT_H
#define APP_TALLY_INPUT_H

#include "stimmwerk/tally.h"

#include <stdbool.h>

struct tally_input {
    char *ballots; /* the files' bytes; owned */
    size_t ballots_bytes;
    char *order;
    size_t order_bytes;
    struct tally_text *order_names; /* in `order`; owned */
    size_t order_count;
    struct tally_file *file;
    uint16_t *tie_order; /* NULL without an order file; owned */
};

struct tally_source {
    const char *ballots; /* a path, or "-" */
    const char *order;   /* a path, or NULL */
    enum tally_format format;
    const char *poll; /* or NULL */
};

/* Reads both. False: it said on stderr what is wrong. Either way tally_input_fini is due.
 */
bool tally_input_read(const struct tally_source *source, struct tally_input *ret_input);
void tally_input_fini(struct tally_input *input);

#endif
