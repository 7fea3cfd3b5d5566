/* Shared by the files options*.c only: a parse under way. */
#ifndef APP_OPTIONS_STATE_H
#define APP_OPTIONS_STATE_H

#include "app/options.h"

#define OPTION_ROWS_MAX 64

struct options_state {
    const struct options_table *table;
    void *target;
    bool seen[OPTION_ROWS_MAX]; /* on the command line */
    bool in_file[OPTION_ROWS_MAX];
};

/* The row of that name, or NULL. */
const struct option_row *
options_find(const struct options_table *table, const char *name, size_t name_bytes);

/* The field of the target that a row fills. */
void *option_field(const struct options_state *state, size_t offset);

/* Writes one value into the target. Returns OPTIONS_GO or 2 after a line on stderr that
 * begins with `where`. */
int options_set(
    const struct options_state *state, const struct option_row *row, const char *value,
    const char *where);

/* Reads the config file `path`; *ret_text is what the values point into. */
int options_read_file(struct options_state *state, const char *path, char **ret_text);

void options_print_help(const struct options_table *table);

#endif
