#include "store/query.h"

#include "sql_embedded.h"

#include <assert.h>

enum err query_set_init(struct query_set *set, sqlite3 *handle)
{
    static const char *const texts[] = {
#define X(name, file) sql_statements_##file,
        STATEMENTS(X)
#undef X
    };
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
        int status = sqlite3_prepare_v3(
            handle, texts[i], -1, SQLITE_PREPARE_PERSISTENT, &set->statements[i], NULL);
        if (status != SQLITE_OK) {
            return query_err(handle);
        }
    }
    return ERR_OK;
}

void query_set_fini(struct query_set *set)
{
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
        sqlite3_finalize(set->statements[i]);
        set->statements[i] = NULL;
    }
}

struct query query_begin(struct query_set *set, enum statement statement)
{
    return (struct query){.statement = set->statements[statement], .status = SQLITE_OK};
}

/* A name that is not in the statement is our bug. */
static int index_of(const struct query *query, const char *name)
{
    int index = sqlite3_bind_parameter_index(query->statement, name);
    assert(index > 0);
    return index;
}

static void stick(struct query *query, int status)
{
    if (query->status == SQLITE_OK) {
        query->status = status;
    }
}

void query_int(struct query *query, const char *name, int64_t value)
{
    stick(query, sqlite3_bind_int64(query->statement, index_of(query, name), value));
}

void query_text(struct query *query, const char *name, struct span value)
{
    const char *text = value.bytes != 0 ? (const char *)value.data : "";
    stick(
        query, sqlite3_bind_text64(
                   query->statement, index_of(query, name), text, value.bytes,
                   SQLITE_STATIC, SQLITE_UTF8));
}

void query_blob(struct query *query, const char *name, struct span value)
{
    const void *data = value.bytes != 0 ? (const void *)value.data : "";
    stick(
        query,
        sqlite3_bind_blob64(
            query->statement, index_of(query, name), data, value.bytes, SQLITE_STATIC));
}

bool query_row(struct query *query)
{
    if (query->status != SQLITE_OK) {
        return false;
    }
    int status = sqlite3_step(query->statement);
    if (status == SQLITE_ROW) {
        return true;
    }
    if (status != SQLITE_DONE) {
        query->status = status;
    }
    return false;
}

int64_t query_column_int(const struct query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

struct span query_column_span(const struct query *query, int column)
{
    const void *data = sqlite3_column_blob(query->statement, column);
    return span_of(data, (size_t)sqlite3_column_bytes(query->statement, column));
}

enum err query_end(struct query *query)
{
    enum err err = ERR_OK;
    if (query->status != SQLITE_OK) {
        err = query_err(sqlite3_db_handle(query->statement));
    }
    sqlite3_reset(query->statement); /* repeats the failure above */
    sqlite3_clear_bindings(query->statement);
    return err;
}

enum err query_run(struct query *query)
{
    while (query_row(query)) {
    }
    return query_end(query);
}

enum err query_err(sqlite3 *handle)
{
    switch (sqlite3_errcode(handle) & 0xff) {
    case SQLITE_FULL:
        return ERR_NO_SPACE;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ERR_DAMAGED;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_LOCKED;
    case SQLITE_NOMEM:
        return ERR_NOMEM;
    default:
        return ERR_IO;
    }
}
