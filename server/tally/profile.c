#include "tally/profile.h"

#include "tally/bits.h"
#include "tally/grow.h"
#include "tally/rows.h"
#include "tally/stage.h"

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

enum tally_status tally_profile_add(
    struct tally_profile *profile, const struct tally_mark *marks, size_t mark_count,
    int64_t weight)
{
    struct form form;
    if (weight < 1) {
        return TALLY_BAD_BALLOT;
    }
    if (weight > TALLY_BALLOTS_MAX - profile->ballots) {
        return TALLY_OVERFLOW;
    }
    enum tally_status status = form_make(profile, marks, mark_count, &form);
    return status == TALLY_OK ? rows_put(profile, &form, weight) : status;
}

/* ---- from profile to profile ---- */

enum tally_status
tally_profile_merge(struct tally_profile *profile, const struct tally_profile *other)
{
    if (profile->options != other->options || profile->score_max != other->score_max) {
        return TALLY_BAD_BALLOT;
    }
    if (other->ballots > TALLY_BALLOTS_MAX - profile->ballots) {
        return TALLY_OVERFLOW;
    }
    enum tally_status status = form_reserve(profile, other->sorted_capacity);
    if (status == TALLY_OK) {
        status = rows_reserve(
            profile, profile->row_count + other->row_count,
            profile->mark_count + other->mark_count);
    }
    for (size_t i = 0; i < other->row_count && status == TALLY_OK; i++) {
        const struct ballot_row *row = other->rows + i;
        struct form form = form_in_order(profile_marks(other, row), row->count);
        rows_add(profile, &form, rows_find(profile, &form), row->weight);
    }
    return status;
}

size_t profile_plain_marks(
    const struct tally_mark *marks, size_t count, struct tally_mark *ret_marks)
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
    struct stage stage;
    expect(profile->score_max == 0); /* scores are plain already */
    enum tally_status status = profile_new(profile->options, 0, &plain);
    stage_init(&stage, plain);
    for (size_t i = 0; i < profile->row_count && status == TALLY_OK; i++) {
        const struct ballot_row *row = profile->rows + i;
        size_t count =
            profile_plain_marks(profile_marks(profile, row), row->count, marks);
        status = stage_add(&stage, marks, count, row->weight);
    }
    if (status == TALLY_OK) {
        status = stage_flush(&stage);
    }
    stage_fini(&stage);
    if (status != TALLY_OK) {
        tally_profile_free(plain);
        return status;
    }
    *ret_plain = plain;
    return TALLY_OK;
}
