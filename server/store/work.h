/* Carries requests out on the database, inside one transaction of many. */
#ifndef STORE_WORK_H
#define STORE_WORK_H

#include "store/database.h"
#include "store/request.h"

/* All of the list, committed, or on error nothing of it. Fills in the answers. Reads
 * and backups are not its business. `ret_rows`: how many were written to lanes. */
MUST_CHECK enum err
work_commit(struct database *database, struct request *list, int64_t *ret_rows);

#endif
