#include "base/buf.h"

#include "base/hex.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define BUF_FIRST_BYTES 256

void buf_init(struct buf *buf, size_t bytes_max)
{
    *buf = (struct buf){.bytes_max = bytes_max};
}

void buf_fini(struct buf *buf)
{
    free(buf->data);
    *buf = (struct buf){.bytes_max = buf->bytes_max};
}

void buf_clear(struct buf *buf)
{
    buf->bytes = 0;
    buf->failed = false;
    buf->no_memory = false;
    if (buf->data != NULL) {
        buf->data[0] = '\0';
    }
}

/* Makes room for `more` bytes and the closing NUL. */
static bool reserve(struct buf *buf, size_t more)
{
    if (buf->failed || more > buf->bytes_max - buf->bytes ||
        more >= SIZE_MAX / 2 - buf->bytes) {
        buf->failed = true;
        return false;
    }
    size_t need = buf->bytes + more + 1;
    if (need <= buf->capacity) {
        return true;
    }
    size_t capacity = buf->capacity != 0 ? buf->capacity : BUF_FIRST_BYTES;
    while (capacity < need) {
        capacity *= 2;
    }
    uint8_t *data = realloc(buf->data, capacity);
    if (data == NULL) {
        buf->failed = true;
        buf->no_memory = true;
        return false;
    }
    buf->data = data;
    buf->capacity = capacity;
    return true;
}

void buf_bytes(struct buf *buf, const void *data, size_t bytes)
{
    if (!reserve(buf, bytes)) {
        return;
    }
    if (bytes != 0) {
        memcpy(buf->data + buf->bytes, data, bytes);
    }
    buf->bytes += bytes;
    buf->data[buf->bytes] = '\0';
}

void buf_int(struct buf *buf, int64_t value)
{
    char digits[20]; /* of 2^63, and a sign */
    char *first = digits + sizeof digits;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        *--first = (char)('0' + left % 10);
        left /= 10;
    } while (left != 0);
    if (value < 0) {
        *--first = '-';
    }
    buf_bytes(buf, first, (size_t)(digits + sizeof digits - first));
}

void buf_hex(struct buf *buf, const uint8_t *data, size_t bytes)
{
    if (bytes > SIZE_MAX / 2 || !reserve(buf, 2 * bytes)) {
        buf->failed = true;
        return;
    }
    hex_encode(data, bytes, (char *)buf->data + buf->bytes);
    buf->bytes += 2 * bytes;
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    char small[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof small) {
        buf->failed = true; /* formats are for short things; text goes through buf_text */
        return;
    }
    buf_bytes(buf, small, (size_t)n);
}

static void json_escape(struct buf *buf, uint8_t c)
{
    switch (c) {
    case '"':
        buf_text(buf, "\\\"");
        break;
    case '\\':
        buf_text(buf, "\\\\");
        break;
    case '\n':
        buf_text(buf, "\\n");
        break;
    default:
        buf_printf(buf, "\\u%04x", c);
        break;
    }
}

/* U+2028 and U+2029 end a line in old JavaScript. */
static bool is_line_separator(struct span text, size_t i)
{
    return i + 2 < text.bytes && text.data[i] == 0xe2 && text.data[i + 1] == 0x80 &&
           (text.data[i + 2] == 0xa8 || text.data[i + 2] == 0xa9);
}

void buf_json_string(struct buf *buf, struct span text)
{
    if (text.bytes == 0) {
        buf_text(buf, "\"\"");
        return;
    }
    buf_char(buf, '"');
    size_t plain = 0;
    for (size_t i = 0; i < text.bytes; i++) {
        uint8_t c = text.data[i];
        bool separator = is_line_separator(text, i);
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f && !separator) {
            continue;
        }
        buf_bytes(buf, text.data + plain, i - plain);
        if (separator) {
            buf_text(buf, text.data[i + 2] == 0xa8 ? "\\u2028" : "\\u2029");
            i += 2;
        } else {
            json_escape(buf, c);
        }
        plain = i + 1;
    }
    buf_bytes(buf, text.data + plain, text.bytes - plain);
    buf_char(buf, '"');
}
