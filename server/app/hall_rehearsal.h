/* The event of a rehearsal: made by the server, and thrown away by it. What tells it from
 * a real one stands in the entry that made it, and is in no request: nobody can say it of
 * an event that is there. */
#ifndef APP_HALL_REHEARSAL_H
#define APP_HALL_REHEARSAL_H

#include "app/hall.h"

/* `event` NULL: it was not made (err); else with the token of a moderator's link to it,
 * borrowed for the call. */
typedef void
hall_rehearsal_made(void *ctx, enum err err, struct event *event, const char *token);

/* Makes one. ERR_NOMEM, ERR_TOO_MANY (events): `made` is not called; else once. */
MUST_CHECK enum err
hall_rehearsal_make(struct hall *hall, hall_rehearsal_made *made, void *ctx);

/* Closes what is open in it and forgets it: see hall_forget. ERR_NOT_ALLOWED: it is a
 * real one. Errors as hall_forget; those of closing come to `done`, and the event stays.
 */
MUST_CHECK enum err hall_rehearsal_forget(
    struct hall *hall, struct event *event, hall_forgot *done, void *ctx);

/* Throws away those that a crash left, after opening. */
void hall_rehearsals_sweep(struct hall *hall);

#endif
