#include "client/http.h"

#include "base/bounds.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define STATUS_LINE_BYTES_MIN 12 /* "HTTP/1.1 200" */

static struct span cut(struct span data, size_t from)
{
    return span_of(data.data + from, data.bytes - from);
}

/* The bytes of the first line without its CRLF; false if there is no CRLF. */
static bool find_line(struct span data, size_t *ret_bytes)
{
    for (size_t i = 0; i + 1 < data.bytes; i++) {
        if (data.data[i] == '\r' && data.data[i + 1] == '\n') {
            *ret_bytes = i;
            return true;
        }
    }
    return false;
}

static enum err read_status(struct span line, int *ret_status)
{
    const uint8_t *at = line.data;
    if (line.bytes < STATUS_LINE_BYTES_MIN || memcmp(at, "HTTP/1.", 7) != 0) {
        return ERR_BAD_VALUE;
    }
    int status = 0;
    for (size_t i = 9; i < STATUS_LINE_BYTES_MIN; i++) {
        if (at[i] < '0' || at[i] > '9') {
            return ERR_BAD_VALUE;
        }
        status = 10 * status + (at[i] - '0');
    }
    *ret_status = status;
    return ERR_OK;
}

enum err http_read_head(struct span data, struct http_head *ret_head)
{
    size_t line = 0;
    size_t at = 0;
    size_t fields = 0;
    if (data.bytes == 0) {
        return ERR_BUSY; /* a buffer that nothing reached yet has no array */
    }
    while (find_line(cut(data, at), &line) && (line > 0 || at == 0)) {
        at += line + 2;
        fields = fields == 0 ? at : fields;
    }
    if (line > 0 || at == 0 || data.bytes < at + 2) {
        return data.bytes > CLIENT_HEAD_BYTES_MAX ? ERR_TOO_LARGE : ERR_BUSY;
    }
    struct http_head head = {
        .fields = span_of(data.data + fields, at - fields),
        .bytes = at + 2,
    };
    enum err err = read_status(data, &head.status);
    if (err == ERR_OK) {
        *ret_head = head;
    }
    return err;
}

static struct span trim(struct span text)
{
    while (text.bytes > 0 && text.data[0] == ' ') {
        text = cut(text, 1);
    }
    while (text.bytes > 0 && text.data[text.bytes - 1] == ' ') {
        text.bytes--;
    }
    return text;
}

bool http_find_field(
    const struct http_head *head, const char *name, struct span *ret_value)
{
    size_t name_bytes = strlen(name);
    struct span rest = head->fields;
    size_t line = 0;
    while (find_line(rest, &line)) {
        const char *text = (const char *)rest.data;
        if (line > name_bytes && text[name_bytes] == ':' &&
            strncasecmp(text, name, name_bytes) == 0) {
            size_t from = name_bytes + 1;
            *ret_value = trim(span_of(rest.data + from, line - from));
            return true;
        }
        rest = cut(rest, line + 2);
    }
    return false;
}

bool http_field_is(const struct http_head *head, const char *name, const char *value)
{
    struct span found;
    size_t bytes = strlen(value);
    return http_find_field(head, name, &found) && found.bytes == bytes &&
           strncasecmp((const char *)found.data, value, bytes) == 0;
}

/* A number at the start of a line, in `base`. */
static enum err read_number(struct span line, int base, size_t *ret_value)
{
    char digits[24] = "";
    if (line.bytes == 0 || line.bytes >= sizeof digits) {
        return ERR_BAD_VALUE;
    }
    memcpy(digits, line.data, line.bytes);
    char *end = digits;
    unsigned long long value = strtoull(digits, &end, base);
    if (end == digits || (*end != '\0' && *end != ';') || digits[0] == '-') {
        return ERR_BAD_VALUE;
    }
    if (value > CLIENT_BODY_BYTES_MAX) {
        return ERR_TOO_LARGE;
    }
    *ret_value = (size_t)value;
    return ERR_OK;
}

static enum err read_chunks(struct span rest, struct buf *out)
{
    size_t line = 0;
    while (find_line(rest, &line)) {
        size_t bytes = 0;
        enum err err = read_number(span_of(rest.data, line), 16, &bytes);
        if (err != ERR_OK) {
            return err;
        }
        rest = cut(rest, line + 2);
        if (rest.bytes < bytes + 2) {
            return ERR_BUSY;
        }
        if (bytes == 0) {
            return ERR_OK;
        }
        buf_bytes(out, rest.data, bytes);
        rest = cut(rest, bytes + 2);
    }
    return ERR_BUSY;
}

enum err http_read_body(
    const struct http_head *head, struct span rest, bool ended, struct buf *out)
{
    if (head->status == 204 || head->status == 304) {
        return ERR_OK;
    }
    if (http_field_is(head, "transfer-encoding", "chunked")) {
        return read_chunks(rest, out);
    }
    struct span length;
    size_t bytes = rest.bytes;
    if (http_find_field(head, "content-length", &length)) {
        enum err err = read_number(length, 10, &bytes);
        if (err != ERR_OK) {
            return err;
        }
    } else if (!ended) {
        return ERR_BUSY;
    }
    if (rest.bytes < bytes) {
        return ERR_BUSY;
    }
    buf_bytes(out, rest.data, bytes);
    return ERR_OK;
}
