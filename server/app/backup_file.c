/* Writing a backup's file. */
#include "app/backup_file.h"

#include "app/store_path.h"
#include "base/fd.h"
#include "trust/trust.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PIECE_BYTES    65536
#define KEYS_BYTES_MAX (64 * 1024 * 1024) /* every poll of every event */

/* Where the copy goes: into a wrapped file, or as it is. */
struct sink {
    int fd;
    struct wrap *wrap; /* NULL: plain */
};

static enum err sink_put(const struct sink *sink, struct span data)
{
    return sink->wrap != NULL ? wrap_write(sink->wrap, data) : fd_write(sink->fd, data);
}

static enum err put_copy(const struct sink *sink, int copy)
{
    uint8_t *piece = malloc(PIECE_BYTES);
    size_t got = PIECE_BYTES;
    enum err err = piece != NULL ? ERR_OK : ERR_NOMEM;
    while (err == ERR_OK && got == PIECE_BYTES) {
        err = fd_read(copy, piece, PIECE_BYTES, &got);
        if (err == ERR_OK) {
            err = sink_put(sink, span_of(piece, got));
        }
    }
    free(piece);
    return err;
}

static enum err put_keys(const struct sink *sink, const char *folder)
{
    struct buf keys;
    buf_init(&keys, KEYS_BYTES_MAX);
    enum err err = trust_keys_pack(folder, &keys);
    uint8_t length[4];
    for (size_t i = 0; i < sizeof length; i++) {
        length[i] = (uint8_t)(keys.bytes >> (24 - 8 * i));
    }
    if (err == ERR_OK) {
        err = sink_put(sink, span_of(length, sizeof length));
    }
    if (err == ERR_OK) {
        err = sink_put(sink, buf_span(&keys));
    }
    trust_wipe(keys.data, keys.capacity);
    buf_fini(&keys);
    return err;
}

static enum err
write_wrapped(struct sink *sink, int copy, const char *keys, const struct wrap_key *key)
{
    enum err err = wrap_open(sink->fd, key, &sink->wrap);
    if (err == ERR_OK) {
        err = put_keys(sink, keys);
    }
    if (err == ERR_OK) {
        err = put_copy(sink, copy);
    }
    if (err == ERR_OK) {
        err = wrap_finish(sink->wrap);
    }
    wrap_close(sink->wrap);
    return err;
}

static enum err
write_content(int fd, const char *copy, const char *keys, const struct wrap_key *key)
{
    struct sink sink = {.fd = fd};
    int from = open(copy, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (from < 0) {
        return ERR_IO;
    }
    enum err err =
        key != NULL ? write_wrapped(&sink, from, keys, key) : put_copy(&sink, from);
    close(from);
    return err == ERR_OK ? fd_sync(fd) : err;
}

static enum err write_part(
    const char *part, const char *copy, const char *keys, const struct wrap_key *key)
{
    (void)unlink(part); /* left by a backup that was cut short */
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return fd_error();
    }
    enum err err = write_content(fd, copy, keys, key);
    if (close(fd) != 0 && err == ERR_OK) {
        err = fd_error();
    }
    return err;
}

enum err backup_file_write(
    const char *copy, const char *keys, const struct wrap_key *key, const char *out)
{
    char *part = path_beside(out, ".part");
    if (part == NULL) {
        return ERR_NOMEM;
    }
    enum err err = write_part(part, copy, keys, key);
    if (err == ERR_OK && rename(part, out) != 0) {
        err = fd_error();
    }
    if (err == ERR_OK) {
        err = fd_sync_parent(out);
    } else {
        (void)unlink(part);
    }
    free(part);
    return err;
}
