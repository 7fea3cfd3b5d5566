/* Majorities from the strongest down: by radix, since there are half a million of them
 * among a thousand options, and their numbers are seldom long. */
#include "tally/pairs.h"

#include "tally/grow.h"

#define DIGIT_BITS 8
#define DIGITS     (1 << DIGIT_BITS)

/* Stable, by one digit of one number of each: `most` − strength, or losing votes. */
struct sorting {
    int64_t most;
    bool by_losing;
    unsigned shift;
};

static size_t digit(const struct sorting *by, const struct majority *majority)
{
    int64_t number = by->by_losing ? majority->losing : by->most - majority->strength;
    return (size_t)(number >> by->shift) & (DIGITS - 1);
}

static void sort_by_digit(
    const struct sorting *by, const struct majority *from, size_t count,
    struct majority *to)
{
    size_t start[DIGITS + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        start[digit(by, from + i) + 1]++;
    }
    for (size_t d = 1; d < DIGITS; d++) {
        start[d] += start[d - 1];
    }
    for (size_t i = 0; i < count; i++) {
        to[start[digit(by, from + i)]++] = from[i];
    }
}

/* All digits up to those of `greatest`; the list and the room change places each time. */
static void sort_by(
    struct sorting by, int64_t greatest, size_t count, struct majority **list,
    struct majority **room)
{
    for (; greatest >> by.shift > 0; by.shift += DIGIT_BITS) {
        struct majority *sorted = *room;
        sort_by_digit(&by, *list, count, sorted);
        *room = *list;
        *list = sorted;
    }
}

enum tally_status pairs_sort(struct pairs *pairs)
{
    struct majority *room = zeroed(pairs->count, sizeof *room);
    int64_t losing = 0;
    int64_t most = 0;
    int64_t least = INT64_MAX;
    if (room == NULL) {
        return TALLY_NO_MEMORY;
    }
    for (size_t i = 0; i < pairs->count; i++) {
        const struct majority *majority = pairs->list + i;
        losing = majority->losing > losing ? majority->losing : losing;
        most = majority->strength > most ? majority->strength : most;
        least = majority->strength < least ? majority->strength : least;
    }
    if (pairs->count > 0) {
        sort_by(
            (struct sorting){.by_losing = true}, losing, pairs->count, &pairs->list,
            &room);
        sort_by(
            (struct sorting){.most = most}, most - least, pairs->count, &pairs->list,
            &room);
    }
    free(room);
    return TALLY_OK;
}
