/* One named statement of sql/, bound by name, stepped, asked for its outcome once at the
 * end: a failure sticks.
 *
 *     struct query query = query_begin(database, STATEMENT_LANE_LAST);
 *     query_int(&query, ":event", lane.event);
 *     if (query_row(&query)) { seq = query_column_int(&query, 0); }
 *     enum err err = query_end(&query);
 */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include "base/err.h"
#include "base/span.h"

#include <sqlite3.h>
#include <stdbool.h>

/* X(NAME, file): sql/sqlite/statements/FILE.sql */
#define STATEMENTS(X)                                                                    \
    X(BEGIN, begin)                                                                      \
    X(COMMIT, commit)                                                                    \
    X(ROLLBACK, rollback)                                                                \
    X(HISTORY_NEXT, history_next)                                                        \
    X(BALLOTS_NEXT, ballots_next)                                                        \
    X(FENCE_OPEN, fence_open)                                                            \
    X(FENCE_CLOSE, fence_close)                                                          \
    X(BATCH_FIND, batch_find)                                                            \
    X(BATCH_INSERT, batch_insert)                                                        \
    X(BATCH_DROP, batch_drop)                                                            \
    X(LANE_DROP, lane_drop)                                                              \
    X(EVENT_BATCHES_DROP, event_batches_drop)                                            \
    X(EVENT_LANES_DROP, event_lanes_drop)                                                \
    X(LANE_LONG, lane_long)                                                              \
    X(LANE_CUT_ROWS, lane_cut_rows)                                                      \
    X(LANE_CUT, lane_cut)                                                                \
    X(SCRUB_ADD, scrub_add)                                                              \
    X(SCRUB_COUNT, scrub_count)                                                          \
    X(SCRUB_DROP, scrub_drop)                                                            \
    X(DOC_PUT, doc_put)                                                                  \
    X(DOC_FIND, doc_find)                                                                \
    X(DOC_NAMES, doc_names)                                                              \
    X(DOC_DROP, doc_drop)                                                                \
    X(BATCH_COUNT, batch_count)                                                          \
    X(LANES, lanes) X(LANE_LAST, lane_last) X(TAIL, tail) X(DOCS, docs)

enum statement {

#define X(name, file) STATEMENT_##name,
    STATEMENTS(X)
#undef X
        STATEMENT_COUNT
};

struct query_set {
    sqlite3_stmt *statements[STATEMENT_COUNT]; /* owned */
};

/* Prepares all statements. */
MUST_CHECK enum err query_set_init(struct query_set *set, sqlite3 *handle);
void query_set_fini(struct query_set *set);

struct query {
    sqlite3_stmt *statement;
    int status; /* SQLITE_OK until something failed */
};

struct query query_begin(struct query_set *set, enum statement statement);
void query_int(struct query *query, const char *name, int64_t value);
/* Both borrow until query_end. */
void query_text(struct query *query, const char *name, struct span value);
void query_blob(struct query *query, const char *name, struct span value);
/* True while there is another row. */
bool query_row(struct query *query);
int64_t query_column_int(const struct query *query, int column);
/* Borrowed until the next row. */
struct span query_column_span(const struct query *query, int column);
MUST_CHECK enum err query_end(struct query *query);

/* Begins, runs to the end, ends. */
MUST_CHECK enum err query_run(struct query *query);

/* What the last failure on a connection means to us: ERR_NO_SPACE, ERR_DAMAGED,
 * ERR_LOCKED, ERR_FOREIGN, ERR_NOMEM, ERR_IO. */
enum err query_err(sqlite3 *handle);

#endif
