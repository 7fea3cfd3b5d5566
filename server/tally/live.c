/* A profile and the sums of its pairwise matrix, changed together. The matrix counts the
 * plain form of a ballot: everybody once, at the best place. */
#include "stimmwerk/tally/live.h"

#include "tally/count.h"
#include "tally/grow.h"
#include "tally/matrix.h"
#include "tally/rows.h"

struct tally_live {
    struct tally_profile *profile;
    struct sums sums;
};

static enum tally_status
profile_make(size_t options, size_t score_max, struct tally_profile **ret_profile)
{
    return score_max == 0 ? tally_profile_new(options, ret_profile)
                          : tally_profile_new_scored(options, score_max, ret_profile);
}

enum tally_status
tally_live_new(size_t options, size_t score_max, struct tally_live **ret_live)
{
    struct tally_live *live = calloc(1, sizeof *live);
    if (live == NULL) {
        return TALLY_NO_MEMORY;
    }
    enum tally_status status = profile_make(options, score_max, &live->profile);
    if (status == TALLY_OK) {
        status = sums_init(&live->sums, options);
    }
    if (status != TALLY_OK) {
        tally_live_free(live);
        return status;
    }
    *ret_live = live;
    return TALLY_OK;
}

void tally_live_free(struct tally_live *live)
{
    if (live == NULL) {
        return;
    }
    tally_profile_free(live->profile);
    sums_fini(&live->sums);
    free(live);
}

/* One row more, since a change adds before it takes, and twice the marks: the other half
 * fills with holes before they have to be closed. */
enum tally_status
tally_live_reserve(struct tally_live *live, size_t ballots, size_t marks)
{
    if (ballots >= SIZE_MAX || marks > SIZE_MAX / 2) {
        return TALLY_TOO_MANY;
    }
    enum tally_status status = rows_reserve(live->profile, ballots + 1, 2 * marks);
    return status == TALLY_OK ? form_reserve(live->profile, marks) : status;
}

static void sums_change(struct tally_live *live, const struct form *form, int64_t weight)
{
    struct tally_mark plain[TALLY_OPTIONS_MAX];
    if (form->raw) {
        size_t count = profile_plain_marks(form->marks, form->count, plain);
        sums_add(&live->sums, plain, count, weight);
    } else {
        sums_add(&live->sums, form->marks, form->count, weight);
    }
}

/* Adds a ballot that there is room for. */
static void put(struct tally_live *live, const struct form *form, int64_t weight)
{
    rows_add(live->profile, form, rows_find(live->profile, form), weight);
    sums_change(live, form, weight);
}

/* A ballot that is there: its row, and whether it is raw. */
struct known {
    size_t row;
    bool raw;
};

static void take(struct tally_live *live, struct known known, int64_t weight)
{
    const struct ballot_row *row = live->profile->rows + known.row;
    struct form form = {
        .marks = profile_marks(live->profile, row),
        .count = row->count,
        .raw = known.raw};
    sums_change(live, &form, -weight);
    rows_take(live->profile, known.row, known.raw, weight);
}

static enum tally_status find_known(
    struct tally_live *live, const struct tally_mark *marks, size_t mark_count,
    int64_t weight, struct known *ret_known)
{
    struct tally_profile *profile = live->profile;
    struct form form;
    if (weight < 1) {
        return TALLY_BAD_BALLOT;
    }
    enum tally_status status = form_make_known(profile, marks, mark_count, &form);
    if (status != TALLY_OK) {
        return status;
    }
    size_t row = rows_find(profile, &form);
    if (row == ROWS_NONE || profile->rows[row].weight < weight) {
        return TALLY_BAD_BALLOT;
    }
    *ret_known = (struct known){.row = row, .raw = form.raw};
    return TALLY_OK;
}

/* The form of a ballot, and room for it; `leaving` marks go away after it has come. */
static enum tally_status make_room(
    struct tally_live *live, const struct tally_mark *marks, size_t mark_count,
    size_t leaving, struct form *ret_form)
{
    enum tally_status status = form_make(live->profile, marks, mark_count, ret_form);
    if (status == TALLY_OK && rows_find(live->profile, ret_form) == ROWS_NONE) {
        status = rows_make_room(live->profile, ret_form, leaving);
    }
    return status;
}

enum tally_status tally_live_add(
    struct tally_live *live, const struct tally_mark *marks, size_t mark_count,
    int64_t weight)
{
    struct form form;
    if (weight < 1) {
        return TALLY_BAD_BALLOT;
    }
    if (weight > TALLY_BALLOTS_MAX - live->profile->ballots) {
        return TALLY_OVERFLOW;
    }
    enum tally_status status = make_room(live, marks, mark_count, 0, &form);
    if (status == TALLY_OK) {
        put(live, &form, weight);
    }
    return status;
}

enum tally_status tally_live_withdraw(
    struct tally_live *live, const struct tally_mark *marks, size_t mark_count,
    int64_t weight)
{
    struct known known;
    enum tally_status status = find_known(live, marks, mark_count, weight, &known);
    if (status == TALLY_OK) {
        take(live, known, weight);
    }
    return status;
}

enum tally_status tally_live_change(
    struct tally_live *live, const struct tally_mark *old_marks, size_t old_count,
    const struct tally_mark *marks, size_t mark_count, int64_t weight)
{
    struct known known;
    struct form form;
    enum tally_status status = find_known(live, old_marks, old_count, weight, &known);
    if (status != TALLY_OK) {
        return status;
    }
    const struct ballot_row *old = live->profile->rows + known.row;
    size_t leaving = old->weight == weight ? old->count : 0;
    status = make_room(live, marks, mark_count, leaving, &form);
    if (status == TALLY_OK) {
        put(live, &form, weight);
        take(live, known, weight);
    }
    return status;
}

enum tally_status
tally_live_merge(struct tally_live *live, const struct tally_live *other)
{
    enum tally_status status = tally_profile_merge(live->profile, other->profile);
    if (status == TALLY_OK) {
        sums_merge(&live->sums, &other->sums);
    }
    return status;
}

const struct tally_profile *tally_live_profile(const struct tally_live *live)
{
    return live->profile;
}

enum tally_status tally_live_count(
    const struct tally_live *live, const struct tally_rule *rule,
    struct tally_result **ret_result)
{
    size_t n = live->profile->options;
    int64_t *pairs = zeroed(n * n, sizeof *pairs);
    if (pairs == NULL) {
        return TALLY_NO_MEMORY;
    }
    sums_read(&live->sums, pairs);
    enum tally_status status = count_prepared(live->profile, pairs, rule, ret_result);
    free(pairs);
    return status;
}
