#include "trust/wrap_piece.h"

#include "trust/trust.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#define SCRYPT_R 8
#define SCRYPT_P 1

#define NONCE_BYTES 12

const char wrap_magic[] = "stimmwerk/wrapped/1\n";

/* OpenSSL has no expected failures here. */
static void must(bool worked)
{
    if (!worked) {
        abort();
    }
}

enum err wrap_derive(
    struct span passphrase, uint8_t cost, const uint8_t salt[WRAP_SALT_BYTES],
    struct hash *ret_key)
{
    uint64_t n = 1ULL << cost;
    uint64_t bytes_max =
        UINT64_C(256) * n * SCRYPT_R; /* it takes half of that and a little */
    return EVP_PBE_scrypt(
               (const char *)passphrase.data, passphrase.bytes, salt, WRAP_SALT_BYTES, n,
               SCRYPT_R, SCRYPT_P, bytes_max, ret_key->bytes, sizeof ret_key->bytes) == 1
               ? ERR_OK
               : ERR_NOMEM;
}

enum err wrap_piece_init(
    struct wrap_piece *piece, const struct hash *key, const uint8_t head[WRAP_HEAD_BYTES],
    bool encrypt)
{
    *piece = (struct wrap_piece){.context = EVP_CIPHER_CTX_new()};
    if (piece->context == NULL) {
        return ERR_NOMEM;
    }
    struct hash own;
    trust_hmac(key, span_of(head, WRAP_HEAD_BYTES), &own);
    must(
        EVP_CipherInit_ex2(
            piece->context, EVP_aes_256_gcm(), own.bytes, NULL, encrypt ? 1 : 0, NULL) ==
        1);
    trust_wipe(&own, sizeof own);
    return ERR_OK;
}

void wrap_piece_fini(struct wrap_piece *piece)
{
    EVP_CIPHER_CTX_free(piece->context); /* wipes the key */
    piece->context = NULL;
}

/* The next piece's nonce. */
static void begin(struct wrap_piece *piece, bool last)
{
    uint8_t nonce[NONCE_BYTES] = {0};
    for (size_t i = 0; i < sizeof piece->number; i++) {
        nonce[NONCE_BYTES - 2 - i] = (uint8_t)(piece->number >> (8 * i));
    }
    nonce[NONCE_BYTES - 1] = last ? 1 : 0;
    piece->number++;
    must(EVP_CipherInit_ex2(piece->context, NULL, NULL, nonce, -1, NULL) == 1);
}

void wrap_piece_seal(
    struct wrap_piece *piece, struct span content, bool last, uint8_t *ret_sealed)
{
    int bytes = 0;
    int rest = 0;
    begin(piece, last);
    must(
        EVP_CipherUpdate(
            piece->context, ret_sealed, &bytes, content.data, (int)content.bytes) == 1);
    must(EVP_CipherFinal_ex(piece->context, ret_sealed + bytes, &rest) == 1);
    must(
        EVP_CIPHER_CTX_ctrl(
            piece->context, EVP_CTRL_AEAD_GET_TAG, WRAP_TAG_BYTES,
            ret_sealed + content.bytes) == 1);
}

bool wrap_piece_open(
    struct wrap_piece *piece, struct span sealed, bool last, uint8_t *ret_content)
{
    if (sealed.bytes < WRAP_TAG_BYTES) {
        return false;
    }
    uint8_t tag[WRAP_TAG_BYTES];
    size_t content = sealed.bytes - WRAP_TAG_BYTES;
    int bytes = 0;
    int rest = 0;
    begin(piece, last);
    memcpy(tag, sealed.data + content, sizeof tag);
    must(
        EVP_CipherUpdate(
            piece->context, ret_content, &bytes, sealed.data, (int)content) == 1);
    must(
        EVP_CIPHER_CTX_ctrl(piece->context, EVP_CTRL_AEAD_SET_TAG, WRAP_TAG_BYTES, tag) ==
        1);
    return EVP_CipherFinal_ex(piece->context, ret_content + bytes, &rest) == 1;
}
