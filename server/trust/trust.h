/* Randomness, hashes, codes, keys. All cryptography is OpenSSL's. */
#ifndef TRUST_TRUST_H
#define TRUST_TRUST_H

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"
#include "base/uid.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- randomness and hashes: abort the process if OpenSSL can't ---- */

void trust_random(void *ret_data, size_t bytes);
void trust_random_uid(struct uid *ret_uid);
void trust_sha256(struct span data, struct hash *ret_hash);
/* SHA-256 of the parts one after another. */
void trust_sha256_parts(const struct span *parts, size_t count, struct hash *ret_hash);
/* HMAC-SHA-256 (RFC 2104, FIPS 180-4). */
void trust_hmac(const struct hash *key, struct span data, struct hash *ret_mac);
/* The same under a key of any length (not 0), of the parts one after another. */
void trust_hmac_parts(
    struct span key, const struct span *parts, size_t count, struct hash *ret_mac);
bool trust_equal(const void *a, const void *b, size_t bytes); /* in constant time */
void trust_wipe(void *data, size_t bytes);

/* ---- codes people type: Crockford's alphabet without I, L, O, U; the last symbol is a
 * check symbol over GF(32) = GF(2)[x] / (x⁵ + x² + 1) that catches every single wrong
 * symbol and every swap: the sum of all symbols, each times x^(distance from the end), is
 * zero ---- */

#define TRUST_TICKET_SYMBOLS 10 /* nine random, one check: 45 bits */
#define TRUST_CODE_SYMBOLS   6  /* five random, one check: 25 bits */

/* `ret_code` gets symbols + NUL. */
void trust_code_new(size_t symbols, char *ret_code);
/* Reads what somebody typed: any case, spaces and dashes ignored, O is 0, I and L are 1.
 * ERR_CODE_MALFORMED: wrong length, foreign character, or the check symbol says it is
 * mistyped. `ret_code` gets the canonical spelling and a NUL. */
MUST_CHECK enum err trust_code_read(struct span typed, size_t symbols, char *ret_code);

/* ---- tokens: sessions and moderator links ---- */

#define TRUST_TOKEN_BYTES 32
#define TRUST_TOKEN_CHARS 43 /* base64url without padding */

/* A new secret of 256 bits and what is stored of it: SHA-256. */
void trust_token_new(char ret_token[TRUST_TOKEN_CHARS + 1], struct hash *ret_hash);
/* The stored hash of a token that came in; ERR_BAD_VALUE if it has not the shape. */
MUST_CHECK enum err trust_token_hash(struct span token, struct hash *ret_hash);

/* ---- keys: a folder beside the store, mode 0700, files 0600, in no backup but a wrapped
 * one (wrap.h). Open the store first: its lock keeps a second process out ---- */

struct trust_keys;

/* Opens the folder; with `create` makes it and its pepper if there is none.
 * ERR_KEYS_MISSING: no folder or pepper, and not `create`. ERR_DAMAGED: a file is not as
 * it was written, or there are keys but no pepper. ERR_NO_SPACE, ERR_IO. */
MUST_CHECK enum err
trust_keys_open(const char *folder, bool create, struct trust_keys **ret_keys);
/* No folder: it holds no key and keeps none (ERR_IO); nothing to forget is no error.
 * ERR_NOMEM. */
MUST_CHECK enum err trust_keys_none(struct trust_keys **ret_keys);
void trust_keys_close(struct trust_keys *keys);

/* A name for the folder, and so for its store: 8 hex digits from the pepper, and a NUL.
 */
#define TRUST_TAG_CHARS 8
void trust_keys_tag(const struct trust_keys *keys, char ret_tag[TRUST_TAG_CHARS + 1]);

/* HMAC of a ticket's code under the pepper: what the store knows of a ticket. */
void trust_ticket_mac(
    const struct trust_keys *keys, int64_t event, const char *code, struct hash *ret_mac);

/* What a stage shows that it was opened by the desk's link: the first 16 bytes of an HMAC
 * of the event and its code under the pepper. Compare with trust_equal. */
void trust_stage_key(
    const struct trust_keys *keys, int64_t event, const char *code, struct uid *ret_key);

/* The key of a poll: makes it durable (file and folder synced) if it is not there and
 * `create`. ERR_NOT_FOUND once it was destroyed or never made; ERR_DAMAGED, ERR_NO_SPACE,
 * ERR_IO. */
MUST_CHECK enum err trust_poll_key(
    struct trust_keys *keys, int64_t event, int64_t poll, bool create,
    struct hash *ret_key);
/* The committed seed for a poll's lot, `round` = how often the poll was reopened. */
MUST_CHECK enum err trust_poll_seed(
    struct trust_keys *keys, int64_t event, int64_t poll, int64_t round, bool create,
    struct hash *ret_seed);
/* Overwrites and removes a poll's key and seeds. Absent ones are no error. */
MUST_CHECK enum err
trust_poll_forget(struct trust_keys *keys, int64_t event, int64_t poll);
/* The same for all polls of an event. */
MUST_CHECK enum err trust_event_forget(struct trust_keys *keys, int64_t event);

/* All secrets of a folder, appended to `out`: for each a byte with its name's length, the
 * name, 32 bytes. Wipe it. One that goes while this looks, or is damaged, is left out.
 * Any thread. ERR_KEYS_MISSING, ERR_NOMEM, ERR_IO. */
MUST_CHECK enum err trust_keys_pack(const char *path, struct buf *out);
/* Makes the folder from that, or from several one after another; on error there is none.
 * ERR_DAMAGED: not what trust_keys_pack writes. ERR_NO_SPACE, ERR_IO. */
MUST_CHECK enum err trust_keys_unpack(const char *path, struct span packed);
/* Overwrites and removes every secret, and the folder. None is no error. ERR_IO. */
enum err trust_keys_remove(const char *path);

/* slot = the first 16 bytes of HMAC(poll key, "slot" ‖ participant as 8 bytes). */
void trust_slot(const struct hash *poll_key, int64_t participant, struct uid *ret_slot);

/* SHA-256("stimmwerk/seed/1" ‖ seed ‖ poll as 8 bytes big-endian): published at opening.
 */
void trust_commitment(const struct hash *seed, int64_t poll, struct hash *ret_commitment);

/* The lot: options sorted by HMAC(seed, poll ‖ option), both 8 bytes big-endian;
 * `options` are their ids. `ret_order` gets a permutation of 0 … count − 1, the favoured
 * first. */
void trust_lot(
    const struct hash *seed, int64_t poll, const int64_t *options, size_t count,
    uint16_t *ret_order);

/* proof = H("stimmwerk/ballot/1" ‖ poll as 8 bytes ‖ lock ‖ H(nonce ‖ ballot)), the
 * ballot in canonical JSON. */
void trust_proof(
    int64_t poll, const struct hash *lock, const struct uid *nonce, struct span ballot,
    struct hash *ret_proof);

#endif
