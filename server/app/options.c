/* Options from the command line: finding rows, the order of precedence, what is required.
 */
#include "app/options.h"

#include "app/options_state.h"

#include <assert.h>
#include <stdarg.h>

int options_refuse(const struct options_table *table, const char *format, ...)
{
    fprintf(stderr, "%s: ", table->command);
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, " (see %s --help)\n", table->command);
    return 2;
}

/* An underscore may stand for a hyphen. */
static bool is_name(const struct option_row *row, const char *name, size_t name_bytes)
{
    bool same = strlen(row->name) == name_bytes;
    for (size_t i = 0; i < name_bytes && same; i++) {
        same = row->name[i] == name[i] || (row->name[i] == '-' && name[i] == '_');
    }
    return same;
}

const struct option_row *
options_find(const struct options_table *table, const char *name, size_t name_bytes)
{
    for (size_t i = 0; i < table->row_count; i++) {
        const struct option_row *row = &table->rows[i];
        if (is_name(row, name, name_bytes)) {
            return row;
        }
    }
    return NULL;
}

void *option_field(const struct options_state *state, size_t offset)
{
    return (char *)state->target + offset;
}

/* What an option without a value has; NULL if it needs one. */
static const char *bare_value(const struct option_row *row)
{
    bool is_switch = row->kind == OPTION_FLAG || row->kind == OPTION_ACTION;
    return is_switch ? "true" : row->bare;
}

static int set_defaults(const struct options_state *state)
{
    int code = OPTIONS_GO;
    for (size_t i = 0; i < state->table->row_count && code == OPTIONS_GO; i++) {
        const struct option_row *row = &state->table->rows[i];
        if (row->fallback != NULL) {
            code = options_set(state, row, row->fallback, "default of ");
        }
    }
    return code;
}

/* argv[*i] begins with "--". Moves *i onto the option's value. */
static int read_option(struct options_state *state, int argc, char **argv, int *i)
{
    const char *name = argv[*i] + 2;
    size_t name_bytes = strcspn(name, "=");
    const char *value = name[name_bytes] == '=' ? name + name_bytes + 1 : NULL;
    const struct option_row *row = options_find(state->table, name, name_bytes);
    if (row == NULL) {
        return options_refuse(
            state->table, "unknown option --%.*s", (int)name_bytes, name);
    }
    size_t at = (size_t)(row - state->table->rows);
    if (state->seen[at] && row->kind != OPTION_LIST) {
        return options_refuse(state->table, "--%s is given twice", row->name);
    }
    state->seen[at] = true;
    if (value == NULL) {
        value = bare_value(row);
    }
    if (value == NULL && *i + 1 >= argc) {
        return options_refuse(state->table, "--%s needs a value", row->name);
    }
    value = value != NULL ? value : argv[++*i];
    return options_set(state, row, value, "--");
}

static int read_word(const struct options_state *state, const char *word, size_t *count)
{
    const struct options_table *table = state->table;
    if (*count == table->word_max) {
        return options_refuse(table, "unexpected word \"%s\"", word);
    }
    const char **words = option_field(state, table->words_offset);
    words[(*count)++] = word;
    return OPTIONS_GO;
}

/* "--" ends the options, so that a word may begin with "-". */
static int read_arguments(struct options_state *state, int argc, char **argv)
{
    size_t words = 0;
    bool options_over = false;
    int code = OPTIONS_GO;
    for (int i = 1; i < argc && code == OPTIONS_GO; i++) {
        bool dashes = strncmp(argv[i], "--", 2) == 0;
        if (options_over || argv[i][0] != '-' || argv[i][1] == '\0') {
            code = read_word(state, argv[i], &words);
        } else if (strcmp(argv[i], "--") == 0) {
            options_over = true;
        } else if (dashes) {
            code = read_option(state, argc, argv, &i);
        } else {
            code = options_refuse(state->table, "unknown option %s", argv[i]);
        }
    }
    if (code == OPTIONS_GO && words < state->table->word_min) {
        code = options_refuse(state->table, "%s is missing", state->table->words);
    }
    return code;
}

static bool wants_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

static int check_required(const struct options_state *state)
{
    for (size_t i = 0; i < state->table->row_count; i++) {
        if (state->table->rows[i].required && !state->seen[i] && !state->in_file[i]) {
            return options_refuse(
                state->table, "--%s is missing", state->table->rows[i].name);
        }
    }
    return OPTIONS_GO;
}

static const char *config_path(const struct options_state *state)
{
    const struct option_row *row = options_find(state->table, "config", strlen("config"));
    return row != NULL ? *(const char **)option_field(state, row->offset) : NULL;
}

/* The command line is read once to find the file, and again to win over it. */
static int
read_all(struct options_state *state, int argc, char **argv, char **ret_file_text)
{
    int code = read_arguments(state, argc, argv);
    const char *path = config_path(state);
    if (code != OPTIONS_GO || path == NULL) {
        return code;
    }
    code = options_read_file(state, path, ret_file_text);
    if (code != OPTIONS_GO) {
        return code;
    }
    memset(state->seen, 0, sizeof state->seen);
    return read_arguments(state, argc, argv);
}

int options_parse(
    const struct options_table *table, int argc, char **argv, void *target,
    char **ret_file_text)
{
    assert(table->row_count <= OPTION_ROWS_MAX);
    if (wants_help(argc, argv)) {
        options_print_help(table);
        return 0;
    }
    struct options_state state = {.table = table, .target = target};
    int code = set_defaults(&state);
    if (code == OPTIONS_GO) {
        code = read_all(&state, argc, argv, ret_file_text);
    }
    return code == OPTIONS_GO ? check_required(&state) : code;
}
