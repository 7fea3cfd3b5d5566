/* The one parser of options. A command declares a table of rows; the same rows are read
 * from the command line (--name VALUE, --name=VALUE) and, where the table has a row
 * "config", from a file of `name = value` lines with # comments. An
 * underscore in a name may stand for a hyphen. Unknown names, names given twice and
 * values out of range are one line on stderr and exit code 2. The command line wins over
 * the file, the file over the defaults. */
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum option_kind {
    OPTION_FLAG,   /* bool; in a file: true or false */
    OPTION_TEXT,   /* const char *; never empty */
    OPTION_INT,    /* int64_t in min … max */
    OPTION_CHOICE, /* int64_t: which of the words of `value` ("open|ticket") */
    OPTION_LIST,   /* struct option_list; may be given again and again; never empty */
    OPTION_ACTION  /* bool like a flag, but on the command line only: check-config */
};

#define OPTION_LIST_MAX 64

struct option_list {
    const char *words[OPTION_LIST_MAX];
    size_t count;
};

struct option_row {
    const char *name;
    enum option_kind kind;
    size_t offset;     /* of the field in the command's struct */
    const char *value; /* shown in the help: "FILE"; a choice's words; NULL for flags */
    const char
        *bare; /* a text's value where none is given (--NAME); NULL: it needs one */
    const char *fallback; /* the default as text; NULL: none (false, NULL, 0) */
    int64_t min;
    int64_t max;
    bool required;
    const char *help;
};

struct options_table {
    const char *command; /* "stimmwerk serve" */
    const char *summary; /* one paragraph */
    const struct option_row *rows;
    size_t row_count; /* at most OPTION_ROWS_MAX */
    /* Words that are no options: shown in the help, counted. The field is a
     * const char *[word_count]; NULL where a word was left out. */
    const char *words; /* "[FILE]", "TEXT"; NULL: none */
    size_t words_offset;
    size_t word_min;
    size_t word_max;
    const char *notes; /* after the options; may be NULL */
};

#define OPTIONS_GO (-1)

/* Fills `target`, a struct of the table's fields; texts are borrowed from argv, or from
 * *ret_file_text (the config file's text, owned by the caller, NULL if there was none;
 * may be NULL where the table has no row "config"). Returns OPTIONS_GO or an exit code: 0
 * after
 * --help, 2 after a line on stderr. */
int options_parse(
    const struct options_table *table, int argc, char **argv, void *target,
    char **ret_file_text);

/* Says on stderr what is wrong with an option, for checks beyond the table. Returns 2. */
int options_refuse(const struct options_table *table, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
