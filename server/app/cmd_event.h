/* What `event create` and `event link` print. */
#ifndef APP_CMD_EVENT_H
#define APP_CMD_EVENT_H

#include "app/cmd_ask.h"

/* The answer's event, its join link and its link to the desk, of that role. */
void event_print_link(
    const struct ask *ask, const char *base, const char *role, bool json);

#endif
