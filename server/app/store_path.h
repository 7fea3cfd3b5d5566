/* Where a store's file lies, and the files beside it. */
#ifndef APP_STORE_PATH_H
#define APP_STORE_PATH_H

#include <stdlib.h>
#include <string.h>

#define STORE_KEYS_SUFFIX ".keys"
#define STORE_COPY_SUFFIX ".unfinished-copy" /* of a backup in the making */

/* PATH of "SCHEME:PATH"; what has no scheme is a path. Borrowed. */
static inline const char *store_path(const char *url)
{
    const char *colon = strchr(url, ':');
    return colon != NULL ? colon + 1 : url;
}

/* `path` with an ending. Owned by the caller; NULL: no memory. */
static inline char *path_beside(const char *path, const char *suffix)
{
    size_t bytes = strlen(path);
    size_t more = strlen(suffix) + 1;
    char *made = malloc(bytes + more);
    if (made != NULL) {
        memcpy(made, path, bytes);
        memcpy(made + bytes, suffix, more);
    }
    return made;
}

#endif
