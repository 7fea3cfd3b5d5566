/* Reading the log back. Whatever was read is written again and compared: one spelling of
 * an entry, or the log is damaged. */
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

enum err wire_decode_batch(struct span body, wire_entry_fn *each, void *ctx)
{
    struct row_reader row = {.each = each, .ctx = ctx};
    buf_init(&row.again, ENTRY_BYTES_MAX);
    enum err err = json_list(body, decode_entry, &row);
    buf_fini(&row.again);
    return err;
}
