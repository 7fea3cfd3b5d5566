/* How often somebody with a right code may pass. Each event counts for itself, so that
 * who floods one holds up no other. Nobody's address counts: a whole hall shares one.
 * What is scarce by itself is not counted: a ticket that nobody has redeemed always
 * lets in, and one that was, so often in a second, however many others come. */
#ifndef APP_TURNSTILE_H
#define APP_TURNSTILE_H

#include "app/rate.h"

#include <stddef.h>

struct event;
struct server;

struct turnstile {
    struct rate joins;    /* by the event's code; per_s 0: nobody came yet */
    struct rate *tickets; /* number − 1; owned; likewise */
    size_t ticket_capacity;
};

/* May somebody join by the event's code now? */
bool turnstile_join(struct server *server, const struct event *event);

/* May this ticket be redeemed now, for the first time or again? */
bool turnstile_redeem(struct server *server, const struct event *event, int64_t ticket);

/* The event is gone, and its tickets with it. */
void turnstile_forget(struct server *server, const struct event *event);

void turnstiles_fini(struct server *server);

#endif
