/* Chance from a seed, and the trace: a hash of all that happened. */
#ifndef SIM_CHANCE_H
#define SIM_CHANCE_H

#include "base/span.h"

/* SplitMix64 (Steele, Lea & Flood 2014). */
struct dice {
    uint64_t state;
};

uint64_t dice_next(struct dice *dice);
/* 0 … count − 1; 0 if count is 0. */
size_t dice_pick(struct dice *dice, size_t count);
/* True `of_thousand` times in a thousand. */
bool dice_chance(struct dice *dice, unsigned of_thousand);
void dice_bytes(struct dice *dice, void *ret_data, size_t bytes);

/* All that the server draws (RAND_bytes) comes from here on; borrowed. */
void chance_of_server(struct dice *dice);

struct trace {
    uint64_t hash;
    bool loud; /* each line also to stdout */
};

void trace_init(struct trace *trace, bool loud);
void trace_bytes(struct trace *trace, struct span bytes);
void trace_line(struct trace *trace, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
