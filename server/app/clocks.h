/* How much of a phase's time has run. Only serve's own files include this. */
#ifndef APP_CLOCKS_H
#define APP_CLOCKS_H

#include "wire/wire.h"

struct server;
struct screens;

/* The time of the phase that is on, as this server measures it. */
struct phase_clock {
    size_t start; /* of which start of a phase, as in struct entry; 0: of none */
    bool running;
    int64_t run_ms;   /* had run … */
    int64_t since_ms; /* … at this moment of the loop's clock */
};

/* Once, before anybody is heard: a timer that ran when the last server ended stands still
 * until a moderator lets it go on. Nobody knows how long there was no server. */
void clocks_start(struct server *server);

/* The event has changed. */
void clock_follow(struct server *server, struct screens *screens);

/* Now, in milliseconds; at most what the phase was given. */
int64_t clock_run_ms(const struct server *server, const struct screens *screens);

/* Now, for screens. */
struct wire_timer clock_show(const struct server *server, const struct screens *screens);

#endif
