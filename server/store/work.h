/* Carries requests out on the database, inside one transaction of many. */
#ifndef STORE_WORK_H
#define STORE_WORK_H

#include "store/database.h"
#include "store/request.h"

/* All of the list, committed, or on error nothing of it. Fills in the answers. Reads
 * and backups are not its business. `ret_rows`: how many were written to lanes. */
MUST_CHECK enum err
work_commit(struct database *database, struct request *list, int64_t *ret_rows);

/* Before an event is forgotten, so that others need not wait for all of it: cuts a piece
 * off the end of one of its ballot lanes, in a transaction of its own. `ret_more` false:
 * nothing was left to cut. */
MUST_CHECK enum err
work_forget_piece(struct database *database, int64_t event, bool *ret_more);

#endif
