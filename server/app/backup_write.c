/* Writing a backup's file. */
#include "app/backup_file.h"

#include "app/store_path.h"
#include "base/bounds.h"
#include "base/fd.h"
#include "trust/trust.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

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
    uint8_t *piece = malloc(BACKUP_PIECE_BYTES);
    size_t got = BACKUP_PIECE_BYTES;
    enum err err = piece != NULL ? ERR_OK : ERR_NOMEM;
    while (err == ERR_OK && got == BACKUP_PIECE_BYTES) {
        err = fd_read(copy, piece, BACKUP_PIECE_BYTES, &got);
        if (err == ERR_OK) {
            err = sink_put(sink, span_of(piece, got));
        }
    }
    free(piece);
    return err;
}

static enum err put_keys(const struct sink *sink, const struct backup_source *source)
{
    struct buf keys;
    buf_init(&keys, BACKUP_KEYS_BYTES_MAX);
    enum err err = trust_keys_pack(source->keys, &keys);
    size_t bytes = source->keys_before.bytes + keys.bytes;
    uint8_t length[4];
    for (size_t i = 0; i < sizeof length; i++) {
        length[i] = (uint8_t)(bytes >> (24 - 8 * i));
    }
    if (err == ERR_OK) {
        err = sink_put(sink, span_of(length, sizeof length));
    }
    if (err == ERR_OK) {
        err = sink_put(sink, source->keys_before);
    }
    if (err == ERR_OK) {
        err = sink_put(sink, buf_span(&keys));
    }
    trust_wipe(keys.data, keys.capacity);
    buf_fini(&keys);
    return err;
}

static enum err write_wrapped(
    struct sink *sink, const struct backup_source *source, const struct wrap_key *key)
{
    enum err err = wrap_open(sink->fd, key, &sink->wrap);
    if (err == ERR_OK) {
        err = put_keys(sink, source);
    }
    if (err == ERR_OK) {
        err = put_copy(sink, source->copy);
    }
    if (err == ERR_OK) {
        err = wrap_finish(sink->wrap);
    }
    wrap_close(sink->wrap);
    return err;
}

static enum err write_part(
    const char *part, const struct backup_source *source, const struct wrap_key *key)
{
    (void)unlink(part); /* left by a backup that was cut short */
    struct sink sink = {.fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (sink.fd < 0) {
        return fd_error();
    }
    enum err err =
        key != NULL ? write_wrapped(&sink, source, key) : put_copy(&sink, source->copy);
    if (err == ERR_OK) {
        err = fd_sync(sink.fd);
    }
    if (close(sink.fd) != 0 && err == ERR_OK) {
        err = fd_error();
    }
    return err;
}

enum err backup_file_write(
    const struct backup_source *source, const struct wrap_key *key, const char *out)
{
    char *part = path_beside(out, ".part");
    if (part == NULL) {
        return ERR_NOMEM;
    }
    enum err err = write_part(part, source, key);
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
