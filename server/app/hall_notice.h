/* What the office says about who runs this server: kept in the store, and shown instead
 * of the configuration's. */
#ifndef APP_HALL_NOTICE_H
#define APP_HALL_NOTICE_H

#include "app/hall.h"

enum notice { NOTICE_IMPRINT, NOTICE_PRIVACY, NOTICE_COUNT };

const char *notice_name(enum notice notice); /* "imprint", "privacy" */

/* The text, or NULL: the office has set none. Borrowed until it is set. */
const char *hall_notice(const struct hall *hall, enum notice notice);

/* Sets it, "" for none; shown once it is handed in, kept when `done` is called. `text`
 * has at most NOTICE_CHARS_MAX characters. ERR_BUSY, ERR_NOMEM: it stays as it was. */
MUST_CHECK enum err hall_set_notice(
    struct hall *hall, enum notice notice, const char *text, store_done *done, void *ctx);

#endif
