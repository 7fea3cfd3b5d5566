/* Tokens: secrets that a browser or a link carries, in base64url (RFC 4648 §5). Only
 * their hash is kept. */
#include "trust/trust.h"

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

#define LAST_DIGIT_SPARE                                                                 \
    3U /* 43 digits are 258 bits: the last digit's lowest two are 0 */

static void spell(const uint8_t secret[TRUST_TOKEN_BYTES], char *ret_token)
{
    unsigned bits = 0;
    unsigned held = 0;
    size_t n = 0;
    for (size_t i = 0; i < TRUST_TOKEN_BYTES; i++) {
        bits = (bits << 8) | secret[i];
        held += 8;
        while (held >= 6) {
            held -= 6;
            ret_token[n++] = digits[(bits >> held) & 63];
        }
        bits &= (1U << held) - 1;
    }
    ret_token[n++] = digits[(bits << (6 - held)) & 63];
    ret_token[n] = '\0';
}

void trust_token_new(char ret_token[TRUST_TOKEN_CHARS + 1], struct hash *ret_hash)
{
    uint8_t secret[TRUST_TOKEN_BYTES];
    trust_random(secret, sizeof secret);
    spell(secret, ret_token);
    trust_sha256(span_of(ret_token, TRUST_TOKEN_CHARS), ret_hash);
    trust_wipe(secret, sizeof secret);
}

enum err trust_token_hash(struct span token, struct hash *ret_hash)
{
    if (token.bytes != TRUST_TOKEN_CHARS) {
        return ERR_BAD_VALUE;
    }
    const char *found = NULL;
    for (size_t i = 0; i < token.bytes; i++) {
        found = memchr(digits, token.data[i], sizeof digits - 1);
        if (found == NULL) {
            return ERR_BAD_VALUE;
        }
    }
    if (((unsigned)(found - digits) & LAST_DIGIT_SPARE) != 0) {
        return ERR_BAD_VALUE;
    }
    trust_sha256(token, ret_hash);
    return ERR_OK;
}
