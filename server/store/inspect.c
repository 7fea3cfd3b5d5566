#include "store/inspect.h"

#include "base/bounds.h"
#include "base/fd.h"
#include "store/wal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* SQLite's file format, section 1.3: the first hundred bytes. */
#define HEADER_BYTES      100
#define AT_USER_VERSION   60
#define AT_APPLICATION_ID 68
#define APPLICATION_ID    0x53746d77U /* as in sql/sqlite/migrations/0001_log.sql */
#define FILE_MODE         0600

static const char magic[16] = "SQLite format 3";

static uint32_t big_endian(const uint8_t *data)
{
    return (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 | (uint32_t)data[2] << 8 |
           data[3];
}

static enum err check_header(int fd, int32_t version_max, bool *ret_is_new)
{
    struct stat info;
    if (fstat(fd, &info) != 0) {
        return ERR_IO;
    }
    if (!S_ISREG(info.st_mode)) {
        return ERR_FOREIGN;
    }
    uint8_t header[HEADER_BYTES];
    ssize_t got = pread(fd, header, sizeof header, 0);
    if (got < 0) {
        return ERR_IO;
    }
    if (got == 0) {
        *ret_is_new = true;
        return ERR_OK;
    }
    if (got != HEADER_BYTES || memcmp(header, magic, sizeof magic) != 0 ||
        big_endian(header + AT_APPLICATION_ID) != APPLICATION_ID) {
        return ERR_FOREIGN;
    }
    uint32_t version = big_endian(header + AT_USER_VERSION);
    if (version == 0 || version > INT32_MAX) {
        return ERR_DAMAGED;
    }
    return (int32_t)version > version_max ? ERR_NEWER : ERR_OK;
}

/* The folder's path: up to the last slash, or ".". */
static enum err folder_of(const char *path, char ret_folder[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    size_t bytes = slash == NULL ? 1 : (size_t)(slash - path) + 1;
    if (bytes >= PATH_MAX) {
        return ERR_USAGE;
    }
    memcpy(ret_folder, slash == NULL ? "." : path, bytes);
    ret_folder[bytes] = '\0';
    return ERR_OK;
}

enum err inspect_space(const char *path, int64_t bytes_min)
{
    char folder[PATH_MAX];
    enum err err = folder_of(path, folder);
    if (err != ERR_OK) {
        return err;
    }
    struct statvfs info;
    if (statvfs(folder, &info) != 0) {
        return ERR_IO;
    }
    uint64_t free_bytes = (uint64_t)info.f_bavail * info.f_frsize;
    return free_bytes < (uint64_t)bytes_min ? ERR_NO_SPACE : ERR_OK;
}

static enum err check_space(const struct store_options *options, const char *path)
{
    int64_t least = options->free_bytes_min;
    return inspect_space(path, least != 0 ? least : STORE_FREE_BYTES_MIN);
}

enum err inspect_wal_path(const char *path, char *ret_path, size_t bytes)
{
    int needed = snprintf(ret_path, bytes, "%s-wal", path);
    return needed < 0 || (size_t)needed >= bytes ? ERR_USAGE : ERR_OK;
}

static enum err open_error(void)
{
    switch (errno) {
    case ENOENT:
        return ERR_NOT_FOUND;
    case EISDIR:
    case ELOOP:
        return ERR_FOREIGN;
    case ENOSPC:
    case EDQUOT:
        return ERR_NO_SPACE;
    default:
        return ERR_IO;
    }
}

static enum err open_or_create(const char *path, bool create, int *ret_fd)
{
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd >= 0) {
        *ret_fd = fd;
        return ERR_OK;
    }
    if (errno != ENOENT || !create) {
        return open_error();
    }
    fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
    if (fd < 0) {
        return errno == ENOENT ? ERR_IO : open_error(); /* its folder is missing */
    }
    if (fd_sync_parent(path) != ERR_OK) {
        close(fd);
        return ERR_IO;
    }
    *ret_fd = fd;
    return ERR_OK;
}

/* Ours first, then SQLite's: the two kinds of lock don't see each other. */
static enum err take_lock(int fd)
{
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        return ERR_OK;
    }
    return errno == EWOULDBLOCK ? ERR_LOCKED : ERR_IO;
}

/* What can be said before anything is opened. */
static enum err
look_around(const struct store_options *options, const char *path, bool *ret_has_wal)
{
    char wal_path[PATH_MAX];
    enum err err = inspect_wal_path(path, wal_path, sizeof wal_path);
    if (err != ERR_OK) {
        return err;
    }
    struct stat info;
    bool exists = lstat(path, &info) == 0;
    if (!exists && errno == ENOENT && !options->create) {
        return ERR_NOT_FOUND;
    }
    bool empty = !exists || info.st_size == 0;
    bool has_wal = lstat(wal_path, &info) == 0;
    if (empty && has_wal && info.st_size > 0) {
        return ERR_DAMAGED; /* a log without its file: SQLite would throw it away */
    }
    err = check_space(options, path);
    if (err != ERR_OK) {
        return err;
    }
    *ret_has_wal = has_wal;
    return ERR_OK;
}

static enum err check_wal(const char *path)
{
    char wal_path[PATH_MAX];
    enum err err = inspect_wal_path(path, wal_path, sizeof wal_path);
    return err == ERR_OK ? wal_check(wal_path) : err;
}

enum err inspect_open(
    const struct store_options *options, const char *path, int32_t version_max,
    struct inspection *ret_inspection)
{
    struct inspection inspection = {.lock = -1, .create = options->create};
    enum err err = look_around(options, path, &inspection.has_wal);
    if (err != ERR_OK) {
        return err;
    }
    err = open_or_create(path, options->create, &inspection.lock);
    if (err != ERR_OK) {
        return err;
    }
    err = take_lock(inspection.lock);
    if (err != ERR_OK) {
        goto close;
    }
    err = check_header(inspection.lock, version_max, &inspection.is_new);
    if (err == ERR_OK && inspection.is_new && !options->create) {
        err = ERR_NOT_FOUND;
    }
    if (err == ERR_OK && inspection.has_wal) {
        err = check_wal(path);
    }
    if (err != ERR_OK) {
        goto close;
    }
    *ret_inspection = inspection;
    return ERR_OK;
close:
    close(inspection.lock);
    return err;
}
