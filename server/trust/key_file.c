#include "trust/key_file.h"

#include "base/fd.h"
#include "trust/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUM_BYTES  8
#define FILE_BYTES (HASH_BYTES + SUM_BYTES)
#define UNFINISHED ".unfinished" /* never a key anybody was given */

static void seal(const char *name, uint8_t file[FILE_BYTES])
{
    struct hash sum;
    struct span parts[] = {
        span_of_string("stimmwerk/key/1"), span_of(name, strlen(name) + 1),
        span_of(file, HASH_BYTES)};
    trust_sha256_parts(parts, sizeof parts / sizeof *parts, &sum);
    memcpy(file + HASH_BYTES, sum.bytes, SUM_BYTES);
}

static enum err write_synced(int fd, const uint8_t file[FILE_BYTES])
{
    enum err err = fd_write(fd, span_of(file, FILE_BYTES));
    return err == ERR_OK ? fd_sync(fd) : err;
}

enum err key_file_read(int folder, const char *name, struct hash *ret_key)
{
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
    }
    uint8_t file[FILE_BYTES + 1]; /* one more, to see a file that is too long */
    uint8_t expected[FILE_BYTES];
    size_t got = 0;
    enum err err = fd_read(fd, file, sizeof file, &got);
    close(fd);
    if (err != ERR_OK || got != FILE_BYTES) {
        err = err != ERR_OK ? err : ERR_DAMAGED;
        goto wipe;
    }
    memcpy(expected, file, FILE_BYTES);
    seal(name, expected);
    if (!trust_equal(file, expected, FILE_BYTES)) {
        err = ERR_DAMAGED;
        goto wipe;
    }
    memcpy(ret_key->bytes, file, HASH_BYTES);
wipe:
    trust_wipe(file, sizeof file);
    trust_wipe(expected, sizeof expected);
    return err;
}

static enum err write_new(int folder, const char *name, const uint8_t file[FILE_BYTES])
{
    if (unlinkat(folder, name, 0) != 0 && errno != ENOENT) {
        return ERR_IO;
    }
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return fd_error();
    }
    enum err err = write_synced(fd, file);
    if (close(fd) != 0 && err == ERR_OK) {
        err = ERR_IO;
    }
    return err;
}

enum err key_file_put(int folder, const char *name, const struct hash *key)
{
    char beside[KEY_NAME_BYTES + sizeof UNFINISHED];
    snprintf(beside, sizeof beside, "%s" UNFINISHED, name);
    uint8_t file[FILE_BYTES];
    memcpy(file, key->bytes, HASH_BYTES);
    seal(name, file);
    enum err err = write_new(folder, beside, file);
    trust_wipe(file, sizeof file);
    if (err == ERR_OK && renameat(folder, beside, folder, name) != 0) {
        err = fd_error();
    }
    return err == ERR_OK ? fd_sync(folder) : err;
}

enum err key_file_create(int folder, const char *name, struct hash *ret_key)
{
    struct hash key;
    trust_random(key.bytes, sizeof key.bytes);
    enum err err = key_file_put(folder, name, &key);
    if (err == ERR_OK) {
        *ret_key = key;
    }
    trust_wipe(&key, sizeof key);
    return err;
}

enum err key_file_forget(int folder, const char *name)
{
    int fd = openat(folder, name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return errno == ENOENT ? ERR_OK : ERR_IO;
    }
    uint8_t noise[FILE_BYTES];
    trust_random(noise, sizeof noise);
    enum err err = write_synced(fd, noise);
    close(fd);
    if (err != ERR_OK) {
        return err;
    }
    return unlinkat(folder, name, 0) == 0 || errno == ENOENT ? ERR_OK : ERR_IO;
}
