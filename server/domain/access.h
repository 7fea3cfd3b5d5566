/* Who may do what: one table of role × kind of entry. Ownership (one's own idea) and
 * states are the fold's business. */
#ifndef DOMAIN_ACCESS_H
#define DOMAIN_ACCESS_H

#include "domain/entry.h"

/* ERR_OK or ERR_NOT_ALLOWED. */
MUST_CHECK enum err access_check(enum role role, enum entry_kind kind);

#endif
