/* A file under a passphrase. The key comes from the passphrase by scrypt (RFC 7914), the
 * file's own key from that and the file's head by HMAC-SHA-256. The content follows in
 * pieces of 64 KiB, each under AES-256-GCM with the piece's number and "this is the last"
 * as its nonce: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO
 * 2015). So no piece can be changed, moved, repeated or cut off unseen, and what was
 * handed out of a damaged file is right up to the damage.
 *
 *   head    "stimmwerk/wrapped/1\n"; one byte: log₂ of scrypt's N (r = 8, p = 1);
 *           16 bytes of salt for scrypt, 16 bytes of salt of the file
 *   piece   up to 65,536 bytes of content, encrypted, and 16 bytes of tag; only the last
 *           may be shorter
 *   nonce   11 bytes: the piece's number from 0, big-endian; 1 byte: 1 for the last */
#ifndef TRUST_WRAP_H
#define TRUST_WRAP_H

#include "base/err.h"
#include "base/span.h"
#include "base/uid.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WRAP_SALT_BYTES     16
#define WRAP_HEAD_BYTES     (20 + 1 + 2 * WRAP_SALT_BYTES)
#define WRAP_PIECE_BYTES    65536
#define WRAP_PASSPHRASE_MIN 12   /* bytes */
#define WRAP_PASSPHRASE_MAX 1023 /* bytes */

/* log₂ of scrypt's N: 17 takes 128 MiB and some tenths of a second, once for many files.
 */
#define WRAP_COST     17
#define WRAP_COST_MIN 10 /* for tests */
#define WRAP_COST_MAX 20 /* 1 GiB: what a reader puts up with */

/* What a passphrase became: good for any number of files. Wipe it after use. */
struct wrap_key {
    struct hash key;
    uint8_t cost;
    uint8_t salt[WRAP_SALT_BYTES];
};

/* With a new salt. `cost` in WRAP_COST_MIN … WRAP_COST_MAX. ERR_NOMEM. */
MUST_CHECK enum err
wrap_key_new(struct span passphrase, uint8_t cost, struct wrap_key *ret_key);

struct wrap;

/* Begins a file: writes its head to `fd`, which stays the caller's. ERR_NOMEM,
 * ERR_NO_SPACE, ERR_IO. */
MUST_CHECK enum err wrap_open(int fd, const struct wrap_key *key, struct wrap **ret_wrap);
/* Takes any number of bytes. ERR_NO_SPACE, ERR_IO. */
MUST_CHECK enum err wrap_write(struct wrap *wrap, struct span data);
/* Writes the last piece; nothing may be written after it. The file is not yet synced.
 * ERR_NO_SPACE, ERR_IO. */
MUST_CHECK enum err wrap_finish(struct wrap *wrap);
/* Wipes and frees. NULL is fine. */
void wrap_close(struct wrap *wrap);

struct unwrap;

/* Does a file begin like a wrapped one? Reads from the descriptor's place and leaves it
 * at the file's start. */
bool unwrap_is_wrapped(int fd);
/* Reads the head and the first piece from `fd`, which stays the caller's.
 * ERR_PASSPHRASE: another passphrase, or the first piece is damaged. ERR_FOREIGN: no such
 * file. ERR_NEWER: a cost beyond ours. ERR_NOMEM, ERR_IO. */
MUST_CHECK enum err
unwrap_open(int fd, struct span passphrase, struct unwrap **ret_unwrap);
/* Up to `bytes` of the content; *ret_got is less only at its end, then 0. ERR_DAMAGED: a
 * piece is not as it was written, or the file was cut off. ERR_IO. */
MUST_CHECK enum err
unwrap_read(struct unwrap *unwrap, void *ret_data, size_t bytes, size_t *ret_got);
void unwrap_close(struct unwrap *unwrap);

#endif
