#include "sqlite_limit.h"

#include "child.h"
#include "measure.h"

#include <sqlite3.h>
#include <stdio.h>

#define ROW_BYTES  82
#define BATCH_ROWS 1000
#define BATCHES    200

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        die("%s: %s", sql, sqlite3_errmsg(db));
    }
}

static void put_batch(sqlite3 *db, sqlite3_stmt *insert)
{
    static const char row[ROW_BYTES];
    run(db, "BEGIN IMMEDIATE");
    for (int i = 0; i < BATCH_ROWS; i++) {
        sqlite3_bind_blob(insert, 1, row, ROW_BYTES, SQLITE_STATIC);
        if (sqlite3_step(insert) != SQLITE_DONE) {
            die("insert: %s", sqlite3_errmsg(db));
        }
        sqlite3_reset(insert);
    }
    run(db, "COMMIT");
}

double sqlite_rows_per_s(const char *folder)
{
    char path[256];
    sqlite3 *db = NULL;
    sqlite3_stmt *insert = NULL;
    snprintf(path, sizeof path, "%s/limit.db", folder);
    remove(path);
    if (sqlite3_open(path, &db) != SQLITE_OK) {
        die("%s: %s", path, sqlite3_errmsg(db));
    }
    run(db, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL;"
            "PRAGMA synchronous=FULL; CREATE TABLE row (body BLOB) STRICT");
    sqlite3_prepare_v2(db, "INSERT INTO row VALUES (?1)", -1, &insert, NULL);
    put_batch(db, insert);
    int64_t start_us = now_us();
    for (int i = 0; i < BATCHES; i++) {
        put_batch(db, insert);
    }
    int64_t took_us = now_us() - start_us;
    sqlite3_finalize(insert);
    sqlite3_close(db);
    remove(path);
    return (double)BATCHES * BATCH_ROWS * 1e6 / (double)took_us;
}
