/* Cells and rows of one CSV table: RFC 4180 quoting, CRLF, and nothing that a spreadsheet
 * would run. */
#ifndef EXPORT_CSV_H
#define EXPORT_CSV_H

#include "base/buf.h"
#include "base/uid.h"

#include <stdbool.h>
#include <stdint.h>

struct csv {
    struct buf *out;
    char separator;
    size_t cells;   /* of the row that has begun */
    size_t columns; /* as many as the first row had; 0: it has not ended */
};

/* Starts a table with the BOM. Its first row is that of its column names, and every other
 * has as many cells. */
void csv_begin(struct csv *csv, struct buf *out, char separator);

/* People's words: guarded (csv_is_formula), then quoted where needed. */
void csv_text(struct csv *csv, const char *text);
/* Our own words, and names that are guarded already: quoted where needed. */
void csv_word(struct csv *csv, const char *word);
void csv_empty(struct csv *csv);
void csv_int(struct csv *csv, int64_t value);
/* A ballot's number: 3, or paper-3. */
void csv_ballot(struct csv *csv, int64_t number, bool paper);
void csv_flag(struct csv *csv, bool value); /* yes, no */
/* An id or a count that is absent when 0. */
void csv_positive(struct csv *csv, int64_t value);
/* A decimal point becomes a comma where the separator is a semicolon: the spreadsheets
 * that want the one want the other, and read 20.5 as a day in May. */
void csv_decimal(struct csv *csv, const char *digits);
/* ISO 8601 in UTC, whole seconds; empty when 0. */
void csv_time(struct csv *csv, int64_t at_ms);
/* Hexadecimal; empty when all zero. */
void csv_hash(struct csv *csv, const struct hash *hash);
void csv_end_row(struct csv *csv);

/* Would a spreadsheet take this text for a formula? Then it needs an apostrophe before
 * it: = + - @ (also full-width), tab, CR or LF at its beginning, spaces not counted. */
bool csv_is_formula(const char *text);

#endif
