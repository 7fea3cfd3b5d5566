#include "app/tally_order.h"

#include <stdlib.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static const char *order_init(struct tally_order *order)
{
    *order = (struct tally_order){
        .names = calloc(TALLY_OPTIONS_MAX, sizeof *order->names),
        .place = calloc(TALLY_OPTIONS_MAX, sizeof *order->place),
        .settles = true};
    return order->names != NULL && order->place != NULL ? NULL : "no memory";
}

void tally_order_fini(struct tally_order *order)
{
    free(order->names);
    free(order->place);
    *order = (struct tally_order){0};
}

static const char *
add(struct tally_order *order, const char *name, size_t bytes, size_t place)
{
    if (order->count == TALLY_OPTIONS_MAX) {
        return "too many options";
    }
    order->names[order->count] = (struct tally_text){.data = name, .bytes = bytes};
    order->place[order->count++] = place;
    return NULL;
}

static size_t skip_mark(const char *text, size_t bytes)
{
    bool marked = bytes >= 3 && memcmp(text, BYTE_ORDER_MARK, 3) == 0;
    return marked ? 3 : 0;
}

const char *tally_order_list(char *text, size_t bytes, struct tally_order *order)
{
    const char *wrong = order_init(order);
    for (size_t at = skip_mark(text, bytes); at < bytes && wrong == NULL;) {
        const char *newline = memchr(text + at, '\n', bytes - at);
        size_t end = newline != NULL ? (size_t)(newline - text) : bytes;
        size_t length = end - at;
        length -= length > 0 && text[end - 1] == '\r' ? 1 : 0;
        if (length > 0) {
            wrong = add(order, text + at, length, order->count);
        }
        at = end + 1;
    }
    return wrong;
}

/* ---- results.csv ---- */

enum column { COLUMN_POLL, COLUMN_ROUND, COLUMN_NAME, COLUMN_LOT, COLUMN_COUNT };

struct table {
    char *text;
    size_t bytes;
    size_t at;
    char separator;
};

/* One cell, unquoted in place; *ret_last: it ends its row. */
static struct tally_text next_cell(struct table *table, bool *ret_last)
{
    bool quoted = table->at < table->bytes && table->text[table->at] == '"';
    size_t from = quoted ? table->at + 1 : table->at;
    size_t to = from;
    size_t at = from;
    for (; at < table->bytes; at++) {
        char c = table->text[at];
        bool doubled =
            quoted && c == '"' && at + 1 < table->bytes && table->text[at + 1] == '"';
        if (quoted && c == '"' && !doubled) {
            quoted = false;
            continue;
        }
        if (!quoted && (c == table->separator || c == '\n')) {
            break;
        }
        at += doubled ? 1 : 0;
        table->text[to++] = c;
    }
    *ret_last = at >= table->bytes || table->text[at] == '\n';
    table->at = at + 1;
    to -= *ret_last && to > from && table->text[to - 1] == '\r' ? 1 : 0;
    return (struct tally_text){.data = table->text + from, .bytes = to - from};
}

static bool is_word(struct tally_text cell, const char *word)
{
    return cell.bytes == strlen(word) && memcmp(cell.data, word, cell.bytes) == 0;
}

/* Which column is which; the separator is the one that stands first. */
static bool read_header(struct table *table, size_t ret_column[COLUMN_COUNT])
{
    static const char *const words[COLUMN_COUNT] = {"poll", "round", "name", "lot"};
    size_t found = 0;
    bool last = false;
    table->at = skip_mark(table->text, table->bytes);
    const char *semicolon = memchr(table->text, ';', table->bytes);
    const char *comma = memchr(table->text, ',', table->bytes);
    bool is_semicolon = semicolon != NULL && (comma == NULL || semicolon < comma);
    table->separator = is_semicolon ? ';' : ',';
    for (size_t i = 0; !last; i++) {
        struct tally_text cell = next_cell(table, &last);
        for (size_t c = 0; c < COLUMN_COUNT; c++) {
            if (is_word(cell, words[c])) {
                ret_column[c] = i;
                found++;
            }
        }
    }
    return found == COLUMN_COUNT;
}

static void read_row(
    struct table *table, const size_t column[COLUMN_COUNT],
    struct tally_text ret_cells[COLUMN_COUNT])
{
    bool last = false;
    for (size_t i = 0; !last; i++) {
        struct tally_text cell = next_cell(table, &last);
        for (size_t c = 0; c < COLUMN_COUNT; c++) {
            if (column[c] == i) {
                ret_cells[c] = cell;
            }
        }
    }
}

/* A position from 1; 0: none. */
static size_t read_position(struct tally_text cell)
{
    size_t position = 0;
    for (size_t i = 0; i < cell.bytes && position <= TALLY_OPTIONS_MAX; i++) {
        if (cell.data[i] < '0' || cell.data[i] > '9') {
            return 0;
        }
        position = 10 * position + (size_t)(cell.data[i] - '0');
    }
    return position;
}

const char *
tally_order_results(char *text, size_t bytes, const char *poll, struct tally_order *order)
{
    struct table table = {.text = text, .bytes = bytes};
    size_t column[COLUMN_COUNT] = {0};
    const char *wrong = order_init(order);
    if (wrong == NULL && !read_header(&table, column)) {
        return "it is no exported results.csv";
    }
    while (wrong == NULL && table.at < bytes) {
        struct tally_text cells[COLUMN_COUNT] = {{.data = "", .bytes = 0}};
        read_row(&table, column, cells);
        if (!is_word(cells[COLUMN_POLL], poll) || !is_word(cells[COLUMN_ROUND], "0")) {
            continue;
        }
        size_t position = read_position(cells[COLUMN_LOT]);
        order->settles = order->settles && position > 0;
        wrong =
            add(order, cells[COLUMN_NAME].data, cells[COLUMN_NAME].bytes,
                position > 0 ? position - 1 : 0);
    }
    return wrong == NULL && order->count == 0 ? "the poll is not in it" : wrong;
}
