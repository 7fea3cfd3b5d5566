/* The folder of keys: the pepper under which tickets are kept, one key per poll until it
 * is sealed, one seed per poll and round of opening. Nothing of it is ever in the store.
 */
#include "base/fd.h"
#include "base/hex.h"
#include "trust/hash.h"
#include "trust/key_file.h"
#include "trust/key_folder.h"
#include "trust/trust.h"

#include <assert.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

struct trust_keys {
    int folder;
    struct hash pepper;
};

/* A folder with keys but without a pepper has lost it. */
static enum err expect_no_key(int folder, const char *name, void *ctx)
{
    (void)folder;
    (void)ctx;
    static const char ending[] = ".key";
    size_t bytes = strlen(name);
    return bytes >= sizeof ending && strcmp(name + bytes + 1 - sizeof ending, ending) == 0
               ? ERR_DAMAGED
               : ERR_OK;
}

static enum err first_use(const char *path, struct trust_keys *keys)
{
    enum err err = key_folder_each(keys->folder, expect_no_key, NULL);
    if (err != ERR_OK) {
        return err;
    }
    err = fd_sync_parent(path);
    if (err != ERR_OK) {
        return err;
    }
    return key_file_create(keys->folder, KEY_PEPPER_NAME, &keys->pepper);
}

enum err trust_keys_open(const char *folder, bool create, struct trust_keys **ret_keys)
{
    struct trust_keys *keys = calloc(1, sizeof *keys);
    if (keys == NULL) {
        return ERR_NOMEM;
    }
    keys->folder = -1;
    enum err err = key_folder_open(folder, create, &keys->folder);
    if (err == ERR_OK && fchmod(keys->folder, 0700) != 0) {
        err = ERR_IO; /* nobody but its owner may look in */
    }
    if (err != ERR_OK) {
        goto close;
    }
    err = key_file_read(keys->folder, KEY_PEPPER_NAME, &keys->pepper);
    if (err == ERR_NOT_FOUND) {
        err = create ? first_use(folder, keys) : ERR_KEYS_MISSING;
    }
    if (err != ERR_OK) {
        goto close;
    }
    *ret_keys = keys;
    return ERR_OK;
close:
    trust_keys_close(keys);
    return err;
}

enum err trust_keys_none(struct trust_keys **ret_keys)
{
    struct trust_keys *keys = calloc(1, sizeof *keys);
    if (keys == NULL) {
        return ERR_NOMEM;
    }
    keys->folder = -1;
    trust_random(&keys->pepper, sizeof keys->pepper); /* nobody's */
    *ret_keys = keys;
    return ERR_OK;
}

void trust_keys_close(struct trust_keys *keys)
{
    if (keys == NULL) {
        return;
    }
    if (keys->folder >= 0) {
        close(keys->folder);
    }
    trust_wipe(keys, sizeof *keys);
    free(keys);
}

void trust_keys_tag(const struct trust_keys *keys, char ret_tag[TRUST_TAG_CHARS + 1])
{
    struct hash mac;
    trust_hmac(&keys->pepper, span_of_string("tag"), &mac);
    hex_encode(mac.bytes, TRUST_TAG_CHARS / 2, ret_tag);
}

/* No purpose begins as another does: what is for one is never right for another. */
static void mac_of_code(
    const struct trust_keys *keys, const char *purpose, int64_t event, const char *code,
    struct hash *ret_mac)
{
    uint8_t number[HASH_INT64_BYTES];
    hash_int64(event, number);
    struct span parts[] = {
        span_of_string(purpose), span_of(number, sizeof number), span_of_string(code)};
    struct hash_mac mac;
    hash_mac_init(&mac, &keys->pepper);
    hash_mac_parts(&mac, parts, sizeof parts / sizeof *parts, ret_mac);
    hash_mac_fini(&mac);
}

void trust_ticket_mac(
    const struct trust_keys *keys, int64_t event, const char *code, struct hash *ret_mac)
{
    mac_of_code(keys, "ticket", event, code, ret_mac);
}

void trust_stage_key(
    const struct trust_keys *keys, int64_t event, const char *code, struct uid *ret_key)
{
    struct hash mac;
    mac_of_code(keys, "stage", event, code, &mac);
    memcpy(ret_key->bytes, mac.bytes, sizeof ret_key->bytes);
}

static enum err find_or_create(
    const struct trust_keys *keys, const char *name, bool create, struct hash *ret_key)
{
    enum err err =
        keys->folder >= 0 ? key_file_read(keys->folder, name, ret_key) : ERR_NOT_FOUND;
    if (err == ERR_NOT_FOUND && create) {
        return key_file_create(keys->folder, name, ret_key);
    }
    return err;
}

enum err trust_poll_key(
    struct trust_keys *keys, int64_t event, int64_t poll, bool create,
    struct hash *ret_key)
{
    assert(event > 0 && poll > 0);
    char name[KEY_NAME_BYTES];
    snprintf(name, sizeof name, "%" PRId64 "-%" PRId64 ".key", event, poll);
    return find_or_create(keys, name, create, ret_key);
}

enum err trust_poll_seed(
    struct trust_keys *keys, int64_t event, int64_t poll, int64_t round, bool create,
    struct hash *ret_seed)
{
    assert(event > 0 && poll > 0 && round >= 0);
    char name[KEY_NAME_BYTES];
    snprintf(
        name, sizeof name, "%" PRId64 "-%" PRId64 "-%" PRId64 ".seed", event, poll,
        round);
    return find_or_create(keys, name, create, ret_seed);
}

/* "3-12" owns "3-12.key" and "3-12-0.seed", not "3-120.key". */
static enum err forget_owned(int folder, const char *name, void *ctx)
{
    const char *prefix = ctx;
    size_t bytes = strlen(prefix);
    if (strncmp(name, prefix, bytes) != 0 || (name[bytes] != '.' && name[bytes] != '-')) {
        return ERR_OK;
    }
    return key_file_forget(folder, name);
}

static enum err forget_all(struct trust_keys *keys, char *prefix)
{
    if (keys->folder < 0) {
        return ERR_OK;
    }
    enum err err = key_folder_each(keys->folder, forget_owned, prefix);
    if (err != ERR_OK) {
        return err;
    }
    return fsync(keys->folder) == 0 ? ERR_OK : ERR_IO;
}

enum err trust_poll_forget(struct trust_keys *keys, int64_t event, int64_t poll)
{
    assert(event > 0 && poll > 0);
    char prefix[KEY_NAME_BYTES];
    snprintf(prefix, sizeof prefix, "%" PRId64 "-%" PRId64, event, poll);
    return forget_all(keys, prefix);
}

enum err trust_event_forget(struct trust_keys *keys, int64_t event)
{
    assert(event > 0);
    char prefix[KEY_NAME_BYTES];
    snprintf(prefix, sizeof prefix, "%" PRId64, event);
    return forget_all(keys, prefix);
}
