/* How often each time occurred, in fixed memory: buckets grow with the values, so that
 * every value is known to better than 1 %. */
#ifndef APP_LOAD_HISTOGRAM_H
#define APP_LOAD_HISTOGRAM_H

#include <stdint.h>

#define HISTOGRAM_SUB_BITS   7  /* a doubling has 128 buckets: 1/128 of the value */
#define HISTOGRAM_VALUE_BITS 36 /* 19 hours in µs; above that counts as that */
#define HISTOGRAM_BUCKETS                                                                \
    ((HISTOGRAM_VALUE_BITS - HISTOGRAM_SUB_BITS + 1) << HISTOGRAM_SUB_BITS)

struct histogram { /* all zeros: empty */
    uint64_t count;
    int64_t max; /* exact */
    uint32_t buckets[HISTOGRAM_BUCKETS];
};

/* Notes a value in µs; negative ones count as 0. */
void histogram_add(struct histogram *histogram, int64_t value);

/* The smallest value that `share` (0 … 1) of all values do not exceed, rounded up to the
 * end of its bucket, never above max; 0 if there are none. */
int64_t histogram_at(const struct histogram *histogram, double share);

#endif
