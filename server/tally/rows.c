#include "tally/rows.h"

#include "tally/grow.h"
#include "tally/limits.h"

#include <string.h>

static bool row_equals(
    const struct tally_profile *profile, const struct ballot_row *row,
    const struct form *form)
{
    return row->count == form->count &&
           (form->count == 0 || memcmp(
                                    profile_marks(profile, row), form->marks,
                                    form->count * sizeof *form->marks) == 0);
}

size_t rows_find(const struct tally_profile *profile, const struct form *form)
{
    size_t mask = profile->index_capacity - 1;
    size_t at = form->hash & mask;
    for (; profile->index_capacity != 0; at = (at + 1) & mask) {
        struct row_cell cell = profile->index[at];
        if (cell.number == 0) {
            break;
        }
        if (cell.hash == form->hash &&
            row_equals(profile, profile->rows + cell.number - 1, form)) {
            return cell.number - 1;
        }
    }
    return ROWS_NONE;
}

/* ---- room ---- */

static void put_cell(struct row_cell *index, size_t capacity, struct row_cell cell)
{
    size_t at = cell.hash;
    while (index[at & (capacity - 1)].number != 0) {
        at++;
    }
    index[at & (capacity - 1)] = cell;
}

static enum tally_status index_reserve(struct tally_profile *profile, size_t rows)
{
    if (profile->index_capacity >= 2 * rows) {
        return TALLY_OK;
    }
    size_t capacity = profile->index_capacity != 0 ? profile->index_capacity : 64;
    while (capacity < 2 * rows) {
        capacity *= 2;
    }
    struct row_cell *index = calloc(capacity, sizeof *index);
    if (index == NULL) {
        return TALLY_NO_MEMORY;
    }
    for (size_t i = 0; i < profile->index_capacity; i++) {
        if (profile->index[i].number != 0) {
            put_cell(index, capacity, profile->index[i]);
        }
    }
    free(profile->index);
    profile->index = index;
    profile->index_capacity = capacity;
    return TALLY_OK;
}

enum tally_status rows_reserve(struct tally_profile *profile, size_t rows, size_t marks)
{
    if (marks > PROFILE_MARKS_MAX || rows > PROFILE_MARKS_MAX) {
        return TALLY_TOO_MANY;
    }
    struct ballot_row *more =
        grow(profile->rows, &profile->row_capacity, rows, sizeof *more);
    if (more == NULL) {
        return TALLY_NO_MEMORY;
    }
    profile->rows = more;
    struct tally_mark *longer =
        grow(profile->marks, &profile->mark_capacity, marks, sizeof *longer);
    if (longer == NULL) {
        return TALLY_NO_MEMORY;
    }
    profile->marks = longer;
    return index_reserve(profile, rows);
}

/* Exchanges a row's number, which stands in its `first`, and its first mark. */
static void swap_first(struct ballot_row *row, struct tally_mark *mark)
{
    uint32_t word = row->first;
    memcpy(&row->first, mark, sizeof row->first);
    memcpy(mark, &word, sizeof word);
}

/* Closes the holes where they are: each row leaves its number at its first mark, so that
 * one walk over the marks meets the rows in the order in which they stand there (Jonkers,
 * A fast garbage compaction algorithm, 1979). No number and no mark is all 0. */
static void close_holes(struct tally_profile *profile)
{
    struct tally_mark *marks = profile->marks;
    for (size_t i = 0; i < profile->row_count; i++) {
        struct ballot_row *row = profile->rows + i;
        if (row->count > 0) {
            struct tally_mark *first = marks + row->first;
            row->first = (uint32_t)i + 1;
            swap_first(row, first);
        }
    }
    size_t end = 0;
    for (size_t at = 0; at < profile->mark_count;) {
        uint32_t number = 0;
        memcpy(&number, marks + at, sizeof number);
        if (number == 0) {
            at++;
            continue;
        }
        struct ballot_row *row = profile->rows + number - 1;
        swap_first(row, marks + at);
        memmove(marks + end, marks + at, row->count * sizeof *marks);
        row->first = (uint32_t)end;
        at += row->count;
        end += row->count;
    }
    profile->mark_count = end;
    profile->holes = 0;
}

/* The caller may have lent marks of this very profile, which are about to move. */
static enum tally_status keep_form(struct tally_profile *profile, struct form *form)
{
    size_t bytes = profile->mark_count * sizeof *profile->marks;
    bool inside = (uintptr_t)form->marks - (uintptr_t)profile->marks < bytes;
    enum tally_status status = form_reserve(profile, form->count);
    if (status == TALLY_OK && inside && form->count > 0) {
        memcpy(profile->sorted, form->marks, form->count * sizeof *form->marks);
        form->marks = profile->sorted;
    }
    return status;
}

enum tally_status
rows_make_room(struct tally_profile *profile, struct form *form, size_t leaving)
{
    size_t count = form->count;
    size_t left = profile->mark_count - profile->holes - leaving;
    if (count > PROFILE_MARKS_MAX - profile->mark_count) {
        return TALLY_TOO_MANY;
    }
    enum tally_status status = keep_form(profile, form);
    if (status != TALLY_OK) {
        return status;
    }
    if (count > profile->mark_capacity - profile->mark_count &&
        left + count <= profile->mark_capacity / 2) {
        close_holes(profile);
    }
    return rows_reserve(profile, profile->row_count + 1, profile->mark_count + count);
}

/* ---- changes ---- */

static void make_row(struct tally_profile *profile, const struct form *form)
{
    struct ballot_row *row = profile->rows + profile->row_count++;
    expect(profile->row_count <= profile->row_capacity);
    expect(form->count <= profile->mark_capacity - profile->mark_count);
    *row = (struct ballot_row){.count = (uint32_t)form->count};
    if (form->count > 0) {
        row->first = (uint32_t)profile->mark_count;
        memcpy(
            profile->marks + row->first, form->marks, form->count * sizeof *form->marks);
        profile->mark_count += form->count;
    }
    profile->raw += form->raw ? 1 : 0;
    put_cell(
        profile->index, profile->index_capacity,
        (struct row_cell){.number = (uint32_t)profile->row_count, .hash = form->hash});
}

void rows_add(
    struct tally_profile *profile, const struct form *form, size_t row, int64_t weight)
{
    if (row == ROWS_NONE) {
        row = profile->row_count;
        make_row(profile, form);
    }
    profile->rows[row].weight += weight;
    profile->ballots += weight;
    profile->blank += form->count == 0 ? weight : 0;
}

static size_t cell_of(const struct tally_profile *profile, size_t row)
{
    const struct ballot_row *of = profile->rows + row;
    size_t mask = profile->index_capacity - 1;
    size_t at = form_hash(profile_marks(profile, of), of->count) & mask;
    while (profile->index[at].number != row + 1) {
        at = (at + 1) & mask;
    }
    return at;
}

/* Later cells of the same run move up where they may (Knuth, The Art of Computer
 * Programming 3, 6.4, algorithm R). */
static void empty_cell(struct tally_profile *profile, size_t hole)
{
    struct row_cell *index = profile->index;
    size_t mask = profile->index_capacity - 1;
    for (size_t at = (hole + 1) & mask; index[at].number != 0; at = (at + 1) & mask) {
        size_t wanted = index[at].hash & mask;
        if (((at - wanted) & mask) >= ((at - hole) & mask)) {
            index[hole] = index[at];
            hole = at;
        }
    }
    index[hole] = (struct row_cell){0};
}

static void drop_marks(struct tally_profile *profile, const struct ballot_row *row)
{
    if (row->count == 0) {
        return;
    }
    memset(profile->marks + row->first, 0, row->count * sizeof *profile->marks);
    if (row->first + (size_t)row->count == profile->mark_count) {
        profile->mark_count -= row->count;
    } else {
        profile->holes += row->count;
    }
}

static void drop_row(struct tally_profile *profile, size_t row)
{
    size_t last = profile->row_count - 1;
    empty_cell(profile, cell_of(profile, row));
    if (row != last) {
        profile->index[cell_of(profile, last)].number = (uint32_t)row + 1;
    }
    drop_marks(profile, profile->rows + row);
    profile->rows[row] = profile->rows[last];
    profile->row_count = last;
}

void rows_take(struct tally_profile *profile, size_t row, bool raw, int64_t weight)
{
    struct ballot_row *of = profile->rows + row;
    expect(of->weight >= weight);
    of->weight -= weight;
    profile->ballots -= weight;
    profile->blank -= of->count == 0 ? weight : 0;
    if (of->weight == 0) {
        profile->raw -= raw ? 1 : 0;
        drop_row(profile, row);
    }
}

enum tally_status rows_put_at(
    struct tally_profile *profile, struct form *form, size_t likely, int64_t weight)
{
    if (likely == ROWS_NONE || !row_equals(profile, profile->rows + likely, form)) {
        return rows_put(profile, form, weight);
    }
    rows_add(profile, form, likely, weight);
    return TALLY_OK;
}

enum tally_status
rows_put(struct tally_profile *profile, struct form *form, int64_t weight)
{
    enum tally_status status = TALLY_OK;
    size_t row = rows_find(profile, form);
    if (row == ROWS_NONE) {
        status = rows_make_room(profile, form, 0);
    }
    if (status == TALLY_OK) {
        rows_add(profile, form, row, weight);
    }
    return status;
}

/* ---- looking ahead ---- */

void rows_expect(const struct tally_profile *profile, uint32_t hash)
{
    if (profile->index_capacity != 0) {
        __builtin_prefetch(profile->index + (hash & (profile->index_capacity - 1)));
    }
}

/* The row of that hash, most likely, or ROWS_NONE. */
size_t rows_expect_row(const struct tally_profile *profile, uint32_t hash)
{
    size_t mask = profile->index_capacity - 1;
    size_t at = hash & mask;
    for (; profile->index_capacity != 0; at = (at + 1) & mask) {
        struct row_cell cell = profile->index[at];
        if (cell.number == 0) {
            break;
        }
        if (cell.hash == hash) {
            __builtin_prefetch(profile->rows + cell.number - 1, 1);
            return cell.number - 1;
        }
    }
    return ROWS_NONE;
}

void rows_expect_marks(const struct tally_profile *profile, size_t row)
{
    if (row != ROWS_NONE) {
        const struct tally_mark *marks = profile_marks(profile, profile->rows + row);
        __builtin_prefetch(marks);
        __builtin_prefetch(marks + profile->rows[row].count);
    }
}
