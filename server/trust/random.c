/* Randomness, comparison in constant time, wiping. */
#include "trust/trust.h"

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

void trust_random(void *ret_data, size_t bytes)
{
    if (bytes > INT_MAX || RAND_bytes(ret_data, (int)bytes) != 1) {
        abort();
    }
}

void trust_random_uid(struct uid *ret_uid)
{
    trust_random(ret_uid->bytes, sizeof ret_uid->bytes);
}

bool trust_equal(const void *a, const void *b, size_t bytes)
{
    return CRYPTO_memcmp(a, b, bytes) == 0;
}

void trust_wipe(void *data, size_t bytes)
{
    OPENSSL_cleanse(data, bytes);
}
