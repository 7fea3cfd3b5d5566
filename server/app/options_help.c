/* The help of a command, written from its table. */
#include "app/options_state.h"

#define HELP_COLUMN 30
#define HELP_WIDTH  90

/* Prints `text` wrapped, beginning at column `at`, later lines at `indent`. */
static void print_wrapped(const char *text, size_t at, size_t indent)
{
    while (*text != '\0') {
        size_t word = strcspn(text, " \n");
        if (at > indent && at + 1 + word > HELP_WIDTH) {
            printf("\n%*s", (int)indent, "");
            at = indent;
        } else if (at > indent) {
            putchar(' ');
            at++;
        }
        printf("%.*s", (int)word, text);
        at += word;
        text += word;
        if (*text == '\n') {
            printf("\n%*s", (int)indent, "");
            at = indent;
        }
        text += strspn(text, " \n");
    }
    putchar('\n');
}

static void print_row(const struct option_row *row)
{
    char left[128];
    bool bare = row->bare != NULL;
    const char *value = row->value != NULL ? row->value : "";
    const char *between = value[0] == '\0' ? "" : bare ? "[=" : " ";
    int bytes = snprintf(
        left, sizeof left, "  --%s%s%s%s", row->name, between, value, bare ? "]" : "");
    char help[512];
    const char *open = row->required || row->fallback != NULL ? " (" : "";
    const char *kind = row->required           ? "required)"
                       : row->fallback != NULL ? "default "
                                               : "";
    const char *fallback = row->fallback != NULL ? row->fallback : "";
    snprintf(
        help, sizeof help, "%s%s%s%s%s", row->help, open, kind, fallback,
        row->fallback != NULL ? ")" : "");
    printf("%s", left);
    if (bytes + 2 > HELP_COLUMN) {
        printf("\n%*s", HELP_COLUMN, "");
    } else {
        printf("%*s", HELP_COLUMN - bytes, "");
    }
    print_wrapped(help, HELP_COLUMN, HELP_COLUMN);
}

void options_print_help(const struct options_table *table)
{
    static const struct option_row help = {.name = "help", .help = "prints this"};
    printf("Usage: %s [OPTIONS]", table->command);
    printf(
        "%s%s\n\n", table->words != NULL ? " " : "",
        table->words != NULL ? table->words : "");
    print_wrapped(table->summary, 0, 0);
    printf("\nOptions:\n");
    for (size_t i = 0; i < table->row_count; i++) {
        print_row(&table->rows[i]);
    }
    print_row(&help);
    if (table->notes != NULL) {
        printf("\n%s\n", table->notes);
    }
}
