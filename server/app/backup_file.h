/* A backup as a file, made from a closed copy of a store. Without a passphrase it is that
 * copy, a store like any other, and holds no keys. With one it is a wrapped file
 * (trust/wrap.h) whose content is
 *
 *   4 bytes   length of the keys, big-endian
 *   …         the keys, as trust_keys_pack writes them, maybe several times
 *   …         the copy, to the end
 */
#ifndef APP_BACKUP_FILE_H
#define APP_BACKUP_FILE_H

#include "base/err.h"
#include "base/span.h"
#include "trust/wrap.h"

struct backup_source {
    int copy; /* a descriptor, at the start of a whole copy */
    /* What trust_keys_pack gave before the copy was begun; the folder is packed again
     * after it: of a poll that was opened or sealed meanwhile one of them has the key. */
    struct span keys_before;
    const char *keys; /* the folder */
};

/* Writes beside `out`, syncs, and renames: `out` is always a whole backup, the last or
 * the one before. `key` NULL: plain, without keys. Any thread. ERR_KEYS_MISSING,
 * ERR_NOMEM, ERR_NO_SPACE, ERR_IO (errno tells). */
MUST_CHECK enum err backup_file_write(
    const struct backup_source *source, const struct wrap_key *key, const char *out);

/* Is that an encrypted one? ERR_NOT_FOUND, ERR_IO. */
MUST_CHECK enum err backup_file_look(const char *from, bool *ret_wrapped);

/* Makes the store's file, and the folder of keys if the backup holds them; nothing may
 * lie at either. `passphrase` is empty for a plain one. On error either may be there.
 * ERR_FOREIGN (neither kind), ERR_NEWER, ERR_PASSPHRASE, ERR_DAMAGED, ERR_NOMEM,
 * ERR_NO_SPACE, ERR_IO. */
MUST_CHECK enum err backup_file_read(
    const char *from, struct span passphrase, const char *store, const char *keys);

#endif
