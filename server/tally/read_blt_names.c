/* Names and title behind the ballots of a BLT file: in quotes, where \" and "" are a
 * quote, or, in the wild, alone on a line without; or as comments
 * `# ALTERNATIVE NAME 2: …` when there are no others. */
#include "tally/blt.h"

#include "tally/grow.h"

/* A name in quotes. `ret_name` lies in `room`, which is as large as the file. */
static enum tally_status
read_quoted(struct text *text, char *room, struct tally_text *ret_name)
{
    size_t bytes = 0;
    text_step(text);
    for (;;) {
        int c = text_peek(text);
        if (text_is_line_end(c)) {
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

/* *ret_start: where it stands. */
static enum tally_status read_name(
    struct text *text, char *room, struct text *ret_start, struct tally_text *ret_name)
{
    enum tally_status status = blt_skip_lines(text);
    if (status != TALLY_OK) {
        return status;
    }
    *ret_start = *text;
    if (text_peek(text) == '"') {
        return read_quoted(text, room, ret_name);
    }
    *ret_name = text_rest_of_line(text);
    return ret_name->bytes > 0 ? TALLY_OK : text_refuse(text, "the name of an option");
}

static enum tally_status read_names(struct blt *blt, char *room)
{
    struct text *text = &blt->reader->text;
    struct text start = *text;
    struct tally_text name = {.data = NULL};
    for (size_t o = 0; o < blt->options; o++) {
        enum tally_status status = read_name(text, room, &start, &name);
        if (status == TALLY_OK && blt->number[o] != RUN_NOBODY) {
            status = file_add_name(&start, &blt->reader->file->names, name);
        }
        if (status != TALLY_OK) {
            return status;
        }
    }
    return TALLY_OK;
}

/* The title; some programs add a source and a comment, which nobody needs. */
static enum tally_status read_title(struct blt *blt, char *room)
{
    struct text *text = &blt->reader->text;
    struct tally_text title = {.data = NULL};
    enum tally_status status = blt_skip_lines(text);
    while (status == TALLY_OK && text_peek(text) != TEXT_END) {
        struct text start = *text;
        status = read_name(text, room, &start, &title);
        if (status == TALLY_OK && blt->reader->file->title.count == 0) {
            status = file_title(blt->reader, &start, title);
        }
        if (status == TALLY_OK) {
            status = blt_skip_lines(text);
        }
    }
    return status;
}

/* The names in comments, as far as there are some, at their options' numbers. */
static void
find_commented(const struct blt *blt, struct tally_text names[static TALLY_OPTIONS_MAX])
{
    struct text text = blt->reader->text;
    text.fault = NULL;
    for (text.at = text.first; text_peek(&text) != TEXT_END;) {
        int64_t number = 0;
        text_skip_blanks(&text);
        if (text_take_word(&text, "# ALTERNATIVE NAME ") &&
            text_number(&text, "", &number) == TALLY_OK && number >= 1 &&
            (uint64_t)number <= blt->options && text_take(&text, ':')) {
            (void)text_take(&text, ' ');
            names[number - 1] = text_rest_of_line(&text);
        }
        (void)text_rest_of_line(&text);
        (void)text_take(&text, '\n');
    }
}

static enum tally_status add_commented(struct blt *blt)
{
    struct tally_text names[TALLY_OPTIONS_MAX] = {{.data = NULL}};
    enum tally_status status = TALLY_OK;
    find_commented(blt, names);
    for (size_t o = 0; o < blt->options && status == TALLY_OK; o++) {
        if (names[o].data == NULL) {
            return text_refuse(&blt->reader->text, "the name of an option");
        }
        if (blt->number[o] != RUN_NOBODY) {
            struct text at = text_place(&blt->reader->text, names[o].data);
            status = file_add_name(&at, &blt->reader->file->names, names[o]);
        }
    }
    return status;
}

enum tally_status blt_read_names(struct blt *blt)
{
    struct text *text = &blt->reader->text;
    enum tally_status status = blt_skip_lines(text);
    if (status != TALLY_OK) {
        return status;
    }
    if (text_peek(text) == TEXT_END) {
        return add_commented(blt);
    }
    char *room = zeroed(text->bytes - text->at, 1);
    if (room == NULL) {
        return TALLY_NO_MEMORY;
    }
    status = read_names(blt, room);
    if (status == TALLY_OK) {
        status = read_title(blt, room);
    }
    free(room);
    return status;
}
