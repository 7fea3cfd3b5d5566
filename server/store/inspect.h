/* Looks at a file before SQLite does, so that one we refuse stays as it is, and keeps
 * every other process out of it. */
#ifndef STORE_INSPECT_H
#define STORE_INSPECT_H

#include "store/store.h"

struct inspection {
    int lock;     /* owned descriptor; holds the lock until it is closed */
    bool is_new;  /* the file is empty: made just now, or by a start that was cut short */
    bool has_wal; /* a log was left beside it */
    bool create;  /* it may be made */
};

/* Opens or creates the file and locks it. ERR_NOT_FOUND, ERR_FOREIGN, ERR_NEWER,
 * ERR_DAMAGED, ERR_LOCKED, ERR_NO_SPACE, ERR_IO. */
MUST_CHECK enum err inspect_open(
    const struct store_options *options, const char *path, int32_t version_max,
    struct inspection *ret_inspection);

/* "PATH-wal" into `ret_path`; ERR_USAGE if that is too long. */
MUST_CHECK enum err inspect_wal_path(const char *path, char *ret_path, size_t bytes);

/* ERR_NO_SPACE if fewer bytes are free on the disk of the file's folder. ERR_IO. */
MUST_CHECK enum err inspect_space(const char *path, int64_t bytes_min);

#endif
