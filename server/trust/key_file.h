/* One secret of 32 bytes in one file of a folder. The file ends with a checksum over its
 * name and the secret, so a damaged or misplaced file is seen. */
#ifndef TRUST_KEY_FILE_H
#define TRUST_KEY_FILE_H

#include "base/err.h"
#include "base/uid.h"

#define KEY_NAME_BYTES 80 /* "EVENT-POLL-ROUND.seed" with the largest numbers */

/* ERR_NOT_FOUND, ERR_DAMAGED, ERR_IO. */
MUST_CHECK enum err key_file_read(int folder, const char *name, struct hash *ret_key);

/* Keeps a secret: written beside, synced, renamed, the folder synced. ERR_IO,
 * ERR_NO_SPACE. */
MUST_CHECK enum err key_file_put(int folder, const char *name, const struct hash *key);

/* Keeps a new random one. The name must be free. */
MUST_CHECK enum err key_file_create(int folder, const char *name, struct hash *ret_key);

/* Overwrites the file, syncs it and removes it; the folder is not yet synced. ERR_IO. */
MUST_CHECK enum err key_file_forget(int folder, const char *name);

#endif
