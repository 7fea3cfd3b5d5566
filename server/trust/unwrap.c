/* Reading a wrapped file. */
#include "base/fd.h"
#include "trust/trust.h"
#include "trust/wrap.h"
#include "trust/wrap_piece.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SEALED_BYTES (WRAP_PIECE_BYTES + WRAP_TAG_BYTES)

struct unwrap {
    int fd;
    struct wrap_piece piece;
    bool last;     /* the piece in `content` */
    size_t bytes;  /* of it */
    size_t at;     /* handed out */
    size_t sealed; /* bytes read ahead */
    uint8_t content[WRAP_PIECE_BYTES];
    uint8_t ahead[SEALED_BYTES + 1]; /* one more tells whether a full piece is the last */
};

static enum err next_piece(struct unwrap *unwrap)
{
    size_t room = sizeof unwrap->ahead - unwrap->sealed;
    size_t got = 0;
    enum err err = fd_read(unwrap->fd, unwrap->ahead + unwrap->sealed, room, &got);
    if (err != ERR_OK) {
        return err;
    }
    size_t bytes = unwrap->sealed + got;
    unwrap->last = bytes < sizeof unwrap->ahead;
    size_t whole = unwrap->last ? bytes : SEALED_BYTES;
    if (!wrap_piece_open(
            &unwrap->piece, span_of(unwrap->ahead, whole), unwrap->last,
            unwrap->content)) {
        return ERR_DAMAGED;
    }
    unwrap->bytes = whole - WRAP_TAG_BYTES;
    unwrap->at = 0;
    unwrap->sealed = bytes - whole;
    memmove(unwrap->ahead, unwrap->ahead + whole, unwrap->sealed);
    return ERR_OK;
}

static enum err read_head(int fd, uint8_t ret_head[WRAP_HEAD_BYTES])
{
    size_t got = 0;
    enum err err = fd_read(fd, ret_head, WRAP_HEAD_BYTES, &got);
    if (err != ERR_OK) {
        return err;
    }
    bool ours =
        got == WRAP_HEAD_BYTES && memcmp(ret_head, wrap_magic, WRAP_MAGIC_BYTES) == 0;
    return ours ? ERR_OK : ERR_FOREIGN;
}

bool unwrap_is_wrapped(int fd)
{
    uint8_t head[WRAP_HEAD_BYTES];
    bool wrapped = read_head(fd, head) == ERR_OK;
    return lseek(fd, 0, SEEK_SET) == 0 && wrapped;
}

static enum err begin(struct unwrap *unwrap, struct span passphrase)
{
    uint8_t head[WRAP_HEAD_BYTES] = {0};
    struct hash key;
    enum err err = read_head(unwrap->fd, head);
    uint8_t cost = head[WRAP_MAGIC_BYTES];
    if (err == ERR_OK && (cost < WRAP_COST_MIN || cost > WRAP_COST_MAX)) {
        err = ERR_NEWER;
    }
    if (err == ERR_OK) {
        err = wrap_derive(passphrase, cost, head + WRAP_SALT_AT, &key);
    }
    if (err != ERR_OK) {
        return err;
    }
    err = wrap_piece_init(&unwrap->piece, &key, head, false);
    trust_wipe(&key, sizeof key);
    if (err == ERR_OK) {
        err = next_piece(unwrap);
    }
    return err == ERR_DAMAGED ? ERR_PASSPHRASE : err;
}

enum err unwrap_open(int fd, struct span passphrase, struct unwrap **ret_unwrap)
{
    struct unwrap *unwrap = calloc(1, sizeof *unwrap);
    if (unwrap == NULL) {
        return ERR_NOMEM;
    }
    unwrap->fd = fd;
    enum err err = begin(unwrap, passphrase);
    if (err != ERR_OK) {
        unwrap_close(unwrap);
        return err;
    }
    *ret_unwrap = unwrap;
    return ERR_OK;
}

/* Is there something to hand out? False at the content's end, and on error. */
static bool has_more(struct unwrap *unwrap, enum err *ret_err)
{
    if (unwrap->at == unwrap->bytes && !unwrap->last) {
        *ret_err = next_piece(unwrap);
    }
    return *ret_err == ERR_OK && unwrap->at < unwrap->bytes;
}

enum err unwrap_read(struct unwrap *unwrap, void *ret_data, size_t bytes, size_t *ret_got)
{
    size_t got = 0;
    enum err err = ERR_OK;
    while (got < bytes && has_more(unwrap, &err)) {
        size_t there = unwrap->bytes - unwrap->at;
        size_t part = bytes - got < there ? bytes - got : there;
        memcpy((uint8_t *)ret_data + got, unwrap->content + unwrap->at, part);
        unwrap->at += part;
        got += part;
    }
    if (err == ERR_OK) {
        *ret_got = got;
    }
    return err;
}

void unwrap_close(struct unwrap *unwrap)
{
    if (unwrap == NULL) {
        return;
    }
    wrap_piece_fini(&unwrap->piece);
    trust_wipe(unwrap, sizeof *unwrap);
    free(unwrap);
}
