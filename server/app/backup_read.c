/* Reading a backup's file: a store, and its keys if they are in it. */
#include "app/backup_file.h"

#include "app/store_path.h"
#include "base/fd.h"
#include "trust/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE_BYTES    65536
#define KEYS_BYTES_MAX (64UL * 1024 * 1024)

static const char sqlite_magic[16] = "SQLite format 3";

struct source {
    int fd;
    struct unwrap *unwrap; /* NULL: plain */
};

static enum err
source_take(const struct source *source, void *ret_data, size_t bytes, size_t *ret_got)
{
    return source->unwrap != NULL ? unwrap_read(source->unwrap, ret_data, bytes, ret_got)
                                  : fd_read(source->fd, ret_data, bytes, ret_got);
}

static enum err copy_rest(const struct source *source, int to)
{
    uint8_t *piece = malloc(PIECE_BYTES);
    size_t got = PIECE_BYTES;
    bool first = true;
    enum err err = piece != NULL ? ERR_OK : ERR_NOMEM;
    while (err == ERR_OK && got == PIECE_BYTES) {
        err = source_take(source, piece, PIECE_BYTES, &got);
        if (err == ERR_OK && first &&
            (got < sizeof sqlite_magic ||
             memcmp(piece, sqlite_magic, sizeof sqlite_magic) != 0)) {
            err = ERR_FOREIGN;
        }
        if (err == ERR_OK) {
            err = fd_write(to, span_of(piece, got));
        }
        first = false;
    }
    free(piece);
    return err == ERR_OK ? fd_sync(to) : err;
}

static enum err make_store(const struct source *source, const char *part)
{
    (void)unlink(part);
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return fd_error();
    }
    enum err err = copy_rest(source, fd);
    if (close(fd) != 0 && err == ERR_OK) {
        err = fd_error();
    }
    return err;
}

/* The part that a wrapped file has before the store. */
static enum err take_keys(const struct source *source, struct buf *ret_keys)
{
    uint8_t length[4];
    size_t got = 0;
    enum err err = source_take(source, length, sizeof length, &got);
    size_t bytes = 0;
    for (size_t i = 0; i < sizeof length; i++) {
        bytes = bytes << 8 | length[i];
    }
    uint8_t *keys = NULL;
    if (err == ERR_OK && (got != sizeof length || bytes > KEYS_BYTES_MAX)) {
        err = ERR_DAMAGED;
    }
    if (err == ERR_OK) {
        keys = malloc(bytes + 1);
        err = keys != NULL ? source_take(source, keys, bytes, &got) : ERR_NOMEM;
    }
    if (err == ERR_OK && got != bytes) {
        err = ERR_DAMAGED;
    }
    if (err == ERR_OK) {
        buf_bytes(ret_keys, keys, bytes);
    }
    if (keys != NULL) {
        trust_wipe(keys, bytes);
    }
    free(keys);
    return err == ERR_OK && buf_failed(ret_keys) ? ERR_NOMEM : err;
}

/* The store gets its name last: keys without one are nothing to anybody. */
static enum err
finish(const char *part, const char *store, const char *keys_folder, struct span keys)
{
    enum err err = keys.bytes > 0 ? trust_keys_unpack(keys_folder, keys) : ERR_OK;
    if (err == ERR_OK && rename(part, store) != 0) {
        err = fd_error();
    }
    return err == ERR_OK ? fd_sync_parent(store) : err;
}

static enum err
read_source(const struct source *source, const char *store, const char *keys_folder)
{
    struct buf keys;
    char *part = path_beside(store, ".part");
    if (part == NULL) {
        return ERR_NOMEM;
    }
    buf_init(&keys, KEYS_BYTES_MAX);
    enum err err = source->unwrap != NULL ? take_keys(source, &keys) : ERR_OK;
    if (err == ERR_OK) {
        err = make_store(source, part);
    }
    if (err == ERR_OK) {
        err = finish(part, store, keys_folder, buf_span(&keys));
    }
    if (err != ERR_OK) {
        (void)unlink(part);
    }
    if (keys.data != NULL) {
        trust_wipe(keys.data, keys.capacity);
    }
    buf_fini(&keys);
    free(part);
    return err;
}

static bool is_there(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

enum err backup_file_read(
    const char *from, struct span passphrase, const char *store, const char *keys)
{
    struct source source = {.fd = open(from, O_RDONLY | O_CLOEXEC)};
    if (source.fd < 0) {
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
    }
    bool wrapped = unwrap_is_wrapped(source.fd);
    enum err err = is_there(store) || (wrapped && is_there(keys)) ? ERR_LOCKED : ERR_OK;
    if (err == ERR_OK && wrapped) {
        err = passphrase.bytes > 0 ? unwrap_open(source.fd, passphrase, &source.unwrap)
                                   : ERR_PASSPHRASE;
    }
    if (err == ERR_OK) {
        err = read_source(&source, store, keys);
    }
    unwrap_close(source.unwrap);
    close(source.fd);
    return err;
}
