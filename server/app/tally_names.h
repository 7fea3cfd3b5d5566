/* The names of a ballot file as they can be shown: valid UTF-8, and each another. */
#ifndef APP_TALLY_NAMES_H
#define APP_TALLY_NAMES_H

#include "base/buf.h"
#include "stimmwerk/tally.h"

struct tally_names {
    struct buf pool;    /* owned */
    struct span *items; /* owned; one an option */
    size_t count;
    struct span title; /* empty if the file has none */
    bool replaced;     /* something was no UTF-8 */
};

/* What is no UTF-8 becomes U+FFFD; a name that stood before gets its number: "A (#3)".
 * False: no memory. Either way tally_names_fini is due. */
bool tally_names_make(const struct tally_file *file, struct tally_names *ret_names);
void tally_names_fini(struct tally_names *names);

/* Appends a text that may go to a terminal or into a page: control characters become
 * U+FFFD. */
void tally_put_visible(struct buf *out, struct span text);

#endif
