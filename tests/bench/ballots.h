/* Synthetic elections with fixed seeds: three blocs of voters (45, 35 and 20 %), each
 * with strengths of its own, and a Plackett–Luce draw inside a bloc. */
#ifndef BENCH_BALLOTS_H
#define BENCH_BALLOTS_H

#include <stddef.h>
#include <stdint.h>

#define BALLOTS_OPTIONS_MAX 64

struct poll {
    const char *name;
    size_t ballots;
    size_t options;
    size_t length; /* options ranked on a ballot */
    size_t seats;  /* of methods for several */
    double slope;  /* how much stronger the first of a bloc is than the last: e^slope */
};

struct voters {
    const struct poll *poll;
    uint64_t state;
    double strength[3][BALLOTS_OPTIONS_MAX];
};

void voters_init(struct voters *voters, const struct poll *poll, uint64_t seed);
/* The next ballot: `length` options, the best first. */
void voters_draw(struct voters *voters, uint16_t *ret_options);

struct text_file {
    char *data; /* owned */
    size_t bytes;
};

/* The poll as BLT, one ballot a line; `grouped`: equal ballots once, with their number.
 * Ends the program when there is no memory. */
struct text_file ballots_write(const struct poll *poll, int grouped);

#endif
