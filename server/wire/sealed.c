/* The sealed list of a poll: {"v":1,"ballots":[…]}, sorted so that its order says
 * nothing. */
#include "base/bounds.h"
#include "base/vec.h"
#include "wire/entry_fields.h"
#include "wire/json_list.h"
#include "wire/wire.h"

#include <stdlib.h>

struct sealed_ballot {
    struct hash proof;
    struct uid nonce;
    struct hash lock;
    struct ballot ballot;
};

#define AT(member) offsetof(struct sealed_ballot, member)

static const struct field fields[] = {
    {.key = "proof", .kind = &field_hash, .at = AT(proof)},
    {.key = "nonce", .kind = &field_uid, .at = AT(nonce)},
    {.key = "lock", .kind = &field_hash, .at = AT(lock)},
    {.key = "ballot", .kind = &field_ballot, .at = AT(ballot)},
};
static const struct field_table table = {fields, sizeof fields / sizeof *fields};
static const char head[] = "{\"v\":1,\"ballots\":";
static const char any_head[] = "{\"v\":";

#define SEALED_BYTES_MAX 16384 /* one ballot; 200 marks have 5 kB */

struct sealed_row {
    const struct cast *cast;
    const struct hash *proof;
};

static int compare_rows(const void *a, const void *b)
{
    const struct sealed_row *left = a;
    const struct sealed_row *right = b;
    return memcmp(left->proof->bytes, right->proof->bytes, HASH_BYTES);
}

static void write_row(struct buf *out, const struct sealed_row *row)
{
    const struct sealed_ballot sealed = {
        .proof = *row->proof,
        .nonce = row->cast->nonce,
        .lock = row->cast->lock,
        .ballot = row->cast->ballot,
    };
    fields_write(out, table, &sealed);
}

void wire_encode_sealed(
    struct buf *out, const struct cast *casts, const struct hash *proofs, size_t count)
{
    struct sealed_row *rows = calloc(count + 1, sizeof *rows);
    if (rows == NULL) {
        buf_fail(out);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        rows[i] = (struct sealed_row){&casts[i], &proofs[i]};
    }
    qsort(rows, count, sizeof *rows, compare_rows);
    buf_text(out, head);
    buf_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        buf_text(out, i > 0 ? "," : "");
        write_row(out, &rows[i]);
    }
    buf_text(out, "]}");
    free(rows);
}

struct sealed_list {
    struct cast *casts;
    size_t count;
    size_t capacity;
    struct hash last; /* proofs ascend */
    struct buf again;
};

static enum err read_row(void *ctx, const struct cJSON *json, struct span text)
{
    struct sealed_list *list = ctx;
    char key[FAULT_KEY_BYTES];
    struct sealed_ballot sealed = {.ballot = {.mark_count = 0}};
    if (fields_read(json, table, &sealed, key) != ERR_OK) {
        return ERR_DAMAGED;
    }
    buf_clear(&list->again);
    fields_write(&list->again, table, &sealed);
    bool ascends = memcmp(list->last.bytes, sealed.proof.bytes, HASH_BYTES) <= 0;
    if (!ascends || !span_equal(buf_span(&list->again), text)) {
        return ERR_DAMAGED;
    }
    void *casts = list->casts;
    enum err err = vec_reserve(
        &casts, &list->capacity, list->count + 1, sizeof *list->casts, PARTICIPANTS_MAX);
    list->casts = casts;
    if (err != ERR_OK) {
        return err == ERR_TOO_MANY ? ERR_DAMAGED : err;
    }
    list->last = sealed.proof;
    list->casts[list->count++] = (struct cast){
        .nonce = sealed.nonce, .lock = sealed.lock, .ballot = sealed.ballot};
    return ERR_OK;
}

static enum err find_list(struct span body, struct span *ret_list)
{
    size_t head_bytes = sizeof head - 1;
    size_t any_bytes = sizeof any_head - 1;
    if (body.bytes <= head_bytes || body.data[body.bytes - 1] != '}') {
        return ERR_DAMAGED;
    }
    if (memcmp(body.data, head, head_bytes) != 0) {
        bool newer = memcmp(body.data, any_head, any_bytes) == 0 &&
                     body.data[any_bytes] >= '1' && body.data[any_bytes] <= '9' &&
                     !(body.data[any_bytes] == '1' && body.data[any_bytes + 1] == ',');
        return newer ? ERR_NEWER : ERR_DAMAGED;
    }
    *ret_list = span_of(body.data + head_bytes, body.bytes - head_bytes - 1);
    return ERR_OK;
}

enum err wire_decode_sealed(struct span body, struct cast **ret_casts, size_t *ret_count)
{
    struct span text;
    enum err err = find_list(body, &text);
    if (err != ERR_OK) {
        return err;
    }
    struct sealed_list list = {.count = 0};
    buf_init(&list.again, SEALED_BYTES_MAX);
    err = json_list(text, read_row, &list);
    buf_fini(&list.again);
    if (err != ERR_OK) {
        free(list.casts);
        return err;
    }
    *ret_casts = list.casts;
    *ret_count = list.count;
    return ERR_OK;
}
