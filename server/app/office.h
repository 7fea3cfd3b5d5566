/* What the office does with a hall: events, links, tickets, exports, backups. The same
 * functions serve the control socket of a running server and commands that open the store
 * themselves. A request is one JSON object {"do":"event.create",…}; an answer is one JSON
 * object, {"ok":true,…} or {"err":CODE,"what":TEXT}. */
#ifndef APP_OFFICE_H
#define APP_OFFICE_H

#include "app/hall.h"

typedef void office_done(void *ctx, struct span answer);

/* Answers once, at once or after a commit. */
void office_handle(struct hall *hall, struct span request, office_done *done, void *ctx);

#endif
