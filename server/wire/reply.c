#include "wire/reply.h"

#include "wire/wire.h"

#include <assert.h>

const char *push_code(enum push push)
{
    static const char *const codes[PUSH_COUNT] = {
#define X(name, code) [PUSH_##name] = (code),
#include "wire/pushes.def"
#undef X
    };
    assert(push < PUSH_COUNT);
    return codes[push];
}

void reply_open(struct buf *out, enum push push, const struct uid *id)
{
    buf_text(out, "{\"op\":\"");
    buf_text(out, push_code(push));
    buf_char(out, '"');
    if (id != NULL) {
        buf_text(out, ",\"id\":\"");
        buf_hex(out, id->bytes, UID_BYTES);
        buf_char(out, '"');
    }
}

static void write_key(struct buf *out, const char *key)
{
    buf_text(out, ",\"");
    buf_text(out, key);
    buf_text(out, "\":");
}

void reply_id(struct buf *out, const char *key, int64_t id)
{
    write_key(out, key);
    buf_char(out, '"');
    buf_int(out, id);
    buf_char(out, '"');
}

void reply_int(struct buf *out, const char *key, int64_t value)
{
    write_key(out, key);
    buf_int(out, value);
}

void reply_bool(struct buf *out, const char *key, bool value)
{
    write_key(out, key);
    buf_text(out, value ? "true" : "false");
}

void reply_string(struct buf *out, const char *key, const char *text)
{
    write_key(out, key);
    buf_json_string(out, span_of_string(text));
}

void reply_hash(struct buf *out, const char *key, const struct hash *hash)
{
    write_key(out, key);
    buf_char(out, '"');
    buf_hex(out, hash->bytes, HASH_BYTES);
    buf_char(out, '"');
}

void wire_encode_pong(struct buf *out, const struct uid *id)
{
    reply_open(out, PUSH_PONG, id);
    buf_char(out, '}');
}

void wire_encode_done(
    struct buf *out, const struct uid *id, int64_t pos, const char *made_key,
    int64_t made)
{
    reply_open(out, PUSH_DONE, id);
    reply_int(out, "pos", pos);
    if (made_key != NULL) {
        reply_id(out, made_key, made);
    }
    buf_char(out, '}');
}

void wire_encode_stored(
    struct buf *out, const struct uid *id, int64_t poll, int64_t pos,
    const struct hash *proof, bool counts)
{
    reply_open(out, PUSH_STORED, id);
    reply_id(out, "poll", poll);
    reply_int(out, "pos", pos);
    reply_hash(out, "proof", proof);
    reply_bool(out, "counts", counts);
    buf_char(out, '}');
}

static void write_refusal(struct buf *out, enum err err, int64_t retry_ms)
{
    reply_string(out, "err", err_code(err));
    if (retry_ms > 0) {
        reply_int(out, "retry_ms", retry_ms);
    }
}

void wire_encode_refused(
    struct buf *out, const struct uid *id, enum err err, int64_t retry_ms,
    const struct wire_fault *fault)
{
    if (id == NULL && fault != NULL && fault->has_id) {
        id = &fault->id;
    }
    reply_open(out, PUSH_REFUSED, id);
    write_refusal(out, err, retry_ms);
    if (fault != NULL && fault->key[0] != '\0') {
        reply_string(out, "key", fault->key);
    }
    buf_char(out, '}');
}

void wire_encode_refused_by(
    struct buf *out, const struct uid *id, enum err err, int64_t pos)
{
    reply_open(out, PUSH_REFUSED, id);
    write_refusal(out, err, 0);
    if (pos != 0) {
        reply_int(out, "pos", pos);
    }
    buf_char(out, '}');
}

void wire_encode_bye(struct buf *out, enum err err, int64_t retry_ms)
{
    reply_open(out, PUSH_BYE, NULL);
    write_refusal(out, err, retry_ms);
    buf_char(out, '}');
}
