/* Memory as a backend: the same answers as the database's, from arrays. */
#include "base/bounds.h"
#include "store/backend.h"
#include "store/memory_internal.h"

#include <stdio.h>
#include <stdlib.h>

static enum err memory_open(const struct store_options *options, void **ret_state)
{
    struct memory *memory = options->memory;
    if (memory == NULL) {
        return ERR_USAGE;
    }
    if (memory->in_use) {
        return ERR_LOCKED;
    }
    if (!memory->made && !options->create) {
        return ERR_NOT_FOUND;
    }
    memory->made = true;
    memory->in_use = true;
    *ret_state = memory;
    return ERR_OK;
}

static void memory_close(void *state, bool settled)
{
    struct memory *memory = state;
    (void)settled;
    memory->in_use = false;
}

/* ---- committing ---- */

static enum err put_docs(struct memory *memory, const struct request *request)
{
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < request->doc_count; i++) {
        err = memory_put_doc(memory, &request->docs[i]);
    }
    return err;
}

/* ret_seq: the new row's place. */
static enum err add_row(
    struct memory *memory, struct store_lane at, const struct uid *uid, struct span body,
    int64_t *ret_seq)
{
    struct memory_lane *lane = memory_make_lane(memory, at);
    enum err err = lane != NULL ? memory_add_row(lane, uid, body) : ERR_NOMEM;
    if (err == ERR_OK) {
        lane->open = lane->open || at.poll == 0; /* a history is never closed */
        *ret_seq = (int64_t)lane->row_count;
    }
    return err;
}

static enum err append(struct memory *memory, struct request *request, int64_t *rows)
{
    const struct memory_lane *lane = memory_find_lane(memory, request->lane);
    request->seq = memory_find_row(lane, &request->uid);
    if (request->seq != 0) {
        return ERR_OK;
    }
    if (request->lane.poll != 0 && (lane == NULL || !lane->open)) {
        request->status = STORE_CLOSED;
        return ERR_OK;
    }
    enum err err =
        add_row(memory, request->lane, &request->uid, request->body, &request->seq);
    *rows += 1;
    return err == ERR_OK ? put_docs(memory, request) : err;
}

static enum err turn_fence(struct memory *memory, struct request *request, int64_t *rows)
{
    const struct store_lane history = {.event = request->lane.event, .poll = 0};
    request->seq = memory_find_row(memory_find_lane(memory, history), &request->uid);
    if (request->seq != 0) {
        return ERR_OK;
    }
    const struct memory_lane *lane = memory_find_lane(memory, request->lane);
    if ((lane != NULL && lane->open) == request->open) {
        request->status = STORE_CLOSED;
        return ERR_OK;
    }
    int64_t place = 0;
    enum err err = add_row(memory, request->lane, &request->uid, request->body, &place);
    if (err != ERR_OK) {
        return err;
    }
    memory_make_lane(memory, request->lane)->open = request->open;
    *rows += 2;
    return add_row(memory, history, &request->uid, request->history_body, &request->seq);
}

static enum err carry_out(struct memory *memory, struct request *request, int64_t *rows)
{
    request->status = STORE_STORED;
    request->seq = 0;
    switch (request->kind) {
    case REQUEST_APPEND:
        return append(memory, request, rows);
    case REQUEST_FENCE:
        return turn_fence(memory, request, rows);
    case REQUEST_PUT:
        return put_docs(memory, request);
    case REQUEST_DROP:
        memory_drop_lane(memory, request->lane);
        return put_docs(memory, request);
    case REQUEST_FORGET:
        memory_drop_event(memory, request->lane.event);
        return put_docs(memory, request);
    case REQUEST_READ:
    case REQUEST_BACKUP:
        break;
    }
    return ERR_INTERNAL;
}

static enum err memory_commit(void *state, struct request *list, int64_t *ret_rows)
{
    struct memory *memory = state;
    int64_t rows = 0;
    enum err err = memory->fault == MEMORY_REFUSES ? ERR_IO : ERR_OK;
    for (struct request *one = list; err == ERR_OK && one != NULL; one = one->next) {
        err = carry_out(memory, one, &rows);
    }
    if (err == ERR_OK && memory->fault == MEMORY_BREAKS) {
        err = ERR_IO;
    }
    if (err == ERR_OK) {
        *ret_rows = rows;
    }
    return err;
}

/* The first row stays, which opened the lane: the rest of it goes with the event's. */
static enum err memory_forget_piece(void *state, int64_t event, bool *ret_more)
{
    struct memory *memory = state;
    struct memory_lane *lane = memory_find_long_lane(memory, event);
    *ret_more = false;
    if (lane == NULL) {
        return ERR_OK;
    }
    if (memory->fault == MEMORY_REFUSES) {
        return ERR_IO;
    }
    size_t piece = memory->forget_rows != 0 ? memory->forget_rows : STORE_FORGET_ROWS;
    memory_cut_lane(lane, lane->row_count > piece ? lane->row_count - piece : 1);
    *ret_more = true;
    return memory->fault == MEMORY_BREAKS ? ERR_IO : ERR_OK;
}

static void memory_explain(void *state, char *ret_what, size_t bytes)
{
    const struct memory *memory = state;
    snprintf(
        ret_what, bytes, "memory: %s",
        memory->fault != MEMORY_SOUND ? "a fault, as asked for" : "there is no more");
}

static int64_t memory_log_bytes(const void *state)
{
    (void)state;
    return 0;
}

/* ---- reading ---- */

static enum err memory_lanes(void *state, store_lane_row *row, void *ctx)
{
    const struct memory *memory = state;
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < memory->lane_count; i++) {
        const struct memory_lane *lane = &memory->lanes[i];
        const struct store_lane_info info = {
            .lane = lane->lane, .seq = (int64_t)lane->row_count, .open = lane->open};
        err = row(ctx, &info);
    }
    return err;
}

static enum err memory_tail(
    void *state, struct store_lane at, int64_t after_seq, store_tail_row *row, void *ctx)
{
    const struct memory_lane *lane = memory_find_lane(state, at);
    enum err err = ERR_OK;
    size_t count = lane != NULL ? lane->row_count : 0;
    for (size_t i = (size_t)after_seq; err == ERR_OK && i < count; i++) {
        err = row(ctx, (int64_t)i + 1, lane->rows[i].body);
    }
    return err;
}

static enum err memory_docs(void *state, const char *kind, store_doc_row *row, void *ctx)
{
    const struct memory *memory = state;
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < memory->doc_count; i++) {
        const struct memory_doc *doc = &memory->docs[i];
        if (strcmp(doc->kind, kind) == 0) {
            err = row(ctx, doc->name, doc->body);
        }
    }
    return err;
}

static enum err
memory_doc_names(void *state, const char *kind, store_doc_row *row, void *ctx)
{
    const struct memory *memory = state;
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < memory->doc_count; i++) {
        const struct memory_doc *doc = &memory->docs[i];
        if (strcmp(doc->kind, kind) == 0) {
            err = row(ctx, doc->name, span_of_string(""));
        }
    }
    return err;
}

static enum err
memory_doc(void *state, const char *kind, struct span name, struct doc_copy *ret_copy)
{
    const struct memory_doc *doc = memory_find_doc(state, kind, name);
    return doc != NULL ? doc_copy_new(doc->body, ret_copy) : ERR_NOT_FOUND;
}

/* ---- backups: there is no file to make one of ---- */

static void memory_backup_begin(void *state, struct request *request)
{
    struct memory *memory = state;
    memory->backup = request;
}

static struct request *memory_backup_step(void *state)
{
    struct memory *memory = state;
    struct request *request = memory->backup;
    memory->backup = NULL;
    if (request != NULL) {
        request->status = STORE_CLOSED;
        request->seq = 0;
    }
    return request;
}

static void memory_backup_abandon(void *state)
{
    request_free(memory_backup_step(state));
}

const struct backend backend_memory = {
    .scheme = "memory:",
    .open = memory_open,
    .close = memory_close,
    .commit = memory_commit,
    .forget_piece = memory_forget_piece,
    .explain = memory_explain,
    .log_bytes = memory_log_bytes,
    .lanes = memory_lanes,
    .tail = memory_tail,
    .docs = memory_docs,
    .doc_names = memory_doc_names,
    .doc = memory_doc,
    .backup_begin = memory_backup_begin,
    .backup_step = memory_backup_step,
    .backup_abandon = memory_backup_abandon,
};
