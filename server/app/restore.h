/* What is entered in a store that came from a backup. */
#ifndef APP_RESTORE_H
#define APP_RESTORE_H

#include "base/err.h"

#include <stdbool.h>

/* Opens the store; appends event.restore to each event; annuls open polls whose keys are
 * lost and seals closed ones (`keys_may_be_lost`; else ERR_KEYS_MISSING); tells all that
 * on stdout; closes. Errors as hall_open: then nothing was entered, or not all. */
MUST_CHECK enum err restore_enter(const char *store_url, bool keys_may_be_lost);

#endif
