/* The same ballots by several rules. */
#include "stimmwerk/tally/more.h"

#include "tally/count.h"
#include "tally/grow.h"
#include "tally/matrix.h"
#include "tally/method.h"

struct row {
    enum tally_status status;
    struct tally_result *result; /* owned; NULL unless the status is TALLY_OK */
};

struct tally_comparison {
    struct row *rows;
    size_t count;
};

static bool some_pair(const struct tally_rule *const *rules, size_t rule_count)
{
    for (size_t i = 0; i < rule_count; i++) {
        if (count_pairs(rules[i])) {
            return true;
        }
    }
    return false;
}

/* The matrix that all of them share: of each option's best place only. */
static enum tally_status
share_matrix(const struct tally_profile *profile, int64_t **ret_pairs)
{
    struct tally_profile *plain = NULL;
    if (profile->raw) {
        enum tally_status status = profile_plain(profile, &plain);
        if (status != TALLY_OK) {
            return status;
        }
    }
    enum tally_status status = matrix_build(plain != NULL ? plain : profile, ret_pairs);
    tally_profile_free(plain);
    return status;
}

static enum tally_status count_rows(
    const struct tally_profile *profile, const int64_t *pairs,
    const struct tally_rule *const *rules, struct tally_comparison *comparison)
{
    for (size_t i = 0; i < comparison->count; i++) {
        struct row *row = comparison->rows + i;
        row->status = count_prepared(profile, pairs, rules[i], &row->result);
        if (row->status == TALLY_NO_MEMORY) {
            return TALLY_NO_MEMORY;
        }
    }
    return TALLY_OK;
}

enum tally_status tally_compare(
    const struct tally_profile *profile, const struct tally_rule *const *rules,
    size_t rule_count, struct tally_comparison **ret_comparison)
{
    enum tally_status status = TALLY_NO_MEMORY;
    int64_t *pairs = NULL;
    struct tally_comparison *comparison = calloc(1, sizeof *comparison);
    if (comparison == NULL) {
        goto done;
    }
    comparison->rows = zeroed(rule_count, sizeof *comparison->rows);
    if (comparison->rows == NULL) {
        goto done;
    }
    comparison->count = rule_count;
    status = some_pair(rules, rule_count) ? share_matrix(profile, &pairs) : TALLY_OK;
    if (status == TALLY_OK) {
        status = count_rows(profile, pairs, rules, comparison);
    }
    if (status == TALLY_OK) {
        *ret_comparison = comparison;
        comparison = NULL;
    }
done:
    free(pairs);
    tally_comparison_free(comparison);
    return status;
}

void tally_comparison_free(struct tally_comparison *comparison)
{
    if (comparison == NULL) {
        return;
    }
    for (size_t i = 0; i < comparison->count; i++) {
        tally_result_free(comparison->rows[i].result);
    }
    free(comparison->rows);
    free(comparison);
}

size_t tally_comparison_rows(const struct tally_comparison *comparison)
{
    return comparison->count;
}

static const struct row *row_at(const struct tally_comparison *comparison, size_t i)
{
    expect(i < comparison->count);
    return comparison->rows + i;
}

enum tally_status
tally_comparison_status(const struct tally_comparison *comparison, size_t i)
{
    return row_at(comparison, i)->status;
}

const struct tally_result *
tally_comparison_result(const struct tally_comparison *comparison, size_t i)
{
    return row_at(comparison, i)->result;
}

bool tally_comparison_agrees(const struct tally_comparison *comparison, size_t i)
{
    const struct tally_result *one = row_at(comparison, 0)->result;
    const struct tally_result *other = row_at(comparison, i)->result;
    return one != NULL && other != NULL && result_same_winners(one, other);
}
