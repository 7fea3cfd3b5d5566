/* 1, 1/2 … 1/count over one denominator: the points of proportional approval voting. */
#ifndef TALLY_HARMONIC_H
#define TALLY_HARMONIC_H

#include "tally/approvals.h"
#include "tally/big.h"

/* How many options the longest ballot approves, at most `seats`, at least 1: no ballot
 * can be given points for more. */
size_t harmonic_count(const struct approvals *ballots, size_t seats);
/* lcm(1 … count) / share, for a share of 1 … count. */
void harmonic_unit(size_t count, size_t share, struct big *ret_unit);

#endif
