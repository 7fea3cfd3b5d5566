/* The config file: `name = value` lines, # comments, the names of the command's options.
 */
#include "app/options_state.h"

#include "app/err_text.h"
#include "base/bounds.h"

/* Reads at most CONFIG_BYTES_MAX; returns new text or NULL after a line on stderr. */
static char *slurp(const struct options_table *table, const char *path)
{
    char *text = NULL;
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        options_refuse(table, "can't read %s: %s", path, errno_text());
        return NULL;
    }
    text = malloc(CONFIG_BYTES_MAX + 1);
    size_t bytes = text != NULL ? fread(text, 1, CONFIG_BYTES_MAX + 1, file) : 0;
    if (text == NULL || ferror(file) != 0 || bytes > CONFIG_BYTES_MAX) {
        options_refuse(table, "can't read %s, or it is larger than 64 KiB", path);
        free(text);
        text = NULL;
    } else {
        text[bytes] = '\0';
        if (strlen(text) != bytes) {
            options_refuse(table, "%s is no text file", path);
            free(text);
            text = NULL;
        }
    }
    (void)fclose(file);
    return text;
}

static char *trim(char *text)
{
    text += strspn(text, " \t");
    size_t bytes = strlen(text);
    while (bytes > 0 && strchr(" \t\r", text[bytes - 1]) != NULL) {
        bytes--;
    }
    text[bytes] = '\0';
    return text;
}

static int
read_line(struct options_state *state, const char *path, size_t number, char *line)
{
    const struct options_table *table = state->table;
    line = trim(line);
    if (line[0] == '\0' || line[0] == '#') {
        return OPTIONS_GO;
    }
    char *equals = strchr(line, '=');
    if (equals == NULL) {
        return options_refuse(table, "%s:%zu: not a line `name = value`", path, number);
    }
    *equals = '\0';
    const char *name = trim(line);
    const struct option_row *row = options_find(table, name, strlen(name));
    if (row == NULL || row->kind == OPTION_ACTION || strcmp(name, "config") == 0) {
        return options_refuse(table, "%s:%zu: unknown key \"%s\"", path, number, name);
    }
    size_t at = (size_t)(row - table->rows);
    if (state->in_file[at]) {
        return options_refuse(table, "%s:%zu: %s is given twice", path, number, name);
    }
    state->in_file[at] = true;
    char where[512];
    snprintf(where, sizeof where, "%s:%zu: ", path, number);
    return options_set(state, row, trim(equals + 1), where);
}

int options_read_file(struct options_state *state, const char *path, char **ret_text)
{
    char *text = slurp(state->table, path);
    if (text == NULL) {
        return 2;
    }
    *ret_text = text;
    int code = OPTIONS_GO;
    size_t number = 1;
    for (char *line = text; line != NULL && code == OPTIONS_GO; number++) {
        char *end = strchr(line, '\n');
        if (end != NULL) {
            *end = '\0';
        }
        code = read_line(state, path, number, line);
        line = end != NULL ? end + 1 : NULL;
    }
    return code;
}
