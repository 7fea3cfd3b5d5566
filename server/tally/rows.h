/* The rows of a profile: found by their marks, made, and taken away again. */
#ifndef TALLY_ROWS_H
#define TALLY_ROWS_H

#include "tally/form.h"

#define ROWS_NONE SIZE_MAX

/* The row with these marks, or ROWS_NONE. */
size_t rows_find(const struct tally_profile *profile, const struct form *form);

/* Room for so many rows with so many marks in all, holes not counted. TALLY_TOO_MANY,
 * TALLY_NO_MEMORY. */
enum tally_status rows_reserve(struct tally_profile *profile, size_t rows, size_t marks);
/* Room for one more row with these marks, which may be lent from this profile. Where all
 * marks fit half of what there is room for, not counting `leaving` of them, holes are
 * closed and nothing is allocated. */
enum tally_status
rows_make_room(struct tally_profile *profile, struct form *form, size_t leaving);

/* Adds to the row that rows_find found; where it found none, there is room for another.
 * The sum of all weights is the caller's to check. */
void rows_add(
    struct tally_profile *profile, const struct form *form, size_t row, int64_t weight);
/* Finds the row or makes it, and adds. TALLY_TOO_MANY, TALLY_NO_MEMORY. */
enum tally_status
rows_put(struct tally_profile *profile, struct form *form, int64_t weight);
/* The same; first looked for in the row `likely`, unless it is ROWS_NONE. */
enum tally_status rows_put_at(
    struct tally_profile *profile, struct form *form, size_t likely, int64_t weight);
/* Takes `weight` ballots away, not more than the row has. Without any the row is gone and
 * the last one has its number. */
void rows_take(struct tally_profile *profile, size_t row, bool raw, int64_t weight);

/* Soon a form of that hash will be looked for. First its place in the index is fetched;
 * some time later, with that at hand, its row, which is returned if there is one; then,
 * with that, its marks. */
void rows_expect(const struct tally_profile *profile, uint32_t hash);
size_t rows_expect_row(const struct tally_profile *profile, uint32_t hash);
void rows_expect_marks(const struct tally_profile *profile, size_t row);

#endif
