/* Runs of the simulator, each in a process of its own: a server that aborts ends a run,
 * not the search. */
#ifndef SIM_RUN_H
#define SIM_RUN_H

#include "steps.h"

struct history {
    uint64_t *words; /* owned */
    size_t count;
};

struct run_result {
    bool finished;
    uint64_t hash;
    struct world_stats stats;
    char failure[256]; /* "": all is well */
};

/* The history that a seed makes. */
struct history history_of(uint64_t seed, size_t steps);
void history_fini(struct history *history);

void run_history(
    const struct plan *plan, const struct history *history, bool quiet,
    struct run_result *ret_result);

/* Leaves out steps while what is left still fails in these words. */
void run_shrink(const struct plan *plan, const char *failure, struct history *history);

#endif
