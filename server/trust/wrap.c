/* Writing a wrapped file. */
#include "trust/wrap.h"

#include "base/fd.h"
#include "trust/trust.h"
#include "trust/wrap_piece.h"

#include <stdlib.h>
#include <string.h>

struct wrap {
    int fd;
    struct wrap_piece piece;
    size_t filled;
    uint8_t content[WRAP_PIECE_BYTES];
    uint8_t sealed[WRAP_PIECE_BYTES + WRAP_TAG_BYTES];
};

enum err wrap_key_new(struct span passphrase, uint8_t cost, struct wrap_key *ret_key)
{
    struct wrap_key key = {.cost = cost};
    trust_random(key.salt, sizeof key.salt);
    enum err err = wrap_derive(passphrase, cost, key.salt, &key.key);
    if (err == ERR_OK) {
        *ret_key = key;
    }
    trust_wipe(&key, sizeof key);
    return err;
}

static void make_head(const struct wrap_key *key, uint8_t ret_head[WRAP_HEAD_BYTES])
{
    memcpy(ret_head, wrap_magic, WRAP_MAGIC_BYTES);
    ret_head[WRAP_MAGIC_BYTES] = key->cost;
    memcpy(ret_head + WRAP_SALT_AT, key->salt, WRAP_SALT_BYTES);
    trust_random(ret_head + WRAP_SALT_AT + WRAP_SALT_BYTES, WRAP_SALT_BYTES);
}

enum err wrap_open(int fd, const struct wrap_key *key, struct wrap **ret_wrap)
{
    struct wrap *wrap = calloc(1, sizeof *wrap);
    if (wrap == NULL) {
        return ERR_NOMEM;
    }
    uint8_t head[WRAP_HEAD_BYTES];
    make_head(key, head);
    wrap->fd = fd;
    enum err err = wrap_piece_init(&wrap->piece, &key->key, head, true);
    if (err == ERR_OK) {
        err = fd_write(fd, span_of(head, sizeof head));
    }
    if (err != ERR_OK) {
        wrap_close(wrap);
        return err;
    }
    *ret_wrap = wrap;
    return ERR_OK;
}

static enum err flush(struct wrap *wrap, bool last)
{
    wrap_piece_seal(
        &wrap->piece, span_of(wrap->content, wrap->filled), last, wrap->sealed);
    size_t bytes = wrap->filled + WRAP_TAG_BYTES;
    wrap->filled = 0;
    return fd_write(wrap->fd, span_of(wrap->sealed, bytes));
}

/* A full piece waits: it may be the last. */
enum err wrap_write(struct wrap *wrap, struct span data)
{
    enum err err = ERR_OK;
    while (err == ERR_OK && data.bytes > 0) {
        if (wrap->filled == WRAP_PIECE_BYTES) {
            err = flush(wrap, false);
        }
        size_t room = WRAP_PIECE_BYTES - wrap->filled;
        size_t bytes = data.bytes < room ? data.bytes : room;
        memcpy(wrap->content + wrap->filled, data.data, bytes);
        wrap->filled += bytes;
        data = span_of(data.data + bytes, data.bytes - bytes);
    }
    return err;
}

enum err wrap_finish(struct wrap *wrap)
{
    return flush(wrap, true);
}

void wrap_close(struct wrap *wrap)
{
    if (wrap == NULL) {
        return;
    }
    wrap_piece_fini(&wrap->piece);
    trust_wipe(wrap, sizeof *wrap);
    free(wrap);
}
