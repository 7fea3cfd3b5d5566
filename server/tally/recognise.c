/* Which format is a file that nobody named? Marks that only one format has decide; what
 * two may have is taken only when the other has no mark at all; else nothing is told. */
#include "tally/csv.h"
#include "tally/file.h"
#include "tally/heading.h"
#include "tally/json.h"

#include <string.h>

/* Does a comment line of PrefLib's head stand here? */
static bool is_preflib_head(const struct text *text)
{
    static const char *const keys[] = {
        "# FILE NAME:", "# TITLE:", "# DATA TYPE:", "# NUMBER ALTERNATIVES:"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (text_begins(text, keys[i])) {
            return true;
        }
    }
    return false;
}

/* A file that begins with an object: one value to the end that holds cast vote records,
 * or ABIF's metadata with other lines behind. */
static enum tally_format recognise_object(struct text text)
{
    struct text end = text;
    end.fault = NULL;
    bool whole = json_skip(&end) == TALLY_OK;
    json_skip_blanks(&end);
    bool more = whole && text_peek(&end) != TEXT_END;
    return !more && (text_holds(&text, "\"CVR\"") ||
                     text_holds(&text, "CastVoteRecordReport"))
               ? TALLY_FORMAT_NIST_JSON
               : TALLY_FORMAT_ABIF;
}

/* ---- CSV ---- */

/* The next cell of a line as it stands, without its quotes. */
static struct tally_text next_cell(struct text *text, char separator)
{
    struct tally_text cell = {.data = text->data + text->at};
    bool quoted = false;
    while (!text_is_line_end(text_peek(text)) &&
           (quoted || text_peek(text) != (unsigned char)separator)) {
        quoted = quoted != (text_peek(text) == '"');
        text_step(text);
        cell.bytes++;
    }
    (void)text_take(text, separator);
    cell = text_trimmed(cell);
    if (cell.bytes >= 2 && cell.data[0] == '"' && cell.data[cell.bytes - 1] == '"') {
        cell.data++;
        cell.bytes -= 2;
    }
    return cell;
}

/* 1st, 2nd, 3rd choice, 1. Wahl: ranks and no scores, which `1.` might be. */
static bool is_ordinal(struct tally_text cell)
{
    return heading_rank(cell) > 0 && cell.data[cell.bytes - 1] != '.';
}

static bool is_number(struct tally_text cell)
{
    size_t digits = 0;
    while (digits < cell.bytes && text_is_digit((unsigned char)cell.data[digits])) {
        digits++;
    }
    return digits == cell.bytes;
}

/* A column `rank1`; or ranks in words with a name in the first row, not a number: else
 * these may be options that are called so, and the cells their ranks. */
static bool has_rank_column(struct text text)
{
    char separator = cells_separator(text);
    struct text row = text;
    bool named = false;
    (void)text_rest_of_line(&row);
    (void)text_take(&row, '\n');
    while (!text_is_line_end(text_peek(&text))) {
        struct tally_text heading = next_cell(&text, separator);
        struct tally_text cell = next_cell(&row, separator);
        if (text_is_word(heading, "rank1")) {
            return true;
        }
        named = named || (heading_rank(heading_in_brackets(heading)) > 0 &&
                          !is_number(cell) && heading_rank(cell) == 0);
    }
    return named;
}

/* Is a cell of the first row an ordinal? */
static bool has_ordinals(struct text text)
{
    char separator = cells_separator(text);
    (void)text_rest_of_line(&text);
    (void)text_take(&text, '\n');
    while (!text_is_line_end(text_peek(&text))) {
        if (is_ordinal(next_cell(&text, separator))) {
            return true;
        }
    }
    return false;
}

enum tally_format file_recognise_csv(struct text text)
{
    struct tally_text shape = {.data = ""};
    struct text options;
    (void)cells_take_shape(&text, &shape);
    (void)cells_take_options(&text, &options);
    if (text_is_word(shape, "ranks")) {
        return TALLY_FORMAT_CSV_RANKS;
    }
    if (shape.bytes >= 6 && memcmp(shape.data, "scores", 6) == 0) {
        return TALLY_FORMAT_CSV_SCORES;
    }
    if (has_rank_column(text)) {
        return TALLY_FORMAT_CSV;
    }
    return has_ordinals(text) ? TALLY_FORMAT_CSV_RANKS : TALLY_FORMAT_COUNT;
}

/* ---- lines ---- */

/* `V: 13-2`, a ballot of a tally sheet. */
static bool is_tally(struct text text)
{
    text_skip_blanks(&text);
    if (!text_take_word(&text, "V: ")) {
        return false;
    }
    text_skip_blanks(&text);
    int c = text_peek(&text);
    return c == '-' || text_is_digit(c) || (c >= 'A' && c <= 'Z');
}

/* `Option 1---->: name`, of a tally sheet's legend, whatever stands before it. */
static bool is_legend(struct text text)
{
    while (!text_is_line_end(text_peek(&text)) && !text_take_word(&text, "Option ")) {
        text_step(&text);
    }
    bool numbered = text_is_digit(text_peek(&text));
    while (text_is_digit(text_peek(&text))) {
        text_step(&text);
    }
    bool arrow = numbered && text_peek(&text) == '-';
    while (text_peek(&text) == '-') {
        text_step(&text);
    }
    return arrow && text_take_word(&text, ">:");
}

/* Is some line such a ballot? */
static bool is_tally_sheet(struct text text)
{
    while (text_peek(&text) != TEXT_END) {
        if (is_tally(text)) {
            return true;
        }
        (void)text_rest_of_line(&text);
        (void)text_take(&text, '\n');
    }
    return false;
}

/* `3 2`: how many options, how many seats. */
static bool is_blt_head(struct text text)
{
    for (int numbers = 0; numbers < 2; numbers++) {
        if (!text_is_digit(text_peek(&text))) {
            return false;
        }
        while (text_is_digit(text_peek(&text))) {
            text_step(&text);
        }
        if (!text_is_blank(text_peek(&text)) && !text_is_line_end(text_peek(&text))) {
            return false;
        }
        text_skip_blanks(&text);
    }
    return true;
}

static bool is_votes_line(struct text text)
{
    if (!text_is_digit(text_peek(&text))) {
        return false;
    }
    while (text_is_digit(text_peek(&text))) {
        text_step(&text);
    }
    text_skip_blanks(&text);
    return text_peek(&text) == ':';
}

/* A vote of the Condorcet Election Format: with tags or between ranks. */
static bool is_condorcet_vote(struct text text)
{
    struct tally_text line = text_rest_of_line(&text);
    for (size_t i = 0; i < line.bytes && line.data[i] != '#'; i++) {
        if (line.data[i] == '>' ||
            (i > 0 && line.data[i] == '|' && line.data[i - 1] == '|')) {
            return true;
        }
    }
    return false;
}

/* The first line that is no comment. Several answers: none. */
static enum tally_format recognise_line(struct text line, struct text file)
{
    int c = text_peek(&line);
    if (c == '{') {
        return recognise_object(line);
    }
    if (c == '=' || is_votes_line(line)) {
        return TALLY_FORMAT_ABIF;
    }
    if (is_blt_head(line)) {
        return TALLY_FORMAT_BLT;
    }
    enum tally_format csv = file_recognise_csv(line);
    bool legend = is_legend(line);
    bool sheet = legend || is_tally_sheet(file);
    bool votes = !legend && is_condorcet_vote(line);
    if ((csv != TALLY_FORMAT_COUNT ? 1 : 0) + (sheet ? 1 : 0) + (votes ? 1 : 0) != 1) {
        return TALLY_FORMAT_COUNT;
    }
    if (csv != TALLY_FORMAT_COUNT) {
        return csv;
    }
    return sheet ? TALLY_FORMAT_DEBIAN : TALLY_FORMAT_CONDORCET;
}

enum tally_format file_recognise(struct text text)
{
    struct text file = text;
    while (text_peek(&text) != TEXT_END) {
        if (is_preflib_head(&text)) {
            return TALLY_FORMAT_PREFLIB;
        }
        if (text_begins(&text, "#/")) {
            return TALLY_FORMAT_CONDORCET;
        }
        if (text_begins(&text, "# shape:") || text_begins(&text, "# options:")) {
            return file_recognise_csv(text);
        }
        text_skip_blanks(&text);
        int c = text_peek(&text);
        if (c == '/' && text_next(&text) == '*') {
            return TALLY_FORMAT_BLT; /* only it has such comments */
        }
        if (c != '#' && !text_is_line_end(c)) {
            return recognise_line(text, file);
        }
        (void)text_rest_of_line(&text);
        (void)text_take(&text, '\n');
    }
    return TALLY_FORMAT_COUNT;
}
