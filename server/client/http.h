/* Reading HTTP/1.1 answers, as far as our own server writes them. */
#ifndef CLIENT_HTTP_H
#define CLIENT_HTTP_H

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct http_head {
    int status;
    struct span fields; /* the header lines, each with its CRLF; borrowed from the data */
    size_t bytes;       /* of the whole head, with the empty line */
};

/* ERR_BUSY: the head is not all there; ERR_TOO_LARGE: longer than any head of ours;
 * ERR_BAD_VALUE: no HTTP. */
MUST_CHECK enum err http_read_head(struct span data, struct http_head *ret_head);

/* The value of the first field of that name, any case; false if there is none. */
bool http_find_field(
    const struct http_head *head, const char *name, struct span *ret_value);
bool http_field_is(const struct http_head *head, const char *name, const char *value);

/* Appends the whole body to `out`. `rest` is what followed the head so far, `ended`:
 * nothing more will come. ERR_BUSY: not all of it is there (`out` is then to be emptied).
 */
MUST_CHECK enum err http_read_body(
    const struct http_head *head, struct span rest, bool ended, struct buf *out);

#endif
