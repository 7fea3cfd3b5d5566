/* Content-Security-Policy: what a page may do, and the hashes of the blocks that the web
 * build put into it. */
#ifndef NET_CSP_H
#define NET_CSP_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>

/* A page's hashes, as they stand in a policy: " 'sha256-…' 'sha256-…'" or NULL. */
struct csp_hashes {
    char *script; /* owned */
    char *style;  /* owned */
};

void csp_hashes_fini(struct csp_hashes *hashes);

/* Reads one page's hashes out of csp.json:
 *     {"index.html":{"script":["sha256-…"],"style":["sha256-…"]},…}
 * A page that is not in it has none. ERR_BAD_VALUE if the text is of another form,
 * ERR_NOMEM. */
MUST_CHECK enum err
csp_read(struct span json, const char *page, struct csp_hashes *ret_hashes);

/* Writes the policy of a page served as `host` ("": unknown). `hashes` may be NULL. */
void csp_write(
    struct buf *out, const char *host, bool secure, const struct csp_hashes *hashes);

#endif
