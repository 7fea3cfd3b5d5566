/* A ZIP in memory. */
#ifndef APP_ZIP_H
#define APP_ZIP_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>

struct zip_member {
    const char *name;
    struct span body;
    bool packed; /* is small already: it is stored as it is */
};

/* Appends a ZIP of the members to `out`. ERR_NOMEM, ERR_TOO_LARGE (out is full),
 * ERR_INTERNAL. */
MUST_CHECK enum err
zip_bundle_write(const struct zip_member *members, size_t count, struct buf *out);

/* Appends one member's bytes to `out`, and a NUL behind them. ERR_NOT_FOUND: it has none
 * of that name; ERR_DAMAGED, ERR_NOMEM, ERR_TOO_LARGE (out is full). */
MUST_CHECK enum err zip_bundle_read(struct span zip, const char *name, struct buf *out);

#endif
