/* Reading and writing a descriptor to the end: interrupted and short calls go on. */
#ifndef BASE_FD_H
#define BASE_FD_H

#include "base/err.h"
#include "base/span.h"

#include <stddef.h>

/* Reads until `bytes` are there or the file ends; *ret_got says how many. ERR_IO. */
MUST_CHECK enum err fd_read(int fd, void *ret_data, size_t bytes, size_t *ret_got);

/* Writes all of it. ERR_NO_SPACE (disk or quota full), ERR_IO. */
MUST_CHECK enum err fd_write(int fd, struct span data);

/* fsync. ERR_NO_SPACE, ERR_IO; after either nothing is known of what was written. */
MUST_CHECK enum err fd_sync(int fd);

/* Syncs the folder that holds `path`, so that its name is durable. ERR_NOMEM,
 * ERR_NO_SPACE, ERR_IO. */
MUST_CHECK enum err fd_sync_parent(const char *path);

/* ERR_NO_SPACE or ERR_IO, by errno. */
enum err fd_error(void);

#endif
