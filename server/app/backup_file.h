/* A backup as a file, made from a closed copy of a store. Without a passphrase it is that
 * copy, a store like any other, and holds no keys. With one it is a wrapped file
 * (trust/wrap.h) whose content is
 *
 *   4 bytes   length of the keys, big-endian
 *   …         the keys, as trust_keys_pack writes them
 *   …         the copy, to the end
 */
#ifndef APP_BACKUP_FILE_H
#define APP_BACKUP_FILE_H

#include "base/err.h"
#include "base/span.h"
#include "trust/wrap.h"

/* Writes beside `out`, syncs, and renames: `out` is always a whole backup, the last or
 * the one before. `key` NULL: plain, without the keys in the folder `keys`. Any thread.
 * ERR_KEYS_MISSING, ERR_DAMAGED (a key, which may just be going: try again), ERR_NOMEM,
 * ERR_NO_SPACE, ERR_IO (errno tells). */
MUST_CHECK enum err backup_file_write(
    const char *copy, const char *keys, const struct wrap_key *key, const char *out);

/* Makes a store, and a folder of keys if the backup holds them, that must both not be
 * there. `passphrase` is empty where none was given. On error both are as they were.
 * ERR_NOT_FOUND (no backup), ERR_FOREIGN (neither kind), ERR_LOCKED (something is in the
 * way), ERR_PASSPHRASE (wrong, or none given), ERR_DAMAGED, ERR_NOMEM, ERR_NO_SPACE,
 * ERR_IO. */
MUST_CHECK enum err backup_file_read(
    const char *from, struct span passphrase, const char *store, const char *keys);

#endif
