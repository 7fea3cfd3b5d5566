/* Who may open a WebSocket: GET /ws, subprotocol stimmwerk.v1, version 13, same origin.
 */
#ifndef NET_UPGRADE_H
#define NET_UPGRADE_H

#include <stdbool.h>

struct conn;

/* Answers what it refuses. False: close. */
bool upgrade_confirm(struct conn *conn);

/* The same question, asked again before the last step, whatever way led there. */
bool upgrade_is_allowed(struct conn *conn);

#endif
