/* A whole file in memory. */
#ifndef APP_REPLAY_FILE_H
#define APP_REPLAY_FILE_H

#include "base/err.h"

#include <stddef.h>

/* `ret_text` (owned by the caller) ends with a NUL. ERR_NOT_FOUND (errno says why),
 * ERR_TOO_LARGE, ERR_NOMEM. */
MUST_CHECK enum err
replay_read_file(const char *path, char **ret_text, size_t *ret_bytes);

#endif
