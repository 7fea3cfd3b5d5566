/* results.csv: one row for each option in each round. Of a poll by shares the numbers are
 * weights (ballots.csv); behind its rows stand those of each share alone, without a
 * round, whose numbers are ballots. Round 0 is the final order, by place: `votes` is the
 * method's score (empty where it gives none), `lot` the option's rank in the lot that
 * settles ties, 1 is favoured (empty where no lot does). In the other rounds a row with
 * an empty option holds the exhausted ballots. Where only the order may be shown there is
 * round 0 alone, without votes. */
#include "domain/count.h"
#include "domain/publish.h"
#include "export/columns.h"
#include "export/option_names.h"
#include "export/tables.h"

/* One poll's part of the table. */
struct part {
    struct csv *csv;
    const struct poll *poll;
    struct option_names names;
    const struct tally_result *result;
    size_t lot_of[OPTIONS_MAX]; /* from 1; 0: unknown */
    bool statistics;
    size_t share; /* whose result it is, from 1; 0: of all */
};

static bool is_among(const uint16_t *options, size_t count, size_t option)
{
    for (size_t i = 0; i < count; i++) {
        if (options[i] == option) {
            return true;
        }
    }
    return false;
}

static void write_number(struct csv *csv, struct tally_number number)
{
    char digits[TALLY_NUMBER_BYTES];
    tally_number_write(number, digits);
    csv_decimal(csv, digits);
}

static void write_option(const struct part *part, size_t round, size_t option)
{
    csv_int(part->csv, part->poll->id);
    if (part->share == 0) {
        csv_int(part->csv, (int64_t)round);
    } else {
        csv_empty(part->csv);
    }
    csv_int(part->csv, option_names_id(part->poll, option));
    csv_word(part->csv, option_names_get(&part->names, option));
}

/* ---- round 0 ---- */

static void write_final(const struct part *part, size_t option, size_t place)
{
    const uint16_t *winners;
    size_t winner_count = tally_result_winners(part->result, &winners);
    write_option(part, 0, option);
    if (part->statistics && tally_result_scored(part->result)) {
        write_number(part->csv, tally_result_score(part->result, option));
    } else {
        csv_empty(part->csv);
    }
    csv_int(part->csv, (int64_t)place);
    csv_flag(part->csv, is_among(winners, winner_count, option));
    csv_empty(part->csv);
    csv_positive(part->csv, (int64_t)part->lot_of[option]);
    csv_positive(part->csv, (int64_t)part->share);
    csv_end_row(part->csv);
}

/* Places as in sport: after two firsts comes a third. */
static void write_order(const struct part *part)
{
    size_t place = 1;
    for (size_t i = 0; i < tally_result_places(part->result); i++) {
        const uint16_t *options;
        size_t count = tally_result_place(part->result, i, &options);
        for (size_t k = 0; k < count; k++) {
            write_final(part, options[k], place);
        }
        place += count;
    }
}

/* ---- the rounds ---- */

static void write_exhausted(const struct part *part, size_t round)
{
    csv_int(part->csv, part->poll->id);
    csv_int(part->csv, (int64_t)round + 1);
    csv_empty(part->csv);
    csv_word(part->csv, "exhausted");
    write_number(part->csv, tally_round_exhausted(part->result, round));
    csv_empty(part->csv);
    csv_empty(part->csv);
    csv_empty(part->csv);
    csv_empty(part->csv);
    csv_empty(part->csv);
    csv_end_row(part->csv);
}

static void write_round(const struct part *part, size_t round)
{
    const uint16_t *elected;
    const uint16_t *eliminated;
    size_t elected_count = tally_round_elected(part->result, round, &elected);
    size_t eliminated_count = tally_round_eliminated(part->result, round, &eliminated);
    for (size_t option = 0; option < part->names.count; option++) {
        if (!tally_round_has(part->result, round, option)) {
            continue;
        }
        write_option(part, round + 1, option);
        write_number(part->csv, tally_round_votes(part->result, round, option));
        csv_empty(part->csv);
        csv_flag(part->csv, is_among(elected, elected_count, option));
        csv_flag(part->csv, is_among(eliminated, eliminated_count, option));
        csv_empty(part->csv);
        csv_empty(part->csv);
        csv_end_row(part->csv);
    }
    write_exhausted(part, round);
}

/* ---- one poll ---- */

static void read_lot(struct part *part)
{
    const uint16_t *order = NULL;
    size_t count = tally_result_tie_order(part->result, &order);
    for (size_t i = 0; i < count; i++) {
        part->lot_of[order[i]] = i + 1;
    }
}

static enum err
write_shares(struct part *part, const struct scope *scope, const uint16_t *order)
{
    struct share_results shares;
    enum err err = poll_count_shares(part->poll, order, &shares);
    for (size_t i = 0; i < SHARES_MAX && err == ERR_OK; i++) {
        bool shown = scope->options->auditor || publish_share_shown(part->poll, i);
        if (shares.of[i] != NULL && shown) {
            part->share = i + 1;
            part->result = shares.of[i];
            write_order(part);
        }
    }
    if (err == ERR_OK) {
        share_results_fini(&shares);
    }
    return err;
}

static enum err
write_poll(struct csv *csv, const struct scope *scope, const struct poll *poll)
{
    struct part part = {.csv = csv, .poll = poll};
    struct tally_result *result = NULL;
    const uint16_t *order = scope_order(scope, poll);
    enum err err = option_names_init(&part.names, scope, poll);
    if (err != ERR_OK) {
        goto names;
    }
    err = poll_count(poll, order, &result);
    if (err != ERR_OK) {
        goto names;
    }
    part.result = result;
    part.statistics = scope_result_level(scope, poll) >= PUBLISH_STATISTICS;
    read_lot(&part);
    write_order(&part);
    size_t rounds = part.statistics ? tally_result_rounds(result) : 0;
    for (size_t round = 0; round < rounds; round++) {
        write_round(&part, round);
    }
    err = write_shares(&part, scope, order);
    tally_result_free(result);
names:
    option_names_fini(&part.names);
    return err;
}

enum err table_results(struct buf *out, const struct scope *scope)
{
    struct csv csv;
    columns_begin(&csv, out, scope->options->separator, EXPORT_RESULTS);
    for (size_t i = 0; i < scope->event->poll_count; i++) {
        const struct poll *poll = scope->event->polls[i];
        if (!scope_shows_result(scope, poll)) {
            continue;
        }
        enum err err = write_poll(&csv, scope, poll);
        if (err != ERR_OK) {
            return err;
        }
    }
    return ERR_OK;
}
