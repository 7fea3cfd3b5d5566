/* The real server with an event, seats, three ideas and an open poll: what benches begin
 * with. What can't be ends the program. */
#ifndef BENCH_HOUSE_H
#define BENCH_HOUSE_H

#include "app/crowd.h"
#include "app/desk.h"
#include "child.h"
#include "flood.h"

struct house {
    struct serve serve;
    struct serve_event event;
    struct crowd *crowd;
    struct desk *desk;
    struct flood_target target; /* the poll that is open */
    char (*cookies)[CROWD_COOKIE_BYTES_MAX];
    const char **cookie_list; /* the same, as the flood wants them */
};

void must(enum err err, const char *what);

/* Starts the server with room for so many seats; nobody sits yet, no poll is open. */
void house_open(struct house *house, const char *program, size_t seats_max);
/* The same over TLS. */
void house_open_secure(struct house *house, const char *program, size_t seats_max);
void house_close(struct house *house);
void house_take_seats(struct house *house, size_t from, size_t to);
/* Closes the poll that is open and opens another: nobody revotes a hundred times. */
void house_new_poll(struct house *house);

#endif
