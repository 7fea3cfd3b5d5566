/* How a result came out, in sentences. */
#include "app/tally_text.h"

/* What nobody would read aloud is left to --json. */
#define VOTES_TOLD_MAX 20
#define DUELS_TOLD_MAX 120

static void put_int(struct buf *out, int64_t value)
{
    words_number(out, (struct tally_number){.value = value, .unit = 1});
}

void text_duel(struct buf *out, const struct tally_report *report, size_t a, size_t b)
{
    int64_t above = tally_result_pair(report->result, a, b);
    int64_t below = tally_result_pair(report->result, b, a);
    buf_text(out, "  ");
    text_name(out, report, a);
    buf_text(out, above > below ? " beats " : above < below ? " loses to " : " ties ");
    text_name(out, report, b);
    buf_text(out, ", ");
    put_int(out, above);
    buf_text(out, " to ");
    put_int(out, below);
    buf_char(out, '\n');
}

/* ---- rounds ---- */

static bool is_less(struct tally_number a, struct tally_number b)
{
    return a.value < b.value; /* of one round: the same unit */
}

/* The options of a round, most votes first; equals in the order of the file. */
static size_t
sort_round(const struct tally_result *result, size_t round, uint16_t ret_options[])
{
    size_t count = 0;
    for (size_t o = 0; o < tally_result_options(result); o++) {
        if (!tally_round_has(result, round, o)) {
            continue;
        }
        struct tally_number votes = tally_round_votes(result, round, o);
        size_t at = count++;
        while (at > 0 &&
               is_less(tally_round_votes(result, round, ret_options[at - 1]), votes)) {
            ret_options[at] = ret_options[at - 1];
            at--;
        }
        ret_options[at] = (uint16_t)o;
    }
    return count;
}

static void put_sources(struct buf *out, const struct tally_report *report, size_t round)
{
    const uint16_t *sources = NULL;
    size_t count = tally_round_sources(report->result, round, &sources);
    if (count > 0) {
        buf_text(out, "  With the votes of ");
        text_names(out, report, sources, count);
        buf_text(out, ":\n");
    }
}

static void put_votes_of(
    struct buf *out, const struct tally_report *report, size_t round, size_t option)
{
    struct tally_number gain = report_gain(report->result, round, option);
    buf_text(out, "    ");
    text_padded_name(out, report, option);
    buf_text(out, "  ");
    words_number(out, tally_round_votes(report->result, round, option));
    if (gain.value != 0) {
        buf_text(out, gain.value > 0 ? " (+" : " (");
        words_number(out, gain);
        buf_char(out, ')');
    }
    buf_char(out, '\n');
}

static void put_votes(struct buf *out, const struct tally_report *report, size_t round)
{
    uint16_t options[TALLY_OPTIONS_MAX];
    size_t count = sort_round(report->result, round, options);
    size_t told = count > VOTES_TOLD_MAX + 1 ? VOTES_TOLD_MAX : count;
    for (size_t i = 0; i < told; i++) {
        put_votes_of(out, report, round, options[i]);
    }
    if (told < count) {
        buf_printf(out, "    and %zu others with no more\n", count - told);
    }
    struct tally_number exhausted = tally_round_exhausted(report->result, round);
    if (exhausted.value > 0) {
        buf_text(out, "    (exhausted: ");
        words_number(out, exhausted);
        buf_text(out, ")\n");
    }
}

static void put_elected(
    struct buf *out, const struct tally_report *report, size_t round,
    enum tally_reason reason)
{
    uint16_t options[TALLY_OPTIONS_MAX];
    size_t count = report_elected_for(report->result, round, reason, options);
    if (count > 0) {
        buf_text(out, "  ");
        text_names(out, report, options, count);
        buf_text(out, words_elected(reason, count > 1));
        buf_char(out, '\n');
    }
}

static void put_end(struct buf *out, const struct tally_report *report, size_t round)
{
    const struct tally_result *result = report->result;
    enum tally_reason reason = tally_round_reason(result, round);
    const uint16_t *options = NULL;
    if (reason == TALLY_LAST_SEATS) {
        put_elected(out, report, round, TALLY_QUOTA);
    }
    put_elected(out, report, round, reason);
    size_t count = tally_round_eliminated(result, round, &options);
    if (count > 0) {
        buf_text(out, "  ");
        text_names(out, report, options, count);
        buf_text(out, words_left(reason, count > 1));
        buf_char(out, '\n');
    }
}

static void put_round(struct buf *out, const struct tally_report *report, size_t round)
{
    struct tally_number quota = tally_round_quota(report->result, round);
    buf_printf(out, "\nRound %zu", round + 1);
    if (quota.value > 0) {
        buf_text(
            out, report_staged(report->result) ? ", the quota is " : ", a majority is ");
        words_number(out, quota);
    }
    buf_char(out, '\n');
    put_sources(out, report, round);
    put_votes(out, report, round);
    put_end(out, report, round);
}

/* ---- duels, purchases ---- */

static void put_duels(struct buf *out, const struct tally_report *report)
{
    size_t all = tally_result_duels(report->result);
    size_t count = all < DUELS_TOLD_MAX ? all : DUELS_TOLD_MAX;
    buf_text(out, count > 0 ? "\nDuels, in the order they were looked at\n" : "");
    for (size_t i = 0; i < count; i++) {
        struct tally_duel duel = tally_result_duel(report->result, i);
        buf_text(out, "  ");
        text_name(out, report, duel.winner);
        buf_text(out, duel.votes_for == duel.votes_against ? " ties " : " beats ");
        text_name(out, report, duel.loser);
        buf_text(out, ", ");
        put_int(out, duel.votes_for);
        buf_text(out, " to ");
        put_int(out, duel.votes_against);
        buf_text(out, ": ");
        buf_text(out, words_fate(duel.fate));
        buf_char(out, '\n');
    }
    if (count < all) {
        buf_printf(out, "  and %zu more: --json tells of all\n", all - count);
    }
}

static void put_purchases(struct buf *out, const struct tally_report *report)
{
    size_t count = tally_result_purchases(report->result);
    buf_text(out, count > 0 ? "\nElected one after the other\n" : "");
    for (size_t i = 0; i < count; i++) {
        struct tally_purchase purchase = tally_result_purchase(report->result, i);
        buf_printf(out, "%5zu. ", i + 1);
        text_name(out, report, purchase.option);
        buf_text(out, ", approved by ");
        words_count(out, purchase.supporters, "ballot", "ballots");
        if (purchase.completion) {
            buf_text(out, ", to fill the seats that were left\n");
        } else {
            buf_text(out, ", ");
            buf_text(out, words_price(report->result));
            buf_char(out, ' ');
            words_number(out, purchase.price);
            buf_char(out, '\n');
        }
    }
}

/* ---- ties ---- */

static void put_otherwise(struct buf *out, const struct tally_report *report, size_t i)
{
    const struct tally_result *otherwise = report_otherwise(report, i);
    const uint16_t *options = NULL;
    if (otherwise == NULL) {
        return;
    }
    if (report_same_winners(otherwise, report->result)) {
        buf_text(out, " The other way round the same had come out.");
        return;
    }
    size_t count = tally_result_winners(otherwise, &options);
    buf_text(out, " The other way round ");
    text_names(out, report, options, count);
    buf_text(out, " had won.");
}

static void put_tie(struct buf *out, const struct tally_report *report, size_t i)
{
    const uint16_t *options = NULL;
    size_t count = tally_tie_options(report->result, i, &options);
    buf_text(out, "  ");
    words_tie_round(out, report->result, i);
    text_names(out, report, options, count);
    buf_text(out, " tied, ");
    buf_text(out, words_settled(tally_tie_settled(report->result, i)));
    buf_char(out, '.');
    put_otherwise(out, report, i);
    buf_char(out, '\n');
}

void text_steps(struct buf *out, const struct tally_report *report)
{
    for (size_t round = 0; round < tally_result_rounds(report->result); round++) {
        put_round(out, report, round);
    }
    put_duels(out, report);
    put_purchases(out, report);
    size_t ties = tally_result_ties(report->result);
    buf_text(out, ties > 0 ? "\nTies\n" : "");
    for (size_t i = 0; i < ties; i++) {
        put_tie(out, report, i);
    }
    const char *cut_short = words_cut_short(report->result);
    if (cut_short != NULL) {
        buf_printf(out, "  %s\n", cut_short);
    }
}
