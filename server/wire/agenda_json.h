/* What screens see of the agenda: members of the event, and of the counters. */
#ifndef WIRE_AGENDA_JSON_H
#define WIRE_AGENDA_JSON_H

#include "wire/wire.h"

/* `,"agenda":[…],"phase":"2"`; nothing where an event has none. */
void agenda_write(struct buf *out, const struct event *event);

/* `,"timer":{…}`; nothing while there is none. */
void timer_write(struct buf *out, const struct wire_timer *timer);

#endif
