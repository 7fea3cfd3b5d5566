#include "tally/approvals.h"

#include "tally/bits.h"
#include "tally/grow.h"

#include <string.h>

struct keyed {
    uint64_t key; /* the word of the set by which it is sorted now */
    uint32_t set;
};

/* Ballots while they are sorted: as sets, by the numbers that their bits make. */
struct sorting {
    size_t words;
    size_t count;
    uint64_t *sets;
    int64_t *weight;
    struct keyed *order;
    struct keyed *other; /* where the next pass puts the order */
};

static enum tally_status
sorting_init(struct sorting *sorting, const struct tally_profile *profile)
{
    size_t rows = profile->row_count;
    *sorting = (struct sorting){.words = bits_words(profile->options)};
    sorting->sets = zeroed(rows * sorting->words, sizeof *sorting->sets);
    sorting->weight = zeroed(rows, sizeof *sorting->weight);
    sorting->order = zeroed(rows, sizeof *sorting->order);
    sorting->other = zeroed(rows, sizeof *sorting->other);
    if (sorting->sets == NULL || sorting->weight == NULL || sorting->order == NULL ||
        sorting->other == NULL) {
        return TALLY_NO_MEMORY;
    }
    for (size_t i = 0; i < rows; i++) {
        const struct ballot_row *row = profile->rows + i;
        const struct tally_mark *marks = profile_marks(profile, row);
        uint64_t *set = sorting->sets + sorting->count * sorting->words;
        for (size_t m = 0; m < row->count; m++) {
            bits_add(set, marks[m].option);
        }
        sorting->weight[sorting->count] = row->weight;
        sorting->order[sorting->count].set = (uint32_t)sorting->count;
        sorting->count += row->count > 0 ? 1 : 0;
    }
    return TALLY_OK;
}

static void sorting_fini(struct sorting *sorting)
{
    free(sorting->sets);
    free(sorting->weight);
    free(sorting->order);
    free(sorting->other);
}

/* One pass of a radix sort, stable, by a byte of the keys. */
static void sort_by_byte(struct sorting *sorting, size_t shift)
{
    size_t start[257] = {0};
    for (size_t i = 0; i < sorting->count; i++) {
        start[1 + (sorting->order[i].key >> shift & 0xff)]++;
    }
    for (size_t digit = 1; digit < 257; digit++) {
        if (start[digit] == sorting->count) {
            return; /* all alike */
        }
        start[digit] += start[digit - 1];
    }
    for (size_t i = 0; i < sorting->count; i++) {
        sorting->other[start[sorting->order[i].key >> shift & 0xff]++] =
            sorting->order[i];
    }
    struct keyed *sorted = sorting->other;
    sorting->other = sorting->order;
    sorting->order = sorted;
}

static void sort_sets(struct sorting *sorting)
{
    for (size_t word = 0; word < sorting->words; word++) {
        for (size_t i = 0; i < sorting->count; i++) {
            struct keyed *keyed = sorting->order + i;
            keyed->key = sorting->sets[keyed->set * sorting->words + word];
        }
        for (size_t shift = 0; shift < BITS_WORD; shift += 8) {
            sort_by_byte(sorting, shift);
        }
    }
}

static const uint64_t *set_at(const struct sorting *sorting, size_t i)
{
    return sorting->sets + sorting->order[i].set * sorting->words;
}

/* Is the i-th ballot another one than that before it? */
static bool is_new(const struct sorting *sorting, size_t i)
{
    size_t bytes = sorting->words * sizeof *sorting->sets;
    return i == 0 || memcmp(set_at(sorting, i - 1), set_at(sorting, i), bytes) != 0;
}

static enum tally_status
approvals_alloc(const struct sorting *sorting, size_t marks, struct approvals *approvals)
{
    size_t n = approvals->options;
    approvals->weight = zeroed(sorting->count, sizeof *approvals->weight);
    approvals->start = zeroed(sorting->count + 1, sizeof *approvals->start);
    approvals->items = zeroed(marks, sizeof *approvals->items);
    approvals->first = zeroed(n + 2, sizeof *approvals->first);
    approvals->backers = zeroed(marks, sizeof *approvals->backers);
    approvals->support = zeroed(n, sizeof *approvals->support);
    approvals->class_of = zeroed(n, sizeof *approvals->class_of);
    return approvals->weight != NULL && approvals->start != NULL &&
                   approvals->items != NULL && approvals->first != NULL &&
                   approvals->backers != NULL && approvals->support != NULL &&
                   approvals->class_of != NULL
               ? TALLY_OK
               : TALLY_NO_MEMORY;
}

static void append_items(const uint64_t *set, size_t words, struct approvals *approvals)
{
    size_t end = approvals->start[approvals->count];
    for (size_t w = 0; w < words; w++) {
        for (uint64_t bits = set[w]; bits != 0; bits &= bits - 1) {
            approvals->items[end++] =
                (uint16_t)(w * BITS_WORD + (size_t)__builtin_ctzll(bits));
        }
    }
    approvals->start[++approvals->count] = end;
}

/* The sorted ballots, equal ones once. */
static void merge(const struct sorting *sorting, struct approvals *approvals)
{
    for (size_t i = 0; i < sorting->count; i++) {
        int64_t weight = sorting->weight[sorting->order[i].set];
        if (is_new(sorting, i)) {
            append_items(set_at(sorting, i), sorting->words, approvals);
        }
        approvals->weight[approvals->count - 1] += weight;
        approvals->voters += weight;
    }
}

/* Who is on which ballots. `first` is one place ahead while it is filled. */
static void find_backers(struct approvals *approvals)
{
    size_t marks = approvals->start[approvals->count];
    size_t *end = approvals->first + 1;
    for (size_t m = 0; m < marks; m++) {
        end[approvals->items[m] + 1]++;
    }
    for (size_t o = 1; o <= approvals->options; o++) {
        end[o] += end[o - 1];
    }
    for (size_t i = 0; i < approvals->count; i++) {
        for (size_t m = approvals->start[i]; m < approvals->start[i + 1]; m++) {
            uint16_t option = approvals->items[m];
            approvals->backers[end[option]++] = (uint32_t)i;
            approvals->support[option] += approvals->weight[i];
        }
    }
}

static bool same_backers(const struct approvals *approvals, size_t a, size_t b)
{
    const size_t *first = approvals->first;
    size_t count = first[a + 1] - first[a];
    return approvals->support[a] == approvals->support[b] &&
           first[b + 1] - first[b] == count &&
           (count == 0 ||
            memcmp(
                approvals->backers + first[a], approvals->backers + first[b],
                count * sizeof *approvals->backers) == 0);
}

static void find_classes(struct approvals *approvals)
{
    for (size_t o = 0; o < approvals->options; o++) {
        size_t least = 0;
        approvals->class_of[o] = (uint16_t)o;
        while (approvals->class_of[least] != least ||
               !same_backers(approvals, least, o)) {
            least++;
        }
        approvals->class_of[o] = (uint16_t)least;
    }
}

enum tally_status
approvals_make(const struct tally_profile *profile, struct approvals *ret_approvals)
{
    struct sorting sorting;
    struct approvals approvals = {.options = profile->options};
    enum tally_status status = sorting_init(&sorting, profile);
    if (status == TALLY_OK) {
        status = approvals_alloc(&sorting, profile->mark_count, &approvals);
    }
    if (status == TALLY_OK) {
        sort_sets(&sorting);
        merge(&sorting, &approvals);
        find_backers(&approvals);
        find_classes(&approvals);
        *ret_approvals = approvals;
    } else {
        approvals_free(&approvals);
    }
    sorting_fini(&sorting);
    return status;
}

void approvals_free(struct approvals *approvals)
{
    free(approvals->weight);
    free(approvals->start);
    free(approvals->items);
    free(approvals->first);
    free(approvals->backers);
    free(approvals->support);
    free(approvals->class_of);
    *approvals = (struct approvals){.options = 0};
}
