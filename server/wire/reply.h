/* How every message of the server begins, and the few values they share. */
#ifndef WIRE_REPLY_H
#define WIRE_REPLY_H

#include "base/buf.h"
#include "base/uid.h"

enum push {

#define X(name, code) PUSH_##name,
#include "wire/pushes.def"
#undef X
    PUSH_COUNT
};

const char *push_code(enum push push);

/* `{"op":"done"`, and `,"id":"…"` unless id is NULL. The caller goes on with a comma. */
void reply_open(struct buf *out, enum push push, const struct uid *id);

/* `,"key":"12"`, `,"key":12`, `,"key":true`, `,"key":"text"`; keys need no escaping. */
void reply_id(struct buf *out, const char *key, int64_t id);
void reply_int(struct buf *out, const char *key, int64_t value);
void reply_bool(struct buf *out, const char *key, bool value);
void reply_string(struct buf *out, const char *key, const char *text);
void reply_hash(struct buf *out, const char *key, const struct hash *hash);

#endif
