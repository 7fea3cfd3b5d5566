#include "tally/winning_sets.h"

#include "tally/grow.h"

#include <string.h>

/* A set with fewer options than seats ends with these. */
#define NOBODY UINT16_MAX

/* The sets of one call, one after the other in ascending order. */
struct walk {
    size_t options;
    size_t seats;
    const uint16_t *class_of;
    uint16_t *left;  /* of each class, how many are still to be taken */
    uint16_t *above; /* of each option, members of its class with a larger number */
    uint16_t *set;   /* seats */
    size_t count;    /* of the options in it */
};

/* C(members, taken), or INT64_MAX if that is less. */
static int64_t choices(int64_t members, int64_t taken)
{
    int64_t total = 1;
    for (int64_t i = 1; i <= taken; i++) {
        int64_t factor = members - taken + i;
        int64_t whole = 0;
        if (__builtin_mul_overflow(total / i, factor, &whole) ||
            __builtin_add_overflow(whole, total % i * factor / i, &total)) {
            return INT64_MAX;
        }
    }
    return total;
}

/* How many sets the call has. */
static int64_t count_all(const struct walk *walk, const uint16_t *need)
{
    int64_t total = 1;
    for (size_t o = 0; o < walk->options; o++) {
        if (walk->class_of[o] == o &&
            __builtin_mul_overflow(total, choices(walk->above[o] + 1, need[o]), &total)) {
            return INT64_MAX;
        }
    }
    return total;
}

/* Takes the least options from `from` on that are still needed. */
static void fill(struct walk *walk, size_t from)
{
    for (size_t o = from; o < walk->options; o++) {
        if (walk->left[walk->class_of[o]] > 0) {
            walk->left[walk->class_of[o]]--;
            walk->set[walk->count++] = (uint16_t)o;
        }
    }
}

/* The next set in ascending order. From its end on, options are given back until one can
 * be replaced by a later member of its class; what is left is filled with the least. */
static bool next_set(struct walk *walk)
{
    while (walk->count > 0) {
        uint16_t option = walk->set[--walk->count];
        uint16_t *left = &walk->left[walk->class_of[option]];
        (*left)++;
        if (walk->above[option] >= *left) {
            fill(walk, option + (size_t)1);
            return true;
        }
    }
    return false;
}

static enum tally_status
walk_init(struct walk *walk, const struct tally_result *result, const uint16_t *class_of)
{
    size_t n = result->options;
    uint16_t *room = zeroed(2 * n + result->seats, sizeof *room);
    if (room == NULL) {
        return TALLY_NO_MEMORY;
    }
    *walk = (struct walk){
        .options = n,
        .seats = result->seats,
        .class_of = class_of,
        .left = room,
        .above = room + n,
        .set = room + 2 * n};
    for (size_t o = n; o > 0; o--) {
        walk->above[o - 1] = walk->left[class_of[o - 1]]++;
    }
    return TALLY_OK;
}

/* Begins with the least set. */
static void walk_start(struct walk *walk, const uint16_t *need)
{
    memcpy(walk->left, need, walk->options * sizeof *need);
    walk->count = 0;
    fill(walk, 0);
}

static int compare(const uint16_t *a, const uint16_t *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (a[i] != b[i]) {
            return a[i] < b[i] ? -1 : 1;
        }
    }
    return 0;
}

/* Where the set belongs among those that are kept. */
static size_t find_place(const struct tally_result *result, const uint16_t *set)
{
    size_t low = 0;
    size_t high = result->set_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(result->sets + middle * result->seats, set, result->seats) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Keeps the walk's set if it is among the first; false: it is not, nor is any after it.
 */
static bool keep(struct tally_result *result, struct walk *walk)
{
    size_t seats = result->seats;
    for (size_t i = walk->count; i < seats; i++) {
        walk->set[i] = NOBODY;
    }
    size_t at = find_place(result, walk->set);
    if (at == TALLY_SETS_MAX) {
        return false;
    }
    size_t behind = result->set_count - at;
    if (result->set_count == TALLY_SETS_MAX) {
        behind--;
    } else {
        result->set_count++;
    }
    uint16_t *place = result->sets + at * seats;
    memmove(place + seats, place, behind * seats * sizeof *place);
    memcpy(place, walk->set, seats * sizeof *place);
    return true;
}

enum tally_status winning_sets_add(
    struct tally_result *result, const uint16_t *class_of, const uint16_t *need)
{
    struct walk walk;
    enum tally_status status = walk_init(&walk, result, class_of);
    if (status != TALLY_OK) {
        return status;
    }
    int64_t total = count_all(&walk, need);
    walk_start(&walk, need);
    size_t room = result->set_capacity;
    size_t more = total < TALLY_SETS_MAX ? (size_t)total : TALLY_SETS_MAX;
    size_t wanted = result->set_count + more;
    wanted = wanted < TALLY_SETS_MAX ? wanted : TALLY_SETS_MAX;
    uint16_t *sets =
        grow(result->sets, &room, wanted, result->seats * sizeof *result->sets);
    if (sets == NULL) {
        free(walk.left);
        return TALLY_NO_MEMORY;
    }
    result->sets = sets;
    result->set_capacity = room;
    while (keep(result, &walk) && next_set(&walk)) {
    }
    if (__builtin_add_overflow(result->set_total, total, &result->set_total)) {
        result->set_total = INT64_MAX;
    }
    free(walk.left);
    return TALLY_OK;
}

void winning_sets_clear(struct tally_result *result)
{
    result->set_count = 0;
    result->set_total = 0;
}
