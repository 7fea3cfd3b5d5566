/* What the office writes for the whole server, kept in the store: who runs it, shown
 * instead of the configuration's; and the words that new events look out for, which
 * nobody else is shown. */
#ifndef APP_HALL_NOTICE_H
#define APP_HALL_NOTICE_H

#include "app/hall.h"

enum notice { NOTICE_IMPRINT, NOTICE_PRIVACY, NOTICE_WORDS, NOTICE_COUNT };

const char *notice_name(enum notice notice); /* "imprint", "privacy", "words" */

/* The text, or NULL: the office has set none. Borrowed until it is set. */
const char *hall_notice(const struct hall *hall, enum notice notice);

/* Sets it, "" for none; shown once it is handed in, kept when `done` is called. `text`
 * has at most NOTICE_CHARS_MAX characters, of words WORDS_CHARS_MAX. ERR_BUSY, ERR_NOMEM:
 * it stays as it was. */
MUST_CHECK enum err hall_set_notice(
    struct hall *hall, enum notice notice, const char *text, store_done *done, void *ctx);

#endif
