/* People's words in a table: a reader of RFC 4180 gets every cell back, with an
 * apostrophe before what a spreadsheet would run, and no cell leaves its place. The
 * input's cells are parted by NUL, its rows by two. */
#include "fuzz.h"

#include "export/csv.h"

#include <stdlib.h>
#include <string.h>

#define TABLE_BYTES_MAX (1UL << 20)

struct reader {
    const char *at;
    const char *end;
};

/* The next cell, unquoted, and what follows it: the separator, '\n' (CR LF), or 0. */
static char read_cell(struct reader *reader, char separator, struct buf *ret_cell)
{
    bool quoted = reader->at < reader->end && *reader->at == '"';
    reader->at += quoted ? 1 : 0;
    while (reader->at < reader->end) {
        char c = *reader->at++;
        bool twice = quoted && c == '"' && reader->at < reader->end && *reader->at == '"';
        if (twice) {
            reader->at++;
        } else if (quoted && c == '"') {
            quoted = false;
            continue;
        } else if (!quoted && c == separator) {
            return separator;
        } else if (!quoted && c == '\r') {
            FUZZ_MUST(reader->at < reader->end && *reader->at++ == '\n');
            return '\n';
        }
        FUZZ_MUST(quoted || (c != '\n' && c != '"'));
        buf_char(ret_cell, c);
    }
    FUZZ_MUST(!quoted);
    return 0;
}

static void
check_cell(struct reader *reader, char separator, const char *text, char behind)
{
    struct buf cell;
    buf_init(&cell, TABLE_BYTES_MAX);
    FUZZ_MUST(read_cell(reader, separator, &cell) == behind);
    size_t guard = csv_is_formula(text) ? 1 : 0;
    FUZZ_MUST(cell.bytes == strlen(text) + guard);
    FUZZ_MUST(guard == 0 || cell.data[0] == '\'');
    FUZZ_MUST(strlen(text) == 0 || memcmp(cell.data + guard, text, strlen(text)) == 0);
    buf_fini(&cell);
}

static void check(const char *text, size_t bytes, char separator)
{
    struct buf table;
    struct csv csv;
    buf_init(&table, TABLE_BYTES_MAX);
    csv_begin(&csv, &table, separator);
    for (size_t at = 0; at <= bytes; at += strlen(text + at) + 1) {
        csv_text(&csv, text + at);
    }
    csv_end_row(&csv);
    struct span all = buf_span(&table);
    FUZZ_MUST(!buf_failed(&table));
    const char *first = (const char *)all.data + strlen("\xef\xbb\xbf");
    struct reader reader = {.at = first, .end = (const char *)all.data + all.bytes};
    for (size_t at = 0; at <= bytes; at += strlen(text + at) + 1) {
        bool last = at + strlen(text + at) == bytes;
        check_cell(&reader, separator, text + at, last ? '\n' : separator);
    }
    FUZZ_MUST(reader.at == reader.end);
    buf_fini(&table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > TABLE_BYTES_MAX / 8) {
        return 0;
    }
    char *text = calloc(size + 1, 1);
    FUZZ_MUST(text != NULL);
    if (size > 0) {
        memcpy(text, data, size);
    }
    check(text, size, ';');
    check(text, size, ',');
    free(text);
    return 0;
}
