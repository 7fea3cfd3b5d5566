/* A count for people and for programs. */
#ifndef APP_TALLY_PRINT_H
#define APP_TALLY_PRINT_H

#include "base/buf.h"
#include "stimmwerk/tally.h"

/* One JSON object and a newline. */
void tally_print_json(
    struct buf *out, const struct tally_file *file, const struct tally_result *result);

/* What somebody can read aloud. */
void tally_print_text(
    struct buf *out, const struct tally_file *file, const struct tally_result *result);

#endif
