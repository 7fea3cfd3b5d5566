/* Our CSV: a header `[poll][,ballot][,count],rank1,rank2,…`, then a row for each ballot
 * or for several equal ones. A cell is an option's name, several joined by ` = ` for an
 * equal rank, or nothing for a skipped one. RFC 4180 quoting; `,` or `;`, as in the
 * header. */
#include "tally/file.h"

#include "tally/grow.h"

#include <string.h>

#define NO_COLUMN SIZE_MAX

struct csv {
    struct file_reader *reader;
    char separator;
    char *room; /* for one unquoted cell; as large as the file */
    size_t poll;
    size_t count;
    size_t first_rank;
    size_t columns;
    struct tally_text wanted; /* the poll to read; data NULL until it is known */
};

static bool text_equals(struct tally_text a, struct tally_text b)
{
    if (a.bytes != b.bytes || a.bytes == 0) {
        return a.bytes == b.bytes;
    }
    return memcmp(a.data, b.data, a.bytes) == 0;
}

static bool equals_word(struct tally_text text, const char *word)
{
    return text_equals(text, (struct tally_text){.data = word, .bytes = strlen(word)});
}

static enum tally_status read_quoted(struct csv *csv, struct tally_text *ret_cell)
{
    struct text *text = &csv->reader->text;
    size_t bytes = 0;
    text_step(text);
    for (;;) {
        int c = text_peek(text);
        if (c == TEXT_END) {
            return text_refuse(text, "a quote at the end of the cell");
        }
        text_step(text);
        if (c == '"' && !text_take(text, '"')) {
            break;
        }
        csv->room[bytes++] = (char)c;
    }
    *ret_cell = (struct tally_text){.data = csv->room, .bytes = bytes};
    return TALLY_OK;
}

/* Up to the separator or the end of the line. */
static enum tally_status read_plain(struct csv *csv, struct tally_text *ret_cell)
{
    struct text *text = &csv->reader->text;
    struct tally_text cell = {.data = text->data + text->at};
    for (int c = text_peek(text); c != TEXT_END && c != '\n' && c != csv->separator;
         c = text_peek(text)) {
        if (c == '"') {
            return text_refuse(text, "quotes around the whole cell");
        }
        text_step(text);
        cell.bytes++;
    }
    if (cell.bytes > 0 && cell.data[cell.bytes - 1] == '\r' &&
        text_peek(text) != csv->separator) {
        cell.bytes--;
    }
    *ret_cell = cell;
    return TALLY_OK;
}

/* One cell and the separator behind it; *ret_more tells whether there was one. The cell
 * is lent until the next. */
static enum tally_status
read_cell(struct csv *csv, struct tally_text *ret_cell, bool *ret_more)
{
    struct text *text = &csv->reader->text;
    bool quoted = text_peek(text) == '"';
    enum tally_status status =
        quoted ? read_quoted(csv, ret_cell) : read_plain(csv, ret_cell);
    if (status != TALLY_OK) {
        return status;
    }
    if (quoted && text_peek(text) == '\r') {
        text_step(text);
    }
    *ret_more = text_take(text, csv->separator);
    if (!*ret_more && text_peek(text) != TEXT_END && !text_take(text, '\n')) {
        return text_refuse(text, "a separator or the end of the line");
    }
    return TALLY_OK;
}

/* "rank3" for the third. */
static bool is_rank(struct tally_text cell, size_t rank)
{
    char word[4 + TALLY_NUMBER_BYTES] = "rank";
    (void)tally_number_write(
        (struct tally_number){.value = (int64_t)rank, .unit = 1}, word + 4);
    return equals_word(cell, word);
}

static enum tally_status
read_heading(struct csv *csv, const struct text *start, struct tally_text cell)
{
    size_t column = csv->columns++;
    if (csv->first_rank != NO_COLUMN) {
        return is_rank(cell, column - csv->first_rank + 1)
                   ? TALLY_OK
                   : text_refuse(start, "rank1, rank2 and so on to the end");
    }
    if (is_rank(cell, 1)) {
        csv->first_rank = column;
    } else if (equals_word(cell, "poll") && csv->poll == NO_COLUMN) {
        csv->poll = column;
    } else if (equals_word(cell, "count") && csv->count == NO_COLUMN) {
        csv->count = column;
    } else if (!equals_word(cell, "ballot")) {
        return text_refuse(start, "poll, ballot, count or rank1");
    }
    return TALLY_OK;
}

/* The separator is whichever stands first in the header. */
static char find_separator(struct text text)
{
    struct tally_text line = text_rest_of_line(&text);
    for (size_t i = 0; i < line.bytes; i++) {
        if (line.data[i] == ';' || line.data[i] == ',') {
            return line.data[i];
        }
    }
    return ',';
}

static enum tally_status read_header(struct csv *csv)
{
    bool more = true;
    csv->separator = find_separator(csv->reader->text);
    while (more) {
        struct text start = csv->reader->text;
        struct tally_text cell = {.data = NULL};
        enum tally_status status = read_cell(csv, &cell, &more);
        if (status == TALLY_OK) {
            status = read_heading(csv, &start, cell);
        }
        if (status == TALLY_OK && csv->columns > TALLY_OPTIONS_MAX + 3) {
            return TALLY_TOO_MANY;
        }
        if (status != TALLY_OK) {
            return status;
        }
    }
    return csv->first_rank != NO_COLUMN
               ? TALLY_OK
               : text_refuse(&csv->reader->text, "a column rank1");
}

static enum tally_status mark_name(struct csv *csv, struct tally_text name, size_t place)
{
    struct names *names = &csv->reader->file->names;
    uint16_t option = 0;
    if (!names_find(names, name, &option)) {
        enum tally_status status = names_add(names, name);
        if (status != TALLY_OK) {
            return status;
        }
        option = (uint16_t)(names->count - 1);
    }
    return file_mark(csv->reader, option, place);
}

/* A known name may hold ` = ` itself; else it joins several names. */
static enum tally_status
mark_cell(struct csv *csv, const struct text *start, struct tally_text cell, size_t place)
{
    uint16_t option = 0;
    enum tally_status status = TALLY_OK;
    if (cell.bytes == 0) {
        return TALLY_OK;
    }
    if (names_find(&csv->reader->file->names, cell, &option)) {
        return file_mark(csv->reader, option, place);
    }
    for (bool more = true; more && status == TALLY_OK;) {
        struct tally_text name = cell;
        size_t at = 0;
        while (at + 3 <= cell.bytes && memcmp(cell.data + at, " = ", 3) != 0) {
            at++;
        }
        more = at + 3 <= cell.bytes;
        if (more) {
            name.bytes = at;
            cell.data += at + 3;
            cell.bytes -= at + 3;
        }
        if (name.bytes == 0) {
            return text_refuse(start, "a name on both sides of \" = \"");
        }
        status = mark_name(csv, name, place);
    }
    return status;
}

static enum tally_status
read_count(const struct text *start, struct tally_text cell, int64_t *ret_weight)
{
    struct text number = *start;
    number.data = cell.data;
    number.bytes = cell.bytes;
    number.at = 0;
    enum tally_status status =
        text_number(&number, "how many ballots, a whole number", ret_weight);
    if (status != TALLY_OK || number.at < cell.bytes || *ret_weight < 1) {
        return text_refuse(start, "how many ballots, a whole number, at least 1");
    }
    return TALLY_OK;
}

/* Is this row's poll the one to read? Without a choice there may be only one. */
static enum tally_status check_poll(
    struct csv *csv, const struct text *start, struct tally_text cell, bool *ret_ours)
{
    bool chosen = csv->reader->reading->poll.count > 0;
    if (csv->wanted.data == NULL) {
        enum tally_status status = names_add(&csv->reader->file->poll, cell);
        if (status != TALLY_OK) {
            return status;
        }
        csv->wanted = names_at(&csv->reader->file->poll, 0);
    }
    *ret_ours = text_equals(cell, csv->wanted);
    return *ret_ours || chosen ? TALLY_OK
                               : text_refuse(start, "one poll only, or a choice of one");
}

struct row {
    bool ours;
    int64_t weight;
};

static enum tally_status read_column(
    struct csv *csv, const struct text *start, size_t column, struct tally_text cell,
    struct row *row)
{
    if (column == csv->poll) {
        return check_poll(csv, start, cell, &row->ours);
    }
    if (column == csv->count) {
        return read_count(start, cell, &row->weight);
    }
    if (column >= csv->first_rank && row->ours) {
        return mark_cell(csv, start, cell, column - csv->first_rank + 1);
    }
    return TALLY_OK;
}

static enum tally_status read_row(struct csv *csv)
{
    struct row row = {.ours = true, .weight = 1};
    size_t column = 0;
    for (bool more = true; more; column++) {
        struct text start = csv->reader->text;
        struct tally_text cell = {.data = NULL};
        enum tally_status status = read_cell(csv, &cell, &more);
        if (status == TALLY_OK && column >= csv->columns) {
            return text_refuse(&start, "no more cells than the header has");
        }
        if (status == TALLY_OK) {
            status = read_column(csv, &start, column, cell, &row);
        }
        if (status != TALLY_OK) {
            return status;
        }
    }
    return row.ours ? file_ballot(csv->reader, row.weight) : TALLY_OK;
}

static bool take_empty_line(struct text *text)
{
    return text_begins(text, "\n") || text_begins(text, "\r\n")
               ? (text_take(text, '\r'), text_take(text, '\n'))
               : false;
}

enum tally_status read_csv(struct file_reader *reader)
{
    struct csv csv = {
        .reader = reader, .poll = NO_COLUMN, .count = NO_COLUMN, .first_rank = NO_COLUMN};
    csv.room = zeroed(reader->text.bytes, 1);
    if (csv.room == NULL) {
        return TALLY_NO_MEMORY;
    }
    if (reader->reading->poll.count > 0) {
        csv.wanted = names_at(&reader->reading->poll, 0);
    }
    enum tally_status status = TALLY_OK;
    for (size_t i = 0; i < reader->reading->names.count && status == TALLY_OK; i++) {
        status = names_add(&reader->file->names, names_at(&reader->reading->names, i));
    }
    if (status == TALLY_OK) {
        status = read_header(&csv);
    }
    if (status == TALLY_OK && csv.wanted.data != NULL && csv.poll == NO_COLUMN) {
        status = text_refuse(&reader->text, "a column poll to choose from");
    }
    while (status == TALLY_OK && text_peek(&reader->text) != TEXT_END) {
        if (!take_empty_line(&reader->text)) {
            status = read_row(&csv);
        }
    }
    if (status == TALLY_OK && reader->file->names.count == 0 &&
        reader->reading->poll.count > 0) {
        status = text_refuse(&reader->text, "a row of the poll that was chosen");
    }
    free(csv.room);
    return status;
}
