/* A whole log, as it is found at start: lines, `H` and a row of the history, or `B` and a
 * row of the first poll's ballot lane. */
#ifndef TESTS_FUZZ_FOLD_H
#define TESTS_FUZZ_FOLD_H

#include "fuzz.h"

#include "domain/fold.h"

struct folding {
    struct event event;
    int64_t poll; /* 0: the history */
    int64_t seq;
    size_t applied; /* entries that were taken */
};

/* Folds what can be; the event ends with event_fini. `seed` is the maps'. */
void fold(struct folding *of, const uint8_t *data, size_t size, uint64_t seed);

/* Fails unless each kind of entry was taken in some log so far: one that no log of the
 * corpus gets taken is one that hardly any other will. */
void fold_expect_all_kinds(void);

#endif
