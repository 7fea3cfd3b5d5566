#include "trust/key_file.h"

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

/* Reads up to `bytes` from the file's start; −1 on error. */
static ssize_t read_all(int fd, uint8_t *ret_data, size_t bytes)
{
    size_t got = 0;
    while (got < bytes) {
        ssize_t n = read(fd, ret_data + got, bytes - got);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return -1;
        }
        if (n == 0) {
            break;
        }
        got += (size_t)n;
    }
    return (ssize_t)got;
}

static enum err errno_err(void)
{
    return errno == ENOSPC || errno == EDQUOT ? ERR_NO_SPACE : ERR_IO;
}

/* Writes from the file's start and syncs. */
static enum err write_all(int fd, const uint8_t *data, size_t bytes)
{
    size_t put = 0;
    while (put < bytes) {
        ssize_t n = pwrite(fd, data + put, bytes - put, (off_t)put);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return errno_err();
        }
        put += (size_t)n;
    }
    return fsync(fd) == 0 ? ERR_OK : errno_err();
}

enum err key_file_read(int folder, const char *name, struct hash *ret_key)
{
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
    }
    uint8_t file[FILE_BYTES + 1]; /* one more, to see a file that is too long */
    uint8_t expected[FILE_BYTES];
    enum err err = ERR_OK;
    ssize_t got = read_all(fd, file, sizeof file);
    close(fd);
    if (got != FILE_BYTES) {
        err = got < 0 ? ERR_IO : ERR_DAMAGED;
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

static enum err write_new(int folder, const char *name, const uint8_t *data, size_t bytes)
{
    if (unlinkat(folder, name, 0) != 0 && errno != ENOENT) {
        return ERR_IO;
    }
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return errno_err();
    }
    enum err err = write_all(fd, data, bytes);
    if (close(fd) != 0 && err == ERR_OK) {
        err = ERR_IO;
    }
    return err;
}

enum err key_file_create(int folder, const char *name, struct hash *ret_key)
{
    char beside[KEY_NAME_BYTES + sizeof UNFINISHED];
    snprintf(beside, sizeof beside, "%s" UNFINISHED, name);
    uint8_t file[FILE_BYTES];
    trust_random(file, HASH_BYTES);
    seal(name, file);
    enum err err = write_new(folder, beside, file, sizeof file);
    if (err != ERR_OK) {
        goto wipe;
    }
    if (renameat(folder, beside, folder, name) != 0 || fsync(folder) != 0) {
        err = errno_err();
        goto wipe;
    }
    memcpy(ret_key->bytes, file, HASH_BYTES);
wipe:
    trust_wipe(file, sizeof file);
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
    enum err err = write_all(fd, noise, sizeof noise);
    close(fd);
    if (err != ERR_OK) {
        return err;
    }
    return unlinkat(folder, name, 0) == 0 || errno == ENOENT ? ERR_OK : ERR_IO;
}
