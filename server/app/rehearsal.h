/* "Is this room ready?": the load rehearsal against this server, asked for at a desk. The
 * program runs a second time, with so many simulated phones, in an event that is thrown
 * away; all desks of moderators are told how it goes, and how it ended until the next. */
#ifndef APP_REHEARSAL_H
#define APP_REHEARSAL_H

#include "base/err.h"
#include "base/uid.h"

#include <stdint.h>

struct rehearsal;
struct server;
struct visitor;

enum rehearsal_cause { /* of an end without a verdict */
                       CAUSE_NONE,
                       CAUSE_ASKED,  /* somebody stopped it, or the server */
                       CAUSE_POLL,   /* a real poll was opened meanwhile */
                       CAUSE_PEOPLE, /* real people came meanwhile */
                       CAUSE_TIME,   /* it did not end within REHEARSAL_MS_MAX */
                       CAUSE_ENDED,  /* it ended without a word */
                       CAUSE_COUNT
};

/* For server->rehearsal; throws away what a crash left. ERR_NOMEM. Without it (NULL: a
 * simulated server runs no programs) none can be had. */
MUST_CHECK enum err rehearsal_start(struct server *server);

/* Begins one with so many phones. `id`: the request; the same one again is the one that
 * runs. ERR_REHEARSING: another runs. ERR_POLL_RUNS, ERR_PEOPLE_HERE: a real hall would
 * be disturbed. ERR_TOO_MANY: phones, or events. ERR_BUSY, ERR_NOMEM. */
MUST_CHECK enum err
rehearsal_begin(struct server *server, int64_t phones, const struct uid *id);
/* Stops it, if one runs. */
void rehearsal_stop(struct server *server, enum rehearsal_cause cause);

/* Tells a desk that comes how it stands. */
void rehearsal_greet(struct server *server, const struct visitor *visitor);

/* Calls `done` once none runs, and its event is thrown away: at once, if so it is. */
void rehearsal_wait(struct server *server, void (*done)(void *ctx), void *ctx);
/* Before the hall is closed; then, once the loop is empty. NULL is fine. */
void rehearsal_close(struct rehearsal *rehearsal);
void rehearsal_free(struct rehearsal *rehearsal);

#endif
