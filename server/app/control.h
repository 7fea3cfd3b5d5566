/* The control socket beside the store: PATH.sock, mode 0600, the peer's uid is checked
 * (ours or root). One request a line, one answer a line; at most CONTROL_BYTES_MAX. */
#ifndef APP_CONTROL_H
#define APP_CONTROL_H

#include "app/hall.h"

struct control;

/* Listens; removes a stale socket of a dead server. ERR_IO. */
MUST_CHECK enum err control_open(
    struct hall *hall, struct uv_loop_s *loop, const char *store_url,
    struct control **ret_control);
void control_close(struct control *control); /* NULL is fine */

/* For commands: asks the server that has the store open; if nobody answers, opens the
 * store itself, does it, and closes. `create`: make the store if there is none. ret_answer
 * (owned by the caller, NUL-terminated) is the answer's JSON. */
MUST_CHECK enum err control_ask(
    const char *store_url, bool create, struct span request, char **ret_answer);

#endif
