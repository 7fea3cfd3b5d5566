/* Reading the log back. Whatever was read is written again and compared: one spelling of
 * an entry, or the log is damaged. Casts in that spelling are read without the detour. */
#include "wire/cast_read.h"
#include "wire/entry_fields.h"
#include "wire/json_list.h"
#include "wire/json_read.h"
#include "wire/wire.h"
#include "wire/words.h"

#include <string.h>

#define ENTRY_BYTES_MAX 32768 /* 600 marks on paper have up to 16 kB */

static enum err read_kind(const cJSON *json, enum entry_kind *ret_kind)
{
    int64_t version;
    const char *code;
    const cJSON *v = cJSON_GetObjectItemCaseSensitive(json, "v");
    if (json_read_int(v, 1, JSON_INT_MAX, &version) != ERR_OK) {
        return ERR_DAMAGED;
    }
    if (version > ENTRY_VERSION) {
        return ERR_NEWER;
    }
    const cJSON *k = cJSON_GetObjectItemCaseSensitive(json, "k");
    if (json_read_string(k, &code) != ERR_OK) {
        return ERR_DAMAGED;
    }
    for (int kind = ENTRY_KIND_COUNT - 1; kind >= 0; kind--) { /* ballots are last */
        if (strcmp(word_entry_kind(kind), code) == 0) {
            *ret_kind = (enum entry_kind)kind;
            return ERR_OK;
        }
    }
    return ERR_DAMAGED;
}

static enum err read_entry(const cJSON *json, struct entry *entry)
{
    enum entry_kind kind;
    enum err err = read_kind(json, &kind);
    if (err != ERR_OK) {
        return err;
    }
    char key[FAULT_KEY_BYTES];
    memset(entry, 0, sizeof *entry);
    err = fields_read(json, entry_fields(kind), entry, key);
    return err == ERR_OK ? ERR_OK : ERR_DAMAGED;
}

struct row_reader {
    wire_entry_fn *each;
    void *ctx;
    struct buf again;
    struct entry entry;
};

static enum err decode_entry(void *ctx, const cJSON *json, struct span text)
{
    struct row_reader *row = ctx;
    enum err err = read_entry(json, &row->entry);
    if (err != ERR_OK) {
        return err;
    }
    buf_clear(&row->again);
    wire_encode_entry(&row->again, &row->entry);
    if (!span_equal(buf_span(&row->again), text)) {
        return ERR_DAMAGED;
    }
    return row->each(row->ctx, &row->entry);
}

/* Is there a cast at `at`, and after it another entry or the end of the row? */
static bool
cast_stands_at(struct row_reader *row, struct span body, size_t at, size_t *ret_end)
{
    size_t bytes = cast_read_entry(span_of(body.data + at, body.bytes - at), &row->entry);
    size_t end = at + bytes;
    bool ends = end + 1 == body.bytes && body.data[end] == ']';
    bool goes_on = end + 1 < body.bytes && body.data[end] == ',';
    *ret_end = end;
    return bytes > 0 && (ends || goes_on);
}

/* A ballot lane's row is casts, mostly; what comes after something else is read as that.
 */
static enum err decode_row(struct row_reader *row, struct span body)
{
    size_t at = 1;
    size_t end = 0;
    if (body.bytes == 0 || body.data[0] != '[') {
        return ERR_DAMAGED;
    }
    while (cast_stands_at(row, body, at, &end)) {
        enum err err = row->each(row->ctx, &row->entry);
        if (err != ERR_OK || end + 1 == body.bytes) {
            return err;
        }
        at = end + 1;
    }
    return json_list(body, at, decode_entry, row);
}

enum err wire_decode_batch(struct span body, wire_entry_fn *each, void *ctx)
{
    struct row_reader row = {.each = each, .ctx = ctx};
    buf_init(&row.again, ENTRY_BYTES_MAX);
    enum err err = decode_row(&row, body);
    buf_fini(&row.again);
    return err;
}
