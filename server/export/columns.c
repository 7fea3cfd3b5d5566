#include "export/columns.h"

static const struct column columns[] = {
#define X(file, name, type, when) {EXPORT_##file, name, COLUMN_##type, COLUMN_##when},
#include "export/columns.def"
#undef X
};

#define COLUMN_COUNT (sizeof columns / sizeof columns[0])

const struct column *columns_next(const struct column *after, int file, bool shares)
{
    for (size_t i = after != NULL ? (size_t)(after - columns) + 1 : 0; i < COLUMN_COUNT;
         i++) {
        bool there = columns[i].when == COLUMN_ALWAYS ||
                     (columns[i].when == COLUMN_SHARES && shares);
        if (columns[i].file == file && there) {
            return &columns[i];
        }
    }
    return NULL;
}

void columns_head(struct csv *csv, int file, bool shares)
{
    const struct column *column = NULL;
    while ((column = columns_next(column, file, shares)) != NULL) {
        csv_word(csv, column->name);
    }
}

void columns_begin(struct csv *csv, struct buf *out, char separator, int file)
{
    csv_begin(csv, out, separator);
    columns_head(csv, file, false);
    csv_end_row(csv);
}
