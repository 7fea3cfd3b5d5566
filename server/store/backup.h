/* A copy of the store in the making, a few pages at a time, from the same connection that
 * writes: SQLite carries later writes over into pages already copied. */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "store/database.h"
#include "store/request.h"

struct backup {
    struct request *request; /* owned; NULL: none is under way */
    char *part_path;         /* owned; renamed to the request's path when complete */
    sqlite3 *target;
    sqlite3_backup *copy;
};

/* Takes `request`. What fails later only spoils the backup, never the store. */
void backup_begin(
    struct backup *backup, struct database *database, struct request *request);

/* Copies some pages. When the backup has ended, well or not, gives its request back with
 * the answer in it; NULL while there is more to do. */
struct request *backup_step(struct backup *backup);

/* Gives up: removes the unfinished file. */
void backup_abandon(struct backup *backup);

#endif
