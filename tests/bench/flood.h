/* A flood: WebSockets that cast ballots as fast as the other end answers, be it the
 * server or an echo. Raw epoll and frames made ahead, so that it costs less than what it
 * floods; what a hall feels at a steady rate is for `stimmwerk load`. */
#ifndef BENCH_FLOOD_H
#define BENCH_FLOOD_H

#include <stddef.h>
#include <stdint.h>

#define FLOOD_OPTIONS 3

struct flood_target {
    const char *url;   /* http://127.0.0.1:PORT, or https, whatever the certificate */
    const char *event; /* NULL: an echo, no hello */
    int64_t poll;
    int64_t ideas[FLOOD_OPTIONS];
};

struct flood;

/* Connects; cookies[i] is the i-th session, may be NULL. Says hello if there is an event.
 */
struct flood *
flood_open(const struct flood_target *target, const char *const *cookies, size_t count);
void flood_close(struct flood *flood);
/* The poll that the next ballots go to; counters begin anew. */
void flood_set_poll(struct flood *flood, int64_t poll);

/* `each` new ballots a connection, `in_flight` of them unanswered. Returns the µs it
 * took. */
int64_t flood_closed(struct flood *flood, size_t each, size_t in_flight);

/* Waits until `count` frames have come, whatever they say. */
void flood_hear(struct flood *flood, size_t count);

/* Bytes of the last answer: what an echo must send to be fair. */
size_t flood_answer_bytes(const struct flood *flood);

#endif
