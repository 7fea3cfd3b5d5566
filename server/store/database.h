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
    int64_t rows;  /* written to lanes by the transaction under way */
    int log_pages; /* in the WAL since the last commit */
};

/* Errors are store_open's. On error nothing is held and the file is as it was. */
MUST_CHECK enum err
database_open(const struct store_options *options, struct database *ret_database);

/* `settled`: bring everything into the one file. Otherwise the next start does it. */
void database_close(struct database *database, bool settled);

/* From now on the WAL's length is known. The struct stays where it is. */
void database_watch_log(struct database *database);

/* False: the WAL has become long. */
bool database_is_settled(const struct database *database);
/* Moves what the WAL holds into the file: the next commit begins it anew. What can't be
 * moved stays where it is, and is tried again after that. */
void database_settle(struct database *database);

/* Rewrites the file and cuts the WAL to nothing, so that no byte of a dropped row is
 * left. secure_delete alone does not do it: it wipes the place a row was deleted from,
 * not the places it had before its neighbours moved. */
MUST_CHECK enum err database_scrub(struct database *database);

#endif
