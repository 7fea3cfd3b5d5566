/* The folder of keys itself; key_file.h is one file of it. */
#ifndef TRUST_KEY_FOLDER_H
#define TRUST_KEY_FOLDER_H

#include "base/err.h"

#include <stdbool.h>

#define KEY_PEPPER_NAME "pepper"

/* Opens the folder, or makes it. ERR_KEYS_MISSING: not
 * there and not `create`. ERR_NO_SPACE, ERR_IO. */
MUST_CHECK enum err key_folder_open(const char *path, bool create, int *ret_folder);

/* Calls `act` for each name in it, "." too, until one is not ERR_OK. ERR_IO. */
typedef enum err key_folder_name(int folder, const char *name, void *ctx);
MUST_CHECK enum err key_folder_each(int folder, key_folder_name *act, void *ctx);

#endif
