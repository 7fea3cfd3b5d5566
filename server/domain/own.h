/* Nobody votes for an idea of their own or of their team, where a poll has that rule. */
#ifndef DOMAIN_OWN_H
#define DOMAIN_OWN_H

#include "domain/event.h"

/* May they cast this ballot? OWN_TEAM, and which, if it marks an option that is theirs or
 * their team's. Before it is appended, and only then: the ballot lane does not know whose
 * a ballot is. */
MUST_CHECK enum err poll_check_own(
    const struct poll *poll, const struct participant *participant,
    const struct ballot *ballot, int64_t *ret_option);

#endif
