/* A timing wheel: many entries, each to be looked at after so many turns. Putting,
 * moving and dropping cost the same however many there are; libwebsockets' own timers
 * stand in one sorted list. Coarse on purpose: who is looked at decides what is due. */
#ifndef NET_WHEEL_H
#define NET_WHEEL_H

#include <stdint.h>

#define WHEEL_SPOKES    64
#define WHEEL_TURNS_MAX (WHEEL_SPOKES - 1)

struct wheel_entry {
    struct wheel_entry *prev; /* NULL: on no wheel */
    struct wheel_entry *next;
    int64_t turn; /* when it is looked at */
};

struct wheel {
    struct wheel_entry spokes[WHEEL_SPOKES]; /* heads of circular lists */
    int64_t turn;
};

void wheel_init(struct wheel *wheel);

/* To be looked at in `turns` turns (clipped to 1 … WHEEL_TURNS_MAX), or earlier if it was
 * put for earlier. */
void wheel_put(struct wheel *wheel, struct wheel_entry *entry, int64_t turns);

/* Not on a wheel is fine. */
void wheel_drop(struct wheel_entry *entry);

void wheel_advance(struct wheel *wheel);

/* The next entry that this turn looks at, dropped from the wheel; NULL: none. */
struct wheel_entry *wheel_take(struct wheel *wheel);

#endif
