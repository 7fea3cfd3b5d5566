/* HMAC of several parts under one key; the context is kept for further values, which
 * costs a fifth of a new one. */
#ifndef TRUST_HASH_H
#define TRUST_HASH_H

#include "base/span.h"
#include "base/uid.h"

#include <openssl/types.h>

struct hash_mac {
    EVP_MAC_CTX *context; /* owned */
};

void hash_mac_init(struct hash_mac *mac, const struct hash *key);
void hash_mac_fini(struct hash_mac *mac);
void hash_mac_parts(
    struct hash_mac *mac, const struct span *parts, size_t count, struct hash *ret_mac);

#define HASH_INT64_BYTES 8

/* Eight bytes, big-endian. */
void hash_int64(int64_t value, uint8_t ret_bytes[HASH_INT64_BYTES]);

#endif
