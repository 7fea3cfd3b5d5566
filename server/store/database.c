#include "store/database.h"

#include "base/bounds.h"
#include "sql_embedded.h"
#include "store/inspect.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Forward only; the last one's number is the version this program writes. */
static const char *const migrations[] = {
    sql_migrations_0001_log,
};

#define VERSION ((int32_t)(sizeof migrations / sizeof *migrations))

static enum err run_text(sqlite3 *handle, const char *sql)
{
    int status = sqlite3_exec(handle, sql, NULL, NULL, NULL);
    return status == SQLITE_OK ? ERR_OK : query_err(handle);
}

#define WORD_BYTES_MAX 16

/* The first column of a pragma's first row, cut to a word. */
static enum err ask(sqlite3 *handle, const char *sql, char ret_word[WORD_BYTES_MAX])
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) != SQLITE_OK) {
        return query_err(handle);
    }
    enum err err = ERR_OK;
    if (sqlite3_step(statement) == SQLITE_ROW) {
        const unsigned char *text = sqlite3_column_text(statement, 0);
        snprintf(ret_word, WORD_BYTES_MAX, "%s", text != NULL ? (const char *)text : "");
    } else {
        err = query_err(handle);
    }
    sqlite3_finalize(statement);
    return err;
}

static enum err
expect(sqlite3 *handle, const char *sql, const char *expected, enum err otherwise)
{
    char word[WORD_BYTES_MAX];
    enum err err = ask(handle, sql, word);
    if (err != ERR_OK) {
        return err;
    }
    return strcmp(word, expected) == 0 ? ERR_OK : otherwise;
}

/* What is missing up to our version, and the views, which are derived, anew. */
static enum err run_migrations(sqlite3 *handle, long version)
{
    enum err err = run_text(handle, sql_statements_begin);
    for (; err == ERR_OK && version < VERSION; version++) {
        err = run_text(handle, migrations[version]);
    }
    if (err == ERR_OK) {
        err = run_text(handle, sql_views);
    }
    if (err == ERR_OK) {
        err = run_text(handle, sql_views_people);
    }
    if (err == ERR_OK) {
        err = run_text(handle, sql_statements_commit);
    }
    if (err != ERR_OK && sqlite3_get_autocommit(handle) == 0) {
        sqlite3_exec(handle, sql_statements_rollback, NULL, NULL, NULL);
    }
    return err;
}

/* With a rollback journal, so that the version in the file's header, which a program
 * looks at before it opens a file, is never older than the file. */
static enum err migrate(sqlite3 *handle)
{
    char word[WORD_BYTES_MAX];
    enum err err = ask(handle, sql_statements_version, word);
    if (err != ERR_OK) {
        return err;
    }
    long version = strtol(word, NULL, 10);
    if (version < 0 || version > VERSION) {
        return version < 0 ? ERR_DAMAGED : ERR_NEWER;
    }
    if (version == VERSION) {
        return ERR_OK;
    }
    err = expect(handle, sql_statements_journal_delete, "delete", ERR_IO);
    return err == ERR_OK ? run_migrations(handle, version) : err;
}

/* Without a checkpoint at closing, a connection that only read leaves the files as they
 * are. */
static void keep_wal(sqlite3 *handle, bool keep)
{
    int status =
        sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, NULL);
    assert(status == SQLITE_OK); /* it only sets a flag */
    (void)status;
}

/* Is there nothing in it? Its making may have been cut off in the middle: SQLite has
 * taken that back when it first looked. */
static enum err check_empty(sqlite3 *handle, bool *ret_is_empty)
{
    char word[WORD_BYTES_MAX];
    enum err err = ask(handle, sql_statements_page_count, word);
    *ret_is_empty = err == ERR_OK && strcmp(word, "0") == 0;
    return err;
}

static enum err check_whole(sqlite3 *handle, const struct inspection *inspection)
{
    bool is_empty = false;
    enum err err = check_empty(handle, &is_empty);
    if (err == ERR_OK && is_empty) {
        return inspection->create ? ERR_OK : ERR_NOT_FOUND;
    }
    if (err == ERR_OK) {
        err = expect(handle, sql_statements_quick_check, "ok", ERR_DAMAGED);
    }
    if (err == ERR_OK) {
        err = expect(handle, sql_statements_doc_check, "ok", ERR_DAMAGED);
    }
    return err;
}

static enum err prepare(sqlite3 *handle, const struct inspection *inspection)
{
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, 0);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    keep_wal(handle, inspection->has_wal);
    enum err err = run_text(handle, sql_pragmas);
    if (err == ERR_OK && !inspection->is_new) {
        err = check_whole(handle, inspection);
    }
    if (err == ERR_OK) {
        err = migrate(handle);
    }
    if (err == ERR_OK) {
        err = expect(handle, sql_statements_journal_wal, "wal", ERR_IO);
    }
    return err;
}

/* A store that was just made and can't be used is no store. */
static void remove_if_new(const char *path, const struct inspection *inspection)
{
    if (inspection->is_new) {
        (void)unlink(path);
    }
}

/* Moves what the WAL holds into the file and cuts the WAL to nothing. */
static enum err truncate_wal(sqlite3 *handle)
{
    int status =
        sqlite3_wal_checkpoint_v2(handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return status == SQLITE_OK ? ERR_OK : query_err(handle);
}

static int on_commit(void *ctx, sqlite3 *handle, const char *name, int pages)
{
    struct database *database = ctx;
    (void)handle;
    (void)name;
    database->log_pages = pages;
    return SQLITE_OK;
}

void database_watch_log(struct database *database)
{
    sqlite3_wal_hook(database->handle, on_commit, database);
}

bool database_is_settled(const struct database *database)
{
    return database->log_pages < STORE_LOG_PAGES;
}

void database_settle(struct database *database)
{
    database->log_pages = 0;
    (void)sqlite3_wal_checkpoint_v2(
        database->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

enum err database_scrub(struct database *database)
{
    enum err err = run_text(database->handle, sql_statements_vacuum);
    if (err != ERR_OK) {
        return err;
    }
    err = truncate_wal(database->handle);
    if (err != ERR_OK) {
        return err;
    }
    struct query query = query_begin(&database->queries, STATEMENT_SCRUB_DROP);
    return query_run(&query);
}

/* A crash may have come between a drop and its scrub. */
static enum err scrub_if_due(struct database *database)
{
    bool due = false;
    struct query query = query_begin(&database->queries, STATEMENT_SCRUB_COUNT);
    while (query_row(&query)) {
        due = query_column_int(&query, 0) != 0;
    }
    enum err err = query_end(&query);
    return err == ERR_OK && due ? database_scrub(database) : err;
}

static enum err connect_to(struct database *database, const struct inspection *inspection)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    if (sqlite3_open_v2(database->path, &database->handle, flags, NULL) != SQLITE_OK) {
        return ERR_IO;
    }
    enum err err = prepare(database->handle, inspection);
    if (err != ERR_OK) {
        return err;
    }
    err = query_set_init(&database->queries, database->handle);
    if (err != ERR_OK) {
        return err;
    }
    keep_wal(database->handle, false);
    if (inspection->has_wal) { /* with remains of what was never committed */
        err = truncate_wal(database->handle);
    }
    return err == ERR_OK ? scrub_if_due(database) : err;
}

static enum err path_of(const char *url, char **ret_path)
{
    static const char scheme[] = "sqlite:";
    size_t scheme_bytes = sizeof scheme - 1;
    if (strncmp(url, scheme, scheme_bytes) != 0 || url[scheme_bytes] == '\0') {
        return ERR_USAGE;
    }
    char *path = strdup(url + scheme_bytes);
    if (path == NULL) {
        return ERR_NOMEM;
    }
    *ret_path = path;
    return ERR_OK;
}

enum err database_open(const struct store_options *options, struct database *ret_database)
{
    struct database database = {.lock = -1};
    struct inspection inspection = {.lock = -1};
    enum err err = path_of(options->url, &database.path);
    if (err != ERR_OK) {
        return err;
    }
    err = inspect_open(options, database.path, VERSION, &inspection);
    if (err != ERR_OK) {
        goto free_path;
    }
    database.lock = inspection.lock;
    err = connect_to(&database, &inspection);
    if (err != ERR_OK) {
        goto disconnect;
    }
    *ret_database = database;
    return ERR_OK;

disconnect:
    query_set_fini(&database.queries);
    sqlite3_close(database.handle);
    remove_if_new(database.path, &inspection);
    close(database.lock);
free_path:
    free(database.path);
    return err;
}

void database_close(struct database *database, bool settled)
{
    query_set_fini(&database->queries);
    if (!settled || truncate_wal(database->handle) != ERR_OK) {
        keep_wal(database->handle, true); /* the next start reads it */
    }
    sqlite3_close(database->handle);
    close(database->lock); /* last: closing any descriptor frees SQLite's own locks */
    free(database->path);
}
