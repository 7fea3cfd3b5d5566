/* What this machine can do at all, beside which figures mean something on any machine:
 * plain loops that any program has to run. They check nothing and keep nothing. */
#ifndef BENCH_FLOOR_H
#define BENCH_FLOOR_H

#include "ballots.h"

/* The numbers of a BLT file up to its names, in the order of the file; the caller frees.
 * Ends the program when there is no memory. */
uint16_t *floor_parse(struct text_file text, size_t *ret_count);
/* Of those numbers: adds every ballot to a matrix, mark above mark. Returns one cell, so
 * that nothing can be left out. */
uint32_t floor_matrix(const uint16_t *numbers, size_t count);

#endif
