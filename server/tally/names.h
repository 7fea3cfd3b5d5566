/* Names of options in a file, numbered in the order they came. */
#ifndef TALLY_NAMES_H
#define TALLY_NAMES_H

#include "stimmwerk/tally/base.h"

struct name {
    size_t start; /* in the pool */
    size_t bytes;
};

struct names {
    char *pool;
    size_t pool_bytes;
    size_t pool_capacity;
    struct name *items;
    size_t count;
    size_t capacity;
    uint32_t *index; /* by hash: 1 + number of the first of that name */
    size_t index_capacity;
};

void names_fini(struct names *names);
struct tally_text names_at(const struct names *names, size_t i);
/* The first of that name. */
bool names_find(const struct names *names, struct tally_text name, uint16_t *ret_number);
/* Adds a name, also one that is there already. TALLY_TOO_MANY above TALLY_OPTIONS_MAX or
 * when it is too long, TALLY_NO_MEMORY. */
enum tally_status names_add(struct names *names, struct tally_text name);

#endif
