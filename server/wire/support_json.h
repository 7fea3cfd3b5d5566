/* Support of ideas, as screens are told of it: never by whom. */
#ifndef WIRE_SUPPORT_JSON_H
#define WIRE_SUPPORT_JSON_H

#include "wire/wire.h"

/* `,"support":"hidden","supporting":true` of an event that wants it, the second while
 * people may. */
void support_write_setting(struct buf *out, const struct event *event);

/* `,"support":{"12":3}`, people by idea: the numbers that this view sees, and that have
 * changed after `from` or are of an idea that has. */
void support_write(
    struct buf *out, const struct event *event, enum view view, int64_t from);

/* `,"supported":["12"]`: what this person said so of, in the order of ideas, whatever it
 * is merged into by now. */
void support_write_own(
    struct buf *out, const struct event *event, const struct participant *person);

#endif
