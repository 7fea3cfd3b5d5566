/* The end of a rehearsal: is every acknowledged ballot in the export? */
#ifndef APP_LOAD_EXPORT_H
#define APP_LOAD_EXPORT_H

#include "app/load.h"

/* Fetches the auditor's export and fills the figures' `check`. ERR_*, after a line on
 * stderr. */
MUST_CHECK enum err load_export_check(struct load *load);

#endif
