/* Kemeny's method: which sets can stand behind which in an order of least disagreement.
 */
#ifndef TALLY_KEMENY_H
#define TALLY_KEMENY_H

#include "tally/method.h"

/* 2^16 sets: 512 KiB of sums and 64 KiB of flags, some 4 million additions. */
#define KEMENY_OPTIONS_MAX 16

/* A set of options, one bit each. */
typedef uint32_t kemeny_set;

struct kemeny {
    const struct tally_result *result;
    size_t options;
    kemeny_set all;
    int64_t *best; /* [R]: the most agreement with the members of R, over their orders */
    uint8_t *lies_on; /* [R]: is there an optimal order that has exactly R at its end? */
};

enum tally_status kemeny_init(struct kemeny *kemeny, const struct tally_result *result);
void kemeny_fini(struct kemeny *kemeny);

/* Can `option`, of `rest`, stand first in an order of `rest` that agrees most? */
bool kemeny_leads(const struct kemeny *kemeny, kemeny_set rest, size_t option);
/* Marks in `lies_on` what optimal orders have at their ends. */
void kemeny_mark(struct kemeny *kemeny);
/* Keeps of it what lies on optimal orders that have `rest` at their end. */
void kemeny_mark_through(struct kemeny *kemeny, kemeny_set rest);
/* How many sets of `size` members are marked; they go to `ret_sets` unless it is NULL. */
size_t kemeny_marked(const struct kemeny *kemeny, size_t size, kemeny_set *ret_sets);

#endif
