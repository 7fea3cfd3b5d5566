#include "app/tally_order.h"

#include <stdlib.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static const char *order_init(struct tally_order *order)
{
    *order = (struct tally_order){
        .names = calloc(TALLY_OPTIONS_MAX, sizeof *order->names),
        .place = calloc(TALLY_OPTIONS_MAX, sizeof *order->place),
        .id = calloc(TALLY_OPTIONS_MAX, sizeof *order->id),
        .settles = true};
    bool fine = order->names != NULL && order->place != NULL && order->id != NULL;
    return fine ? NULL : "no memory";
}

void tally_order_fini(struct tally_order *order)
{
    free(order->names);
    free(order->place);
    free(order->id);
    *order = (struct tally_order){0};
}

static const char *add(struct tally_order *order, struct tally_text name, size_t place)
{
    if (order->count == TALLY_OPTIONS_MAX) {
        return "too many options";
    }
    order->names[order->count] = name;
    order->place[order->count++] = place;
    return NULL;
}

static size_t skip_mark(const char *text, size_t bytes)
{
    bool marked = bytes >= 3 && memcmp(text, BYTE_ORDER_MARK, 3) == 0;
    return marked ? 3 : 0;
}

const char *tally_order_list(const char *text, size_t bytes, struct tally_order *order)
{
    const char *wrong = order_init(order);
    for (size_t at = skip_mark(text, bytes); at < bytes && wrong == NULL;) {
        const char *newline = memchr(text + at, '\n', bytes - at);
        size_t end = newline != NULL ? (size_t)(newline - text) : bytes;
        size_t length = end - at;
        length -= length > 0 && text[end - 1] == '\r' ? 1 : 0;
        if (length > 0) {
            struct tally_text name = {.data = text + at, .bytes = length};
            wrong = add(order, name, order->count);
        }
        at = end + 1;
    }
    return wrong;
}

/* ---- results.csv ---- */

enum column {
    COLUMN_POLL,
    COLUMN_ROUND,
    COLUMN_OPTION,
    COLUMN_NAME,
    COLUMN_LOT,
    COLUMN_ELECTED, /* may be absent */
    COLUMN_COUNT
};

struct table {
    char *text;
    size_t bytes;
    size_t at;
    char separator;
};

/* Does the text at `at` end a cell that is not quoted? */
static bool is_end(const struct table *table, size_t at)
{
    return at >= table->bytes || table->text[at] == table->separator ||
           table->text[at] == '\n';
}

static bool is_quote(const struct table *table, size_t at)
{
    return at < table->bytes && table->text[at] == '"';
}

/* Unquotes in place from behind the opening quote to the closing one; returns the length.
 */
static size_t unquote(struct table *table)
{
    size_t from = table->at;
    size_t to = from;
    for (; table->at < table->bytes; table->at++) {
        bool quote = is_quote(table, table->at);
        if (quote && !is_quote(table, table->at + 1)) {
            break;
        }
        table->at += quote ? 1 : 0; /* "" is one of them */
        table->text[to++] = table->text[table->at];
    }
    table->at++;
    return to - from;
}

/* One cell, unquoted in place; *ret_last: it ends its row. */
static struct tally_text next_cell(struct table *table, bool *ret_last)
{
    bool quoted = table->at < table->bytes && table->text[table->at] == '"';
    table->at += quoted ? 1 : 0;
    struct tally_text cell = {.data = table->text + table->at};
    cell.bytes = quoted ? unquote(table) : 0;
    size_t plain = table->at;
    while (!is_end(table, table->at)) {
        table->at++;
    }
    if (!quoted) {
        cell.bytes = table->at - plain;
        bool returned = cell.bytes > 0 && cell.data[cell.bytes - 1] == '\r';
        cell.bytes -= returned ? 1 : 0;
    }
    *ret_last = table->at >= table->bytes || table->text[table->at] == '\n';
    table->at++;
    return cell;
}

static bool is_word(struct tally_text cell, const char *word)
{
    return cell.bytes == strlen(word) && memcmp(cell.data, word, cell.bytes) == 0;
}

/* The separator is the one that stands first. */
static char find_separator(const struct table *table)
{
    const char *semicolon = memchr(table->text, ';', table->bytes);
    const char *comma = memchr(table->text, ',', table->bytes);
    return semicolon != NULL && (comma == NULL || semicolon < comma) ? ';' : ',';
}

static enum column column_of(struct tally_text heading)
{
    static const char *const words[COLUMN_COUNT] = {"poll", "round", "option",
                                                    "name", "lot",   "elected"};
    int column = 0;
    while (column < COLUMN_COUNT && !is_word(heading, words[column])) {
        column++;
    }
    return (enum column)column;
}

/* Which of the row's cells is which column; the last is any other. */
static bool read_header(struct table *table, size_t ret_cell[COLUMN_COUNT + 1])
{
    bool found[COLUMN_COUNT + 1] = {[COLUMN_ELECTED] = true};
    bool last = false;
    bool all = true;
    table->at = skip_mark(table->text, table->bytes);
    table->separator = find_separator(table);
    for (size_t i = 0; !last; i++) {
        enum column column = column_of(next_cell(table, &last));
        ret_cell[column] = i;
        found[column] = true;
    }
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        all = all && found[i];
    }
    return all;
}

static void read_row(
    struct table *table, const size_t cell[COLUMN_COUNT],
    struct tally_text ret_cells[COLUMN_COUNT])
{
    bool last = false;
    for (size_t i = 0; !last; i++) {
        struct tally_text text = next_cell(table, &last);
        for (size_t c = 0; c < COLUMN_COUNT; c++) {
            ret_cells[c] = cell[c] == i ? text : ret_cells[c];
        }
    }
}

bool tally_order_number(struct tally_text text, int64_t *ret_number)
{
    int64_t number = 0;
    for (size_t i = 0; i < text.bytes; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || number > INT64_MAX / 10 - 1) {
            return false;
        }
        number = 10 * number + (text.data[i] - '0');
    }
    *ret_number = number;
    return text.bytes > 0;
}

/* A position from 1; 0: none. */
static size_t read_position(struct tally_text cell)
{
    int64_t position = 0;
    bool fine = tally_order_number(cell, &position) && position <= TALLY_OPTIONS_MAX;
    return fine ? (size_t)position : 0;
}

static const char *
add_row(struct tally_order *order, const struct tally_text cells[COLUMN_COUNT])
{
    size_t position = read_position(cells[COLUMN_LOT]);
    int64_t id = 0;
    if (!tally_order_number(cells[COLUMN_OPTION], &id)) {
        return "an option's number is missing";
    }
    const char *wrong = add(order, cells[COLUMN_NAME], position > 0 ? position - 1 : 0);
    if (wrong == NULL) {
        order->id[order->count - 1] = id;
        order->settles = order->settles && position > 0;
        order->elected += is_word(cells[COLUMN_ELECTED], "yes") ? 1 : 0;
    }
    return wrong;
}

const char *
tally_order_results(char *text, size_t bytes, const char *poll, struct tally_order *order)
{
    struct table table = {.bytes = bytes};
    table.text = text;
    size_t column[COLUMN_COUNT + 1] = {[COLUMN_ELECTED] = SIZE_MAX};
    const char *wrong = order_init(order);
    if (wrong == NULL && !read_header(&table, column)) {
        return "it is no exported results.csv";
    }
    while (wrong == NULL && table.at < bytes) {
        struct tally_text cells[COLUMN_COUNT] = {{.data = "", .bytes = 0}};
        read_row(&table, column, cells);
        if (is_word(cells[COLUMN_POLL], poll) && is_word(cells[COLUMN_ROUND], "0")) {
            wrong = add_row(order, cells);
        }
    }
    return wrong == NULL && order->count == 0 ? "the poll is not in it" : wrong;
}
