/* A token bucket: so many a second, so many at once. */
#ifndef APP_RATE_H
#define APP_RATE_H

#include <stdbool.h>
#include <stdint.h>

struct rate {
    int64_t per_s;
    int64_t burst;
    int64_t tokens_milli; /* thousandths of a token */
    int64_t seen_ms;      /* monotonic */
};

void rate_init(struct rate *rate, int64_t per_s, int64_t burst, int64_t now_ms);

/* Takes one token; false if there is none. */
bool rate_take(struct rate *rate, int64_t now_ms);

/* How long until the next token, in ms, at least 1. */
int64_t rate_wait_ms(const struct rate *rate);

#endif
