/* The built web files, read into memory once: each with its ready-made brotli and gzip
 * forms (made by the web build), its type and its ETag. */
#ifndef NET_SITE_H
#define NET_SITE_H

#include "net/csp.h"

#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SITE_ETAG_BYTES 32 /* "\"0123456789abcdef-br\"" */

enum site_coding { SITE_PLAIN, SITE_BROTLI, SITE_GZIP, SITE_CODINGS };

struct site_form {
    uint8_t *data; /* owned; NULL: there is no such form */
    size_t bytes;
    char etag[SITE_ETAG_BYTES];
};

struct site_file {
    char *path; /* owned: "/assets/main-BhqD3xYz.js" */
    const char *type;
    bool immutable; /* its name holds a hash of what is in it */
    struct csp_hashes csp;
    struct site_form forms[SITE_CODINGS];
};

struct site;

/* Reads a folder. ERR_NOT_FOUND (no folder, no index.html), ERR_BAD_VALUE (csp.json),
 * ERR_TOO_LARGE, ERR_NOMEM, ERR_IO; the log says which file. */
MUST_CHECK enum err site_load(const char *folder, struct site **ret_site);
void site_free(struct site *site); /* NULL is fine */

/* The file that answers a path, or NULL. "/" and "/j" are index.html, "/m" is
 * moderator.html, "/stage" is stage.html, "/kiosk" is kiosk.html, "/office" is
 * office.html, "/codebook" and all below it is codebook.html, and all below "/i/" is
 * idea.html. */
const struct site_file *site_find(const struct site *site, const char *path);

/* The name of a coding, as Content-Encoding spells it; NULL for SITE_PLAIN. */
const char *site_coding_name(enum site_coding coding);

#endif
