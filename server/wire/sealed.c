/* The sealed list of a poll: {"v":1,"ballots":[…]}, sorted so that its order says
 * nothing. Where there is paper: {"v":2,"ballots":[…],"paper":[{"count":…,"ballot":…}]},
 * sorted by what was on it. Where the poll has shares each row has its own, and it is
 * {"v":3,…} with or without paper. */
#include "base/bounds.h"
#include "base/vec.h"
#include "domain/piles.h"
#include "wire/entry_fields.h"
#include "wire/json_list.h"
#include "wire/paper_fields.h"
#include "wire/wire.h"

#include <stdlib.h>
#include <string.h>

struct sealed_ballot {
    struct hash proof;
    struct uid nonce;
    struct hash lock;
    uint16_t share; /* 0: the poll has none */
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

static const struct field shared_fields[] = {
    {.key = "proof", .kind = &field_hash, .at = AT(proof)},
    {.key = "nonce", .kind = &field_uid, .at = AT(nonce)},
    {.key = "lock", .kind = &field_hash, .at = AT(lock)},
    {.key = "share", .kind = &field_u16, .at = AT(share), .min = 1, .max = SHARES_MAX},
    {.key = "ballot", .kind = &field_ballot, .at = AT(ballot)},
};
static const struct field_table shared_table = {
    shared_fields, sizeof shared_fields / sizeof *shared_fields};

static const char head[] = "{\"v\":1,\"ballots\":"; /* or 2, or 3 */
static const char paper_key[] = ",\"paper\":";
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
        .share = row->cast->share,
        .ballot = row->cast->ballot,
    };
    fields_write(out, sealed.share != 0 ? shared_table : table, &sealed);
}

static void write_paper(
    struct buf *out, const struct poll *poll, const struct poll_pile *piles, size_t count)
{
    buf_text(out, paper_key);
    buf_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        struct wire_pile pile = {.count = piles[i].count, .share = piles[i].share};
        ballot_of_marks(&poll->spec, piles[i].marks, piles[i].mark_count, &pile.ballot);
        buf_text(out, i > 0 ? "," : "");
        fields_write(out, pile.share != 0 ? shared_pile_table : pile_table, &pile);
    }
    buf_char(out, ']');
}

static void write_list(struct buf *out, const struct sealed_row *rows, size_t count)
{
    buf_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        buf_text(out, i > 0 ? "," : "");
        write_row(out, &rows[i]);
    }
    buf_char(out, ']');
}

static void write_both(
    struct buf *out, const struct sealed_row *rows, size_t count,
    const struct poll *paper_of)
{
    bool by_shares = (paper_of != NULL && paper_of->spec.shares.count > 0) ||
                     (count > 0 && rows[0].cast->share != 0);
    size_t pile_count = 0;
    struct poll_pile *piles =
        paper_of != NULL ? poll_piles_new(paper_of, &pile_count) : NULL;
    if (paper_of != NULL && piles == NULL) {
        buf_fail(out);
        return;
    }
    buf_printf(
        out, "%s%d,\"ballots\":", any_head,
        by_shares        ? 3
        : pile_count > 0 ? 2
                         : 1);
    write_list(out, rows, count);
    if (pile_count > 0) {
        write_paper(out, paper_of, piles, pile_count);
    }
    buf_char(out, '}');
    free(piles);
}

void wire_encode_sealed(
    struct buf *out, const struct cast *casts, const struct hash *proofs, size_t count,
    const struct poll *paper_of)
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
    write_both(out, rows, count, paper_of);
    free(rows);
}

struct sealed_list {
    struct field_table table;
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
    if (fields_read(json, list->table, &sealed, key) != ERR_OK) {
        return ERR_DAMAGED;
    }
    buf_clear(&list->again);
    fields_write(&list->again, list->table, &sealed);
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
        .nonce = sealed.nonce,
        .lock = sealed.lock,
        .share = sealed.share,
        .ballot = sealed.ballot};
    return ERR_OK;
}

/* ---- what was on paper ---- */

struct paper_reader {
    struct field_table table;
    struct buf again;
};

static enum err read_pile(void *ctx, const struct cJSON *json, struct span text)
{
    struct paper_reader *reader = ctx;
    char key[FAULT_KEY_BYTES];
    struct wire_pile pile = {.count = 0};
    if (fields_read(json, reader->table, &pile, key) != ERR_OK) {
        return ERR_DAMAGED;
    }
    buf_clear(&reader->again);
    fields_write(&reader->again, reader->table, &pile);
    return span_equal(buf_span(&reader->again), text) ? ERR_OK : ERR_DAMAGED;
}

static enum err check_paper(struct span list, struct field_table of_pile)
{
    struct paper_reader reader = {.table = of_pile};
    buf_init(&reader.again, SEALED_BYTES_MAX);
    enum err err = list.bytes > 2 ? json_list(list, 1, read_pile, &reader) : ERR_DAMAGED;
    buf_fini(&reader.again);
    return err;
}

/* No ballot holds the key: what stands before it is the list of ballots. */
static bool split_paper(struct span *list, struct span *ret_paper)
{
    size_t key_bytes = sizeof paper_key - 1;
    for (size_t i = 0; i + key_bytes <= list->bytes; i++) {
        if (memcmp(list->data + i, paper_key, key_bytes) == 0) {
            size_t from = i + key_bytes;
            *ret_paper = span_of(list->data + from, list->bytes - from);
            *list = span_of(list->data, i);
            return true;
        }
    }
    return false;
}

/* ---- the whole ---- */

/* 0: not even the beginning of one; 4: one that we do not know. */
static int version_of(struct span body)
{
    size_t any_bytes = sizeof any_head - 1;
    size_t behind = any_bytes + 1;
    uint8_t digit = body.data[any_bytes];
    if (memcmp(body.data, any_head, any_bytes) != 0 || digit < '1' || digit > '9') {
        return 0;
    }
    if (digit > '3' || body.data[behind] != ',') {
        return 4;
    }
    bool whole = memcmp(body.data + behind, head + behind, sizeof head - 1 - behind) == 0;
    return whole ? digit - '0' : 0;
}

static enum err find_list(struct span body, struct span *ret_list, int *ret_version)
{
    size_t head_bytes = sizeof head - 1;
    if (body.bytes <= head_bytes || body.data[body.bytes - 1] != '}') {
        return ERR_DAMAGED;
    }
    int version = version_of(body);
    if (version == 0 || version > 3) {
        return version > 3 ? ERR_NEWER : ERR_DAMAGED;
    }
    struct span list = span_of(body.data + head_bytes, body.bytes - head_bytes - 1);
    struct span paper;
    enum err err = ERR_OK;
    if (version > 1 && split_paper(&list, &paper)) {
        err = check_paper(paper, version == 3 ? shared_pile_table : pile_table);
    } else if (version == 2) {
        err = ERR_DAMAGED;
    }
    if (err == ERR_OK) {
        *ret_list = list;
        *ret_version = version;
    }
    return err;
}

enum err wire_decode_sealed(struct span body, struct cast **ret_casts, size_t *ret_count)
{
    struct span text;
    int version = 0;
    enum err err = find_list(body, &text, &version);
    if (err != ERR_OK) {
        return err;
    }
    struct sealed_list list = {.table = version == 3 ? shared_table : table};
    buf_init(&list.again, SEALED_BYTES_MAX);
    err = json_list(text, 1, read_row, &list);
    buf_fini(&list.again);
    if (err != ERR_OK) {
        free(list.casts);
        return err;
    }
    *ret_casts = list.casts;
    *ret_count = list.count;
    return ERR_OK;
}
