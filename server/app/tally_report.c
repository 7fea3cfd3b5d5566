#include "app/tally_report.h"

#include "app/tally_words.h"

#include <stdlib.h>

void tally_report_fini(struct tally_report *report)
{
    for (size_t i = 0; i < TALLY_OTHERWISE_MAX; i++) {
        tally_result_free(report->otherwise[i]);
    }
    tally_comparison_free(report->comparison);
    for (size_t i = 0; i < report->rule_count; i++) {
        tally_rule_free(report->rules[i]);
    }
    tally_result_free(report->result);
    tally_rule_free(report->rule);
    tally_names_fini(&report->names);
    free(report->write_ins);
    *report = (struct tally_report){.path = NULL};
}

void tally_report_ask(
    struct tally_report *report, const struct tally_rule *quick, bool patient)
{
    const struct tally_profile *profile = report_profile(report);
    bool large = tally_profile_distinct(profile) > TALLY_ASKED_BALLOTS_MAX;
    size_t ties = tally_result_ties(report->result);
    size_t most = large ? TALLY_OTHERWISE_LARGE_MAX : TALLY_OTHERWISE_MAX;
    for (size_t i = 0; i < ties && i < most; i++) {
        if (tally_tie_settled(report->result, i) == TALLY_BY_LOT) {
            (void)tally_count_otherwise(
                profile, quick, report->result, i, &report->otherwise[i]);
        }
    }
    if (patient || !large) {
        report->fragility = tally_result_fragility(profile, report->rule, report->result);
    }
}

bool report_same_winners(const struct tally_result *a, const struct tally_result *b)
{
    const uint16_t *ours = NULL;
    const uint16_t *theirs = NULL;
    size_t count = tally_result_winners(a, &ours);
    size_t other = tally_result_winners(b, &theirs);
    size_t shared = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < other; j++) {
            shared += ours[i] == theirs[j] ? 1 : 0;
        }
    }
    return shared == count && count == other;
}

bool report_staged(const struct tally_result *result)
{
    return tally_method_multi(tally_result_method(result)) &&
           tally_result_rounds(result) > 0;
}

size_t report_elected_for(
    const struct tally_result *result, size_t round, enum tally_reason reason,
    uint16_t ret_options[static TALLY_OPTIONS_MAX])
{
    const uint16_t *elected = NULL;
    size_t all = tally_round_elected(result, round, &elected);
    size_t count = 0;
    for (size_t i = 0; i < all; i++) {
        if (tally_round_elected_reason(result, round, elected[i]) == reason) {
            ret_options[count++] = elected[i];
        }
    }
    return count;
}

/* Equal places may have scores that differ: STAR says nothing of all who did not win. */
static bool scores_better(const struct tally_result *result, size_t a, size_t b)
{
    if (!tally_result_scored(result)) {
        return false;
    }
    int64_t lead =
        tally_result_score(result, a).value - tally_result_score(result, b).value;
    return words_lower_is_better(tally_result_method(result)) ? lead < 0 : lead > 0;
}

size_t report_place(
    const struct tally_report *report, size_t place,
    uint16_t ret_options[static TALLY_OPTIONS_MAX])
{
    const uint16_t *options = NULL;
    size_t count = tally_result_place(report->result, place, &options);
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        for (; at > 0 && scores_better(report->result, options[i], ret_options[at - 1]);
             at--) {
            ret_options[at] = ret_options[at - 1];
        }
        ret_options[at] = options[i];
    }
    return count;
}

struct tally_number
report_gain(const struct tally_result *result, size_t round, size_t option)
{
    struct tally_number gain = {.value = 0, .unit = 1};
    if (round == 0 || !tally_round_has(result, round, option) ||
        !tally_round_has(result, round - 1, option)) {
        return gain;
    }
    struct tally_number before = tally_round_votes(result, round - 1, option);
    struct tally_number now = tally_round_votes(result, round, option);
    if (before.unit == now.unit) {
        gain = (struct tally_number){.value = now.value - before.value, .unit = now.unit};
    }
    return gain;
}

static const char *report_oddity(enum tally_oddity oddity)
{
    static const char *const said[][2] = {
        {"ballots", "the header's sum of ballots is wrong"},
        {"distinct", "the header's number of different ballots is wrong"},
        {"repeated", "the same ballot stands on two lines"},
        {"type", "the header's type does not fit the ballots"},
        {"titles", "there are two titles; the first is kept"},
        {"weights", "a weight is passed over, for the file does not allow weights"},
        {"alike", "two options have names that differ only in blanks or capitals"},
        {"columns", "these columns are no options and were passed over"},
        {"undeclared", "votes for an option that the file does not list are passed over"},
    };
    const char *code = tally_oddity_code(oddity);
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        if (strcmp(said[i][0], code) == 0) {
            return said[i][1];
        }
    }
    return code;
}

/* Is some rule's method one for approvals? */
static bool approves(const struct tally_report *report)
{
    bool any = tally_method_form(tally_rule_method(report->rule)) == TALLY_APPROVAL;
    for (size_t i = 0; i < report->rule_count; i++) {
        any = any ||
              tally_method_form(tally_rule_method(report->rules[i])) == TALLY_APPROVAL;
    }
    return any;
}

/* Ballots that put one option below another: more than approvals say. */
static int64_t graded_ballots(const struct tally_report *report)
{
    const struct tally_profile *profile = report_profile(report);
    int64_t graded = 0;
    for (size_t i = 0; i < tally_profile_distinct(profile); i++) {
        const struct tally_mark *marks = NULL;
        int64_t weight = 0;
        size_t count = tally_profile_ballot(profile, i, &marks, &weight);
        graded += count > 0 && marks[count - 1].place > 1 ? weight : 0;
    }
    return graded;
}

/* What the file alone does not tell: ballots that say more than the method reads, names
 * that can't be shown. */
static size_t own_warnings(
    const struct tally_report *report, struct report_warning ret_warnings[static 2])
{
    bool scored = tally_profile_score_max(report_profile(report)) > 0;
    int64_t graded = approves(report) ? graded_ballots(report) : 0;
    size_t count = 0;
    if (graded > 0) {
        ret_warnings[count++] = (struct report_warning){
            .code = scored ? "scores" : "rankings",
            .text = scored ? "its ballots are scores, and approval methods take every "
                             "score above 0 as an approval"
                           : "its ballots are rankings, and approval methods take every "
                             "ranked option as approved",
            .found = graded};
    }
    if (report->names.replaced) {
        ret_warnings[count++] = (struct report_warning){
            .code = "encoding",
            .text = "some names are not UTF-8 and can't be shown as they are: save the "
                    "file as UTF-8"};
    }
    return count;
}

size_t report_warnings(const struct tally_report *report)
{
    struct report_warning own[2];
    return tally_file_warnings(report->file) + own_warnings(report, own);
}

struct report_warning report_warning(const struct tally_report *report, size_t i)
{
    struct report_warning own[2];
    if (i >= tally_file_warnings(report->file)) {
        (void)own_warnings(report, own);
        return own[i - tally_file_warnings(report->file)];
    }
    struct tally_warning warning = tally_file_warning(report->file, i);
    return (struct report_warning){
        .code = tally_oddity_code(warning.oddity),
        .text = report_oddity(warning.oddity),
        .line = warning.line,
        .said = warning.said,
        .found = warning.found,
        .alike = warning.oddity == TALLY_ODD_ALIKE,
        .columns = warning.oddity == TALLY_ODD_COLUMNS};
}

/* The headings, parted by commas. */
static void put_columns(struct buf *out, const struct tally_file *file)
{
    for (size_t i = 0; i < tally_file_columns(file); i++) {
        struct tally_text heading = tally_file_column(file, i);
        buf_text(out, i > 0 ? ", \"" : ": \"");
        tally_put_visible(out, span_of(heading.data, heading.bytes));
        buf_char(out, '"');
    }
}

void report_put_warning(struct buf *out, const struct tally_report *report, size_t i)
{
    struct report_warning warning = report_warning(report, i);
    if (warning.line > 0) {
        buf_printf(out, "Line %zu of the file: %s", warning.line, warning.text);
    } else {
        buf_printf(out, "The file: %s", warning.text);
    }
    if (warning.alike) {
        buf_text(out, ": \"");
        tally_put_visible(out, report_name(report, (size_t)warning.said - 1));
        buf_text(out, "\" and \"");
        tally_put_visible(out, report_name(report, (size_t)warning.found - 1));
        buf_char(out, '"');
    }
    if (warning.columns) {
        put_columns(out, report->file);
    }
    buf_char(out, '.');
}
