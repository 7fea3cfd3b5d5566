/* SHA-256 and HMAC-SHA-256 by OpenSSL's EVP. */
#include "trust/hash.h"

#include "trust/trust.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <pthread.h>

/* OpenSSL has no expected failures here: only missing memory or a broken library. */
static void must(bool worked)
{
    if (!worked) {
        abort();
    }
}

/* Looked up once a process: OpenSSL takes longer for that than for hashing a ballot. */
static EVP_MD *sha256_found;
static pthread_once_t sha256_once = PTHREAD_ONCE_INIT;

static void find_sha256(void)
{
    sha256_found = EVP_MD_fetch(NULL, "SHA256", NULL);
    must(sha256_found != NULL);
}

static const EVP_MD *sha256(void)
{
    must(pthread_once(&sha256_once, find_sha256) == 0);
    return sha256_found;
}

void trust_sha256_parts(const struct span *parts, size_t count, struct hash *ret_hash)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    must(context != NULL && EVP_DigestInit_ex2(context, sha256(), NULL) == 1);
    for (size_t i = 0; i < count; i++) {
        must(EVP_DigestUpdate(context, parts[i].data, parts[i].bytes) == 1);
    }
    must(EVP_DigestFinal_ex(context, ret_hash->bytes, NULL) == 1);
    EVP_MD_CTX_free(context);
}

void trust_sha256(struct span data, struct hash *ret_hash)
{
    trust_sha256_parts(&data, 1, ret_hash);
}

static void init(struct hash_mac *mac, struct span key)
{
    char digest[] = "SHA256";
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end(),
    };
    EVP_MAC *algorithm = EVP_MAC_fetch(NULL, "HMAC", NULL);
    must(algorithm != NULL);
    mac->context = EVP_MAC_CTX_new(algorithm);
    EVP_MAC_free(algorithm); /* the context holds it */
    must(
        mac->context != NULL &&
        EVP_MAC_init(mac->context, key.data, key.bytes, params) == 1);
}

void hash_mac_init(struct hash_mac *mac, const struct hash *key)
{
    init(mac, span_of(key->bytes, sizeof key->bytes));
}

void hash_mac_fini(struct hash_mac *mac)
{
    EVP_MAC_CTX_free(mac->context);
    mac->context = NULL;
}

void hash_mac_parts(
    struct hash_mac *mac, const struct span *parts, size_t count, struct hash *ret_mac)
{
    must(EVP_MAC_init(mac->context, NULL, 0, NULL) == 1); /* the key stays */
    for (size_t i = 0; i < count; i++) {
        must(EVP_MAC_update(mac->context, parts[i].data, parts[i].bytes) == 1);
    }
    size_t bytes = 0;
    must(EVP_MAC_final(mac->context, ret_mac->bytes, &bytes, sizeof ret_mac->bytes) == 1);
    must(bytes == sizeof ret_mac->bytes);
}

void trust_hmac(const struct hash *key, struct span data, struct hash *ret_mac)
{
    struct hash_mac mac;
    hash_mac_init(&mac, key);
    hash_mac_parts(&mac, &data, 1, ret_mac);
    hash_mac_fini(&mac);
}

void trust_hmac_parts(
    struct span key, const struct span *parts, size_t count, struct hash *ret_mac)
{
    struct hash_mac mac;
    init(&mac, key);
    hash_mac_parts(&mac, parts, count, ret_mac);
    hash_mac_fini(&mac);
}

void hash_int64(int64_t value, uint8_t ret_bytes[HASH_INT64_BYTES])
{
    for (size_t i = 0; i < HASH_INT64_BYTES; i++) {
        ret_bytes[i] = (uint8_t)((uint64_t)value >> (56 - 8 * i));
    }
}
