#include "wire/content.h"

#include "wire/json_scan.h"

static void write_part(struct buf *out, const char *key, const char *text)
{
    if (text == NULL) {
        return;
    }
    buf_printf(out, ",\"%s\":", key);
    buf_json_string(out, span_of_string(text));
}

void wire_encode_content(
    struct buf *out, const struct uid *salt, const char *lang, const char *title,
    const char *text)
{
    buf_text(out, "{\"salt\":\"");
    buf_hex(out, salt->bytes, UID_BYTES);
    buf_char(out, '"');
    write_part(out, "lang", lang);
    write_part(out, "title", title);
    write_part(out, "text", text);
    buf_char(out, '}');
}

/* Passes `,"key":` or `{"key":` and a string; a doc has no spaces. False, and nothing
 * moves, if something else stands there. */
static bool take_part(
    struct span doc, size_t *at, char before, const char *key, struct span *ret_value)
{
    size_t key_bytes = strlen(key);
    size_t start = *at + 1 + 1 + key_bytes + 1 + 1;
    if (start >= doc.bytes) {
        return false;
    }
    const uint8_t *head = doc.data + *at;
    if (head[0] != (uint8_t)before || head[1] != '"' ||
        memcmp(head + 2, key, key_bytes) != 0 || head[2 + key_bytes] != '"' ||
        head[3 + key_bytes] != ':' || doc.data[start] != '"') {
        return false;
    }
    size_t end;
    if (json_scan_value(doc, start, &end) != ERR_OK) {
        return false;
    }
    *ret_value = span_of(doc.data + start, end - start);
    *at = end;
    return true;
}

static bool read_parts(struct span doc, struct content_parts *parts)
{
    struct span salt;
    size_t at = 0;
    if (!take_part(doc, &at, '{', "salt", &salt)) {
        return false;
    }
    (void)take_part(doc, &at, ',', "lang", &parts->lang);
    (void)take_part(doc, &at, ',', "title", &parts->title);
    (void)take_part(doc, &at, ',', "text", &parts->text);
    return at + 1 == doc.bytes && doc.data[at] == '}';
}

void content_find(
    const struct wire_texts *texts, const struct content_ref *ref,
    struct content_parts *ret_parts)
{
    struct span none = span_of("\"\"", 2);
    const struct content_parts empty = {none, none, none};
    struct content_parts parts = empty;
    struct span doc = span_of(NULL, 0);
    if (!uid_is_zero(&ref->id)) {
        doc = texts->find(texts->ctx, &ref->id);
    }
    *ret_parts = read_parts(doc, &parts) ? parts : empty;
}
