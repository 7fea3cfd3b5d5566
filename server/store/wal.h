/* The log that SQLite keeps beside a file, looked at before SQLite does. SQLite reads it
 * up to the first frame that is not as it was written and forgets the rest, because after
 * a power cut that is a commit that was not finished. It can't tell this from damage; we
 * can, for all but the last commit: the next one begins when the one before is synced. */
#ifndef STORE_WAL_H
#define STORE_WAL_H

#include "base/err.h"

/* ERR_DAMAGED: commits that were durable can't be read any more. ERR_OK also where there
 * is no such file, and for one that was cut short: of that nobody can know. ERR_IO,
 * ERR_NOMEM. Changes nothing. */
MUST_CHECK enum err wal_check(const char *path);

#endif
