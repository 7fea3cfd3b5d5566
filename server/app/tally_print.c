#include "app/tally_print.h"

#include "wire/result_json.h"

static void write_name(const void *ctx, size_t i, struct buf *out)
{
    struct tally_text name = tally_file_name(ctx, i);
    buf_json_string(out, span_of(name.data, name.bytes));
}

void tally_print_json(
    struct buf *out, const struct tally_file *file, const struct tally_result *result)
{
    struct tally_text title = tally_file_title(file);
    struct result_naming naming = {.option = write_name, .ctx = file};
    buf_char(out, '{');
    if (title.bytes > 0) {
        buf_text(out, "\"title\":");
        buf_json_string(out, span_of(title.data, title.bytes));
        buf_char(out, ',');
    }
    buf_text(out, "\"options\":[");
    for (size_t i = 0; i < tally_result_options(result); i++) {
        buf_text(out, i > 0 ? "," : "");
        write_name(file, i, out);
    }
    buf_text(out, "],");
    wire_encode_result_members(out, result, PUBLISH_BALLOTS, &naming);
    buf_text(out, "}\n");
}

/* ---- text ---- */

static void put_name(struct buf *out, const struct tally_file *file, size_t option)
{
    struct tally_text name = tally_file_name(file, option);
    buf_bytes(out, name.data, name.bytes);
}

static void put_names(
    struct buf *out, const struct tally_file *file, const uint16_t *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buf_text(out, i > 0 ? ", " : "");
        put_name(out, file, options[i]);
    }
}

static void put_count(struct buf *out, int64_t count, const char *one, const char *many)
{
    buf_int(out, count);
    buf_text(out, count == 1 ? one : many);
}

static void put_number(struct buf *out, struct tally_number number)
{
    char text[TALLY_NUMBER_BYTES];
    tally_number_write(number, text);
    buf_text(out, text);
}

static void put_outcome(
    struct buf *out, const struct tally_file *file, const struct tally_result *result)
{
    static const char *const said[] = {
        [TALLY_DECIDED] = "decided.\n",
        [TALLY_TIE_IRRELEVANT] = "decided: the ties on the way change nothing.\n",
        [TALLY_TIE_DECISIVE] = "a tie decides.\n",
        [TALLY_NOT_SETTLED] = "whether the ties on the way decide was not found out.\n",
    };
    const uint16_t *options = NULL;
    size_t count = tally_result_winners(result, &options);
    buf_text(out, tally_method_name(tally_result_method(result)));
    buf_text(out, ", ");
    put_count(out, tally_result_ballots(result), " ballot", " ballots");
    buf_text(out, " (");
    buf_int(out, tally_result_blank(result));
    buf_text(out, " blank): ");
    buf_text(out, said[tally_result_state(result)]);
    if (count == 0) {
        buf_text(out, "Nobody wins.\n");
        return;
    }
    bool open = count > tally_result_seats(result);
    buf_text(out, open ? "Among these: " : count == 1 ? "Winner: " : "Winners: ");
    put_names(out, file, options, count);
    buf_char(out, '\n');
}

static void put_place(
    struct buf *out, const struct tally_file *file, const struct tally_result *result,
    int64_t place, size_t option)
{
    buf_text(out, "  ");
    buf_int(out, place);
    buf_text(out, ". ");
    put_name(out, file, option);
    if (tally_result_scored(result)) {
        buf_text(out, ": ");
        put_number(out, tally_result_score(result, option));
    }
    buf_char(out, '\n');
}

static void put_places(
    struct buf *out, const struct tally_file *file, const struct tally_result *result)
{
    int64_t place = 1;
    buf_text(out, "\nPlaces\n");
    for (size_t i = 0; i < tally_result_places(result); i++) {
        const uint16_t *options = NULL;
        size_t count = tally_result_place(result, i, &options);
        for (size_t o = 0; o < count; o++) {
            put_place(out, file, result, place, options[o]);
        }
        place += (int64_t)count;
    }
}

static void put_round(
    struct buf *out, const struct tally_file *file, const struct tally_result *result,
    size_t round)
{
    buf_text(out, "\nRound ");
    buf_int(out, (int64_t)round + 1);
    buf_char(out, '\n');
    for (size_t o = 0; o < tally_result_options(result); o++) {
        if (tally_round_has(result, round, o)) {
            buf_text(out, "  ");
            put_name(out, file, o);
            buf_text(out, ": ");
            put_number(out, tally_round_votes(result, round, o));
            buf_char(out, '\n');
        }
    }
    const uint16_t *options = NULL;
    size_t count = tally_round_eliminated(result, round, &options);
    buf_text(out, "  exhausted: ");
    put_number(out, tally_round_exhausted(result, round));
    if (count > 0) {
        buf_text(out, "\n  leaves: ");
        put_names(out, file, options, count);
    }
    buf_char(out, '\n');
}

static void put_duels(
    struct buf *out, const struct tally_file *file, const struct tally_result *result)
{
    static const char *const fates[] = {
        [TALLY_LOCKED] = "\n",
        [TALLY_DROPPED] = " - dropped: it would close a cycle\n",
        [TALLY_OPEN] = " - open: it hangs on a tie\n",
    };
    size_t count = tally_result_duels(result);
    buf_text(out, count > 0 ? "\nDuels, the strongest first\n" : "");
    for (size_t i = 0; i < count; i++) {
        struct tally_duel duel = tally_result_duel(result, i);
        buf_text(out, "  ");
        put_name(out, file, duel.winner);
        buf_text(out, " beats ");
        put_name(out, file, duel.loser);
        buf_char(out, ' ');
        buf_int(out, duel.votes_for);
        buf_char(out, ':');
        buf_int(out, duel.votes_against);
        buf_text(out, fates[duel.fate]);
    }
}

static void put_ties(
    struct buf *out, const struct tally_file *file, const struct tally_result *result)
{
    static const char *const said[] = {
        [TALLY_BY_EARLIER_ROUND] = " - settled by an earlier round",
        [TALLY_BY_LOSING_VOTES] = " - settled by fewer losing votes",
        [TALLY_BY_LOT] = " - settled by lot",
        [TALLY_BY_NOBODY] = " - left open",
    };
    size_t count = tally_result_ties(result);
    buf_text(out, count > 0 ? "\nTies\n" : "");
    for (size_t i = 0; i < count; i++) {
        const uint16_t *options = NULL;
        size_t tied = tally_tie_options(result, i, &options);
        buf_text(out, "  ");
        put_names(out, file, options, tied);
        buf_text(out, said[tally_tie_settled(result, i)]);
        buf_char(out, '\n');
    }
}

void tally_print_text(
    struct buf *out, const struct tally_file *file, const struct tally_result *result)
{
    struct tally_text title = tally_file_title(file);
    if (title.bytes > 0) {
        buf_bytes(out, title.data, title.bytes);
        buf_char(out, '\n');
    }
    put_outcome(out, file, result);
    put_places(out, file, result);
    for (size_t round = 0; round < tally_result_rounds(result); round++) {
        put_round(out, file, result, round);
    }
    put_duels(out, file, result);
    put_ties(out, file, result);
}
