/* A growing byte buffer with a maximum. Failure sticks: write freely, ask once.
 *
 *     struct buf buf;
 *     buf_init(&buf, 4096);
 *     buf_text(&buf, "{\"op\":");
 *     buf_json_string(&buf, span);
 *     if (buf_failed(&buf)) …
 *     buf_fini(&buf);
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
    uint8_t *data; /* owned; always NUL-terminated once something was written */
    size_t bytes;
    size_t capacity;
    size_t bytes_max;
    bool failed; /* the maximum was reached or memory ran out; later writes do nothing */
    bool no_memory;
};

void buf_init(struct buf *buf, size_t bytes_max);
void buf_fini(struct buf *buf);

/* Empties the buffer and forgets a failure; keeps the memory. */
void buf_clear(struct buf *buf);

static inline bool buf_failed(const struct buf *buf)
{
    return buf->failed;
}

/* ERR_OK, ERR_TOO_LARGE (the maximum), ERR_NOMEM. */
static inline enum err buf_err(const struct buf *buf)
{
    enum err why = buf->no_memory ? ERR_NOMEM : ERR_TOO_LARGE;
    return buf->failed ? why : ERR_OK;
}

/* Fails for want of memory, somebody else's. */
static inline void buf_fail(struct buf *buf)
{
    buf->no_memory = buf->no_memory || !buf->failed;
    buf->failed = true;
}

/* Fails as `part` has, if it has: what was to go from it into `buf` is not there. */
static inline void buf_fail_with(struct buf *buf, const struct buf *part)
{
    buf->no_memory = part->failed && !buf->failed ? part->no_memory : buf->no_memory;
    buf->failed = buf->failed || part->failed;
}

static inline struct span buf_span(const struct buf *buf)
{
    return span_of(buf->data, buf->bytes);
}

void buf_bytes(struct buf *buf, const void *data, size_t bytes);
void buf_int(struct buf *buf, int64_t value);
void buf_hex(struct buf *buf, const uint8_t *data, size_t bytes);
void buf_printf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline void buf_text(struct buf *buf, const char *text)
{
    buf_bytes(buf, text, strlen(text)); /* here, so that a literal's length is known */
}

static inline void buf_char(struct buf *buf, char c)
{
    if (!buf->failed && buf->bytes + 2 <= buf->capacity && buf->bytes < buf->bytes_max) {
        buf->data[buf->bytes++] = (uint8_t)c;
        buf->data[buf->bytes] = '\0';
    } else {
        buf_bytes(buf, &c, 1);
    }
}

/* Valid UTF-8 in, a JSON string with its quotes out. Escapes `"`, `\`, control characters
 * and U+2028/2029; everything else byte for byte. */
void buf_json_string(struct buf *buf, struct span text);

#endif
