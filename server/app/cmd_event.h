/* What `event create` and `event link` print. */
#ifndef APP_CMD_EVENT_H
#define APP_CMD_EVENT_H

#include "app/cmd_ask.h"

/* The answer's event, its join link and its moderator link. */
void event_print_link(const struct ask *ask, const char *base, bool json);

#endif
