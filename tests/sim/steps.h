/* A history is a list of words; each word says, by its bits alone, what happens next, so
 * that a word can be left out and the rest still makes sense. */
#ifndef SIM_STEPS_H
#define SIM_STEPS_H

#include "world.h"

struct plan {
    uint64_t seed;
    bool lies; /* a control run: the disk acknowledges one commit too early */
    bool loud;
    const char *broken; /* what is broken on purpose; NULL: nothing */
    const char *keep;   /* a folder for the log and the sealed lists; NULL: none */
};

/* A hall with moderators, ideas and a poll, before the first fault. */
void steps_begin(struct world *world, const struct plan *plan);
void steps_take(struct world *world, uint64_t word);
/* No more faults: everybody comes back and is answered; the last checks. */
void steps_finish(struct world *world);
void steps_end(struct world *world);

#endif
