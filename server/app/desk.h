/* A moderator without a screen: one command after another, each waited for. */
#ifndef APP_DESK_H
#define APP_DESK_H

#include "app/crowd.h"

struct desk;

/* Logs in and says hello. Says on stderr, after `who`, what went wrong: ERR_NOT_ALLOWED,
 * ERR_IO, ERR_NOMEM. */
MUST_CHECK enum err
desk_new(struct crowd *crowd, const char *who, const char *link, struct desk **ret_desk);
void desk_free(struct desk *desk); /* NULL is fine */
const struct crowd_seat *desk_seat(const struct desk *desk);

/* Sends a command as phone_ask does and runs the crowd until it is done. ret_answer
 * (owned by the caller, may be NULL) is the `done`. ERR_NOT_ALLOWED and a line on stderr
 * when it is refused; ERR_IO when no answer comes. Never inside a handler. */
MUST_CHECK enum err
desk_do(struct desk *desk, const char *op, struct span members, cJSON **ret_answer);
/* The same for a command whose only key is an id; `poll.open` has "poll". */
MUST_CHECK enum err
desk_do_to(struct desk *desk, const char *op, const char *key, int64_t id);

/* The same for a command that makes something: its id, the number under `key` ("idea",
 * "poll") in the `done`. */
MUST_CHECK enum err desk_make(
    struct desk *desk, const char *op, struct span members, const char *key,
    int64_t *ret_id);

/* Called for pushes to the desk (change, live, result); may be NULL. */
void desk_on_push(
    struct desk *desk, void (*pushed)(void *ctx, const cJSON *message), void *ctx);

/* Called again and again while an answer is waited for, instead of sleeping: it must take
 * a moment, and may not use the desk. NULL: sleep. */
void desk_while_waiting(struct desk *desk, void (*idle)(void *ctx), void *ctx);

#endif
