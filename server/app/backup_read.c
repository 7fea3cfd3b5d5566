/* Reading a backup's file: a store, and its keys if they are in it. */
#include "app/backup_file.h"

#include "base/bounds.h"
#include "base/fd.h"
#include "trust/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

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

static bool is_store(const uint8_t *head, size_t bytes)
{
    return bytes >= sizeof sqlite_magic &&
           memcmp(head, sqlite_magic, sizeof sqlite_magic) == 0;
}

static enum err copy_rest(const struct source *source, int to)
{
    uint8_t *piece = malloc(BACKUP_PIECE_BYTES);
    size_t got = BACKUP_PIECE_BYTES;
    enum err err = piece != NULL ? ERR_OK : ERR_NOMEM;
    for (bool first = true; err == ERR_OK && got == BACKUP_PIECE_BYTES; first = false) {
        err = source_take(source, piece, BACKUP_PIECE_BYTES, &got);
        if (err == ERR_OK && first && !is_store(piece, got)) {
            err = ERR_FOREIGN;
        }
        if (err == ERR_OK) {
            err = fd_write(to, span_of(piece, got));
        }
    }
    free(piece);
    return err == ERR_OK ? fd_sync(to) : err;
}

static enum err make_store(const struct source *source, const char *store)
{
    int fd = open(store, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return fd_error();
    }
    enum err err = copy_rest(source, fd);
    if (close(fd) != 0 && err == ERR_OK) {
        err = fd_error();
    }
    return err;
}

static enum err take_length(const struct source *source, size_t *ret_bytes)
{
    uint8_t length[4];
    size_t got = 0;
    size_t bytes = 0;
    enum err err = source_take(source, length, sizeof length, &got);
    for (size_t i = 0; i < got; i++) {
        bytes = bytes << 8 | length[i];
    }
    if (err == ERR_OK && (got != sizeof length || bytes > BACKUP_KEYS_BYTES_MAX)) {
        err = ERR_DAMAGED;
    }
    *ret_bytes = bytes;
    return err;
}

static enum err make_keys(const struct source *source, const char *folder)
{
    size_t bytes = 0;
    size_t got = 0;
    enum err err = take_length(source, &bytes);
    uint8_t *keys = err == ERR_OK ? malloc(bytes + 1) : NULL;
    if (err == ERR_OK) {
        err = keys != NULL ? source_take(source, keys, bytes, &got) : ERR_NOMEM;
    }
    if (err == ERR_OK) {
        err =
            got == bytes ? trust_keys_unpack(folder, span_of(keys, bytes)) : ERR_DAMAGED;
    }
    if (keys != NULL) {
        trust_wipe(keys, bytes);
    }
    free(keys);
    return err;
}

enum err backup_file_look(const char *from, bool *ret_wrapped)
{
    int fd = open(from, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
    }
    *ret_wrapped = unwrap_is_wrapped(fd);
    close(fd);
    return ERR_OK;
}

enum err backup_file_read(
    const char *from, struct span passphrase, const char *store, const char *keys)
{
    struct source source = {.fd = open(from, O_RDONLY | O_CLOEXEC)};
    if (source.fd < 0) {
        return ERR_IO;
    }
    enum err err = ERR_OK;
    if (passphrase.bytes > 0) {
        err = unwrap_open(source.fd, passphrase, &source.unwrap);
    }
    if (err == ERR_OK && source.unwrap != NULL) {
        err = make_keys(&source, keys);
    }
    if (err == ERR_OK) {
        err = make_store(&source, store);
    }
    unwrap_close(source.unwrap);
    close(source.fd);
    return err;
}
