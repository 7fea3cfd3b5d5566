/* A count as something to read aloud: the answer first, then the story, then the tables.
 */
#include "app/tally_text.h"

#include "app/tally_print.h"

#include <inttypes.h>

#define NAME_COLUMNS_MAX 40
#define DUELS_MAX        40 /* a list longer than that nobody reads aloud */

void text_name(struct buf *out, const struct tally_report *report, size_t option)
{
    tally_put_visible(out, report_name(report, option));
}

void text_names(
    struct buf *out, const struct tally_report *report, const uint16_t *options,
    size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buf_text(out, i == 0 ? "" : i + 1 < count ? ", " : " and ");
        text_name(out, report, options[i]);
    }
}

/* Code points, for columns. */
static size_t width(struct span text)
{
    size_t columns = 0;
    for (size_t i = 0; i < text.bytes; i++) {
        columns += (text.data[i] & 0xc0) != 0x80 ? 1 : 0;
    }
    return columns;
}

void text_padded_name(struct buf *out, const struct tally_report *report, size_t option)
{
    size_t widest = 0;
    for (size_t o = 0; o < report->names.count; o++) {
        size_t columns = width(report_name(report, o));
        widest = columns > widest ? columns : widest;
    }
    widest = widest < NAME_COLUMNS_MAX ? widest : NAME_COLUMNS_MAX;
    text_name(out, report, option);
    for (size_t at = width(report_name(report, option)); at < widest; at++) {
        buf_char(out, ' ');
    }
}

/* ---- the answer ---- */

static void put_winners(struct buf *out, const struct tally_report *report)
{
    const struct tally_result *result = report->result;
    const uint16_t *options = NULL;
    size_t count = tally_result_winners(result, &options);
    size_t seats = tally_result_seats(result);
    if (count == 0) {
        buf_text(out, "Nobody wins");
        return;
    }
    text_names(out, report, options, count);
    if (count > seats) {
        buf_text(out, seats == 1 ? " tie for " : " may win ");
        words_count(out, (int64_t)seats, "seat", "seats");
    } else if (seats == 1) {
        buf_text(out, " wins");
    } else {
        buf_text(out, count == 1 ? " wins one of " : " win ");
        words_count(out, (int64_t)seats, "seat", "seats");
    }
}

/* Who else could have won, where that hangs on a tie. */
static void put_possible(struct buf *out, const struct tally_report *report)
{
    const uint16_t *options = NULL;
    size_t count = tally_result_possible(report->result, &options);
    if (tally_result_state(report->result) != TALLY_TIE_DECISIVE) {
        return;
    }
    buf_text(out, " These can win, as the lot falls: ");
    text_names(out, report, options, count);
    buf_char(out, '.');
}

static void put_answer(struct buf *out, const struct tally_report *report)
{
    const struct tally_result *result = report->result;
    if (report->names.title.bytes > 0) {
        tally_put_visible(out, report->names.title);
        buf_text(out, "\n\n");
    }
    put_winners(out, report);
    buf_text(out, " by ");
    buf_text(out, words_method(tally_result_method(result)));
    buf_text(out, ".\n");
    words_count(out, tally_result_ballots(result), "ballot", "ballots");
    buf_text(out, tally_result_ballots(result) == 1 ? " was counted" : " were counted");
    if (tally_result_blank(result) > 0) {
        buf_text(out, ", ");
        words_number(
            out, (struct tally_number){.value = tally_result_blank(result), .unit = 1});
        buf_text(out, " of them blank");
    }
    buf_text(out, ". ");
    buf_text(out, words_state_long(result));
    put_possible(out, report);
    buf_char(out, '\n');
}

static void put_fragility(struct buf *out, const struct tally_report *report)
{
    const struct tally_fragility *fragility = &report->fragility;
    if (!fragility->known || fragility->ballots == 0) { /* 0: a tie, which is told */
        return;
    }
    words_count(out, fragility->ballots, "changed ballot", "changed ballots");
    buf_text(out, fragility->exact ? "" : ", perhaps fewer,");
    buf_text(
        out, tally_result_seats(report->result) > 1 ? " could have changed who wins ("
                                                    : " could have changed the winner (");
    text_name(out, report, fragility->rival);
    buf_text(out, " would win or tie).\n");
}

/* ---- tables ---- */

static void put_place(
    struct buf *out, const struct tally_report *report, int64_t place, size_t option)
{
    buf_printf(out, "%5" PRId64 ". ", place);
    if (tally_result_scored(report->result)) {
        text_padded_name(out, report, option);
        buf_text(out, "  ");
        words_number(out, tally_result_score(report->result, option));
    } else {
        text_name(out, report, option);
    }
    buf_char(out, '\n');
}

static void put_places(struct buf *out, const struct tally_report *report)
{
    const struct tally_result *result = report->result;
    int64_t place = 1;
    buf_text(out, "\nPlaces");
    if (tally_result_scored(result)) {
        buf_text(out, ", and ");
        buf_text(out, words_score(tally_result_method(result)));
        buf_text(
            out, words_lower_is_better(tally_result_method(result)) ? " (fewer is better)"
                                                                    : "");
    }
    buf_char(out, '\n');
    for (size_t i = 0; i < tally_result_places(result); i++) {
        uint16_t options[TALLY_OPTIONS_MAX];
        size_t count = report_place(report, i, options);
        for (size_t o = 0; o < count; o++) {
            put_place(out, report, place, options[o]);
        }
        place += (int64_t)count;
    }
}

/* All options in the order of the places; returns how many. */
static size_t fill_order(
    const struct tally_report *report, uint16_t ret_order[static TALLY_OPTIONS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < tally_result_places(report->result); i++) {
        uint16_t options[TALLY_OPTIONS_MAX];
        size_t group = report_place(report, i, options);
        for (size_t o = 0; o < group; o++) {
            ret_order[count++] = options[o];
        }
    }
    return count;
}

/* The winner against everybody else, in the order of the places. */
static void put_winner_duels(struct buf *out, const struct tally_report *report)
{
    const struct tally_result *result = report->result;
    const uint16_t *winners = NULL;
    uint16_t order[TALLY_OPTIONS_MAX];
    if (!tally_result_paired(result) || tally_result_winners(result, &winners) != 1 ||
        tally_result_options(result) < 2) {
        return;
    }
    buf_char(out, '\n');
    text_name(out, report, winners[0]);
    buf_text(out, " against the others\n");
    size_t count = fill_order(report, order);
    for (size_t i = 0; i < count && i <= DUELS_MAX; i++) {
        if (order[i] != winners[0]) {
            text_duel(out, report, winners[0], order[i]);
        }
    }
}

static void put_comparison(struct buf *out, const struct tally_report *report)
{
    if (report->comparison == NULL) {
        return;
    }
    buf_text(out, "\nWould other methods agree?\n");
    for (size_t i = 0; i < tally_comparison_rows(report->comparison); i++) {
        const struct tally_result *result =
            tally_comparison_result(report->comparison, i);
        const uint16_t *options = NULL;
        buf_printf(
            out, "  %-22s ", tally_method_name(tally_rule_method(report->rules[i])));
        if (result == NULL) {
            buf_text(out, "can't count these ballots\n");
            continue;
        }
        size_t count = tally_result_winners(result, &options);
        buf_text(out, tally_comparison_agrees(report->comparison, i) ? "yes  " : "no   ");
        buf_text(out, count == 0 ? "nobody" : "");
        text_names(out, report, options, count);
        buf_text(out, count > tally_result_seats(result) ? " (tie)\n" : "\n");
    }
}

static void put_warnings(struct buf *out, const struct tally_report *report)
{
    for (size_t i = 0; i < report_warnings(report); i++) {
        buf_text(out, i == 0 ? "\n" : "");
        report_put_warning(out, report, i);
        buf_char(out, '\n');
    }
}

static void put_write_ins(struct buf *out, const struct tally_report *report)
{
    if (report->write_in_count > 0) {
        buf_text(out, "Taken as written in: ");
        text_names(out, report, report->write_ins, report->write_in_count);
        buf_text(out, ".\n");
    }
}

void tally_print_text(struct buf *out, const struct tally_report *report)
{
    put_answer(out, report);
    put_fragility(out, report);
    put_write_ins(out, report);
    text_steps(out, report);
    put_places(out, report);
    put_winner_duels(out, report);
    put_comparison(out, report);
    put_warnings(out, report);
}
