#include "store/work.h"

#include "base/bounds.h"
#include "store/checksum.h"

static enum err run_plain(struct database *database, enum statement statement)
{
    struct query query = query_begin(&database->queries, statement);
    return query_run(&query);
}

static void bind_lane(struct query *query, struct store_lane lane)
{
    query_int(query, ":event", lane.event);
    query_int(query, ":poll", lane.poll);
}

/* The one whole number a query gives; 0 if it gives no row. */
static enum err ask_number(struct query *query, int64_t *ret_number)
{
    int64_t number = 0;
    while (query_row(query)) {
        number = query_column_int(query, 0);
    }
    enum err err = query_end(query);
    if (err == ERR_OK) {
        *ret_number = number;
    }
    return err;
}

static enum err find_batch(
    struct database *database, struct store_lane lane, const struct uid *uid,
    int64_t *ret_seq)
{
    struct query query = query_begin(&database->queries, STATEMENT_BATCH_FIND);
    bind_lane(&query, lane);
    query_blob(&query, ":uid", span_of(uid->bytes, sizeof uid->bytes));
    return ask_number(&query, ret_seq);
}

static enum err insert_batch(
    struct database *database, struct store_lane lane, int64_t seq, const struct uid *uid,
    struct span body)
{
    struct query query = query_begin(&database->queries, STATEMENT_BATCH_INSERT);
    bind_lane(&query, lane);
    query_int(&query, ":seq", seq);
    query_blob(&query, ":uid", span_of(uid->bytes, sizeof uid->bytes));
    query_int(&query, ":sum", checksum_row(lane, seq, uid, body));
    query_text(&query, ":body", body);
    database->rows++;
    return query_run(&query);
}

/* The next place in a lane; 0 if its fence is down. */
static enum err
next_place(struct database *database, struct store_lane lane, int64_t *ret_seq)
{
    if (lane.poll == 0) {
        struct query query = query_begin(&database->queries, STATEMENT_HISTORY_NEXT);
        query_int(&query, ":event", lane.event);
        return ask_number(&query, ret_seq);
    }
    struct query query = query_begin(&database->queries, STATEMENT_BALLOTS_NEXT);
    bind_lane(&query, lane);
    return ask_number(&query, ret_seq);
}

/* Turns a fence, which takes a place in the lane; 0 if it stands so already. */
static enum err
turn_fence(struct database *database, struct store_lane lane, bool open, int64_t *ret_seq)
{
    enum statement statement = open ? STATEMENT_FENCE_OPEN : STATEMENT_FENCE_CLOSE;
    struct query query = query_begin(&database->queries, statement);
    bind_lane(&query, lane);
    return ask_number(&query, ret_seq);
}

static enum err put_doc(struct database *database, const struct store_doc *doc)
{
    bool drop = doc->body.bytes == 0;
    enum statement statement = drop ? STATEMENT_DOC_DROP : STATEMENT_DOC_PUT;
    struct query query = query_begin(&database->queries, statement);
    query_text(&query, ":kind", span_of_string(doc->kind));
    query_blob(&query, ":name", doc->name);
    if (!drop) {
        query_int(&query, ":sum", checksum_doc(doc->kind, doc->name, doc->body));
        query_blob(&query, ":body", doc->body);
    }
    return query_run(&query);
}

static enum err put_docs(struct database *database, const struct request *request)
{
    for (size_t i = 0; i < request->doc_count; i++) {
        enum err err = put_doc(database, &request->docs[i]);
        if (err != ERR_OK) {
            return err;
        }
    }
    return ERR_OK;
}

static enum err append(struct database *database, struct request *request)
{
    int64_t seq = 0;
    enum err err = find_batch(database, request->lane, &request->uid, &seq);
    if (err != ERR_OK || seq != 0) {
        request->seq = seq;
        return err;
    }
    err = next_place(database, request->lane, &seq);
    if (err != ERR_OK) {
        return err;
    }
    if (seq == 0) {
        request->status = STORE_CLOSED;
        return ERR_OK;
    }
    err = insert_batch(database, request->lane, seq, &request->uid, request->body);
    if (err != ERR_OK) {
        return err;
    }
    request->seq = seq;
    return put_docs(database, request);
}

static enum err fence(struct database *database, struct request *request)
{
    struct store_lane history = {.event = request->lane.event, .poll = 0};
    int64_t seq = 0;
    enum err err = find_batch(database, history, &request->uid, &seq);
    if (err != ERR_OK || seq != 0) {
        request->seq = seq;
        return err;
    }
    err = turn_fence(database, request->lane, request->open, &seq);
    if (err != ERR_OK) {
        return err;
    }
    if (seq == 0) {
        request->status = STORE_CLOSED;
        return ERR_OK;
    }
    err = insert_batch(database, request->lane, seq, &request->uid, request->body);
    if (err != ERR_OK) {
        return err;
    }
    err = next_place(database, history, &seq);
    if (err != ERR_OK) {
        return err;
    }
    request->seq = seq;
    return insert_batch(database, history, seq, &request->uid, request->history_body);
}

static enum err drop_batches(struct database *database, struct store_lane lane)
{
    struct query query = query_begin(&database->queries, STATEMENT_BATCH_DROP);
    bind_lane(&query, lane);
    return query_run(&query);
}

/* Its length before; 0 if there was none. */
static enum err
drop_lane(struct database *database, struct store_lane lane, int64_t *ret_seq)
{
    struct query query = query_begin(&database->queries, STATEMENT_LANE_DROP);
    bind_lane(&query, lane);
    return ask_number(&query, ret_seq);
}

static enum err
drop(struct database *database, const struct request *request, bool *scrub)
{
    int64_t rows = 0;
    enum err err = drop_batches(database, request->lane);
    if (err != ERR_OK) {
        return err;
    }
    err = drop_lane(database, request->lane, &rows);
    if (err == ERR_OK && rows > 0) {
        *scrub = true;
        err = run_plain(database, STATEMENT_SCRUB_ADD);
    }
    return err == ERR_OK ? put_docs(database, request) : err;
}

/* Its docs alone would be worth the rewriting. */
static enum err
forget(struct database *database, const struct request *request, bool *scrub)
{
    static const enum statement statements[] = {
        STATEMENT_EVENT_BATCHES_DROP, STATEMENT_EVENT_LANES_DROP};
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < 2; i++) {
        struct query query = query_begin(&database->queries, statements[i]);
        query_int(&query, ":event", request->lane.event);
        err = query_run(&query);
    }
    if (err == ERR_OK) {
        *scrub = true;
        err = run_plain(database, STATEMENT_SCRUB_ADD);
    }
    return err == ERR_OK ? put_docs(database, request) : err;
}

/* One of the event's ballot lanes that has more than a row; 0: none has. */
static enum err find_long_lane(
    struct database *database, int64_t event, struct store_lane *ret_lane,
    int64_t *ret_seq)
{
    struct query query = query_begin(&database->queries, STATEMENT_LANE_LONG);
    query_int(&query, ":event", event);
    *ret_lane = (struct store_lane){.event = event};
    *ret_seq = 0;
    while (query_row(&query)) {
        ret_lane->poll = query_column_int(&query, 0);
        *ret_seq = query_column_int(&query, 1);
    }
    return query_end(&query);
}

static enum err
cut(struct database *database, struct store_lane lane, int64_t seq,
    enum statement statement)
{
    struct query query = query_begin(&database->queries, statement);
    bind_lane(&query, lane);
    query_int(&query, ":seq", seq);
    return query_run(&query);
}

enum err work_forget_piece(struct database *database, int64_t event, bool *ret_more)
{
    struct store_lane lane;
    int64_t seq = 0;
    enum err err = find_long_lane(database, event, &lane, &seq);
    *ret_more = err == ERR_OK && seq > 0;
    if (!*ret_more) {
        return err;
    }
    seq = seq > STORE_FORGET_ROWS ? seq - STORE_FORGET_ROWS : 1;
    err = run_plain(database, STATEMENT_BEGIN);
    if (err == ERR_OK) {
        err = cut(database, lane, seq, STATEMENT_LANE_CUT_ROWS);
    }
    if (err == ERR_OK) {
        err = cut(database, lane, seq, STATEMENT_LANE_CUT);
    }
    return err == ERR_OK ? run_plain(database, STATEMENT_COMMIT) : err;
}

static enum err carry_out(struct database *database, struct request *request, bool *scrub)
{
    request->status = STORE_STORED;
    request->seq = 0;
    switch (request->kind) {
    case REQUEST_APPEND:
        return append(database, request);
    case REQUEST_FENCE:
        return fence(database, request);
    case REQUEST_PUT:
        return put_docs(database, request);
    case REQUEST_DROP:
        return drop(database, request, scrub);
    case REQUEST_FORGET:
        return forget(database, request, scrub);
    case REQUEST_READ:
    case REQUEST_BACKUP:
        break;
    }
    return ERR_INTERNAL;
}

enum err work_commit(struct database *database, struct request *list, int64_t *ret_rows)
{
    database->rows = 0;
    bool scrub = false;
    enum err err = run_plain(database, STATEMENT_BEGIN);
    for (struct request *one = list; err == ERR_OK && one != NULL; one = one->next) {
        err = carry_out(database, one, &scrub);
    }
    if (err == ERR_OK) {
        err = run_plain(database, STATEMENT_COMMIT);
    }
    if (err == ERR_OK && scrub) {
        err = database_scrub(database);
    }
    if (err == ERR_OK) {
        *ret_rows = database->rows;
    }
    return err;
}
