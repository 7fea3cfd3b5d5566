/* Cells of a CSV (RFC 4180): quoted or plain; `,`, `;` or a tab between them, whichever
 * stands first in the header. */
#ifndef TALLY_CSV_H
#define TALLY_CSV_H

#include "tally/file.h"

struct csv {
    struct file_reader *reader;
    char separator;
    char *room; /* for one cell with doubled quotes; owned */
    size_t room_bytes;
};

struct cell {
    struct text start;       /* where it begins */
    struct tally_text value; /* lent until the next cell is read */
    bool last;               /* of its row */
};

/* At the header, behind the lines `# shape: …` and `# options: …`, which are kept: the
 * options become the file's first names, unless the reading told some. */
enum tally_status cells_begin(struct csv *csv, struct file_reader *reader);
void cells_fini(struct csv *csv);

enum tally_status cells_next(struct csv *csv, struct cell *ret_cell);

/* A whole number; `3,0` and `3.0` are one too. Refuses (`expected`) what is none. */
enum tally_status
cell_number(const struct cell *cell, const char *expected, int64_t *ret_number);
/* How many ballots a row stands for. */
enum tally_status cell_count(const struct cell *cell, int64_t *ret_weight);

/* The first separator outside quotes on the line here; `,` if there is none. */
char cells_separator(struct text text);
/* Steps over a line `# shape: …`, `# options: …` if it is here. */
bool cells_take_shape(struct text *text, struct tally_text *ret_shape);
bool cells_take_options(struct text *text, struct text *ret_options);

#endif
