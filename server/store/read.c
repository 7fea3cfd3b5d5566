#include "store/read.h"

#include "store/checksum.h"

#include <stdlib.h>

static enum err
lane_row(const struct query *query, store_lane_row *row, void *ctx, uint64_t *rows)
{
    struct store_lane_info info = {
        .lane = {query_column_int(query, 0), query_column_int(query, 1)},
        .seq = query_column_int(query, 2),
        .open = query_column_int(query, 3) != 0,
    };
    *rows += (uint64_t)info.seq;
    return row(ctx, &info);
}

/* Each lane's rows are read against its length; here none may be left without a lane. */
static enum err check_count(struct database *database, uint64_t expected)
{
    uint64_t rows = 0;
    struct query query = query_begin(&database->queries, STATEMENT_BATCH_COUNT);
    while (query_row(&query)) {
        rows = (uint64_t)query_column_int(&query, 0);
    }
    enum err err = query_end(&query);
    return err == ERR_OK && rows != expected ? ERR_DAMAGED : err;
}

enum err read_lanes(struct database *database, store_lane_row *row, void *ctx)
{
    enum err err = ERR_OK;
    uint64_t rows = 0;
    struct query query = query_begin(&database->queries, STATEMENT_LANES);
    while (err == ERR_OK && query_row(&query)) {
        err = lane_row(&query, row, ctx, &rows);
    }
    enum err ended = query_end(&query);
    err = err != ERR_OK ? err : ended;
    return err == ERR_OK ? check_count(database, rows) : err;
}

/* The lane's length; 0 if there is no such lane. */
static enum err
lane_last(struct database *database, struct store_lane lane, int64_t *ret_last)
{
    int64_t last = 0;
    struct query query = query_begin(&database->queries, STATEMENT_LANE_LAST);
    query_int(&query, ":event", lane.event);
    query_int(&query, ":poll", lane.poll);
    while (query_row(&query)) {
        last = query_column_int(&query, 0);
    }
    enum err err = query_end(&query);
    if (err == ERR_OK) {
        *ret_last = last;
    }
    return err;
}

/* A row must be the one after the last, and as it was written. */
static enum err check_batch(
    const struct query *query, struct store_lane lane, int64_t seq, struct span *ret_body)
{
    struct span uid_bytes = query_column_span(query, 1);
    struct uid uid;
    if (query_column_int(query, 0) != seq || uid_bytes.bytes != sizeof uid.bytes) {
        return ERR_DAMAGED;
    }
    memcpy(uid.bytes, uid_bytes.data, sizeof uid.bytes);
    struct span body = query_column_span(query, 3);
    if (checksum_row(lane, seq, &uid, body) != query_column_int(query, 2)) {
        return ERR_DAMAGED;
    }
    *ret_body = body;
    return ERR_OK;
}

static enum err tail_rows(
    struct query *query, struct store_lane lane, int64_t *seq, store_tail_row *row,
    void *ctx)
{
    while (query_row(query)) {
        struct span body;
        enum err err = check_batch(query, lane, *seq + 1, &body);
        if (err != ERR_OK) {
            return err;
        }
        ++*seq;
        err = row(ctx, *seq, body);
        if (err != ERR_OK) {
            return err;
        }
    }
    return ERR_OK;
}

enum err read_tail(
    struct database *database, struct store_lane lane, int64_t after_seq,
    store_tail_row *row, void *ctx)
{
    int64_t last = 0;
    int64_t seq = after_seq;
    enum err err = lane_last(database, lane, &last);
    if (err != ERR_OK) {
        return err;
    }
    struct query query = query_begin(&database->queries, STATEMENT_TAIL);
    query_int(&query, ":event", lane.event);
    query_int(&query, ":poll", lane.poll);
    query_int(&query, ":after", after_seq);
    err = tail_rows(&query, lane, &seq, row, ctx);
    enum err ended = query_end(&query);
    err = err != ERR_OK ? err : ended;
    if (err == ERR_OK && seq != last && after_seq <= last) {
        err = ERR_DAMAGED; /* the lane's last rows are missing, or there are too many */
    }
    return err;
}

static enum err
doc_row(const struct query *query, const char *kind, store_doc_row *row, void *ctx)
{
    struct span name = query_column_span(query, 0);
    struct span body = query_column_span(query, 2);
    if (checksum_doc(kind, name, body) != query_column_int(query, 1)) {
        return ERR_DAMAGED;
    }
    return row(ctx, name, body);
}

enum err
read_docs(struct database *database, const char *kind, store_doc_row *row, void *ctx)
{
    enum err err = ERR_OK;
    struct query query = query_begin(&database->queries, STATEMENT_DOCS);
    query_text(&query, ":kind", span_of_string(kind));
    while (err == ERR_OK && query_row(&query)) {
        err = doc_row(&query, kind, row, ctx);
    }
    enum err ended = query_end(&query);
    return err != ERR_OK ? err : ended;
}

enum err
read_doc_names(struct database *database, const char *kind, store_doc_row *row, void *ctx)
{
    enum err err = ERR_OK;
    struct query query = query_begin(&database->queries, STATEMENT_DOC_NAMES);
    query_text(&query, ":kind", span_of_string(kind));
    while (err == ERR_OK && query_row(&query)) {
        err = row(ctx, query_column_span(&query, 0), span_of_string(""));
    }
    enum err ended = query_end(&query);
    return err != ERR_OK ? err : ended;
}

static enum err copy_doc(
    const struct query *query, const char *kind, struct span name,
    struct doc_copy *ret_copy)
{
    struct span body = query_column_span(query, 1);
    return checksum_doc(kind, name, body) == query_column_int(query, 0)
               ? doc_copy_new(body, ret_copy)
               : ERR_DAMAGED;
}

enum err read_doc(
    struct database *database, const char *kind, struct span name,
    struct doc_copy *ret_copy)
{
    struct doc_copy copy = {NULL, 0};
    enum err err = ERR_NOT_FOUND;
    struct query query = query_begin(&database->queries, STATEMENT_DOC_FIND);
    query_text(&query, ":kind", span_of_string(kind));
    query_blob(&query, ":name", name);
    if (query_row(&query)) { /* a key is there once */
        err = copy_doc(&query, kind, name, &copy);
    }
    enum err ended = query_end(&query);
    if (ended != ERR_OK) {
        free(copy.data);
        return ended;
    }
    if (err == ERR_OK) {
        *ret_copy = copy;
    }
    return err;
}
