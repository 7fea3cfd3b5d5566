/* BLT (Hill, Wichmann and Woodall): `options seats`, withdrawn options as negative
 * numbers, ballots `weight a b=c - d 0` one a line, a lone 0, names, a title. `=` is an
 * equal rank,
 * `-` a skipped one, `#` begins a comment, `(…)` before the weight names a ballot. A line
 * `[droop …]` with another program's settings is passed over. */
#include "tally/file.h"

#include "tally/bits.h"
#include "tally/grow.h"

#include <string.h>

struct blt {
    struct file_reader *reader;
    size_t options; /* withdrawn ones too */
    uint64_t withdrawn[BITS_OPTIONS_WORDS];
    uint16_t number[TALLY_OPTIONS_MAX]; /* of an option once the withdrawn are gone */
};

static void skip_comment(struct text *text)
{
    text_skip_blanks(text);
    if (text_peek(text) == '#') {
        (void)text_rest_of_line(text);
    }
}

/* To the next token, over ends of lines. */
static void skip_lines(struct text *text)
{
    skip_comment(text);
    while (text_take(text, '\n')) {
        skip_comment(text);
    }
}

static enum tally_status read_head(struct blt *blt)
{
    struct text *text = &blt->reader->text;
    int64_t options = 0;
    int64_t seats = 0;
    skip_lines(text);
    enum tally_status status = text_number(text, "how many options", &options);
    if (status != TALLY_OK) {
        return status;
    }
    skip_lines(text);
    status = text_number(text, "how many seats", &seats);
    if (status != TALLY_OK) {
        return status;
    }
    if (options < 1 || options > TALLY_OPTIONS_MAX) {
        return TALLY_TOO_MANY;
    }
    blt->options = (size_t)options;
    blt->reader->file->seats = (size_t)seats;
    return TALLY_OK;
}

static enum tally_status read_withdrawn(struct blt *blt)
{
    struct text *text = &blt->reader->text;
    skip_lines(text);
    if (text_begins(text, "[droop ")) {
        (void)text_rest_of_line(text);
    }
    enum tally_status status = TALLY_OK;
    size_t option = 0;
    for (skip_lines(text); text_take(text, '-') && status == TALLY_OK; skip_lines(text)) {
        status = file_option_number(blt->reader, blt->options, &option);
        if (status == TALLY_OK) {
            bits_add(blt->withdrawn, option);
        }
    }
    uint16_t left = 0;
    for (size_t o = 0; o < blt->options; o++) {
        blt->number[o] = left;
        left = bits_has(blt->withdrawn, o) ? left : (uint16_t)(left + 1);
    }
    return status;
}

/* One rank: `3` or `3=5`. */
static enum tally_status read_rank(struct blt *blt, size_t place)
{
    struct text *text = &blt->reader->text;
    do {
        size_t option = 0;
        enum tally_status status = file_option_number(blt->reader, blt->options, &option);
        if (status == TALLY_OK && !bits_has(blt->withdrawn, option)) {
            status = file_mark(blt->reader, blt->number[option], place);
        }
        if (status != TALLY_OK) {
            return status;
        }
    } while (text_take(text, '='));
    return TALLY_OK;
}

/* A number that stands alone: 0, and not 05 or 0=3. */
static bool take_zero(struct text *text)
{
    if (text_peek(text) != '0') {
        return false;
    }
    struct text next = *text;
    text_step(&next);
    int c = text_peek(&next);
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != '#' && c != TEXT_END) {
        return false;
    }
    text_step(text);
    return true;
}

static enum tally_status read_ranks(struct blt *blt)
{
    struct text *text = &blt->reader->text;
    for (size_t place = 1;; place++) {
        skip_comment(text);
        if (take_zero(text)) {
            return TALLY_OK;
        }
        if (text_peek(text) == '\n' || text_peek(text) == TEXT_END) {
            return text_refuse(text, "0 at the end of the ballot");
        }
        if (text_take(text, '-')) {
            continue;
        }
        enum tally_status status = read_rank(blt, place);
        if (status != TALLY_OK) {
            return status;
        }
    }
}

static enum tally_status end_of_line(struct text *text)
{
    skip_comment(text);
    int c = text_peek(text);
    return c == '\n' || c == TEXT_END ? TALLY_OK
                                      : text_refuse(text, "the end of the line");
}

static enum tally_status skip_ballot_id(struct text *text)
{
    if (!text_take(text, '(')) {
        return TALLY_OK;
    }
    for (int c = text_peek(text); c != ')'; c = text_peek(text)) {
        if (c == TEXT_END || c == '\n') {
            return text_refuse(text, "\")\"");
        }
        text_step(text);
    }
    text_step(text);
    text_skip_blanks(text);
    return TALLY_OK;
}

static enum tally_status read_ballots(struct blt *blt)
{
    struct text *text = &blt->reader->text;
    for (;;) {
        int64_t weight = 0;
        skip_lines(text);
        if (take_zero(text)) {
            return end_of_line(text);
        }
        enum tally_status status = skip_ballot_id(text);
        if (status == TALLY_OK) {
            status = file_weight(blt->reader, &weight);
        }
        if (status == TALLY_OK) {
            status = read_ranks(blt);
        }
        if (status == TALLY_OK) {
            status = end_of_line(text);
        }
        if (status == TALLY_OK) {
            status = file_ballot(blt->reader, weight);
        }
        if (status != TALLY_OK) {
            return status;
        }
    }
}

/* A name in quotes; \" and "" are a quote in it. `ret_name` lies in `room`, which is as
 * large as the file. */
static enum tally_status
read_quoted(struct text *text, char *room, struct tally_text *ret_name)
{
    size_t bytes = 0;
    text_step(text);
    for (;;) {
        int c = text_peek(text);
        if (c == TEXT_END || c == '\n') {
            return text_refuse(text, "a quote at the end of the name");
        }
        text_step(text);
        bool doubled = c == '"' && text_peek(text) == '"';
        bool escaped = c == '\\' && text_peek(text) == '"';
        if (doubled || escaped) {
            text_step(text);
            c = '"';
        } else if (c == '"') {
            break;
        }
        room[bytes++] = (char)c;
    }
    *ret_name = (struct tally_text){.data = room, .bytes = bytes};
    return TALLY_OK;
}

/* Names stand in quotes, or, in the wild, alone on a line. */
static enum tally_status
read_name(struct text *text, char *room, struct tally_text *ret_name)
{
    skip_lines(text);
    if (text_peek(text) == '"') {
        return read_quoted(text, room, ret_name);
    }
    *ret_name = text_rest_of_line(text);
    return ret_name->bytes > 0 ? TALLY_OK : text_refuse(text, "the name of an option");
}

static enum tally_status read_names(struct blt *blt, char *room)
{
    struct tally_file *file = blt->reader->file;
    struct text *text = &blt->reader->text;
    struct tally_text name = {.data = NULL};
    for (size_t o = 0; o < blt->options; o++) {
        enum tally_status status = read_name(text, room, &name);
        if (status == TALLY_OK && !bits_has(blt->withdrawn, o)) {
            status = names_add(&file->names, name);
        }
        if (status != TALLY_OK) {
            return status;
        }
    }
    return TALLY_OK;
}

/* The title; some programs add a source and a comment, which nobody needs. */
static enum tally_status read_titles(struct blt *blt, char *room)
{
    struct text *text = &blt->reader->text;
    enum tally_status status = TALLY_OK;
    for (skip_lines(text); text_peek(text) != TEXT_END && status == TALLY_OK;) {
        struct tally_text title = {.data = NULL};
        status = read_name(text, room, &title);
        if (status == TALLY_OK) {
            status = names_add(&blt->reader->file->title, title);
        }
        skip_lines(text);
    }
    return status;
}

enum tally_status read_blt(struct file_reader *reader)
{
    struct blt blt = {.reader = reader};
    enum tally_status status = read_head(&blt);
    if (status == TALLY_OK) {
        status = read_withdrawn(&blt);
    }
    if (status == TALLY_OK) {
        status = read_ballots(&blt);
    }
    if (status != TALLY_OK) {
        return status;
    }
    char *room = zeroed(reader->text.bytes - reader->text.at, 1);
    if (room == NULL) {
        return TALLY_NO_MEMORY;
    }
    status = read_names(&blt, room);
    if (status == TALLY_OK) {
        status = read_titles(&blt, room);
    }
    free(room);
    return status;
}
