#include "tally/csv.h"

#include "tally/grow.h"

#include <string.h>

char cells_separator(struct text text)
{
    struct tally_text line = text_rest_of_line(&text);
    bool quoted = false;
    for (size_t i = 0; i < line.bytes; i++) {
        char c = line.data[i];
        quoted = quoted != (c == '"');
        if (!quoted && (c == ';' || c == ',' || c == '\t')) {
            return c;
        }
    }
    return ',';
}

bool cells_take_shape(struct text *text, struct tally_text *ret_shape)
{
    if (!text_take_word(text, "# shape:")) {
        return false;
    }
    *ret_shape = text_trimmed(text_rest_of_line(text));
    (void)text_take(text, '\n');
    return true;
}

bool cells_take_options(struct text *text, struct text *ret_options)
{
    if (!text_take_word(text, "# options:")) {
        return false;
    }
    (void)text_take(text, ' ');
    *ret_options = *text;
    for (bool quoted = false; text_peek(text) != TEXT_END; text_step(text)) {
        quoted = quoted != (text_peek(text) == '"');
        if (!quoted && text_peek(text) == '\n') {
            break;
        }
    }
    (void)text_take(text, '\n');
    return true;
}

/* The names of a line `# options: …`. */
static enum tally_status read_options(struct csv *csv, struct text options)
{
    struct names *names = &csv->reader->file->names;
    struct text behind = csv->reader->text;
    csv->separator = cells_separator(options);
    csv->reader->text = options;
    bool told = names->count > 0;
    struct cell cell = {.last = false};
    enum tally_status status = TALLY_OK;
    while (!cell.last && status == TALLY_OK) {
        uint16_t known = 0;
        status = cells_next(csv, &cell);
        if (status == TALLY_OK && !told) {
            status = names_find(names, cell.value, &known)
                         ? text_refuse(&cell.start, "every option once")
                         : file_add_name(&cell.start, names, cell.value);
        }
    }
    csv->reader->text = status == TALLY_OK ? behind : csv->reader->text;
    return status;
}

enum tally_status cells_begin(struct csv *csv, struct file_reader *reader)
{
    *csv = (struct csv){.reader = reader};
    struct tally_text shape = {.data = NULL};
    struct text options = {.data = NULL};
    enum tally_status status = file_told_names(reader);
    (void)cells_take_shape(&reader->text, &shape);
    if (status == TALLY_OK && cells_take_options(&reader->text, &options)) {
        status = read_options(csv, options);
    }
    csv->separator = cells_separator(reader->text);
    return status;
}

void cells_fini(struct csv *csv)
{
    free(csv->room);
}

/* Without the doubling of quotes: lent from `room`. */
static enum tally_status undouble(struct csv *csv, struct tally_text *cell)
{
    char *room = grow(csv->room, &csv->room_bytes, cell->bytes, sizeof *room);
    if (room == NULL) {
        return TALLY_NO_MEMORY;
    }
    csv->room = room;
    size_t bytes = 0;
    for (size_t i = 0; i < cell->bytes; i++) {
        room[bytes++] = cell->data[i];
        i += cell->data[i] == '"' ? 1 : 0;
    }
    *cell = (struct tally_text){.data = room, .bytes = bytes};
    return TALLY_OK;
}

static enum tally_status read_quoted(struct csv *csv, struct tally_text *ret_value)
{
    struct text *text = &csv->reader->text;
    text_step(text);
    struct tally_text value = {.data = text->data + text->at};
    bool doubled = false;
    for (;;) {
        int c = text_peek(text);
        if (c == TEXT_END) {
            return text_refuse(text, "a quote at the end of the cell");
        }
        text_step(text);
        if (c == '"' && !text_take(text, '"')) {
            break;
        }
        doubled = doubled || c == '"';
    }
    value.bytes = (size_t)(text->data + text->at - 1 - value.data);
    if (text_peek(text) == '\r') {
        text_step(text);
    }
    *ret_value = value;
    return doubled ? undouble(csv, ret_value) : TALLY_OK;
}

/* Up to the separator or the end of the line. */
static enum tally_status read_plain(struct csv *csv, struct tally_text *ret_value)
{
    struct text *text = &csv->reader->text;
    struct tally_text value = {.data = text->data + text->at};
    const char separator = csv->separator;
    size_t at = text->at;
    while (at < text->bytes && text->data[at] != '\n' && text->data[at] != separator &&
           text->data[at] != '"') {
        at++;
    }
    value.bytes = at - text->at;
    text->at = at;
    if (text_peek(text) == '"') {
        return text_refuse(text, "quotes around the whole cell");
    }
    if (value.bytes > 0 && value.data[value.bytes - 1] == '\r' &&
        text_is_line_end(text_peek(text))) {
        value.bytes--;
    }
    *ret_value = value;
    return TALLY_OK;
}

enum tally_status cells_next(struct csv *csv, struct cell *ret_cell)
{
    struct text *text = &csv->reader->text;
    struct cell cell = {.start = *text};
    enum tally_status status = text_peek(text) == '"' ? read_quoted(csv, &cell.value)
                                                      : read_plain(csv, &cell.value);
    if (status != TALLY_OK) {
        return status;
    }
    cell.last = !text_take(text, csv->separator);
    if (cell.last && text_peek(text) != TEXT_END && !text_take(text, '\n')) {
        return text_refuse(text, "a separator or the end of the line");
    }
    *ret_cell = cell;
    return TALLY_OK;
}

enum tally_status
cell_number(const struct cell *cell, const char *expected, int64_t *ret_number)
{
    struct tally_text value = text_trimmed(cell->value);
    int64_t number = 0;
    size_t i = 0;
    while (i < value.bytes && text_is_digit((unsigned char)value.data[i]) &&
           number <= TALLY_BALLOTS_MAX) {
        number = 10 * number + (value.data[i++] - '0');
    }
    bool fine = i > 0 && number <= TALLY_BALLOTS_MAX;
    if (fine && i + 1 < value.bytes && (value.data[i] == '.' || value.data[i] == ',')) {
        for (i++; i < value.bytes && value.data[i] == '0';) {
            i++;
        }
    }
    if (!fine || i < value.bytes) {
        return text_refuse(&cell->start, expected);
    }
    *ret_number = number;
    return TALLY_OK;
}

enum tally_status cell_count(const struct cell *cell, int64_t *ret_weight)
{
    static const char *const expected = "how many ballots, a whole number, at least 1";
    int64_t weight = 0;
    enum tally_status status = cell_number(cell, expected, &weight);
    if (status == TALLY_OK && weight < 1) {
        return text_refuse(&cell->start, expected);
    }
    if (status == TALLY_OK) {
        *ret_weight = weight;
    }
    return status;
}
