/* How a result came out, as JSON members:
 *
 *     pairwise   rows and columns in the order of `options`: ballots that rank the row's
 *                option above the column's
 *     rounds     [{votes, exhausted, lost, quota, reason, eliminated, eliminated_all,
 *                elected, elected_reasons, sources, gains}]: votes at the beginning;
 *                `eliminated` is a name, null, or an array where several left together,
 *                `eliminated_all` always an array; `gains`: how many votes an option has
 *                more than in the round before; `quota` is null where the round has none
 *     stages     the same as rounds, for methods that elect several in rounds
 *     duels      [{winner, loser, votes_for, votes_against, fate}]
 *     paths      Schulze: as pairwise, of strongest paths
 *     points     Borda: name → [{points, ballots}]
 *     purchases  [{option, supporters, price, completion}]
 *     bill       [{approves, ballots, paid, left}]: `paid` by each ballot, for each
 *                purchase
 *     ties       [{options, round, settled, lot_positions, otherwise}]: positions from 1,
 *                null without a lot; `otherwise`: the winners had it gone the other way
 *                round, null where that was not counted */
#include "app/tally_json.h"

/* ---- matrices ---- */

typedef int64_t cell_fn(const struct tally_result *result, size_t a, size_t b);

static void put_matrix(
    struct buf *out, const struct tally_result *result, const char *key, cell_fn *cell)
{
    size_t options = tally_result_options(result);
    json_key(out, key);
    json_open(out, '[');
    for (size_t a = 0; a < options; a++) {
        json_open(out, '[');
        for (size_t b = 0; b < options; b++) {
            json_int(out, a == b ? 0 : cell(result, a, b));
        }
        json_close(out, ']');
    }
    json_close(out, ']');
}

/* ---- rounds ---- */

static void put_votes(struct buf *out, const struct tally_report *report, size_t round)
{
    json_key(out, "votes");
    json_open(out, '{');
    for (size_t o = 0; o < tally_result_options(report->result); o++) {
        if (tally_round_has(report->result, round, o)) {
            json_name_key(out, report, o);
            json_number(out, tally_round_votes(report->result, round, o));
        }
    }
    json_close(out, '}');
}

static void put_gains(struct buf *out, const struct tally_report *report, size_t round)
{
    json_key(out, "gains");
    json_open(out, '{');
    for (size_t o = 0; o < tally_result_options(report->result) && round > 0; o++) {
        struct tally_number gain = report_gain(report->result, round, o);
        if (gain.value > 0) {
            json_name_key(out, report, o);
            json_number(out, gain);
        }
    }
    json_close(out, '}');
}

static void
put_eliminated(struct buf *out, const struct tally_report *report, size_t round)
{
    const uint16_t *options = NULL;
    size_t count = tally_round_eliminated(report->result, round, &options);
    json_key(out, "eliminated");
    if (count == 0) {
        json_null(out);
    } else if (count == 1) {
        json_name(out, report, options[0]);
    } else {
        json_names(out, report, options, count);
    }
    json_key(out, "eliminated_all");
    json_names(out, report, options, count);
}

static void put_quota(struct buf *out, const struct tally_report *report, size_t round)
{
    struct tally_number quota = tally_round_quota(report->result, round);
    json_key(out, "quota");
    if (quota.value > 0) {
        json_number(out, quota);
    } else {
        json_null(out);
    }
}

static void
put_elected_reasons(struct buf *out, const struct tally_report *report, size_t round)
{
    const uint16_t *options = NULL;
    size_t count = tally_round_elected(report->result, round, &options);
    json_key(out, "elected_reasons");
    json_open(out, '{');
    for (size_t i = 0; i < count; i++) {
        json_name_key(out, report, options[i]);
        json_text(
            out, tally_reason_code(
                     tally_round_elected_reason(report->result, round, options[i])));
    }
    json_close(out, '}');
}

static void put_round(struct buf *out, const struct tally_report *report, size_t round)
{
    const struct tally_result *result = report->result;
    const uint16_t *options = NULL;
    json_open(out, '{');
    put_votes(out, report, round);
    json_key(out, "exhausted");
    json_number(out, tally_round_exhausted(result, round));
    json_key(out, "lost");
    json_number(out, tally_round_lost(result, round));
    put_quota(out, report, round);
    put_eliminated(out, report, round);
    size_t count = tally_round_elected(result, round, &options);
    json_key(out, "elected");
    json_names(out, report, options, count);
    json_key(out, "reason");
    json_text(out, tally_reason_code(tally_round_reason(result, round)));
    put_elected_reasons(out, report, round);
    count = tally_round_sources(result, round, &options);
    json_key(out, "sources");
    json_names(out, report, options, count);
    put_gains(out, report, round);
    json_close(out, '}');
}

static void
put_rounds(struct buf *out, const struct tally_report *report, const char *key)
{
    json_key(out, key);
    json_open(out, '[');
    for (size_t round = 0; round < tally_result_rounds(report->result); round++) {
        put_round(out, report, round);
    }
    json_close(out, ']');
}

/* ---- duels and points ---- */

static void put_duels(struct buf *out, const struct tally_report *report)
{
    json_key(out, "duels");
    json_open(out, '[');
    for (size_t i = 0; i < tally_result_duels(report->result); i++) {
        struct tally_duel duel = tally_result_duel(report->result, i);
        json_open(out, '{');
        json_key(out, "winner");
        json_name(out, report, duel.winner);
        json_key(out, "loser");
        json_name(out, report, duel.loser);
        json_key(out, "votes_for");
        json_int(out, duel.votes_for);
        json_key(out, "votes_against");
        json_int(out, duel.votes_against);
        json_key(out, "fate");
        json_text(out, tally_fate_code(duel.fate));
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void
put_points_of(struct buf *out, const struct tally_result *result, size_t option)
{
    size_t most = 2 * tally_result_options(result) - 2;
    json_open(out, '[');
    for (size_t half = 0; half <= most; half++) {
        int64_t ballots = tally_result_points(result, option, half);
        if (ballots == 0) {
            continue;
        }
        json_open(out, '{');
        json_key(out, "points");
        json_number(out, (struct tally_number){.value = (int64_t)half, .unit = 2});
        json_key(out, "ballots");
        json_int(out, ballots);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void put_points(struct buf *out, const struct tally_report *report)
{
    json_key(out, "points");
    json_open(out, '{');
    for (size_t o = 0; o < tally_result_options(report->result); o++) {
        json_name_key(out, report, o);
        put_points_of(out, report->result, o);
    }
    json_close(out, '}');
}

/* ---- purchases ---- */

static void put_purchases(struct buf *out, const struct tally_report *report)
{
    json_key(out, "purchases");
    json_open(out, '[');
    for (size_t i = 0; i < tally_result_purchases(report->result); i++) {
        struct tally_purchase purchase = tally_result_purchase(report->result, i);
        json_open(out, '{');
        json_key(out, "option");
        json_name(out, report, purchase.option);
        json_key(out, "supporters");
        json_int(out, purchase.supporters);
        json_key(out, "price");
        json_number(out, purchase.price);
        json_key(out, "completion");
        json_bool(out, purchase.completion);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void put_payer(struct buf *out, const struct tally_report *report, size_t payer)
{
    const struct tally_result *result = report->result;
    const uint16_t *options = NULL;
    int64_t weight = 0;
    size_t count = tally_payer_ballot(result, payer, &options, &weight);
    json_open(out, '{');
    json_key(out, "approves");
    json_names(out, report, options, count);
    json_key(out, "ballots");
    json_int(out, weight);
    json_key(out, "paid");
    json_open(out, '[');
    for (size_t i = 0; i < tally_result_purchases(result); i++) {
        json_number(out, tally_payer_paid(result, payer, i));
    }
    json_close(out, ']');
    json_key(out, "left");
    json_number(out, tally_payer_left(result, payer));
    json_close(out, '}');
}

static void put_bill(struct buf *out, const struct tally_report *report)
{
    json_key(out, "bill");
    json_open(out, '[');
    for (size_t i = 0; i < tally_result_payers(report->result); i++) {
        put_payer(out, report, i);
    }
    json_close(out, ']');
}

/* ---- ties ---- */

static void put_lot_positions(
    struct buf *out, const struct tally_result *result, const uint16_t *options,
    size_t count)
{
    const uint16_t *order = NULL;
    size_t drawn = tally_result_tie_order(result, &order);
    json_key(out, "lot_positions");
    if (drawn == 0) {
        json_null(out);
        return;
    }
    json_open(out, '[');
    for (size_t i = 0; i < count; i++) {
        size_t place = 0;
        while (order[place] != options[i]) {
            place++;
        }
        json_int(out, (int64_t)place + 1);
    }
    json_close(out, ']');
}

static void put_tie(struct buf *out, const struct tally_report *report, size_t i)
{
    const struct tally_result *result = report->result;
    const struct tally_result *otherwise = report_otherwise(report, i);
    const uint16_t *options = NULL;
    size_t count = tally_tie_options(result, i, &options);
    json_open(out, '{');
    json_key(out, "options");
    json_names(out, report, options, count);
    json_key(out, "round");
    json_int(out, (int64_t)tally_tie_round(result, i));
    json_key(out, "settled");
    json_text(out, tally_settled_code(tally_tie_settled(result, i)));
    put_lot_positions(out, result, options, count);
    json_key(out, "otherwise");
    if (otherwise != NULL) {
        count = tally_result_winners(otherwise, &options);
        json_names(out, report, options, count);
    } else {
        json_null(out);
    }
    json_close(out, '}');
}

static void put_ties(struct buf *out, const struct tally_report *report)
{
    json_key(out, "ties");
    json_open(out, '[');
    for (size_t i = 0; i < tally_result_ties(report->result); i++) {
        put_tie(out, report, i);
    }
    json_close(out, ']');
}

void json_steps(struct buf *out, const struct tally_report *report)
{
    const struct tally_result *result = report->result;
    if (tally_result_paired(result)) {
        put_matrix(out, result, "pairwise", tally_result_pair);
    }
    if (tally_result_rounds(result) > 0) {
        put_rounds(out, report, "rounds");
    }
    if (report_staged(result)) {
        put_rounds(out, report, "stages");
    }
    if (tally_result_duels(result) > 0) {
        put_duels(out, report);
    }
    if (tally_result_has_paths(result)) {
        put_matrix(out, result, "paths", tally_result_path);
    }
    if (tally_result_has_points(result)) {
        put_points(out, report);
    }
    if (tally_result_purchases(result) > 0) {
        put_purchases(out, report);
    }
    if (tally_result_payers(result) > 0) {
        put_bill(out, report);
    }
    put_ties(out, report);
}
