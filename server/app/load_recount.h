/* The rehearsal's own count of what its phones have cast. */
#ifndef APP_LOAD_RECOUNT_H
#define APP_LOAD_RECOUNT_H

#include "app/load_ballots.h"

/* Is the order in results.csv of an auditor's export that of the ballots which count, by
 * load_ballots_check, and of the lot that stands there? ERR_BAD_VALUE: it is no such
 * table; ERR_NOMEM. */
MUST_CHECK enum err
load_recount(const struct load_ballots *ballots, const char *csv, bool *ret_same);

#endif
