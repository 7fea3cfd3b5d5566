/* Tickets as the desk sees them: how many, batch by batch. */
#ifndef WIRE_TICKET_JSON_H
#define WIRE_TICKET_JSON_H

#include "base/buf.h"
#include "domain/event.h"

/* `,"tickets":N,"redeemed":N` and, where there are any, `,"voided":N,"batches":[…]`. */
void tickets_write(struct buf *out, const struct event *event);

#endif
