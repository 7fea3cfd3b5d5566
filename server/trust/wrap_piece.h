/* What writing and reading a wrapped file share; see wrap.h. */
#ifndef TRUST_WRAP_PIECE_H
#define TRUST_WRAP_PIECE_H

#include "trust/wrap.h"

#include <openssl/types.h>

#define WRAP_TAG_BYTES 16

#define WRAP_MAGIC_BYTES 20
#define WRAP_SALT_AT     (WRAP_MAGIC_BYTES + 1) /* behind the cost */

extern const char wrap_magic[WRAP_MAGIC_BYTES + 1];

/* One direction of AES-256-GCM under a file's key, and the next piece's number. */
struct wrap_piece {
    EVP_CIPHER_CTX *context; /* owned */
    uint64_t number;
};

/* ERR_NOMEM. `key` is the passphrase's. */
MUST_CHECK enum err wrap_piece_init(
    struct wrap_piece *piece, const struct hash *key, const uint8_t head[WRAP_HEAD_BYTES],
    bool encrypt);
void wrap_piece_fini(struct wrap_piece *piece);

/* Encrypts to `ret_sealed`: the content's bytes, then the tag. */
void wrap_piece_seal(
    struct wrap_piece *piece, struct span content, bool last, uint8_t *ret_sealed);
/* The reverse; false if it is not what was sealed as this piece. */
bool wrap_piece_open(
    struct wrap_piece *piece, struct span sealed, bool last, uint8_t *ret_content);

/* scrypt, with the parameters of wrap.h. ERR_NOMEM. */
MUST_CHECK enum err wrap_derive(
    struct span passphrase, uint8_t cost, const uint8_t salt[WRAP_SALT_BYTES],
    struct hash *ret_key);

#endif
