#include "tally/dense.h"

#include <string.h>

void dense_init(struct dense *dense, size_t options, int64_t *pairs)
{
    *dense = (struct dense){
        .options = options, .blocks = (options + DENSE_LANES - 1) / DENSE_LANES};
    dense->pairs = pairs;
    memset(dense->window, UINT8_MAX, sizeof dense->window);
    dense->window[DENSE_OPTIONS_MAX - 1] = 0;
}

void dense_flush(struct dense *dense)
{
    for (size_t a = 0; a < dense->options && dense->held > 0; a++) {
        uint8_t above[DENSE_OPTIONS_MAX];
        memcpy(above, dense->above[a], sizeof above);
        memset(dense->above[a], 0, sizeof dense->above[a]);
        for (size_t b = 0; b < dense->options; b++) {
            dense->pairs[a * dense->options + b] += above[b];
        }
    }
    dense->held = 0;
}

static dense_lanes all_of(uint8_t weight)
{
    return (dense_lanes){weight, weight, weight, weight, weight, weight, weight, weight,
                         weight, weight, weight, weight, weight, weight, weight, weight};
}

/* The lanes of a block without the one of `option`, if it is in that block. */
static inline dense_lanes
without(const struct dense *dense, dense_lanes lanes, size_t option, size_t block)
{
    dense_lanes others;
    memcpy(
        &others, dense->window + (DENSE_OPTIONS_MAX - 1 - option) + block * DENSE_LANES,
        sizeof others);
    return lanes & others;
}

static bool has_equals(const struct tally_mark *marks, size_t count)
{
    bool equals = false;
    for (size_t i = 1; i < count; i++) {
        equals |= marks[i].place == marks[i - 1].place;
    }
    return equals;
}

/* From the best rank on: who is not yet met stands below. For each number of blocks the
 * compiler makes its own code. */
static inline void add_strict(
    struct dense *dense, const struct tally_mark *marks, size_t count,
    dense_lanes weights, size_t blocks)
{
    dense_lanes below[DENSE_BLOCKS_MAX] = {weights, weights, weights, weights};
    for (size_t i = 0; i < count; i++) {
        for (size_t block = 0; block < blocks; block++) {
            below[block] = without(dense, below[block], marks[i].option, block);
            dense->above[marks[i].option][block] += below[block];
        }
    }
}

/* The same for one block, place by place. */
static void add_with_equals(
    struct dense *dense, const struct tally_mark *marks, size_t count,
    dense_lanes weights, size_t block)
{
    dense_lanes below = weights;
    for (size_t first = 0, end = 0; first < count; first = end) {
        do {
            below = without(dense, below, marks[end++].option, block);
        } while (end < count && marks[end].place == marks[first].place);
        for (size_t i = first; i < end; i++) {
            dense->above[marks[i].option][block] += below;
        }
    }
}

void dense_add(
    struct dense *dense, const struct tally_mark *marks, size_t count, int64_t weight)
{
    if (weight > DENSE_WEIGHT_MAX - dense->held) {
        dense_flush(dense);
    }
    dense->held += weight;
    dense_lanes weights = all_of((uint8_t)weight);
    if (has_equals(marks, count)) {
        for (size_t block = 0; block < dense->blocks; block++) {
            add_with_equals(dense, marks, count, weights, block);
        }
    } else if (dense->blocks == 1) {
        add_strict(dense, marks, count, weights, 1);
    } else if (dense->blocks == 2) {
        add_strict(dense, marks, count, weights, 2);
    } else {
        add_strict(dense, marks, count, weights, DENSE_BLOCKS_MAX);
    }
}
