/* What moderators did last, for their desks. */
#ifndef WIRE_ACTS_JSON_H
#define WIRE_ACTS_JSON_H

#include "base/buf.h"
#include "domain/event.h"

/* `,"acts":[…]`: the acts after `from`, and those undone after it; left out while there
 * are none. `,"undoable":[…]`: the positions of all that could be undone when the newest
 * entry came, there while the event has acts at all. */
void acts_write(struct buf *out, const struct event *event, int64_t from);

#endif
