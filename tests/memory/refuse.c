#include "refuse.h"

#include <stdio.h>
#include <stdlib.h>

void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "tally_memory: not so: %s\n", what);
        exit(1);
    }
}

size_t below(uint64_t *state, size_t bound)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (size_t)((z ^ z >> 31) % bound);
}

void try_all(attempt_fn *attempt, const void *given, const char *name)
{
    heap_refuse_after(HEAP_NEVER);
    enum tally_status with_memory = attempt(given);
    must(with_memory != TALLY_NO_MEMORY, name);
    for (size_t at = 0;; at += 1 + at / 100) {
        heap_refuse_after(at);
        enum tally_status status = attempt(given);
        bool reached = heap_calls() > at;
        heap_refuse_after(HEAP_NEVER);
        must(status == with_memory || (reached && status == TALLY_NO_MEMORY), name);
        if (!reached) {
            return;
        }
    }
}
