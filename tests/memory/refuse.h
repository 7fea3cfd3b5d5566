/* Attempts whose allocations are refused, one after the other. */
#ifndef MEMORY_REFUSE_H
#define MEMORY_REFUSE_H

#include "heap.h"
#include "stimmwerk/tally.h"

/* Ends the program unless it holds. */
void must(bool holds, const char *what);
/* SplitMix64; below `bound`. */
size_t below(uint64_t *state, size_t bound);

/* Does what it does, frees all of it, and tells how that ended. */
typedef enum tally_status attempt_fn(const void *given);

/* Attempts it with each allocation refused, at steps that grow, until none is reached
 * any more: every attempt ends with TALLY_NO_MEMORY or as it ends with memory. What leaks
 * is the sanitizer's to see. */
void try_all(attempt_fn *attempt, const void *given, const char *name);

/* Counting by every method and setting, and what is asked about a result. */
void refuse_counts(void);
/* Reading every file of the folders under `corpus`, and writing it in every format. */
void refuse_files(const char *corpus);

#endif
