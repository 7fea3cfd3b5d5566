/* Stands in for functions of libtally that are not linked yet. To be deleted. */
#include "stimmwerk/tally.h"

#define WEAK __attribute__((weak))

#include <stdlib.h>

struct tally_comparison {
    size_t rows;
    enum tally_status status[64];
    struct tally_result *results[64];
};

WEAK enum tally_status tally_compare(
    const struct tally_profile *profile, const struct tally_rule *const *rules,
    size_t rule_count, struct tally_comparison **ret_comparison)
{
    struct tally_comparison *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return TALLY_NO_MEMORY;
    }
    made->rows = rule_count;
    for (size_t i = 0; i < rule_count; i++) {
        made->status[i] = tally_count(profile, rules[i], &made->results[i]);
    }
    *ret_comparison = made;
    return TALLY_OK;
}

WEAK void tally_comparison_free(struct tally_comparison *comparison)
{
    for (size_t i = 0; comparison != NULL && i < comparison->rows; i++) {
        tally_result_free(comparison->results[i]);
    }
    free(comparison);
}

WEAK size_t tally_comparison_rows(const struct tally_comparison *comparison)
{
    return comparison->rows;
}

WEAK enum tally_status
tally_comparison_status(const struct tally_comparison *comparison, size_t i)
{
    return comparison->status[i];
}

WEAK const struct tally_result *
tally_comparison_result(const struct tally_comparison *comparison, size_t i)
{
    return comparison->results[i];
}

WEAK bool tally_comparison_agrees(const struct tally_comparison *comparison, size_t i)
{
    const uint16_t *ours = NULL;
    const uint16_t *theirs = NULL;
    size_t count = tally_result_winners(comparison->results[0], &ours);
    return comparison->results[i] != NULL &&
           tally_result_winners(comparison->results[i], &theirs) == count &&
           (count == 0 || ours[0] == theirs[0]);
}

WEAK struct tally_fragility tally_fragility(
    const struct tally_profile *profile, const struct tally_rule *rule,
    const struct tally_result *result)
{
    (void)profile, (void)rule, (void)result;
    return (struct tally_fragility){.known = false};
}

WEAK enum tally_status tally_count_otherwise(
    const struct tally_profile *profile, const struct tally_rule *rule,
    const struct tally_result *result, size_t tie, struct tally_result **ret_result)
{
    (void)profile, (void)rule, (void)result, (void)tie, (void)ret_result;
    return TALLY_BAD_RULE;
}

WEAK size_t tally_file_warnings(const struct tally_file *file)
{
    (void)file;
    return 0;
}

WEAK struct tally_warning tally_file_warning(const struct tally_file *file, size_t i)
{
    (void)file, (void)i;
    return (struct tally_warning){.line = 0};
}

WEAK const char *tally_oddity_code(enum tally_oddity oddity)
{
    (void)oddity;
    return "ballots";
}

WEAK const char *tally_version(void)
{
    return "1.0.0";
}

WEAK enum tally_status tally_file_write(
    const struct tally_file *file, enum tally_format format, tally_write_fn *write,
    void *ctx)
{
    (void)file, (void)format, (void)write, (void)ctx;
    return TALLY_WRONG_FORM;
}
