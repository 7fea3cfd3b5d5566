/* What the desk is told of ballots on paper. */
#ifndef WIRE_PAPER_JSON_H
#define WIRE_PAPER_JSON_H

#include "base/buf.h"
#include "domain/event.h"

/* `,"batches":[…]`, those that changed after `from`; nothing if there are none. One that
 * was dropped has its state only, and none from 0. */
void batches_write(struct buf *out, const struct event *event, int64_t from);

#endif
