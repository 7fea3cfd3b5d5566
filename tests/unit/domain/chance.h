/* Chance for tests: the same seed gives the same numbers. */
#ifndef TESTS_DOMAIN_CHANCE_H
#define TESTS_DOMAIN_CHANCE_H

#include <stdint.h>

void seed_random(uint64_t seed);
uint64_t next_random(void);
/* 0 … n − 1 */
int64_t below(int64_t n);

#endif
