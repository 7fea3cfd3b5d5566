/* Stands in for functions of libtally that are not linked yet. To be deleted. */
#include "stimmwerk/tally.h"

#define WEAK __attribute__((weak))

WEAK enum tally_status tally_compare(
    const struct tally_profile *profile, const struct tally_rule *const *rules,
    size_t rule_count, struct tally_comparison **ret_comparison)
{
    (void)profile, (void)rules, (void)rule_count, (void)ret_comparison;
    return TALLY_NO_MEMORY;
}

WEAK void tally_comparison_free(struct tally_comparison *comparison)
{
    (void)comparison;
}

WEAK size_t tally_comparison_rows(const struct tally_comparison *comparison)
{
    (void)comparison;
    return 0;
}

WEAK enum tally_status
tally_comparison_status(const struct tally_comparison *comparison, size_t i)
{
    (void)comparison, (void)i;
    return TALLY_NO_MEMORY;
}

WEAK const struct tally_result *
tally_comparison_result(const struct tally_comparison *comparison, size_t i)
{
    (void)comparison, (void)i;
    return NULL;
}

WEAK bool tally_comparison_agrees(const struct tally_comparison *comparison, size_t i)
{
    (void)comparison, (void)i;
    return false;
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
