#include "wire/result_json.h"

#include "domain/count.h"
#include "domain/publish.h"
#include "domain/shares.h"

#include <stdlib.h>

/* A result is one push to every phone, and an outbox holds 64 KiB: of more options than
 * this, only the first few of the ranking are told in full. */
#define RESULT_OPTIONS_FULL   20
#define RESULT_OPTIONS_SHOWN  12
#define RESULT_OPTIONS_SHARED 9 /* of a poll by shares, whose numbers are longer */

struct writer {
    struct buf *out;
    const struct tally_result *result;
    const struct result_naming *naming;
    uint16_t *shown; /* the options pairs and duels are told of */
    size_t shown_count;
    bool *is_shown;
};

static void write_option(const struct writer *writer, size_t i)
{
    writer->naming->option(writer->naming->ctx, i, writer->out);
}

static void write_comma(const struct writer *writer, bool more)
{
    if (more) {
        buf_char(writer->out, ',');
    }
}

static void write_list(const struct writer *writer, const uint16_t *options, size_t count)
{
    buf_char(writer->out, '[');
    for (size_t i = 0; i < count; i++) {
        write_comma(writer, i > 0);
        write_option(writer, options[i]);
    }
    buf_char(writer->out, ']');
}

static void write_number(const struct writer *writer, struct tally_number number)
{
    char text[TALLY_NUMBER_BYTES];
    size_t bytes = tally_number_write(number, text);
    buf_char(writer->out, '"');
    buf_bytes(writer->out, text, bytes);
    buf_char(writer->out, '"');
}

static void write_count(const struct writer *writer, const char *key, int64_t count)
{
    buf_printf(writer->out, "\"%s\":", key);
    buf_int(writer->out, count);
}

static void write_outcome(const struct writer *writer)
{
    const struct tally_result *result = writer->result;
    const uint16_t *options = NULL;
    buf_printf(
        writer->out,
        ",\"state\":\"%s\",\"winners\":", tally_state_code(tally_result_state(result)));
    size_t count = tally_result_winners(result, &options);
    write_list(writer, options, count);
    buf_text(writer->out, ",\"ranking\":[");
    for (size_t place = 0; place < tally_result_places(result); place++) {
        write_comma(writer, place > 0);
        count = tally_result_place(result, place, &options);
        write_list(writer, options, count);
    }
    buf_char(writer->out, ']');
}

static void write_score(const struct writer *writer, size_t option)
{
    write_option(writer, option);
    buf_char(writer->out, ':');
    write_number(writer, tally_result_score(writer->result, option));
}

static void write_scores(const struct writer *writer)
{
    if (!tally_result_scored(writer->result)) {
        return;
    }
    buf_text(writer->out, ",\"scores\":{");
    for (size_t i = 0; i < tally_result_options(writer->result); i++) {
        write_comma(writer, i > 0);
        write_score(writer, i);
    }
    buf_char(writer->out, '}');
}

/* Of the first of the ranking only. */
static void write_first_scores(const struct writer *writer, size_t most)
{
    const char *before = ",\"scores\":{";
    size_t places =
        tally_result_scored(writer->result) ? tally_result_places(writer->result) : 0;
    for (size_t place = 0; place < places && most > 0; place++) {
        const uint16_t *options = NULL;
        size_t count = tally_result_place(writer->result, place, &options);
        for (size_t i = 0; i < count && most > 0; i++, most--) {
            buf_text(writer->out, before);
            write_score(writer, options[i]);
            before = ",";
        }
    }
    buf_text(writer->out, places > 0 ? "}" : "");
}

static bool has_option(const uint16_t *options, size_t count, size_t option)
{
    for (size_t i = 0; i < count; i++) {
        if (options[i] == option) {
            return true;
        }
    }
    return false;
}

static void write_votes(
    const struct writer *writer, size_t round, const uint16_t *leaving, size_t count)
{
    bool more = false;
    buf_text(writer->out, "{\"votes\":{");
    for (size_t i = 0; i < tally_result_options(writer->result); i++) {
        bool told = writer->is_shown[i] || has_option(leaving, count, i);
        if (told && tally_round_has(writer->result, round, i)) {
            write_comma(writer, more);
            write_option(writer, i);
            buf_char(writer->out, ':');
            write_number(writer, tally_round_votes(writer->result, round, i));
            more = true;
        }
    }
    buf_text(writer->out, "},\"exhausted\":");
    write_number(writer, tally_round_exhausted(writer->result, round));
}

static void write_rounds(const struct writer *writer)
{
    size_t rounds = tally_result_rounds(writer->result);
    if (rounds == 0) {
        return;
    }
    buf_text(writer->out, ",\"rounds\":[");
    for (size_t round = 0; round < rounds; round++) {
        const uint16_t *options = NULL;
        size_t count = tally_round_eliminated(writer->result, round, &options);
        write_comma(writer, round > 0);
        write_votes(writer, round, options, count);
        buf_text(writer->out, ",\"eliminated\":");
        write_list(writer, options, count);
        count = tally_round_elected(writer->result, round, &options);
        buf_text(writer->out, ",\"elected\":");
        write_list(writer, options, count);
        buf_char(writer->out, '}');
    }
    buf_char(writer->out, ']');
}

static void write_pairwise(const struct writer *writer)
{
    if (!tally_result_paired(writer->result)) {
        return;
    }
    buf_text(writer->out, ",\"pairwise\":{\"options\":");
    write_list(writer, writer->shown, writer->shown_count);
    buf_text(writer->out, ",\"matrix\":[");
    for (size_t a = 0; a < writer->shown_count; a++) {
        write_comma(writer, a > 0);
        buf_char(writer->out, '[');
        for (size_t b = 0; b < writer->shown_count; b++) {
            write_comma(writer, b > 0);
            buf_int(
                writer->out,
                tally_result_pair(writer->result, writer->shown[a], writer->shown[b]));
        }
        buf_char(writer->out, ']');
    }
    buf_text(writer->out, "]}");
}

static void write_duel(const struct writer *writer, struct tally_duel duel)
{
    buf_text(writer->out, "{\"winner\":");
    write_option(writer, duel.winner);
    buf_text(writer->out, ",\"loser\":");
    write_option(writer, duel.loser);
    buf_char(writer->out, ',');
    write_count(writer, "for", duel.votes_for);
    buf_char(writer->out, ',');
    write_count(writer, "against", duel.votes_against);
    bool stands = duel.fate == TALLY_LOCKED || duel.fate == TALLY_RUNOFF;
    buf_printf(writer->out, ",\"locked\":%s}", stands ? "true" : "false");
}

static void write_duels(const struct writer *writer)
{
    size_t count = tally_result_duels(writer->result);
    if (count == 0) {
        return;
    }
    bool more = false;
    buf_text(writer->out, ",\"duels\":[");
    for (size_t i = 0; i < count; i++) {
        struct tally_duel duel = tally_result_duel(writer->result, i);
        bool shown = writer->is_shown[duel.winner] && writer->is_shown[duel.loser];
        if (duel.fate == TALLY_RUNOFF || (duel.fate != TALLY_OPEN && shown)) {
            write_comma(writer, more);
            write_duel(writer, duel);
            more = true;
        }
    }
    buf_char(writer->out, ']');
}

static void write_ties(const struct writer *writer)
{
    buf_text(writer->out, ",\"ties\":[");
    for (size_t i = 0; i < tally_result_ties(writer->result); i++) {
        const uint16_t *options = NULL;
        size_t count = tally_tie_options(writer->result, i, &options);
        write_comma(writer, i > 0);
        buf_text(writer->out, "{\"options\":");
        write_list(writer, options, count);
        buf_char(writer->out, ',');
        write_count(writer, "round", (int64_t)tally_tie_round(writer->result, i));
        buf_printf(
            writer->out, ",\"by\":\"%s\"}",
            tally_settled_code(tally_tie_settled(writer->result, i)));
    }
    buf_char(writer->out, ']');
}

static void write_lot(const struct writer *writer)
{
    const uint16_t *order = NULL;
    size_t count = tally_result_tie_order(writer->result, &order);
    if (count > 0) {
        buf_text(writer->out, ",\"lot\":");
        write_list(writer, order, count);
    }
}

/* All options, or the first of the ranking in the ranking's order. */
static void choose_shown(struct writer *writer)
{
    size_t options = tally_result_options(writer->result);
    size_t shown = writer->naming->shown;
    bool all = shown == 0;
    for (size_t place = 0; place < tally_result_places(writer->result); place++) {
        const uint16_t *group = NULL;
        size_t count = tally_result_place(writer->result, place, &group);
        for (size_t i = 0; i < count && !all && writer->shown_count < shown; i++) {
            writer->shown[writer->shown_count++] = group[i];
        }
    }
    for (size_t i = 0; i < options && all; i++) {
        writer->shown[writer->shown_count++] = (uint16_t)i;
    }
    for (size_t i = 0; i < writer->shown_count; i++) {
        writer->is_shown[writer->shown[i]] = true;
    }
}

static void write_statistics(struct writer *writer)
{
    choose_shown(writer);
    write_scores(writer);
    write_rounds(writer);
    write_pairwise(writer);
    write_duels(writer);
    write_ties(writer);
    write_lot(writer);
}

void wire_encode_result_members(
    struct buf *out, const struct tally_result *result, enum publication level,
    const struct result_naming *naming)
{
    size_t options = tally_result_options(result);
    struct writer writer = {.out = out, .result = result, .naming = naming};
    writer.shown = calloc(options, sizeof *writer.shown);
    writer.is_shown = calloc(options, sizeof *writer.is_shown);
    if (writer.shown == NULL || writer.is_shown == NULL) {
        buf_fail(out);
    } else {
        buf_printf(
            out, "\"method\":\"%s\",", tally_method_name(tally_result_method(result)));
        write_count(&writer, "seats", (int64_t)tally_result_seats(result));
        buf_char(out, ',');
        bool weighed = naming->ballots > 0;
        write_count(
            &writer, "ballots", weighed ? naming->ballots : tally_result_ballots(result));
        if (level != PUBLISH_ORDER) {
            buf_char(out, ',');
            write_count(
                &writer, "blank", weighed ? naming->blank : tally_result_blank(result));
            buf_char(out, ',');
            struct tally_number exhausted = tally_result_exhausted(result);
            write_count(&writer, "exhausted", exhausted.value / exhausted.unit);
        }
        write_outcome(&writer);
        if (level != PUBLISH_ORDER) {
            write_statistics(&writer);
        }
    }
    free(writer.shown);
    free(writer.is_shown);
}

/* An option's id as the poll's object on the wire has it. */
static void write_option_id(const void *ctx, size_t i, struct buf *out)
{
    const struct poll *poll = ctx;
    int64_t id = poll->spec.form == BALLOT_YESNO ? (i == 0 ? OPTION_YES : OPTION_NO)
                                                 : poll->spec.options[i];
    buf_char(out, '"');
    buf_int(out, id);
    buf_char(out, '"');
}

static bool is_full(const struct tally_result *result)
{
    return tally_result_options(result) <= RESULT_OPTIONS_FULL;
}

/* ---- shares ---- */

static int64_t blank_of(const struct share_results *shares)
{
    int64_t blank = 0;
    for (size_t i = 0; i < SHARES_MAX; i++) {
        blank += shares->of[i] != NULL ? tally_result_blank(shares->of[i]) : 0;
    }
    return blank;
}

static void write_share(
    struct buf *out, const struct poll *poll, size_t i, const struct tally_result *result,
    enum publication level)
{
    const struct share *share = &poll->spec.shares.of[i];
    const struct result_naming naming = {.option = write_option_id, .ctx = poll};
    const struct writer writer = {.out = out, .result = result, .naming = &naming};
    buf_char(out, '{');
    if (share->group != 0) {
        buf_printf(out, "\"group\":\"%lld\",", (long long)share->group);
    }
    write_count(&writer, "percent", share->percent);
    buf_char(out, ',');
    write_count(&writer, "ballots", poll_share_ballots(poll, i));
    if (result == NULL || !publish_share_shown(poll, i)) {
        buf_text(out, ",\"winners\":[],\"ranking\":[]");
    } else {
        write_outcome(&writer);
        if (level != PUBLISH_ORDER && is_full(result)) {
            write_scores(&writer);
        } else if (level != PUBLISH_ORDER) {
            write_first_scores(&writer, RESULT_OPTIONS_SHARED);
        }
    }
    buf_char(out, '}');
}

static void write_shares(
    struct buf *out, const struct poll *poll, const struct tally_result *result,
    const struct share_results *shares, enum publication level)
{
    buf_printf(out, ",\"of\":%lld", (long long)tally_result_ballots(result));
    for (size_t i = 0; i < poll->spec.shares.count; i++) {
        buf_text(out, i == 0 ? ",\"shares\":[" : ",");
        write_share(out, poll, i, shares->of[i], level);
    }
    buf_char(out, ']');
}

void wire_encode_result(
    struct buf *out, const struct poll *poll, const struct tally_result *result,
    const struct share_results *shares, enum publication level, bool live)
{
    bool by_shares = shares != NULL && poll->spec.shares.count > 0;
    struct result_naming naming = {
        .option = write_option_id,
        .ctx = poll,
        .shown = is_full(result) ? 0 : RESULT_OPTIONS_SHOWN};
    if (by_shares) {
        naming.ballots = publish_count(poll);
        naming.blank = blank_of(shares);
        naming.shown = naming.shown == 0 ? 0 : RESULT_OPTIONS_SHARED;
    }
    buf_text(out, "{\"op\":\"result\",\"poll\":\"");
    buf_int(out, poll->id);
    buf_printf(
        out, "\",\"live\":%s,\"level\":\"%s\",", live ? "true" : "false",
        publication_name(level));
    if (poll->published) {
        buf_printf(out, "\"published_pos\":%lld,", (long long)poll->published_pos);
    }
    if (!live && poll->paper > 0) {
        buf_printf(out, "\"paper\":%lld,", (long long)poll->paper);
    }
    wire_encode_result_members(out, result, level, &naming);
    if (by_shares) {
        write_shares(out, poll, result, shares, level);
    }
    buf_char(out, '}');
}
