/* The folder of keys as one text, for a wrapped backup. */
#include "base/fd.h"
#include "trust/key_file.h"
#include "trust/key_folder.h"
#include "trust/trust.h"

#include <unistd.h>

static bool ends_with(const char *name, size_t bytes, const char *ending)
{
    size_t tail = strlen(ending);
    return bytes > tail && memcmp(name + bytes - tail, ending, tail) == 0;
}

/* "pepper", "3-12.key", "3-12-0.seed": nothing else, and no way out of the folder. */
static bool is_secret(const char *name)
{
    size_t bytes = strlen(name);
    if (strcmp(name, KEY_PEPPER_NAME) == 0) {
        return true;
    }
    size_t numbers = strspn(name, "0123456789-");
    return bytes < KEY_NAME_BYTES && name[numbers] == '.' &&
           memchr(name + numbers + 1, '.', bytes - numbers - 1) == NULL &&
           (ends_with(name, bytes, ".key") || ends_with(name, bytes, ".seed"));
}

static enum err pack_one(int folder, const char *name, void *ctx)
{
    struct buf *out = ctx;
    struct hash key;
    if (!is_secret(name)) {
        return ERR_OK;
    }
    enum err err = key_file_read(folder, name, &key);
    if (err != ERR_OK) {
        return err == ERR_NOT_FOUND || err == ERR_DAMAGED ? ERR_OK : err;
    }
    buf_char(out, (char)strlen(name));
    buf_text(out, name);
    buf_bytes(out, key.bytes, sizeof key.bytes);
    trust_wipe(&key, sizeof key);
    return buf_failed(out) ? ERR_NOMEM : ERR_OK;
}

enum err trust_keys_pack(const char *path, struct buf *out)
{
    int folder = -1;
    enum err err = key_folder_open(path, false, &folder);
    if (err == ERR_OK) {
        err = key_folder_each(folder, pack_one, out);
        close(folder);
    }
    return err;
}

/* Puts the first secret and moves behind it. */
static enum err unpack_one(int folder, struct span *packed)
{
    size_t bytes = packed->data[0];
    char name[KEY_NAME_BYTES];
    struct hash key;
    if (bytes >= sizeof name || packed->bytes < 1 + bytes + sizeof key.bytes) {
        return ERR_DAMAGED;
    }
    memcpy(name, packed->data + 1, bytes);
    name[bytes] = '\0';
    if (!is_secret(name)) {
        return ERR_DAMAGED;
    }
    memcpy(key.bytes, packed->data + 1 + bytes, sizeof key.bytes);
    enum err err = key_file_put(folder, name, &key);
    trust_wipe(&key, sizeof key);
    size_t used = 1 + bytes + sizeof key.bytes;
    *packed = span_of(packed->data + used, packed->bytes - used);
    return err;
}

enum err trust_keys_unpack(const char *path, struct span packed)
{
    int folder = -1;
    enum err err = key_folder_open(path, true, &folder);
    if (err != ERR_OK) {
        return err;
    }
    err = fd_sync_parent(path);
    while (err == ERR_OK && packed.bytes > 0) {
        err = unpack_one(folder, &packed);
    }
    close(folder);
    if (err != ERR_OK) {
        (void)trust_keys_remove(path);
    }
    return err;
}

static enum err remove_one(int folder, const char *name, void *ctx)
{
    (void)ctx;
    static const char unfinished[] = ".unfinished";
    bool ours = is_secret(name) || ends_with(name, strlen(name), unfinished);
    return ours ? key_file_forget(folder, name) : ERR_OK;
}

enum err trust_keys_remove(const char *path)
{
    int folder = -1;
    enum err err = key_folder_open(path, false, &folder);
    if (err != ERR_OK) {
        return err == ERR_KEYS_MISSING ? ERR_OK : err;
    }
    err = key_folder_each(folder, remove_one, NULL);
    close(folder);
    if (err == ERR_OK && rmdir(path) != 0) {
        err = ERR_IO;
    }
    return err;
}
