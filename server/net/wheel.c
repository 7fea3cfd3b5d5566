#include "net/wheel.h"

#include <stddef.h>

static struct wheel_entry *spoke_of(struct wheel *wheel, int64_t turn)
{
    return &wheel->spokes[(size_t)(turn % WHEEL_SPOKES)];
}

void wheel_init(struct wheel *wheel)
{
    wheel->turn = 0;
    for (size_t i = 0; i < WHEEL_SPOKES; i++) {
        wheel->spokes[i].prev = &wheel->spokes[i];
        wheel->spokes[i].next = &wheel->spokes[i];
    }
}

void wheel_put(struct wheel *wheel, struct wheel_entry *entry, int64_t turns)
{
    turns = turns < 1 ? 1 : turns;
    turns = turns > WHEEL_TURNS_MAX ? WHEEL_TURNS_MAX : turns;
    int64_t turn = wheel->turn + turns;
    if (entry->prev != NULL && entry->turn <= turn) {
        return;
    }
    wheel_drop(entry);
    struct wheel_entry *head = spoke_of(wheel, turn);
    entry->turn = turn;
    entry->prev = head->prev;
    entry->next = head;
    head->prev->next = entry;
    head->prev = entry;
}

void wheel_drop(struct wheel_entry *entry)
{
    if (entry->prev == NULL) {
        return;
    }
    entry->prev->next = entry->next;
    entry->next->prev = entry->prev;
    entry->prev = NULL;
    entry->next = NULL;
}

void wheel_advance(struct wheel *wheel)
{
    wheel->turn++;
}

struct wheel_entry *wheel_take(struct wheel *wheel)
{
    struct wheel_entry *head = spoke_of(wheel, wheel->turn);
    struct wheel_entry *entry = head->next;
    if (entry == head) {
        return NULL;
    }
    wheel_drop(entry);
    return entry;
}
