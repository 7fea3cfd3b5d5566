#include "tally/profile.h"

#include "tally/bits.h"
#include "tally/grow.h"
#include "tally/limits.h"

#include <string.h>

static enum tally_status
profile_new(size_t options, size_t score_max, struct tally_profile **ret_profile)
{
    if (options < 1 || options > TALLY_OPTIONS_MAX) {
        return TALLY_TOO_MANY;
    }
    struct tally_profile *profile = calloc(1, sizeof *profile);
    if (profile == NULL) {
        return TALLY_NO_MEMORY;
    }
    profile->options = options;
    profile->score_max = score_max;
    *ret_profile = profile;
    return TALLY_OK;
}

enum tally_status tally_profile_new(size_t options, struct tally_profile **ret_profile)
{
    return profile_new(options, 0, ret_profile);
}

enum tally_status tally_profile_new_scored(
    size_t options, size_t score_max, struct tally_profile **ret_profile)
{
    if (score_max < 1 || score_max > TALLY_SCORE_MAX) {
        return TALLY_TOO_MANY;
    }
    return profile_new(options, score_max, ret_profile);
}

enum tally_status
profile_like(const struct tally_profile *profile, struct tally_profile **ret_profile)
{
    return profile_new(profile->options, profile->score_max, ret_profile);
}

void tally_profile_free(struct tally_profile *profile)
{
    if (profile == NULL) {
        return;
    }
    free(profile->rows);
    free(profile->marks);
    free(profile->index);
    free(profile->sorted);
    free(profile);
}

size_t tally_profile_options(const struct tally_profile *profile)
{
    return profile->options;
}

size_t tally_profile_score_max(const struct tally_profile *profile)
{
    return profile->score_max;
}

int64_t tally_profile_ballots(const struct tally_profile *profile)
{
    return profile->ballots;
}

size_t tally_profile_distinct(const struct tally_profile *profile)
{
    return profile->row_count;
}

size_t tally_profile_ballot(
    const struct tally_profile *profile, size_t i, const struct tally_mark **ret_marks,
    int64_t *ret_weight)
{
    expect(i < profile->row_count);
    const struct ballot_row *row = &profile->rows[i];
    *ret_marks = profile_marks(profile, row);
    *ret_weight = row->weight;
    return row->count;
}

int64_t profile_blank(const struct tally_profile *profile)
{
    for (size_t i = 0; i < profile->row_count; i++) {
        if (profile->rows[i].count == 0) {
            return profile->rows[i].weight;
        }
    }
    return 0;
}

static int by_place(const void *a, const void *b)
{
    const struct tally_mark *x = a;
    const struct tally_mark *y = b;
    if (x->place != y->place) {
        return x->place < y->place ? -1 : 1;
    }
    return x->option < y->option ? -1 : x->option > y->option;
}

/* Short ballots are nearly always in order already. */
static void sort_marks(struct tally_mark *marks, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (by_place(marks + i - 1, marks + i) > 0) {
            qsort(marks, count, sizeof *marks, by_place);
            return;
        }
    }
}

static bool mark_valid(const struct tally_profile *profile, const struct tally_mark *mark)
{
    if (profile->score_max > 0) {
        return mark->option < profile->options && mark->place <= profile->score_max;
    }
    return mark->place > 0 &&
           (mark->option < profile->options || mark->option == TALLY_UNNAMED);
}

/* Copies the marks to `sorted` in canonical order: without scores of 0, and none twice
 * at one place. Are they all valid? */
static bool canonical(
    struct tally_profile *profile, const struct tally_mark *marks, size_t mark_count,
    size_t *ret_count)
{
    struct tally_mark *sorted = profile->sorted;
    size_t count = 0;
    for (size_t i = 0; i < mark_count; i++) {
        if (!mark_valid(profile, marks + i)) {
            return false;
        }
        struct tally_mark mark = marks[i];
        if (profile->score_max > 0) {
            mark.place = (uint16_t)(1 + profile->score_max - mark.place);
        }
        if (profile->score_max == 0 || marks[i].place > 0) {
            sorted[count++] = mark;
        }
    }
    sort_marks(sorted, count);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || by_place(sorted + kept - 1, sorted + i) != 0) {
            sorted[kept++] = sorted[i];
        }
    }
    *ret_count = kept;
    return true;
}

/* Does the ballot in `sorted` repeat an option or mark somebody unnamed? */
static bool is_raw(const struct tally_profile *profile, size_t count)
{
    uint64_t seen[BITS_OPTIONS_WORDS] = {0};
    for (size_t i = 0; i < count; i++) {
        size_t option = profile->sorted[i].option;
        if (option == TALLY_UNNAMED || bits_has(seen, option)) {
            return true;
        }
        bits_add(seen, option);
    }
    return false;
}

/* Fowler–Noll–Vo over words, finished as in SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t hash_marks(const struct tally_mark *marks, size_t count)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < count; i++) {
        hash ^= (uint64_t)marks[i].option << 16 | marks[i].place;
        hash *= UINT64_C(0x100000001b3);
        hash ^= hash >> 29;
    }
    hash ^= hash >> 30;
    hash *= UINT64_C(0xbf58476d1ce4e5b9);
    return hash ^ hash >> 31;
}

static bool row_equals(
    const struct tally_profile *profile, const struct ballot_row *row, size_t count)
{
    return row->count == count &&
           (count == 0 || memcmp(
                              profile->marks + row->first, profile->sorted,
                              count * sizeof *profile->sorted) == 0);
}

/* The cell of the ballot in `sorted`: its own, or the empty one where it belongs. */
static uint32_t *find_cell(struct tally_profile *profile, size_t count)
{
    size_t mask = profile->index_capacity - 1;
    size_t at = (size_t)hash_marks(profile->sorted, count) & mask;
    while (profile->index[at] != 0 &&
           !row_equals(profile, profile->rows + profile->index[at] - 1, count)) {
        at = (at + 1) & mask;
    }
    return profile->index + at;
}

static enum tally_status index_reserve(struct tally_profile *profile)
{
    if (profile->index_capacity >= 2 * (profile->row_count + 1)) {
        return TALLY_OK;
    }
    size_t capacity = profile->index_capacity != 0 ? 2 * profile->index_capacity : 64;
    uint32_t *index = calloc(capacity, sizeof *index);
    if (index == NULL) {
        return TALLY_NO_MEMORY;
    }
    for (size_t i = 0; i < profile->row_count; i++) {
        const struct ballot_row *row = profile->rows + i;
        size_t at = (size_t)hash_marks(profile_marks(profile, row), row->count);
        while (index[at & (capacity - 1)] != 0) {
            at++;
        }
        index[at & (capacity - 1)] = (uint32_t)i + 1;
    }
    free(profile->index);
    profile->index = index;
    profile->index_capacity = capacity;
    return TALLY_OK;
}

/* Room for one more row with `count` marks. */
static enum tally_status rows_reserve(struct tally_profile *profile, size_t count)
{
    if (count > PROFILE_MARKS_MAX - profile->mark_count ||
        profile->row_count >= PROFILE_MARKS_MAX) {
        return TALLY_TOO_MANY;
    }
    struct ballot_row *rows =
        grow(profile->rows, &profile->row_capacity, profile->row_count + 1, sizeof *rows);
    if (rows == NULL) {
        return TALLY_NO_MEMORY;
    }
    profile->rows = rows;
    struct tally_mark *marks = grow(
        profile->marks, &profile->mark_capacity, profile->mark_count + count,
        sizeof *marks);
    if (marks == NULL) {
        return TALLY_NO_MEMORY;
    }
    profile->marks = marks;
    return TALLY_OK;
}

static enum tally_status
add_sorted(struct tally_profile *profile, size_t count, int64_t weight)
{
    enum tally_status status = index_reserve(profile);
    if (status != TALLY_OK) {
        return status;
    }
    uint32_t *cell = find_cell(profile, count);
    if (*cell != 0) {
        profile->rows[*cell - 1].weight += weight;
        return TALLY_OK;
    }
    status = rows_reserve(profile, count);
    if (status != TALLY_OK) {
        return status;
    }
    if (count > 0) {
        memcpy(
            profile->marks + profile->mark_count, profile->sorted,
            count * sizeof *profile->sorted);
    }
    profile->rows[profile->row_count++] = (struct ballot_row){
        .first = (uint32_t)profile->mark_count,
        .count = (uint32_t)count,
        .weight = weight};
    profile->mark_count += count;
    *cell = (uint32_t)profile->row_count;
    return TALLY_OK;
}

enum tally_status tally_profile_add(
    struct tally_profile *profile, const struct tally_mark *marks, size_t mark_count,
    int64_t weight)
{
    if (weight < 1) {
        return TALLY_BAD_BALLOT;
    }
    if (weight > TALLY_BALLOTS_MAX - profile->ballots) {
        return TALLY_OVERFLOW;
    }
    struct tally_mark *sorted =
        grow(profile->sorted, &profile->sorted_capacity, mark_count, sizeof *sorted);
    if (sorted == NULL) {
        return TALLY_NO_MEMORY;
    }
    profile->sorted = sorted;
    size_t count = 0;
    if (!canonical(profile, marks, mark_count, &count)) {
        return TALLY_BAD_BALLOT;
    }
    bool raw = is_raw(profile, count);
    if (raw && profile->score_max > 0) {
        return TALLY_BAD_BALLOT;
    }
    enum tally_status status = add_sorted(profile, count, weight);
    if (status == TALLY_OK) {
        profile->ballots += weight;
        profile->raw = profile->raw || raw;
    }
    return status;
}

/* ---- from profile to profile ---- */

/* Adds a row of another profile; its marks are in canonical order and valid here. */
static enum tally_status add_row(
    struct tally_profile *profile, const struct tally_mark *marks, size_t count,
    int64_t weight)
{
    if (weight > TALLY_BALLOTS_MAX - profile->ballots) {
        return TALLY_OVERFLOW;
    }
    struct tally_mark *sorted =
        grow(profile->sorted, &profile->sorted_capacity, count, sizeof *sorted);
    if (sorted == NULL) {
        return TALLY_NO_MEMORY;
    }
    profile->sorted = sorted;
    if (count > 0) {
        memcpy(sorted, marks, count * sizeof *sorted);
    }
    enum tally_status status = add_sorted(profile, count, weight);
    profile->ballots += status == TALLY_OK ? weight : 0;
    return status;
}

enum tally_status
tally_profile_merge(struct tally_profile *profile, const struct tally_profile *other)
{
    if (profile->options != other->options || profile->score_max != other->score_max) {
        return TALLY_BAD_BALLOT;
    }
    enum tally_status status = TALLY_OK;
    for (size_t i = 0; i < other->row_count && status == TALLY_OK; i++) {
        const struct ballot_row *row = other->rows + i;
        status = add_row(profile, profile_marks(other, row), row->count, row->weight);
    }
    profile->raw = profile->raw || other->raw;
    return status;
}

/* Leaves out who is unnamed or was marked before; returns how many are left. */
static size_t
plain_marks(const struct tally_mark *marks, size_t count, struct tally_mark *ret_marks)
{
    uint64_t seen[BITS_OPTIONS_WORDS] = {0};
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (marks[i].option != TALLY_UNNAMED && !bits_has(seen, marks[i].option)) {
            bits_add(seen, marks[i].option);
            ret_marks[kept++] = marks[i];
        }
    }
    return kept;
}

enum tally_status
profile_plain(const struct tally_profile *profile, struct tally_profile **ret_plain)
{
    struct tally_mark marks[TALLY_OPTIONS_MAX];
    struct tally_profile *plain = NULL;
    enum tally_status status = profile_new(profile->options, profile->score_max, &plain);
    for (size_t i = 0; i < profile->row_count && status == TALLY_OK; i++) {
        const struct ballot_row *row = profile->rows + i;
        size_t count = plain_marks(profile_marks(profile, row), row->count, marks);
        status = add_row(plain, marks, count, row->weight);
    }
    if (status != TALLY_OK) {
        tally_profile_free(plain);
        return status;
    }
    *ret_plain = plain;
    return TALLY_OK;
}
