/* Who may do what: one table of role × kind of entry. Ownership (one's own idea) and
 * states are the fold's business.
 *
 * Who joins or redeems a ticket has no place in the event yet: role none (or
 * participant), actor 0. The office is the operator and the server itself: it makes
 * events, tickets and moderators, ends polls whose time is over (close, seal, annul), and
 * enters how much of a phase's time has run.
 */
#ifndef DOMAIN_ACCESS_H
#define DOMAIN_ACCESS_H

#include "domain/entry.h"

/* ERR_OK or ERR_NOT_ALLOWED. */
MUST_CHECK enum err access_check(enum role role, enum entry_kind kind);

#endif
