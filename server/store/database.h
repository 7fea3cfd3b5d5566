/* The one connection: opening, migrating, checking, transactions. */
#ifndef STORE_DATABASE_H
#define STORE_DATABASE_H

#include "store/query.h"
#include "store/store.h"

struct database {
    sqlite3 *handle;
    struct query_set queries;
    char *path; /* owned */
    int lock;
};

/* Errors are store_open's. On error nothing is held and the file is as it was. */
MUST_CHECK enum err
database_open(const struct store_options *options, struct database *ret_database);

/* `settled`: bring everything into the one file. Otherwise the next start does it. */
void database_close(struct database *database, bool settled);

/* Moves what the WAL holds into the file and cuts the WAL to nothing. */
MUST_CHECK enum err database_truncate_wal(struct database *database);

#endif
