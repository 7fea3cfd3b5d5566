#include "tally/form.h"

#include "tally/bits.h"
#include "tally/grow.h"

#include <string.h>

/* Marks are in order when their keys ascend. */
static uint32_t key_of(struct tally_mark mark)
{
    return (uint32_t)mark.place << 16 | mark.option;
}

__extension__ typedef unsigned __int128 product;

/* By the folded product of 64 bits; the constants are the golden ratio's and
 * SplitMix64's (Steele, Lea, Flood 2014). */
static uint64_t mix(uint64_t hash, uint64_t word)
{
    product folded = (product)hash * (word ^ UINT64_C(0x9e3779b97f4a7c15));
    return (uint64_t)folded ^ (uint64_t)(folded >> 64);
}

uint32_t form_hash(const struct tally_mark *marks, size_t count)
{
    uint64_t hash = UINT64_C(0xbf58476d1ce4e5b9) + count;
    uint64_t words[2] = {0};
    size_t i = 0;
    for (; i + 4 <= count; i += 4) { /* four marks at a time */
        memcpy(words, marks + i, sizeof words);
        hash = mix(hash ^ words[0], words[1]);
    }
    for (; i < count; i++) {
        hash = mix(hash ^ key_of(marks[i]), 0);
    }
    hash = mix(hash, UINT64_C(0x94d049bb133111eb));
    return (uint32_t)(hash ^ hash >> 32);
}

/* Is somebody marked twice, or nobody by name? */
static bool repeats_any(const struct tally_mark *marks, size_t count)
{
    uint64_t seen[BITS_OPTIONS_WORDS] = {0};
    for (size_t i = 0; i < count; i++) {
        size_t option = marks[i].option;
        if (option == TALLY_UNNAMED || bits_has(seen, option)) {
            return true;
        }
        bits_add(seen, option);
    }
    return false;
}

/* The same, without a set in memory as long as the options are few. */
static bool repeats(const struct tally_mark *marks, size_t count)
{
    uint64_t seen = 0;
    for (size_t i = 0; i < count; i++) {
        size_t option = marks[i].option;
        if (option >= BITS_WORD) {
            return repeats_any(marks, count);
        }
        if ((seen >> option & 1) != 0) {
            return true;
        }
        seen |= UINT64_C(1) << option;
    }
    return false;
}

/* Rankings that are in order, valid and name everybody once are their own form: nearly
 * all that come from a file or a phone. Without a branch a mark while options are few. */
static bool
is_form(const struct tally_profile *profile, const struct tally_mark *marks, size_t count)
{
    uint32_t last = UINT16_MAX; /* below every key of a place from 1 */
    uint64_t seen = 0;
    uint64_t fault = 0;
    size_t all = 0; /* bits of all options together */
    for (size_t i = 0; i < count; i++) {
        size_t option = marks[i].option;
        uint64_t bit = UINT64_C(1) << option % BITS_WORD;
        uint32_t key = key_of(marks[i]);
        fault |= (uint64_t)(option >= profile->options || key <= last);
        all |= option | (size_t)((seen & bit) != 0) * BITS_WORD;
        seen |= bit;
        last = key;
    }
    return fault == 0 && profile->score_max == 0 &&
           (all < BITS_WORD || !repeats_any(marks, count));
}

static bool mark_valid(const struct tally_profile *profile, struct tally_mark mark)
{
    if (profile->score_max > 0) {
        return mark.option < profile->options && mark.place <= profile->score_max;
    }
    return mark.place > 0 &&
           (mark.option < profile->options || mark.option == TALLY_UNNAMED);
}

static bool all_valid(
    const struct tally_profile *profile, const struct tally_mark *marks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!mark_valid(profile, marks[i])) {
            return false;
        }
    }
    return profile->score_max == 0 || !repeats(marks, count);
}

/* A score becomes a place; false: it is 0 and left out. */
static bool take_mark(const struct tally_profile *profile, struct tally_mark *mark)
{
    if (profile->score_max == 0) {
        return true;
    }
    bool kept = mark->place > 0;
    mark->place = (uint16_t)(1 + profile->score_max - mark->place);
    return kept;
}

static void sift(struct tally_mark *marks, size_t at, size_t count)
{
    struct tally_mark mark = marks[at];
    for (size_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && key_of(marks[child + 1]) > key_of(marks[child])) {
            child++;
        }
        if (key_of(marks[child]) <= key_of(mark)) {
            break;
        }
        marks[at] = marks[child];
        at = child;
    }
    marks[at] = mark;
}

static void sort_long(struct tally_mark *marks, size_t count)
{
    for (size_t i = count / 2; i-- > 0;) {
        sift(marks, i, count);
    }
    for (size_t end = count; end > 1;) {
        struct tally_mark last = marks[--end];
        marks[end] = marks[0];
        marks[0] = last;
        sift(marks, 0, end);
    }
}

#define SHORT_MARKS 32

/* Not by qsort, which may allocate: by insertion, and long ones by a heap. */
static void sort_marks(struct tally_mark *marks, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct tally_mark mark = marks[i];
        size_t at = i;
        if (key_of(marks[i - 1]) <= key_of(mark)) {
            continue;
        }
        if (count > SHORT_MARKS) {
            sort_long(marks, count);
            return;
        }
        for (; at > 0 && key_of(marks[at - 1]) > key_of(mark); at--) {
            marks[at] = marks[at - 1];
        }
        marks[at] = mark;
    }
}

/* Copies valid marks to `sorted`, which has room for all of them. */
static size_t
sort_all(struct tally_profile *profile, const struct tally_mark *marks, size_t mark_count)
{
    struct tally_mark *sorted = profile->sorted;
    size_t count = 0;
    for (size_t i = 0; i < mark_count; i++) {
        struct tally_mark mark = marks[i];
        if (take_mark(profile, &mark)) {
            sorted[count++] = mark;
        }
    }
    sort_marks(sorted, count);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || key_of(sorted[kept - 1]) != key_of(sorted[i])) {
            sorted[kept++] = sorted[i];
        }
    }
    return kept;
}

struct form form_in_order(const struct tally_mark *marks, size_t count)
{
    return (struct form){
        .marks = marks,
        .count = count,
        .hash = form_hash(marks, count),
        .raw = repeats(marks, count)};
}

enum tally_status form_reserve(struct tally_profile *profile, size_t marks)
{
    struct tally_mark *sorted =
        grow(profile->sorted, &profile->sorted_capacity, marks, sizeof *sorted);
    if (sorted == NULL) {
        return TALLY_NO_MEMORY;
    }
    profile->sorted = sorted;
    return TALLY_OK;
}

enum tally_status form_make(
    struct tally_profile *profile, const struct tally_mark *marks, size_t mark_count,
    struct form *ret_form)
{
    if (is_form(profile, marks, mark_count)) {
        *ret_form = (struct form){
            .marks = marks, .count = mark_count, .hash = form_hash(marks, mark_count)};
        return TALLY_OK;
    }
    if (!all_valid(profile, marks, mark_count)) {
        return TALLY_BAD_BALLOT;
    }
    enum tally_status status = form_reserve(profile, mark_count);
    if (status != TALLY_OK) {
        return status;
    }
    size_t count = sort_all(profile, marks, mark_count);
    *ret_form = form_in_order(profile->sorted, count);
    return TALLY_OK;
}

/* Puts a mark where it belongs unless it is there; false: no room. */
static bool insert(struct tally_profile *profile, size_t *count, struct tally_mark mark)
{
    struct tally_mark *sorted = profile->sorted;
    size_t low = 0;
    for (size_t high = *count; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (key_of(sorted[middle]) < key_of(mark)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < *count && key_of(sorted[low]) == key_of(mark)) {
        return true;
    }
    if (*count == profile->sorted_capacity) {
        return false;
    }
    memmove(sorted + low + 1, sorted + low, (*count - low) * sizeof *sorted);
    sorted[low] = mark;
    (*count)++;
    return true;
}

enum tally_status form_make_known(
    struct tally_profile *profile, const struct tally_mark *marks, size_t mark_count,
    struct form *ret_form)
{
    if (mark_count <= profile->sorted_capacity || is_form(profile, marks, mark_count)) {
        return form_make(profile, marks, mark_count, ret_form);
    }
    if (!all_valid(profile, marks, mark_count)) {
        return TALLY_BAD_BALLOT;
    }
    size_t count = 0;
    for (size_t i = 0; i < mark_count; i++) {
        struct tally_mark mark = marks[i];
        if (take_mark(profile, &mark) && !insert(profile, &count, mark)) {
            return TALLY_BAD_BALLOT;
        }
    }
    *ret_form = form_in_order(profile->sorted, count);
    return TALLY_OK;
}
