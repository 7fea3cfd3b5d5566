/* The links that people get: codes and tokens travel in the fragment, so that they reach
 * no server's log. */
#ifndef APP_LINKS_H
#define APP_LINKS_H

#include "base/buf.h"

#include <stdbool.h>

#define LINK_JOIN   "/j#"
#define LINK_DESK   "/m#"
#define LINK_OFFICE "/office#"
#define LINK_STAGE  "/stage#" /* CODE.KEY */

/* What is said about a base that is none; takes the base. */
#define LINK_BASE_RULE                                                                   \
    "the base is http://HOST or https://HOST, with :PORT if need be and no path, not "   \
    "\"%s\""

/* "http://hall.example:8080": a scheme and a host, nothing after. */
bool link_base_valid(const char *base);

/* A ticket as it is printed: "K7QF2-M9X4P". `code` has TRUST_TICKET_SYMBOLS symbols. */
void link_write_ticket(struct buf *out, const char *code);

#endif
