/* What a commit does to a memory. Shared by memory*.c only. */
#ifndef STORE_MEMORY_INTERNAL_H
#define STORE_MEMORY_INTERNAL_H

#include "store/memory.h"

/* The lane, made (closed) if it is not there; NULL: no memory. Valid until the next one
 * is made or dropped. */
struct memory_lane *memory_make_lane(struct memory *memory, struct store_lane lane);

/* The place of a row with this uid, from 1; 0 if there is none. `lane` may be NULL. */
int64_t memory_find_row(const struct memory_lane *lane, const struct uid *uid);

/* Copies. ERR_NOMEM: unchanged. */
MUST_CHECK enum err
memory_add_row(struct memory_lane *lane, const struct uid *uid, struct span body);

void memory_drop_lane(struct memory *memory, struct store_lane lane);

/* One of the event's ballot lanes that has more than a row; NULL: none has. */
struct memory_lane *memory_find_long_lane(struct memory *memory, int64_t event);

/* The rows behind the first `count` go. */
void memory_cut_lane(struct memory_lane *lane, size_t count);

/* All lanes of an event. */
void memory_drop_event(struct memory *memory, int64_t event);

/* An empty body deletes. Copies. ERR_NOMEM: unchanged. */
MUST_CHECK enum err memory_put_doc(struct memory *memory, const struct store_doc *doc);

#endif
