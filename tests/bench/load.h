/* The load: WebSockets that cast ballots as fast as the other end answers, or at a steady
 * rate. Raw epoll and frames made ahead, so that the load costs less than what it loads.
 */
#ifndef BENCH_LOAD_H
#define BENCH_LOAD_H

#include <stddef.h>
#include <stdint.h>

#define LOAD_OPTIONS 3

struct load_target {
    const char *url;   /* http://127.0.0.1:PORT */
    const char *event; /* NULL: an echo, no hello */
    int64_t poll;
    int64_t ideas[LOAD_OPTIONS];
};

struct load;

/* Connects; cookies[i] is the i-th session, may be NULL. Says hello if there is an event.
 */
struct load *
load_open(const struct load_target *target, const char *const *cookies, size_t count);
void load_close(struct load *load);
/* The poll that the next ballots go to; counters begin anew. */
void load_set_poll(struct load *load, int64_t poll);

/* `each` ballots a connection, `in_flight` of them unanswered. Returns the µs it took. */
int64_t load_closed(struct load *load, size_t each, size_t in_flight);

/* `rate` ballots a second, spread evenly over connections and time, `count` in all. Fills
 * the µs from the moment a ballot was meant to be sent to its answer, in no order. */
void load_steady(struct load *load, size_t count, int64_t rate, int64_t *ret_us);

/* Bytes of the last answer: what an echo must send to be fair. */
size_t load_answer_bytes(const struct load *load);

#endif
