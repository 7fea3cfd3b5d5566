/* The control socket beside the store: PATH.sock, mode 0600, the peer's uid is checked
 * (ours or root). A connection carries one request, a line of at most CONTROL_BYTES_MAX,
 * and its answer, a line of at most ANSWER_BYTES_MAX. */
#ifndef APP_CONTROL_H
#define APP_CONTROL_H

#include "app/hall.h"

struct control;

/* Listens. Whoever has the store open owns the socket: a dead server's is removed. ERR_IO
 * (errno tells), ERR_BAD_VALUE, ERR_NOMEM. */
MUST_CHECK enum err control_open(
    struct hall *hall, struct uv_loop_s *loop, const char *store_url,
    struct control **ret_control);

/* Stops listening and cuts connections; the loop must run once more for its handles.
 * Requests under way are finished by the hall, unheard. NULL is fine. */
void control_close(struct control *control);

/* For commands: asks the server that has the store open; if nobody answers, opens the
 * store itself (without keys, if they are missing and the request only reads), does it,
 * and closes. `create`: make the store if there is none. ret_answer (owned by the caller,
 * NUL-terminated) is the answer's JSON. Errors as hall_open; ERR_LOCKED: the store is in
 * use and nobody answered for CONTROL_START_MS; ERR_IO: the server went away without an
 * answer. */
MUST_CHECK enum err
control_ask(const char *store_url, bool create, struct span request, char **ret_answer);

#endif
