/* What stands in every table: its columns, from one list (columns.def) that writes the
 * tables' heads, describes them in datapackage.json, and is what the codebook explains.
 */
#ifndef EXPORT_COLUMNS_H
#define EXPORT_COLUMNS_H

#include "export/csv.h"
#include "export/export.h"

#include <stddef.h>

/* The ballots of one poll of points; no file of enum export_file, for there are many. */
#define EXPORT_POINTS EXPORT_FILE_COUNT

enum column_type {
    COLUMN_INTEGER,
    COLUMN_NUMBER, /* with a decimal point, or comma: csv_decimal */
    COLUMN_TEXT,
    COLUMN_FLAG, /* yes, no */
    COLUMN_TIME, /* csv_time */
    COLUMN_DAY   /* 2027-03-01 */
};

enum column_when {
    COLUMN_ALWAYS,
    COLUMN_SHARES, /* where a poll has shares */
    COLUMN_EACH    /* one for each rank, or option; the table names them */
};

struct column {
    int file; /* of enum export_file, or EXPORT_POINTS */
    const char *name;
    enum column_type type;
    enum column_when when;
};

/* The next column of a file behind `after` that is there, but for those of COLUMN_EACH;
 * the first one if it is NULL. NULL: there are no more. */
const struct column *columns_next(const struct column *after, int file, bool shares);

/* Writes the names of those columns. Others may follow, then csv_end_row. */
void columns_head(struct csv *csv, int file, bool shares);

/* A table without shares and ranks: csv_begin, and its whole head. */
void columns_begin(struct csv *csv, struct buf *out, char separator, int file);

#endif
