/* Who may do what, and who is shown what: two tables, role × kind of entry and role ×
 * sight. Ownership (one's own idea) and states are the fold's business.
 *
 * Who joins or redeems a ticket has no place in the event yet: role none (or
 * participant), actor 0. The office is the operator and the server itself: it makes
 * events with what they begin with, tickets and places at the desk, ends polls whose time
 * is over (close, seal, annul), and enters how much of a phase's time has run.
 */
#ifndef DOMAIN_ACCESS_H
#define DOMAIN_ACCESS_H

#include "domain/entry.h"

/* ERR_OK or ERR_NOT_ALLOWED. */
MUST_CHECK enum err access_check(enum role role, enum entry_kind kind);

/* What is shown beyond what everybody sees. */
enum sight {
    SIGHT_DESK, /* ideas in all states with their authors, drafts, acts, who sits there */
    SIGHT_RESULTS, /* a closed poll's result before it is published */
    SIGHT_EXPORT,  /* the export's tables */
    SIGHT_BALLOTS, /* in the export also sealed ballots that are not published */
    SIGHT_WIFI,    /* the hall's Wi-Fi; the stage only while it is to be shown there */
    SIGHT_COUNT
};

bool access_sees(enum role role, enum sight sight);

/* Owner, moderator, helper, auditor. */
bool role_is_desk(enum role role);

/* May `role` do or see anything that `other` may not? */
bool access_exceeds(enum role role, enum role other);

#endif
