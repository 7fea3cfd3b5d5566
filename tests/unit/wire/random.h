/* Seeded random structs of every kind. */
#ifndef TEST_WIRE_RANDOM_H
#define TEST_WIRE_RANDOM_H

#include "wire/wire.h"

struct random {
    uint64_t state; /* not zero */
};

uint64_t random_next(struct random *random);
/* 0 … below − 1 */
int64_t random_below(struct random *random, int64_t below);
void random_bytes(struct random *random, void *ret_data, size_t bytes);

/* An entry that has only what its kind has, as the fold would get it. */
void random_entry(struct random *random, enum entry_kind kind, struct entry *ret_entry);

/* A request that decodes to itself. */
void random_request(struct random *random, enum op op, struct request *ret_request);

/* Both were zero before they were filled: equal values are equal bytes, padding too. */
bool same_bytes(const void *a, const void *b, size_t bytes);

/* In canonical order. */
void random_ballot(struct random *random, struct ballot *ret_ballot);

#endif
