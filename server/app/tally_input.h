/* What `stimmwerk tally` and `convert` read: a ballot file and what settles ties. */
#ifndef APP_TALLY_INPUT_H
#define APP_TALLY_INPUT_H

#include "app/options.h"
#include "app/tally_order.h"
#include "base/uid.h"

#include <stdbool.h>

struct tally_input {
    char *order_text; /* the file's bytes; owned */
    struct tally_order order;
    struct tally_file *file;
    struct hash checksum; /* SHA-256 of the ballot file, if it was asked for */
    uint16_t *tie_order;  /* NULL: ties stay open; owned */
};

struct tally_source {
    const char *command; /* "tally": who complains */
    const char *ballots; /* a path, or "-" */
    const char *order;   /* a list of names: a path, or NULL */
    const char *results; /* an exported results.csv: a path, or NULL; needs `poll` */
    enum tally_format format;
    const char *format_option; /* that names it: "--format" */
    const char *poll;          /* or NULL */
    bool poll_names_lot;       /* a seed's lot takes `poll`, whatever the file */
    bool checksum;
};

/* Reads both. False: it said on stderr what is wrong. Either way tally_input_fini is due.
 */
bool tally_input_read(const struct tally_source *source, struct tally_input *ret_input);
void tally_input_fini(struct tally_input *input);

/* Says that there is no such format, and which there are; returns 2. */
int tally_refuse_format(const struct options_table *table, const char *name);

#endif
