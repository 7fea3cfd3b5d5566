/* The table of methods, for people, programs and documents. */
#ifndef APP_METHODS_PRINT_H
#define APP_METHODS_PRINT_H

#include "base/buf.h"
#include "stimmwerk/tally.h"

/* `method` NULL: all of them. */
void methods_print_text(struct buf *out, const struct tally_method *method);
void methods_print_markdown(struct buf *out, const struct tally_method *method);
/* [{name, title, form, several, default, options_max, condorcet, clone_proof, monotone,
 * proportional, later_no_harm, source, settings: [{name, help, default, values}]}]: what
 * is not proven is false. */
void methods_print_json(struct buf *out, const struct tally_method *method);

#endif
