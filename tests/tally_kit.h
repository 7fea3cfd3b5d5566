/* Rules and readings in one call, for tests of any layer. What they return is the
 * caller's to free; count_by takes its rule. */
#ifndef TESTS_TALLY_KIT_H
#define TESTS_TALLY_KIT_H

#include "stimmwerk/tally.h"

#include <criterion/criterion.h>
#include <string.h>

/* `order` has `options` entries, or is NULL: ties stay open. */
static inline struct tally_rule *
rule_for(const char *method, size_t seats, const uint16_t *order, size_t options)
{
    struct tally_rule *rule = NULL;
    cr_assert_eq(
        tally_rule_new(tally_method_find(method), seats, &rule), TALLY_OK, "%s", method);
    tally_rule_want_matrix(rule);
    if (order != NULL) {
        cr_assert_eq(tally_rule_tie_order(rule, order, options), TALLY_OK);
    }
    return rule;
}

static inline void rule_set(struct tally_rule *rule, const char *name, const char *value)
{
    cr_assert_eq(tally_rule_set(rule, name, value), TALLY_OK, "%s=%s", name, value);
}

static inline struct tally_result *
count_by(const struct tally_profile *profile, struct tally_rule *rule)
{
    struct tally_result *result = NULL;
    enum tally_status status = tally_count(profile, rule, &result);
    cr_assert_eq(
        status, TALLY_OK, "%s: %s", tally_method_name(tally_rule_method(rule)),
        tally_status_code(status));
    tally_rule_free(rule);
    return result;
}

static inline struct tally_text text_of(const char *text)
{
    return (struct tally_text){.data = text, .bytes = strlen(text)};
}

static inline struct tally_reading *reading_as(enum tally_format format)
{
    struct tally_reading *reading = NULL;
    cr_assert_eq(tally_reading_new(&reading), TALLY_OK);
    tally_reading_format(reading, format);
    return reading;
}

/* Reads a text that must be readable. */
static inline struct tally_file *read_text(const char *text, enum tally_format format)
{
    struct tally_reading *reading = reading_as(format);
    struct tally_file *file = NULL;
    struct tally_fault fault = {0};
    enum tally_status status =
        tally_file_read(text, strlen(text), reading, &file, &fault);
    cr_assert_eq(
        status, TALLY_OK, "%zu:%zu %s: %s", fault.line, fault.column,
        tally_status_code(status), fault.expected != NULL ? fault.expected : "");
    tally_reading_free(reading);
    return file;
}

#endif
