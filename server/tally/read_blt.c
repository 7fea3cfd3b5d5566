/* BLT (Hill, Wichmann and Woodall 1987): `options seats`, withdrawn options as negative
 * numbers, ballots `weight a b=c - d 0`, a lone 0, names, a title. `=` is an equal rank,
 * `-` a skipped one, `(…)` before the weight names a ballot, `#` and slash-star begin
 * comments. Ends of lines mean nothing, unless no ballot has its 0: then each ends with
 * its line. Droop's lines: `[nick a b]` names the options in ballots; `[tie …]` and
 * `[droop …]` are another program's settings and are passed over. A withdrawn option is
 * deleted from every ballot, which closes up and is kept. */
#include "tally/blt.h"

#include "tally/bits.h"
#include "tally/grow.h"

static enum tally_status read_head(struct blt *blt)
{
    struct text *text = &blt->reader->text;
    int64_t options = 0;
    int64_t seats = 0;
    enum tally_status status = blt_skip_lines(text);
    struct text start = *text;
    if (status == TALLY_OK) {
        status = text_number(text, "how many options", &options);
    }
    if (status == TALLY_OK) {
        status = blt_skip_lines(text);
    }
    if (status == TALLY_OK) {
        status = text_number(text, "how many seats", &seats);
    }
    if (status != TALLY_OK) {
        return status;
    }
    if (options < 1 || options > TALLY_OPTIONS_MAX) {
        return text_exceed(&start, TALLY_TOO_MANY, "1 to 1000 options");
    }
    blt->options = (size_t)options;
    blt->reader->file->seats = (size_t)seats;
    return TALLY_OK;
}

/* ---- options: numbers or nicknames ---- */

/* Digits as far as the number is at most `most`; beyond, any larger number. */
static inline size_t scan_number(struct text *text, size_t most)
{
    const char *data = text->data;
    size_t at = text->at;
    size_t number = 0;
    while (at < text->bytes && text_is_digit((unsigned char)data[at]) && number <= most) {
        number = 10 * number + (size_t)(data[at++] - '0');
    }
    text->at = at;
    return number;
}

static struct tally_text read_word(struct text *text)
{
    struct tally_text word = {.data = text->data + text->at};
    while (!blt_word_ends(text) && text_peek(text) != '=' && text_peek(text) != ']') {
        text_step(text);
        word.bytes++;
    }
    return word;
}

static enum tally_status find_nickname(struct blt *blt, size_t *ret_option)
{
    struct text start = blt->reader->text;
    uint16_t option = 0;
    if (!names_find(&blt->nicknames, read_word(&blt->reader->text), &option)) {
        return text_refuse(
            &start, blt->nicknames.count > 0
                        ? "the number or the nickname of an option, or 0"
                        : "the number of an option, or 0");
    }
    *ret_option = option;
    return TALLY_OK;
}

static inline enum tally_status read_option(struct blt *blt, size_t *ret_option)
{
    struct text *text = &blt->reader->text;
    if (!text_is_digit(text_peek(text))) {
        return find_nickname(blt, ret_option);
    }
    struct text start = *text;
    size_t number = scan_number(text, blt->options);
    if (number < 1 || number > blt->options) {
        return text_refuse(&start, "the number of an option");
    }
    *ret_option = number - 1;
    return TALLY_OK;
}

/* ---- what stands between the head and the ballots ---- */

/* [nick a b c], behind its first word. */
static enum tally_status read_nicknames(struct blt *blt)
{
    struct text *text = &blt->reader->text;
    enum tally_status status = blt_skip_lines(text);
    while (status == TALLY_OK && !text_take(text, ']')) {
        struct text start = *text;
        uint16_t known = 0;
        int c = text_peek(text);
        struct tally_text word = read_word(text);
        if (word.bytes == 0 || text_is_digit(c) || c == '-' || c == '(' || c == '"') {
            return text_refuse(&start, "a nickname that is no number, or \"]\"");
        }
        if (names_find(&blt->nicknames, word, &known) ||
            blt->nicknames.count == blt->options) {
            return text_refuse(&start, "one nickname for every option");
        }
        status = file_add_name(&start, &blt->nicknames, word);
        if (status == TALLY_OK) {
            status = blt_skip_lines(text);
        }
    }
    if (status == TALLY_OK && blt->nicknames.count != blt->options) {
        return text_refuse(text, "a nickname for every option");
    }
    return status;
}

static enum tally_status skip_setting(struct text *text)
{
    struct text start = *text;
    while (!text_take(text, ']')) {
        if (text_peek(text) == TEXT_END) {
            return text_refuse(&start, "a setting that ends in \"]\"");
        }
        text_step(text);
    }
    return TALLY_OK;
}

static enum tally_status read_setting(struct blt *blt)
{
    struct text *text = &blt->reader->text;
    if (text_take_word(text, "[nick ")) {
        return read_nicknames(blt);
    }
    if (text_begins(text, "[tie ") || text_begins(text, "[droop ")) {
        return skip_setting(text);
    }
    return text_refuse(text, "[nick …], [tie …] or [droop …]");
}

static enum tally_status read_withdrawn(struct blt *blt)
{
    size_t option = 0;
    text_step(&blt->reader->text);
    enum tally_status status = read_option(blt, &option);
    if (status == TALLY_OK) {
        blt->number[option] = RUN_NOBODY;
    }
    return status;
}

static enum tally_status read_settings(struct blt *blt)
{
    struct text *text = &blt->reader->text;
    enum tally_status status = blt_skip_lines(text);
    while (status == TALLY_OK) {
        int c = text_peek(text);
        if (c == '[') {
            status = read_setting(blt);
        } else if (c == '-') {
            status = read_withdrawn(blt);
        } else {
            break;
        }
        status = status == TALLY_OK ? blt_skip_lines(text) : status;
    }
    uint16_t left = 0;
    for (size_t o = 0; o < blt->options; o++) {
        blt->number[o] = blt->number[o] == RUN_NOBODY ? RUN_NOBODY : left++;
    }
    run_init(&blt->run, blt->number, blt->options, ' ');
    return status;
}

/* ---- ballots ---- */

/* One rank, `3` or `3=5`; moves `place` on unless all of them have withdrawn. */
static inline enum tally_status read_rank(struct blt *blt, size_t *place)
{
    struct text *text = &blt->reader->text;
    size_t marks = blt->reader->mark_count;
    do {
        size_t option = 0;
        enum tally_status status = read_option(blt, &option);
        if (status == TALLY_OK && blt->number[option] != RUN_NOBODY) {
            status = file_mark(blt->reader, blt->number[option], *place);
        }
        if (status != TALLY_OK) {
            return status;
        }
    } while (text_take(text, '='));
    *place += blt->reader->mark_count > marks ? 1 : 0;
    return blt_word_ends(text) ? TALLY_OK : text_refuse(text, "a blank or \"=\"");
}

/* A number that stands alone: 0, and not 05 or 0=3. */
static inline bool take_zero(struct text *text)
{
    if (text_peek(text) != '0') {
        return false;
    }
    if (text_next(text) == '\n') {
        text_step(text);
        return true;
    }
    struct text next = *text;
    text_step(&next);
    if (!blt_word_ends(&next)) {
        return false;
    }
    text_step(text);
    return true;
}

/* What is no option: a skipped rank, a comment, the end of the line. */
static enum tally_status
read_between(struct blt *blt, size_t *place, bool *spans, bool *ended)
{
    struct text *text = &blt->reader->text;
    struct text start = *text;
    if (text_take(text, '-')) {
        (*place)++;
        return blt_word_ends(text) ? TALLY_OK
                                   : text_refuse(&start, "\"-\" alone, a skipped rank");
    }
    if (text_is_line_end(text_peek(text))) {
        *ended = blt->line_ended;
        *spans = true;
        if (!*ended && text_peek(text) == TEXT_END) {
            return text_refuse(text, "0 at the end of the ballot");
        }
        (void)text_take(text, '\n');
        return TALLY_OK;
    }
    return blt_skip(text);
}

static bool repeats(const struct file_reader *reader)
{
    uint64_t seen[BITS_OPTIONS_WORDS] = {0};
    for (size_t i = 0; i < reader->mark_count; i++) {
        if (bits_has(seen, reader->marks[i].option)) {
            return true;
        }
        bits_add(seen, reader->marks[i].option);
    }
    return false;
}

/* A ballot over several lines that repeats an option is more likely one without its 0. */
static enum tally_status read_ranks(struct blt *blt, size_t start)
{
    struct text *text = &blt->reader->text;
    size_t place = 1;
    bool spans = false;
    bool ended = false;
    while (!ended) {
        int c = text_peek(text);
        enum tally_status status = TALLY_OK;
        if (c == ' ') {
            text_step(text);
        } else if (c == '0' && take_zero(text)) {
            break;
        } else if (c == '-' || blt_word_ends(text)) {
            status = read_between(blt, &place, &spans, &ended);
        } else {
            size_t before = place;
            run_mark(&blt->run, blt->reader, &place);
            status = place == before ? read_rank(blt, &place) : TALLY_OK;
        }
        if (status != TALLY_OK) {
            return status;
        }
    }
    if (!spans || blt->line_ended || !repeats(blt->reader)) {
        return TALLY_OK;
    }
    struct text ballot = *text;
    ballot.at = start;
    return text_refuse(&ballot, "a ballot that ends with 0");
}

static enum tally_status skip_ballot_id(struct text *text)
{
    if (!text_take(text, '(')) {
        return TALLY_OK;
    }
    for (int c = text_peek(text); c != ')'; c = text_peek(text)) {
        if (text_is_line_end(c)) {
            return text_refuse(text, "\")\"");
        }
        text_step(text);
    }
    text_step(text);
    return blt_skip_lines(text);
}

/* With a blank behind, or nothing. */
static enum tally_status read_weight(struct blt *blt, int64_t *ret_weight)
{
    struct text *text = &blt->reader->text;
    enum tally_status status = skip_ballot_id(text);
    if (status == TALLY_OK) {
        status = file_weight(blt->reader, ret_weight);
    }
    if (status == TALLY_OK && !blt_word_ends(text)) {
        return text_refuse(text, "a blank behind the number of ballots");
    }
    return status;
}

/* Behind the 0 that ends the ballots only names may stand: else it was a weight. */
static enum tally_status check_end(struct text *text)
{
    enum tally_status status = blt_skip(text);
    bool fine = text_is_line_end(text_peek(text)) || text_peek(text) == '"';
    return status != TALLY_OK || fine ? status
                                      : text_refuse(text, "the end of the line behind 0");
}

/* The beginning of nearly every ballot: on a new line one digit, and a blank. */
static bool take_plain_weight(struct text *text, int64_t *ret_weight)
{
    if (text->bytes - text->at < 3 || text->data[text->at] != '\n' ||
        text->data[text->at + 2] != ' ' || text->data[text->at + 1] < '1' ||
        text->data[text->at + 1] > '9') {
        return false;
    }
    *ret_weight = text->data[text->at + 1] - '0';
    text->at += 2;
    return true;
}

/* A ballot's weight, where it begins; or the lone 0 behind the last one: then 0. */
static enum tally_status
begin_ballot(struct blt *blt, size_t *ret_start, int64_t *ret_weight)
{
    struct text *text = &blt->reader->text;
    if (take_plain_weight(text, ret_weight)) {
        *ret_start = text->at - 1;
        return TALLY_OK;
    }
    enum tally_status status = blt_skip_lines(text);
    *ret_start = text->at;
    *ret_weight = 0;
    if (status != TALLY_OK) {
        return status;
    }
    if (take_zero(text)) {
        return check_end(text);
    }
    if (text_peek(text) == '"' || text_peek(text) == TEXT_END) {
        return text_refuse(
            text, "a ballot, or a 0 alone behind the last; and 0 ends each ballot");
    }
    return read_weight(blt, ret_weight);
}

static enum tally_status read_ballots(struct blt *blt)
{
    for (;;) {
        size_t start = 0;
        int64_t weight = 0;
        enum tally_status status = begin_ballot(blt, &start, &weight);
        if (status != TALLY_OK || weight == 0) {
            return status;
        }
        status = read_ranks(blt, start);
        if (status == TALLY_OK) {
            status = file_ballot(blt->reader, start, weight);
        }
        if (status != TALLY_OK) {
            return status;
        }
    }
}

/* ---- do ballots end with 0 or with their lines? ---- */

/* Is there a 0 on the line, behind something else? */
static bool has_zero_behind(struct text *text)
{
    bool first = true;
    for (bool id = text_peek(text) == '('; id; text_step(text)) {
        id = text_peek(text) != ')' && !text_is_line_end(text_next(text));
    }
    for (;;) {
        text_skip_blanks(text);
        int c = text_peek(text);
        if (text_is_line_end(c) || c == '"' || c == '#') {
            return false;
        }
        if (take_zero(text) && !first) {
            return true;
        }
        while (!text_is_blank(text_peek(text)) && !text_is_line_end(text_peek(text))) {
            text_step(text);
        }
        first = false;
    }
}

/* All of them up to the lone 0 must agree. */
static bool ends_with_lines(const struct blt *blt)
{
    struct text text = blt->reader->text;
    text.fault = NULL;
    bool any = false;
    while (text_peek(&text) != TEXT_END) {
        struct text line = text;
        text_skip_blanks(&line);
        if (take_zero(&line)) {
            return any;
        }
        any = any || text_is_digit(text_peek(&line)) || text_peek(&line) == '(';
        if (has_zero_behind(&line) || text_peek(&line) == '"') {
            return false;
        }
        (void)text_rest_of_line(&text);
        (void)text_take(&text, '\n');
    }
    return any;
}

/* Behind the end that was found by lines there may be no more ballots. */
static enum tally_status check_line_end(struct blt *blt)
{
    struct text *text = &blt->reader->text;
    enum tally_status status = blt_skip_lines(text);
    struct text line = *text;
    size_t words = 0;
    while (status == TALLY_OK && text_is_digit(text_peek(&line))) {
        words++;
        while (text_is_digit(text_peek(&line)) || text_peek(&line) == '=') {
            text_step(&line);
        }
        text_skip_blanks(&line);
    }
    bool ballot = text_is_line_end(text_peek(&line)) && words > 1;
    return ballot ? text_refuse(text, "a name; or every ballot's 0 on its own line")
                  : status;
}

enum tally_status read_blt(struct file_reader *reader)
{
    struct blt blt = {.reader = reader};
    enum tally_status status = read_head(&blt);
    if (status == TALLY_OK) {
        status = read_settings(&blt);
    }
    if (status == TALLY_OK) {
        blt.line_ended = ends_with_lines(&blt);
        status = read_ballots(&blt);
    }
    if (status == TALLY_OK && blt.line_ended) {
        status = check_line_end(&blt);
    }
    if (status == TALLY_OK) {
        status = blt_read_names(&blt);
    }
    names_fini(&blt.nicknames);
    return status;
}
