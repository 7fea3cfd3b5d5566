/* stimmwerk tally */
#include "app/command.h"
#include "app/options.h"
#include "app/tally_input.h"
#include "app/tally_print.h"

#include <stdio.h>
#include <unistd.h>

#define TALLY_OUT_BYTES_MAX                                                              \
    (256UL * 1024 * 1024) /* 1,000 options: their duels as text                          \
                           */

struct tally_command {
    const char *method;
    int64_t seats;
    const char *format;
    const char *poll;
    int64_t overvote;
    bool batch;
    const char *tie_order;
    const char *results;
    bool json;
    bool text;
    const char *file;
};

#define FIELD(name) offsetof(struct tally_command, name)

static const struct option_row ROWS[] = {
    {.name = "method",
     .kind = OPTION_TEXT,
     .offset = FIELD(method),
     .value = "METHOD",
     .required = true,
     .help = "how to count: stimmwerk methods lists them"},
    {.name = "seats",
     .kind = OPTION_INT,
     .offset = FIELD(seats),
     .value = "N",
     .fallback = "1",
     .min = 1,
     .max = TALLY_OPTIONS_MAX,
     .help = "how many win"},
    {.name = "format",
     .kind = OPTION_TEXT,
     .offset = FIELD(format),
     .value = "FORMAT",
     .help = "blt, preflib, csv or abif; recognised without"},
    {.name = "poll",
     .kind = OPTION_TEXT,
     .offset = FIELD(poll),
     .value = "ID",
     .help = "which poll of an exported ballots.csv"},
    {.name = "overvote",
     .kind = OPTION_CHOICE,
     .offset = FIELD(overvote),
     .value = "exhaust|skip",
     .fallback = "exhaust",
     .help = "irv: an equal rank ends the ballot, or is passed over"},
    {.name = "batch",
     .kind = OPTION_FLAG,
     .offset = FIELD(batch),
     .help = "irv: options that can't win any more leave at once"},
    {.name = "tie-order",
     .kind = OPTION_TEXT,
     .offset = FIELD(tie_order),
     .value = "FILE",
     .help = "settles ties: the options' names, one a line, the favoured first; without "
             "it ties stay open"},
    {.name = "results",
     .kind = OPTION_TEXT,
     .offset = FIELD(results),
     .value = "FILE",
     .help = "the exported results.csv: names all options of --poll and the lot that "
             "was drawn, for a recount of exported ballots"},
    {.name = "json",
     .kind = OPTION_FLAG,
     .offset = FIELD(json),
     .help = "one JSON object; so it is when the output is no terminal"},
    {.name = "text",
     .kind = OPTION_FLAG,
     .offset = FIELD(text),
     .help = "for people; so it is on a terminal"},
};

static const struct options_table TABLE = {
    .command = "stimmwerk tally",
    .summary = "Counts a file of ballots: one that was exported here, or BLT, PrefLib, "
               "CSV or ABIF. Exit code: 0 counted, 1 it can't be counted as asked.",
    .rows = ROWS,
    .row_count = sizeof ROWS / sizeof ROWS[0],
    .words = "FILE",
    .words_offset = FIELD(file),
    .word_min = 1,
    .word_max = 1,
    .notes = "FILE may be - for standard input.",
};

#undef FIELD

/* How to count and what to read, as far as the command line alone can tell. */
static int read_command(
    const struct tally_command *command, struct tally_rule **ret_rule,
    struct tally_source *ret_source)
{
    struct tally_rule *rule = NULL;
    struct tally_source source = {
        .ballots = command->file,
        .order = command->tie_order,
        .results = command->results,
        .poll = command->poll};
    const struct tally_method *method = tally_method_find(command->method);
    if (method == NULL) {
        return options_refuse(
            &TABLE, "unknown method \"%s\", see stimmwerk methods", command->method);
    }
    if (command->format != NULL) {
        source.format = tally_format_find(command->format);
    }
    if (source.format == TALLY_FORMAT_COUNT) {
        return options_refuse(&TABLE, "unknown format \"%s\"", command->format);
    }
    if (command->results != NULL && command->tie_order != NULL) {
        return options_refuse(&TABLE, "--results or --tie-order, not both");
    }
    if (command->results != NULL && command->poll == NULL) {
        return options_refuse(&TABLE, "--results needs --poll");
    }
    if (command->json && command->text) {
        return options_refuse(&TABLE, "--json or --text, not both");
    }
    if (tally_rule_new(method, (size_t)command->seats, &rule) != TALLY_OK) {
        fputs("stimmwerk tally: no memory\n", stderr);
        return 1;
    }
    (void)tally_rule_set(rule, "overvote", command->overvote == 0 ? "exhaust" : "skip");
    (void)tally_rule_set(rule, "batch-elimination", command->batch ? "true" : "false");
    *ret_rule = rule;
    *ret_source = source;
    return OPTIONS_GO;
}

static int print(
    const struct tally_command *command, const struct tally_file *file,
    const struct tally_result *result)
{
    struct buf out;
    buf_init(&out, TALLY_OUT_BYTES_MAX);
    if (command->text || (!command->json && isatty(STDOUT_FILENO) == 1)) {
        tally_print_text(&out, file, result);
    } else {
        tally_print_json(&out, file, result);
    }
    bool fine = !buf_failed(&out) &&
                fwrite(out.data, 1, out.bytes, stdout) == out.bytes &&
                fflush(stdout) == 0;
    if (!fine) {
        fputs("stimmwerk tally: the result can't be written\n", stderr);
    }
    buf_fini(&out);
    return fine ? 0 : 1;
}

static int count(
    const struct tally_command *command, const struct tally_rule *rule,
    const struct tally_input *input)
{
    struct tally_result *result = NULL;
    size_t options = tally_profile_options(tally_file_profile(input->file));
    if (tally_rule_seats(rule) > options) {
        fprintf(
            stderr, "stimmwerk tally: %zu seats for %zu options\n",
            tally_rule_seats(rule), options);
        return 1;
    }
    enum tally_status status =
        tally_count(tally_file_profile(input->file), rule, &result);
    if (status != TALLY_OK) {
        fprintf(
            stderr, "stimmwerk tally: %s: %s\n", command->file,
            tally_status_code(status));
        return 1;
    }
    int code = print(command, input->file, result);
    tally_result_free(result);
    return code;
}

static bool settle(const struct tally_input *input, struct tally_rule *rule)
{
    size_t options = tally_profile_options(tally_file_profile(input->file));
    if (input->tie_order == NULL ||
        tally_rule_tie_order(rule, input->tie_order, options) == TALLY_OK) {
        return true;
    }
    fputs("stimmwerk tally: the tie order must name every option once\n", stderr);
    return false;
}

int cmd_tally(int argc, char **argv)
{
    struct tally_command command = {.method = NULL};
    struct tally_rule *rule = NULL;
    struct tally_source source = {.ballots = NULL};
    int code = options_parse(&TABLE, argc, argv, &command, NULL);
    if (code == OPTIONS_GO) {
        code = read_command(&command, &rule, &source);
    }
    if (code != OPTIONS_GO) {
        return code;
    }
    struct tally_input input;
    code = 1;
    if (tally_input_read(&source, &input) && settle(&input, rule)) {
        code = count(&command, rule, &input);
    }
    tally_rule_free(rule);
    tally_input_fini(&input);
    return code;
}
