/* Sixteen bytes that name something once: a ballot, a command, a batch, a text. */
#ifndef BASE_UID_H
#define BASE_UID_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define UID_BYTES  16
#define UID_HEX    32
#define HASH_BYTES 32
#define HASH_HEX   64

struct uid {
    uint8_t bytes[UID_BYTES];
};

struct hash {
    uint8_t bytes[HASH_BYTES];
};

static inline bool uid_equal(const struct uid *a, const struct uid *b)
{
    return memcmp(a->bytes, b->bytes, UID_BYTES) == 0;
}

static inline bool uid_is_zero(const struct uid *uid)
{
    static const struct uid zero;
    return uid_equal(uid, &zero);
}

#endif
