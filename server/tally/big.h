/* Natural numbers of up to BIG_LIMBS × 64 bits, for exact fractions whose denominators
 * grow from step to step. A number that would leave that bound is `overflown`, and so is
 * all that is computed from it: look once, at the end of a step. */
#ifndef TALLY_BIG_H
#define TALLY_BIG_H

#include "stimmwerk/tally/base.h"

/* 16,384 bits: a denominator doubles its length with each surplus; ten of them fit. */
#define BIG_LIMBS 256

struct big {
    uint32_t used; /* limbs; the last of them is not 0 */
    bool overflown;
    uint64_t limbs[BIG_LIMBS]; /* least first; only `used` of them mean something */
};

void big_set(struct big *a, uint64_t value);
void big_copy(struct big *a, const struct big *b);
bool big_is_zero(const struct big *a);
/* −1, 0 or 1; of overflown numbers, 0. */
int big_compare(const struct big *a, const struct big *b);

/* a += b */
void big_add(struct big *a, const struct big *b);
/* a −= b, which must not be larger */
void big_subtract(struct big *a, const struct big *b);
/* a × factor */
void big_scale(struct big *a, uint64_t factor);
/* a += b × factor */
void big_add_scaled(struct big *a, const struct big *b, uint64_t factor);
/* ret = a × b; ret is neither of them */
void big_multiply(const struct big *a, const struct big *b, struct big *ret);
/* floor(a / b) for b > 0; false if it does not fit 63 bits or something is overflown. */
bool big_ratio(const struct big *a, const struct big *b, int64_t *ret_quotient);

#endif
