/* SQLite as a backend: the one connection, and a backup that it may be making. */
#include "store/backend.h"
#include "store/backup.h"
#include "store/inspect.h"
#include "store/read.h"
#include "store/work.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

struct sqlite {
    struct database database;
    struct backup backup;
};

static enum err sqlite_open(const struct store_options *options, void **ret_state)
{
    struct sqlite *sqlite = calloc(1, sizeof *sqlite);
    if (sqlite == NULL) {
        return ERR_NOMEM;
    }
    enum err err = database_open(options, &sqlite->database);
    if (err != ERR_OK) {
        free(sqlite);
        return err;
    }
    database_watch_log(&sqlite->database);
    *ret_state = sqlite;
    return ERR_OK;
}

static void sqlite_close(void *state, bool settled)
{
    struct sqlite *sqlite = state;
    database_close(&sqlite->database, settled);
    free(sqlite);
}

static enum err sqlite_commit(void *state, struct request *list, int64_t *ret_rows)
{
    struct sqlite *sqlite = state;
    return work_commit(&sqlite->database, list, ret_rows);
}

static bool sqlite_is_settled(const void *state)
{
    const struct sqlite *sqlite = state;
    return database_is_settled(&sqlite->database);
}

static void sqlite_settle(void *state)
{
    struct sqlite *sqlite = state;
    database_settle(&sqlite->database);
}

static enum err sqlite_forget_piece(void *state, int64_t event, bool *ret_more)
{
    struct sqlite *sqlite = state;
    return work_forget_piece(&sqlite->database, event, ret_more);
}

static void sqlite_explain(void *state, char *ret_what, size_t bytes)
{
    const struct sqlite *sqlite = state;
    sqlite3 *handle = sqlite->database.handle;
    snprintf(
        ret_what, bytes, "%s: %s (SQLite %d)", sqlite->database.path,
        sqlite3_errmsg(handle), sqlite3_extended_errcode(handle));
}

static int64_t sqlite_log_bytes(const void *state)
{
    const struct sqlite *sqlite = state;
    char path[PATH_MAX];
    struct stat info;
    bool found = inspect_wal_path(sqlite->database.path, path, sizeof path) == ERR_OK &&
                 stat(path, &info) == 0;
    return found ? info.st_size : 0;
}

static enum err sqlite_lanes(void *state, store_lane_row *row, void *ctx)
{
    struct sqlite *sqlite = state;
    return read_lanes(&sqlite->database, row, ctx);
}

static enum err sqlite_tail(
    void *state, struct store_lane lane, int64_t after_seq, store_tail_row *row,
    void *ctx)
{
    struct sqlite *sqlite = state;
    return read_tail(&sqlite->database, lane, after_seq, row, ctx);
}

static enum err sqlite_docs(void *state, const char *kind, store_doc_row *row, void *ctx)
{
    struct sqlite *sqlite = state;
    return read_docs(&sqlite->database, kind, row, ctx);
}

static enum err
sqlite_doc_names(void *state, const char *kind, store_doc_row *row, void *ctx)
{
    struct sqlite *sqlite = state;
    return read_doc_names(&sqlite->database, kind, row, ctx);
}

static enum err
sqlite_doc(void *state, const char *kind, struct span name, struct doc_copy *ret_copy)
{
    struct sqlite *sqlite = state;
    return read_doc(&sqlite->database, kind, name, ret_copy);
}

static void sqlite_backup_begin(void *state, struct request *request)
{
    struct sqlite *sqlite = state;
    backup_begin(&sqlite->backup, &sqlite->database, request);
}

static struct request *sqlite_backup_step_once(void *state)
{
    struct sqlite *sqlite = state;
    return backup_step(&sqlite->backup);
}

static void sqlite_backup_abandon(void *state)
{
    struct sqlite *sqlite = state;
    backup_abandon(&sqlite->backup);
}

const struct backend backend_sqlite = {
    .scheme = "sqlite:",
    .open = sqlite_open,
    .close = sqlite_close,
    .commit = sqlite_commit,
    .is_settled = sqlite_is_settled,
    .settle = sqlite_settle,
    .forget_piece = sqlite_forget_piece,
    .explain = sqlite_explain,
    .log_bytes = sqlite_log_bytes,
    .lanes = sqlite_lanes,
    .tail = sqlite_tail,
    .docs = sqlite_docs,
    .doc_names = sqlite_doc_names,
    .doc = sqlite_doc,
    .backup_begin = sqlite_backup_begin,
    .backup_step = sqlite_backup_step_once,
    .backup_abandon = sqlite_backup_abandon,
};
