/* stimmwerk tally */
#include "app/command.h"
#include "app/err_text.h"
#include "app/tally_compare.h"
#include "app/tally_options.h"
#include "app/tally_print.h"
#include "app/tally_write_ins.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TALLY_OUT_BYTES_MAX                                                              \
    (256UL * 1024 * 1024) /* 1,000 options: their duels as text                          \
                           */

static int fail(const char *what)
{
    fprintf(stderr, "stimmwerk tally: %s\n", what);
    return 1;
}

/* ---- the rule ---- */

/* As the command says, as many as an export has elected, or what the file says. Where it
 * has elected all there are, nobody was chosen: as many were for as against. */
static size_t
find_seats(const struct tally_command *command, const struct tally_input *input)
{
    size_t of_file =
        tally_method_multi(command->method) ? tally_file_seats(input->file) : 0;
    size_t elected = input->order.elected;
    size_t said = elected > 0 && elected < input->order.count ? elected : of_file;
    return command->seats > 0 ? (size_t)command->seats : said > 0 ? said : 1;
}

static const char *settle(
    const struct tally_command *command, const struct tally_input *input,
    struct tally_rule *rule)
{
    size_t options = tally_profile_options(tally_file_profile(input->file));
    if (command->seed.count > 0) {
        return tally_seed_settle(&command->seed, command->poll, input, rule);
    }
    if (input->tie_order == NULL ||
        tally_rule_tie_order(rule, input->tie_order, options) == TALLY_OK) {
        return NULL;
    }
    return "the tie order must name every option once";
}

/* A rule as the command line says it; NULL after a line on stderr. */
static struct tally_rule *make_rule(
    const struct tally_command *command, const struct tally_input *input,
    const struct tally_report *report)
{
    struct tally_rule *rule = NULL;
    size_t seats = find_seats(command, input);
    if (tally_rule_new(command->method, seats, &rule) != TALLY_OK) {
        (void)fail("no memory");
        return NULL;
    }
    tally_rule_want_matrix(rule);
    tally_settings_share(&command->settings, command->values, rule);
    const char *wrong = settle(command, input, rule);
    if (wrong != NULL) {
        (void)fail(wrong);
        tally_rule_free(rule);
        return NULL;
    }
    for (size_t i = 0; i < report->write_in_count; i++) {
        (void)tally_rule_write_in(rule, report->write_ins[i]);
    }
    return rule;
}

/* ---- counting ---- */

static int explain(
    const struct tally_command *command, const struct tally_profile *profile,
    enum tally_status status)
{
    size_t options = tally_profile_options(profile);
    const char *method = tally_method_name(command->method);
    size_t most = tally_method_options_max(command->method);
    fprintf(stderr, "stimmwerk tally: %s: ", command->file);
    switch (status) {
    case TALLY_TOO_MANY:
        if (options > most) {
            fprintf(
                stderr, "%s counts at most %zu options, the file has %zu\n", method, most,
                options);
        } else {
            fprintf(
                stderr, "%s can't try so many sets of winners among %zu options\n",
                method, options);
        }
        break;
    case TALLY_WRONG_FORM:
        if (tally_profile_score_max(profile) == 0) {
            fprintf(stderr, "%s expects ballots of scores\n", method);
        } else {
            fprintf(
                stderr, "--max is not the ballots' highest score, which is %zu\n",
                tally_profile_score_max(profile));
        }
        break;
    case TALLY_OVERFLOW:
        fputs("a number left its bounds: nothing was rounded\n", stderr);
        break;
    case TALLY_NO_MEMORY:
        fputs("no memory\n", stderr);
        break;
    case TALLY_OK:
    case TALLY_BAD_BALLOT:
    case TALLY_UNKNOWN_METHOD:
    case TALLY_BAD_RULE:
    case TALLY_BAD_FILE:
    case TALLY_UNKNOWN_SETTING:
    case TALLY_BAD_VALUE:
        fprintf(stderr, "%s\n", tally_status_code(status));
        break;
    }
    return 1;
}

/* An export holds the lot that was drawn, and the seed must give the same. */
static bool lot_agrees(
    const struct tally_command *command, const struct tally_input *input,
    const struct tally_result *result)
{
    const uint16_t *order = NULL;
    size_t count = tally_result_tie_order(result, &order);
    return command->seed.count == 0 || input->tie_order == NULL ||
           memcmp(order, input->tie_order, count * sizeof *order) == 0;
}

static int count(
    const struct tally_command *command, const struct tally_input *input,
    struct tally_report *report)
{
    size_t options = tally_profile_options(report_profile(report));
    size_t seats = tally_rule_seats(report->rule);
    if (seats > options) {
        fprintf(
            stderr, "stimmwerk tally: %s: %zu seats for %zu options\n", command->file,
            seats, options);
        return 1;
    }
    if (command->results != NULL && tally_profile_ballots(report_profile(report)) == 0) {
        fprintf(
            stderr,
            "stimmwerk tally: %s holds no ballots of poll %s: of most polls only the "
            "auditor's export does\n",
            command->file, command->poll);
        return 1;
    }
    enum tally_status status =
        tally_count(report_profile(report), report->rule, &report->result);
    if (status != TALLY_OK) {
        return explain(command, report_profile(report), status);
    }
    return lot_agrees(command, input, report->result)
               ? 0
               : fail("the results hold another lot than the seed gives");
}

/* What more is told: it needs the result. */
static int
ask(const struct tally_command *command, const struct tally_input *input,
    struct tally_report *report)
{
    struct tally_rule *quick = make_rule(command, input, report);
    if (quick == NULL) {
        return 1;
    }
    (void)tally_rule_set(quick, "search", "none");
    tally_report_ask(report, quick, command->kind != TALLY_PRINT_JSON);
    tally_rule_free(quick);
    if (command->compare == NULL) {
        return 0;
    }
    bool fine = tally_compare_rules(
        report, command->compare, &command->settings, command->values);
    if (fine) {
        fine =
            tally_compare(
                report_profile(report), (const struct tally_rule *const *)report->rules,
                report->rule_count, &report->comparison) == TALLY_OK;
    }
    return fine ? 0 : fail("no memory");
}

static int print(const struct tally_command *command, const struct tally_report *report)
{
    static void (*const printers[])(struct buf *, const struct tally_report *) = {
        [TALLY_PRINT_JSON] = tally_print_json,
        [TALLY_PRINT_TEXT] = tally_print_text,
        [TALLY_PRINT_HTML] = tally_print_html};
    struct buf out;
    buf_init(&out, TALLY_OUT_BYTES_MAX);
    printers[command->kind](&out, report);
    bool fits = !buf_failed(&out);
    bool fine = fits && fwrite(out.data, 1, out.bytes, stdout) == out.bytes &&
                fflush(stdout) == 0;
    if (!fine) {
        fprintf(
            stderr, "stimmwerk tally: the result can't be written: %s\n",
            fits ? errno_text() : "it is too large");
    }
    buf_fini(&out);
    return fine ? 0 : 1;
}

static int
report_input(const struct tally_command *command, const struct tally_input *input)
{
    struct tally_report report = {
        .path = command->file,
        .checksum = command->kind == TALLY_PRINT_HTML ? &input->checksum : NULL,
        .file = input->file};
    int code =
        tally_names_make(input->file, &report.names) ? 0 : fail("no memory for names");
    struct tally_rule *rule = NULL;
    if (code == 0) {
        /* whether write-ins leave first is the rule's, and the rule's are the write-ins
         */
        rule = make_rule(command, input, &report);
        report.rule = rule;
        code = rule == NULL ? 1 : tally_find_write_ins(&command->write_ins, &report);
    }
    for (size_t i = 0; i < report.write_in_count && code == 0; i++) {
        (void)tally_rule_write_in(rule, report.write_ins[i]);
    }
    code = code == 0 ? count(command, input, &report) : code;
    code = code == 0 ? ask(command, input, &report) : code;
    code = code == 0 ? print(command, &report) : code;
    tally_report_fini(&report);
    return code;
}

int cmd_tally(int argc, char **argv)
{
    struct tally_command *command = malloc(sizeof *command);
    if (command == NULL) {
        return fail("no memory");
    }
    int code = tally_options_read(argc, argv, command);
    if (code == OPTIONS_GO) {
        struct tally_source source = {
            .command = "tally",
            .ballots = command->file,
            .order = command->tie_order,
            .results = command->results,
            .format = command->format,
            .format_option = "--format",
            .poll = command->poll,
            .poll_names_lot = command->seed.count > 0,
            .checksum = command->kind == TALLY_PRINT_HTML};
        struct tally_input input;
        code = tally_input_read(&source, &input) ? report_input(command, &input) : 1;
        tally_input_fini(&input);
    }
    free(command);
    return code;
}
