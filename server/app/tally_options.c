#include "app/tally_options.h"

#include "app/tally_compare.h"
#include "domain/count.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FIELD(name) offsetof(struct tally_command, name)

static const struct option_row ROWS[] = {
    {.name = "method",
     .kind = OPTION_TEXT,
     .offset = FIELD(method_name),
     .value = "METHOD",
     .required = true,
     .help = "how to count: stimmwerk methods lists them"},
    {.name = "seats",
     .kind = OPTION_INT,
     .offset = FIELD(seats),
     .value = "N",
     .min = 1,
     .max = TALLY_OPTIONS_MAX,
     .help = "how many win; without: as many as --results has elected; for a method made "
             "for several, as the file says; else 1"},
    {.name = "format",
     .kind = OPTION_TEXT,
     .offset = FIELD(format_name),
     .value = "FORMAT",
     .help = "blt, preflib, csv, abif …; recognised without"},
    {.name = "poll",
     .kind = OPTION_TEXT,
     .offset = FIELD(poll),
     .value = "ID",
     .help = "which poll of an exported ballots.csv, which contest of a NIST report"},
    {.name = "results",
     .kind = OPTION_TEXT,
     .offset = FIELD(results),
     .value = "FILE",
     .help = "the exported results.csv: names all options of --poll and the lot that "
             "was drawn, for a recount of exported ballots. Instant runoff goes by "
             "--batch then, as it does in the server"},
    {.name = "tie-order",
     .kind = OPTION_TEXT,
     .offset = FIELD(tie_order),
     .value = "FILE",
     .help = "settles ties: the options' names, one a line, the favoured first; without "
             "it, --seed or --results ties stay open"},
    {.name = "seed",
     .kind = OPTION_TEXT,
     .offset = FIELD(seed_hex),
     .value = "HEX",
     .help = "settles ties by a seed of 32 bytes or more: options sorted by "
             "HMAC-SHA-256(seed, poll id, option id), the least first. The ids are "
             "--poll, or nothing, and the options' names; with --results the numbers "
             "of the export, eight bytes each, as the server draws its lot"},
    {.name = "write-in",
     .kind = OPTION_LIST,
     .offset = FIELD(write_ins),
     .value = "NAME",
     .help = "an option that was written in, for --write-ins-first; may be repeated"},
    {.name = "compare",
     .kind = OPTION_TEXT,
     .offset = FIELD(compare),
     .value = "METHODS",
     .bare = "",
     .help = "would other methods agree? All that count such ballots, or a list with "
             "commas"},
    {.name = "json",
     .kind = OPTION_FLAG,
     .offset = FIELD(json),
     .help = "one JSON object; so it is when the output is no terminal"},
    {.name = "text",
     .kind = OPTION_FLAG,
     .offset = FIELD(text),
     .help = "for people; so it is on a terminal"},
    {.name = "html",
     .kind = OPTION_FLAG,
     .offset = FIELD(html),
     .help = "one page that needs nothing else, for screens and paper"},
    {.name = "batch",
     .kind = OPTION_FLAG,
     .offset = FIELD(batch),
     .help = "the same as --batch-elimination. What follows are the settings of the "
             "methods: stimmwerk methods METHOD tells which of them a method has and "
             "their defaults"},
};

#define ROW_COUNT (sizeof ROWS / sizeof ROWS[0])

static void make_table(struct tally_command *command)
{
    memcpy(command->rows, ROWS, sizeof ROWS);
    tally_settings_list(&command->settings);
    command->table = (struct options_table){
        .command = "stimmwerk tally",
        .summary =
            "Counts a file of ballots: one that was exported here, or BLT, PrefLib, CSV, "
            "ABIF or another that stimmwerk reads. Exit code: 0 counted, 1 it can't be "
            "counted as asked, 2 wrong usage.",
        .rows = command->rows,
        .row_count = tally_settings_rows(
            &command->settings, FIELD(values), command->rows, ROW_COUNT),
        .words = "FILE",
        .words_offset = FIELD(file),
        .word_min = 1,
        .word_max = 1,
        .notes = "FILE may be - for standard input."};
}

#undef FIELD

static int check_kind(struct tally_command *command)
{
    int asked =
        (command->json ? 1 : 0) + (command->text ? 1 : 0) + (command->html ? 1 : 0);
    if (asked > 1) {
        return options_refuse(
            &command->table, "--json, --text or --html, not two of them");
    }
    bool terminal = asked == 0 && isatty(STDOUT_FILENO) == 1;
    command->kind = command->html               ? TALLY_PRINT_HTML
                    : command->text || terminal ? TALLY_PRINT_TEXT
                                                : TALLY_PRINT_JSON;
    return OPTIONS_GO;
}

static int check_ties(struct tally_command *command)
{
    if (command->results != NULL && command->tie_order != NULL) {
        return options_refuse(&command->table, "--results or --tie-order, not both");
    }
    if (command->seed_hex != NULL && command->tie_order != NULL) {
        return options_refuse(&command->table, "--seed or --tie-order, not both");
    }
    if (command->results != NULL && command->poll == NULL) {
        return options_refuse(&command->table, "--results needs --poll");
    }
    if (command->seed_hex != NULL &&
        !tally_seed_read(command->seed_hex, &command->seed)) {
        return options_refuse(
            &command->table, "--seed is hexadecimal, %d to %d bytes",
            TALLY_SEED_BYTES_MIN, TALLY_SEED_BYTES_MAX);
    }
    return OPTIONS_GO;
}

static int check_format(struct tally_command *command)
{
    if (command->format_name != NULL) {
        command->format = tally_format_find(command->format_name);
    }
    if (command->format != TALLY_FORMAT_COUNT) {
        return OPTIONS_GO;
    }
    return tally_refuse_format(&command->table, command->format_name);
}

/* The value of batch-elimination, which some method has. */
static const char **find_batch(struct tally_command *command)
{
    size_t i = 0;
    while (strcmp(tally_setting_name(command->settings.items[i]), "batch-elimination") !=
           0) {
        i++;
        assert(i < command->settings.count);
    }
    return &command->values[i];
}

/* --batch is --batch-elimination; a recount goes as the server's count did. */
static int check_batch(struct tally_command *command)
{
    const char **value = find_batch(command);
    bool recount = command->results != NULL && count_is_by_batches(command->method_name);
    if (command->batch && *value != NULL) {
        return options_refuse(
            &command->table, "--batch or --batch-elimination, not both");
    }
    if (command->batch || (recount && *value == NULL)) {
        *value = "true";
    }
    return OPTIONS_GO;
}

/* Every setting must be one of the method's, with one of its values. */
static int check_settings(const struct tally_command *command)
{
    struct tally_rule *rule = NULL;
    if (tally_rule_new(command->method, 1, &rule) != TALLY_OK) {
        fputs("stimmwerk tally: no memory\n", stderr);
        return 1;
    }
    int code =
        tally_settings_apply(&command->settings, command->values, &command->table, rule);
    tally_rule_free(rule);
    return code;
}

static int check_method(struct tally_command *command)
{
    command->method = tally_method_find(command->method_name);
    if (command->method == NULL) {
        return options_refuse(
            &command->table, "unknown method \"%s\", see stimmwerk methods",
            command->method_name);
    }
    return command->compare != NULL
               ? tally_compare_check(command->compare, &command->table)
               : OPTIONS_GO;
}

int tally_options_read(int argc, char **argv, struct tally_command *ret_command)
{
    static int (*const checks[])(struct tally_command *) = {
        check_method, check_format, check_ties, check_kind, check_batch};
    *ret_command = (struct tally_command){.method = NULL};
    make_table(ret_command);
    int code = options_parse(&ret_command->table, argc, argv, ret_command, NULL);
    for (size_t i = 0; i < sizeof checks / sizeof checks[0] && code == OPTIONS_GO; i++) {
        code = checks[i](ret_command);
    }
    return code == OPTIONS_GO ? check_settings(ret_command) : code;
}
