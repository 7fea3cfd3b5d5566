/* Carries requests out on the database, inside one transaction of many. */
#ifndef STORE_WORK_H
#define STORE_WORK_H

#include "store/database.h"
#include "store/request.h"

struct work_outcome {
    int64_t rows; /* written to lanes */
};

/* All of the list, committed, or on error nothing of it. Fills in the answers. Backups
 * are not its business. */
MUST_CHECK enum err work_commit(
    struct database *database, struct request *list, struct work_outcome *ret_outcome);

#endif
