/* An event with texts, and its exported tables read back cell by cell. */
#ifndef TESTS_EXPORT_HALL_H
#define TESTS_EXPORT_HALL_H

#include "export/export.h"
#include "unit/domain/kit.h"

#include <stdlib.h>

#define HALL_TEXTS_MAX  4096
#define HALL_ORDERS_MAX 128
#define TABLE_BYTES_MAX (16 * 1024 * 1024)

struct hall {
    struct kit kit;
    struct export_text texts[HALL_TEXTS_MAX]; /* by content number − 1 */
    size_t text_count;
    const uint16_t *orders[HALL_ORDERS_MAX];
};

static inline bool
hall_find(void *ctx, const struct uid *content, struct export_text *ret)
{
    const struct hall *hall = ctx;
    for (size_t i = 0; i < hall->text_count; i++) {
        struct uid uid = uid_of(50000000 + i);
        if (uid_equal(&uid, content) && hall->texts[i].title != NULL) {
            *ret = hall->texts[i];
            return true;
        }
    }
    return false;
}

/* The strings are borrowed. */
static inline struct content_ref
hall_text(struct hall *hall, const char *title, const char *text)
{
    cr_assert_lt(hall->text_count, HALL_TEXTS_MAX);
    hall->texts[hall->text_count] =
        (struct export_text){.title = title, .text = text, .lang = "de"};
    return content_of(50000000 + hall->text_count++);
}

static inline int64_t hall_idea(struct hall *hall, const char *title, const char *text)
{
    struct entry entry = submit_entry(&hall->kit, ROLE_MODERATOR, hall->kit.moderator);
    entry.as.idea_text.content = hall_text(hall, title, text);
    return accept(&hall->kit, &entry);
}

static inline void hall_support(struct hall *hall, int64_t person, int64_t idea)
{
    struct kit *kit = &hall->kit;
    struct entry set = entry_of(kit, ENTRY_EVENT_SET, ROLE_MODERATOR, kit->moderator);
    set.as.event_set.support = SUPPORT_HIDDEN;
    accept(kit, &set);
    struct entry entry = entry_of(kit, ENTRY_IDEA_SUPPORT, ROLE_PARTICIPANT, person);
    entry.as.idea_support.idea = idea;
    entry.as.idea_support.on = true;
    accept(kit, &entry);
}

static inline void hall_write(
    struct hall *hall, enum export_file file, char separator, bool auditor,
    struct buf *ret_out)
{
    const struct export_texts texts = {.find = hall_find, .ctx = hall};
    const struct export_options options = {.separator = separator, .auditor = auditor};
    buf_init(ret_out, TABLE_BYTES_MAX);
    cr_assert_eq(
        export_write(ret_out, file, &hall->kit.event, &texts, hall->orders, &options),
        ERR_OK);
}

/* Polls of points have a table of their own. */
static inline void hall_write_points(
    struct hall *hall, int64_t poll, char separator, bool auditor, struct buf *ret_out)
{
    const struct export_texts texts = {.find = hall_find, .ctx = hall};
    const struct export_options options = {.separator = separator, .auditor = auditor};
    const struct poll *found = event_poll(&hall->kit.event, poll);
    buf_init(ret_out, TABLE_BYTES_MAX);
    cr_assert(export_has_points(found, &options));
    cr_assert_eq(
        export_write_points(ret_out, &hall->kit.event, found, &texts, &options), ERR_OK);
}

/* ---- reading a table back ---- */

#define TABLE_CELLS_MAX 200000
#define TABLE_ROWS_MAX  20000

struct table {
    struct buf text; /* all cells, each with its NUL */
    size_t cells[TABLE_CELLS_MAX];
    size_t cell_count;
    size_t row_at[TABLE_ROWS_MAX]; /* index of the row's first cell */
    size_t row_count;
};

/* One cell; returns what follows it: the separator or CR. */
static inline const char *read_cell(struct table *table, const char *at, char separator)
{
    cr_assert_lt(table->cell_count, TABLE_CELLS_MAX);
    table->cells[table->cell_count++] = table->text.bytes;
    if (*at == '"') {
        for (at++; at[0] != '"' || at[1] == '"'; at++) {
            cr_assert_neq(*at, '\0', "an open quote");
            at += *at == '"' ? 1 : 0;
            buf_char(&table->text, *at);
        }
        at++;
    } else {
        for (; *at != separator && *at != '\r'; at++) {
            cr_assert_null(strchr("\"\n", *at), "a bare quote, line end or NUL");
            buf_char(&table->text, *at);
        }
    }
    buf_char(&table->text, '\0');
    cr_assert(*at == separator || *at == '\r');
    return at;
}

/* RFC 4180, strictly: BOM, CRLF after each row, as many cells in each. */
static inline struct table *table_read(const struct buf *csv, char separator)
{
    struct table *table = calloc(1, sizeof *table);
    buf_init(&table->text, TABLE_BYTES_MAX);
    cr_assert_eq(strncmp((const char *)csv->data, "\xef\xbb\xbf", 3), 0, "no BOM");
    cr_assert_eq(strlen((const char *)csv->data), csv->bytes, "a NUL inside");
    const char *at = (const char *)csv->data + 3;
    while (*at != '\0') {
        cr_assert_lt(table->row_count, TABLE_ROWS_MAX);
        table->row_at[table->row_count++] = table->cell_count;
        at = read_cell(table, at, separator);
        while (*at == separator) {
            at = read_cell(table, at + 1, separator);
        }
        cr_assert_eq(strncmp(at, "\r\n", 2), 0, "a row must end with CRLF");
        at += 2;
        size_t width = table->cell_count - table->row_at[table->row_count - 1];
        cr_assert_eq(width * table->row_count, table->cell_count, "a ragged row");
    }
    return table;
}

static inline void table_free(struct table *table)
{
    buf_fini(&table->text);
    free(table);
}

static inline size_t table_width(const struct table *table)
{
    return table->cell_count / table->row_count;
}

/* Row 0 holds the names of the columns. */
static inline const char *table_at(const struct table *table, size_t row, size_t column)
{
    cr_assert_lt(row, table->row_count);
    return (const char *)table->text.data +
           table->cells[row * table_width(table) + column];
}

static inline const char *
table_cell(const struct table *table, size_t row, const char *column)
{
    for (size_t i = 0; i < table_width(table); i++) {
        if (strcmp(table_at(table, 0, i), column) == 0) {
            return table_at(table, row, i);
        }
    }
    cr_assert_fail("no column %s", column);
    return NULL;
}

static inline int64_t table_int(const struct table *table, size_t row, const char *column)
{
    const char *cell = table_cell(table, row, column);
    char *end;
    int64_t value = strtoll(cell, &end, 10);
    cr_assert(*cell != '\0' && *end == '\0', "'%s' is no number", cell);
    return value;
}

static inline struct table *
hall_table(struct hall *hall, enum export_file file, char separator, bool auditor)
{
    struct buf csv;
    hall_write(hall, file, separator, auditor, &csv);
    struct table *table = table_read(&csv, separator);
    buf_fini(&csv);
    return table;
}

#endif
