#include "app/turnstile.h"

#include "app/server.h"
#include "base/vec.h"

#include <stdlib.h>

static int64_t now_ms(const struct server *server)
{
    return (int64_t)uv_now(&server->loop);
}

/* Numbers of deleted events are never given again. NULL: no memory. */
static struct turnstile *turnstile_of(struct server *server, const struct event *event)
{
    void *turnstiles = server->turnstiles;
    enum err err = vec_reserve(
        &turnstiles, &server->turnstile_capacity, (size_t)event->id,
        sizeof *server->turnstiles, EVENTS_MAX + GONE_MAX);
    server->turnstiles = turnstiles;
    return err == ERR_OK ? &server->turnstiles[event->id - 1] : NULL;
}

bool turnstile_join(struct server *server, const struct event *event)
{
    struct turnstile *turnstile = turnstile_of(server, event);
    if (turnstile == NULL) {
        return false;
    }
    if (turnstile->joins.per_s == 0) {
        rate_init(&turnstile->joins, JOINS_PER_S, JOINS_BURST, now_ms(server));
    }
    return rate_take(&turnstile->joins, now_ms(server));
}

bool turnstile_redeem(struct server *server, const struct event *event, int64_t ticket)
{
    struct turnstile *turnstile = turnstile_of(server, event);
    if (turnstile == NULL) {
        return false;
    }
    void *tickets = turnstile->tickets;
    enum err err = vec_reserve(
        &tickets, &turnstile->ticket_capacity, (size_t)ticket, sizeof(struct rate),
        TICKETS_MAX);
    turnstile->tickets = tickets;
    if (err != ERR_OK) {
        return false;
    }
    struct rate *rate = &turnstile->tickets[ticket - 1];
    if (rate->per_s == 0) {
        rate_init(rate, TICKET_MOVES_PER_S, TICKET_MOVES_BURST, now_ms(server));
    }
    return rate_take(rate, now_ms(server));
}

void turnstile_forget(struct server *server, const struct event *event)
{
    if ((size_t)event->id <= server->turnstile_capacity) {
        struct turnstile *turnstile = &server->turnstiles[event->id - 1];
        free(turnstile->tickets);
        *turnstile = (struct turnstile){0};
    }
}

void turnstiles_fini(struct server *server)
{
    for (size_t i = 0; i < server->turnstile_capacity; i++) {
        free(server->turnstiles[i].tickets);
    }
    free(server->turnstiles);
}
