/* What is entered in a store that came from a backup. */
#ifndef APP_RESTORE_H
#define APP_RESTORE_H

#include "base/err.h"

#include <stdbool.h>

struct restored {
    const char *store; /* the path of its file */
    const char *keys;  /* their folder */
    bool keys_may_be_lost;
};

/* Opens the store; appends event.restore to each event; gives open polls a new lot by
 * closing and reopening them; annuls those whose keys are lost, and seals closed ones
 * (`keys_may_be_lost`; else ERR_KEYS_MISSING); tells all that on stdout; closes. Errors
 * as hall_open: then nothing was entered, or not all. */
MUST_CHECK enum err restore_enter(const struct restored *restored);

#endif
