/* The folder of keys: the pepper under which tickets are kept, one key per poll until it
 * is sealed, one seed per poll and round of opening. Nothing of it is ever in the store.
 */
#include "trust/hash.h"
#include "trust/key_file.h"
#include "trust/trust.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#define PEPPER_NAME "pepper"

struct trust_keys {
    int folder;
    struct hash pepper;
};

/* Opens the folder, making it if needed; nobody but its owner may look in. */
static enum err open_folder(const char *path, int *ret_folder)
{
    if (mkdir(path, 0700) != 0 && errno != EEXIST) {
        return errno == ENOSPC ? ERR_NO_SPACE : ERR_IO;
    }
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return ERR_IO;
    }
    if (fchmod(folder, 0700) != 0) {
        close(folder);
        return ERR_IO;
    }
    *ret_folder = folder;
    return ERR_OK;
}

/* Makes the folder's own name durable. */
static enum err sync_parent(const char *path)
{
    size_t bytes = strlen(path);
    while (bytes > 1 && path[bytes - 1] == '/') {
        bytes--;
    }
    while (bytes > 0 && path[bytes - 1] != '/') {
        bytes--;
    }
    char *parent = bytes == 0 ? strdup(".") : strndup(path, bytes);
    if (parent == NULL) {
        return ERR_NOMEM;
    }
    int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(parent);
    if (fd < 0) {
        return ERR_IO;
    }
    int synced = fsync(fd);
    close(fd);
    return synced == 0 ? ERR_OK : ERR_IO;
}

typedef enum err each_name(int folder, const char *name, const char *prefix);

static enum err for_each_name(int folder, each_name *act, const char *prefix)
{
    int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = fd >= 0 ? fdopendir(fd) : NULL;
    if (names == NULL) {
        if (fd >= 0) {
            close(fd);
        }
        return ERR_IO;
    }
    enum err err = ERR_OK;
    struct dirent *found = NULL;
    while (err == ERR_OK && (errno = 0, found = readdir(names)) != NULL) {
        err = act(folder, found->d_name, prefix);
    }
    if (err == ERR_OK && errno != 0) {
        err = ERR_IO;
    }
    closedir(names);
    return err;
}

/* A folder with keys but without a pepper has lost it. */
static enum err expect_no_key(int folder, const char *name, const char *prefix)
{
    (void)folder;
    size_t bytes = strlen(name);
    return bytes > strlen(prefix) && strcmp(name + bytes - strlen(prefix), prefix) == 0
               ? ERR_DAMAGED
               : ERR_OK;
}

static enum err first_use(const char *path, struct trust_keys *keys)
{
    enum err err = for_each_name(keys->folder, expect_no_key, ".key");
    if (err != ERR_OK) {
        return err;
    }
    err = sync_parent(path);
    if (err != ERR_OK) {
        return err;
    }
    return key_file_create(keys->folder, PEPPER_NAME, &keys->pepper);
}

enum err trust_keys_open(const char *folder, struct trust_keys **ret_keys)
{
    struct trust_keys *keys = calloc(1, sizeof *keys);
    if (keys == NULL) {
        return ERR_NOMEM;
    }
    keys->folder = -1;
    enum err err = open_folder(folder, &keys->folder);
    if (err != ERR_OK) {
        goto close;
    }
    err = key_file_read(keys->folder, PEPPER_NAME, &keys->pepper);
    if (err == ERR_NOT_FOUND) {
        err = first_use(folder, keys);
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

void trust_ticket_mac(
    const struct trust_keys *keys, int64_t event, const char *code, struct hash *ret_mac)
{
    uint8_t number[HASH_INT64_BYTES];
    hash_int64(event, number);
    struct span parts[] = {
        span_of_string("ticket"), span_of(number, sizeof number), span_of_string(code)};
    struct hash_mac mac;
    hash_mac_init(&mac, &keys->pepper);
    hash_mac_parts(&mac, parts, sizeof parts / sizeof *parts, ret_mac);
    hash_mac_fini(&mac);
}

static enum err find_or_create(
    const struct trust_keys *keys, const char *name, bool create, struct hash *ret_key)
{
    enum err err = key_file_read(keys->folder, name, ret_key);
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
static enum err forget_owned(int folder, const char *name, const char *prefix)
{
    size_t bytes = strlen(prefix);
    if (strncmp(name, prefix, bytes) != 0 || (name[bytes] != '.' && name[bytes] != '-')) {
        return ERR_OK;
    }
    return key_file_forget(folder, name);
}

static enum err forget_all(struct trust_keys *keys, const char *prefix)
{
    enum err err = for_each_name(keys->folder, forget_owned, prefix);
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
