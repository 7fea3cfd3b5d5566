/* The event of a rehearsal, made in a store. */
#ifndef APP_LOAD_EVENT_H
#define APP_LOAD_EVENT_H

#include "app/options.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct load_event {
    char token[64]; /* of its moderator link */
    char *tickets;  /* owned; one after the other, each with its NUL; NULL: it is open */
};

/* Makes an event in `store` (and the store, if `create`); with `tickets` of them, 0: open
 * to everybody. 0, or the exit code after a line on stderr. */
int load_event_make(
    const struct options_table *table, const char *store, bool create, size_t tickets,
    struct load_event *ret_event);
/* The token of a link that comes on standard input, a line. ERR_LINK_UNKNOWN: there is
 * none. */
MUST_CHECK enum err load_event_read(struct load_event *ret_event);
void load_event_fini(struct load_event *event); /* all zero is fine */

#endif
