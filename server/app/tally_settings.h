/* The settings of the library's methods as options of the command line: one option for
 * each setting that some method has. */
#ifndef APP_TALLY_SETTINGS_H
#define APP_TALLY_SETTINGS_H

#include "app/options.h"
#include "stimmwerk/tally.h"

#define TALLY_SETTINGS_MAX 40

struct tally_settings {
    const struct tally_setting *items[TALLY_SETTINGS_MAX];
    char words[TALLY_SETTINGS_MAX][128]; /* the values, for the help */
    size_t count;
};

void tally_settings_list(struct tally_settings *ret_settings);
/* Appends a row for each; its field is the i-th `const char *` at `offset`. Both are
 * borrowed by the rows. Returns the new number of rows. */
size_t tally_settings_rows(
    const struct tally_settings *settings, size_t offset, struct option_row *rows,
    size_t row_count);

/* false and true, and nothing else? */
bool tally_setting_is_switch(const struct tally_setting *setting);

/* Appends the values a setting takes: "exhaust, skip". */
struct buf;
void tally_put_values(
    struct buf *out, const struct tally_setting *setting, const char *between);

/* Gives the rule what was given: values[i] is the text for the i-th setting, or NULL. A
 * setting that the method lacks, or a value that it lacks, is a line on stderr and 2;
 * else OPTIONS_GO. */
int tally_settings_apply(
    const struct tally_settings *settings, const char *const *values,
    const struct options_table *table, struct tally_rule *rule);
/* The same for another method: what it lacks is passed over. */
void tally_settings_share(
    const struct tally_settings *settings, const char *const *values,
    struct tally_rule *rule);

#endif
