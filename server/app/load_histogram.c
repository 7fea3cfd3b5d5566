#include "app/load_histogram.h"

#include <stddef.h>

#define SUB_COUNT ((uint64_t)1 << HISTOGRAM_SUB_BITS)
#define VALUE_MAX ((INT64_C(1) << HISTOGRAM_VALUE_BITS) - 1)

/* Values below SUB_COUNT have a bucket each; beyond, each doubling has SUB_COUNT. */
static size_t bucket_of(uint64_t value)
{
    uint64_t doublings = 0;
    while (value >> doublings >= 2 * SUB_COUNT) {
        doublings++;
    }
    return value < SUB_COUNT ? (size_t)value
                             : (size_t)((value >> doublings) + doublings * SUB_COUNT);
}

/* The largest value of a bucket. */
static int64_t end_of(size_t bucket)
{
    uint64_t doublings = bucket < 2 * SUB_COUNT ? 0 : bucket / SUB_COUNT - 1;
    uint64_t first = bucket - doublings * SUB_COUNT;
    return (int64_t)(((first + 1) << doublings) - 1);
}

void histogram_add(struct histogram *histogram, int64_t value)
{
    value = value < 0 ? 0 : value;
    histogram->max = value > histogram->max ? value : histogram->max;
    histogram->buckets[bucket_of((uint64_t)(value < VALUE_MAX ? value : VALUE_MAX))]++;
    histogram->count++;
}

int64_t histogram_at(const struct histogram *histogram, double share)
{
    uint64_t seen = 0;
    double wanted = share * (double)histogram->count;
    for (size_t i = 0; i < HISTOGRAM_BUCKETS && histogram->count > 0; i++) {
        seen += histogram->buckets[i];
        if (seen == histogram->count) {
            break;
        }
        if (seen > 0 && (double)seen >= wanted) {
            return end_of(i);
        }
    }
    return histogram->max;
}
