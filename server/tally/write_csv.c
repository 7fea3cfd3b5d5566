/* The CSVs. `csv` and `cvr-csv`: `count,rank1,…`, equal ranks joined by ` = `, skipped
 * ones empty, `#overvote` for an overvote without names. `csv-ranks` and `csv-scores`: a
 * column for each option, below a line `# shape: …`. What they can't hold: two options of
 * one name; with rank columns: scores, names that are empty, `#overvote` or hold ` = `,
 * and ranks above 1000; with a column an option: options marked twice, overvotes without
 * names, and scores where ranks stand or ranks where scores do. Rank columns name the
 * options as ballots do: where that is another order than theirs, or nobody ranked one,
 * a line `# options: …` names all. */
#include "tally/write.h"

#include <string.h>

static void write_cell(struct file_writer *writer, struct tally_text cell)
{
    bool plain =
        cell.bytes == text_trimmed(cell).bytes && write_plain(cell, "\n\r\t,;\"#");
    if (plain && cell.bytes > 0) {
        write_text(writer, cell);
    } else {
        write_quoted(writer, cell);
    }
}

/* ---- rank columns ---- */

/* With " = " behind it the name must not be cut earlier. */
static bool fits_cell(struct tally_text name)
{
    for (size_t i = 0; i + 2 <= name.bytes; i++) {
        bool ends = i + 2 == name.bytes || name.data[i + 2] == ' ';
        if (ends && memcmp(name.data + i, " =", 2) == 0) {
            return false;
        }
    }
    return name.bytes > 0 && !text_is_word(name, "#overvote");
}

static bool fits_ranks(const struct file_writer *writer)
{
    bool fine = !writer->shape.scored && writer->shape.place_max <= TALLY_OPTIONS_MAX &&
                write_names_differ(writer);
    for (size_t o = 0; o < write_options(writer) && fine; o++) {
        fine = fits_cell(write_name(writer, o));
    }
    return fine;
}

/* Moves `*met` on by the options that the row names first; false: out of their order. */
static bool meet(const struct write_row *row, size_t *met)
{
    bool in_order = true;
    for (size_t m = 0; m < row->count && in_order; m++) {
        size_t option = row->marks[m].option;
        in_order = option == TALLY_UNNAMED || option <= *met;
        *met += option == *met ? 1 : 0;
    }
    return in_order;
}

/* Whoever reads the rows meets the options one by one: all, and in their order? */
static bool met_in_order(const struct file_writer *writer)
{
    size_t met = 0;
    bool in_order = true;
    for (size_t i = 0; i < writer->row_count && in_order; i++) {
        in_order = meet(writer->rows + i, &met);
    }
    return in_order && met == write_options(writer);
}

static void write_names(struct file_writer *writer)
{
    for (size_t o = 0; o < write_options(writer); o++) {
        write_word(writer, o > 0 ? "," : "");
        write_cell(writer, write_name(writer, o));
    }
    write_char(writer, '\n');
}

/* Several names in one cell: a quote in any of them puts all in quotes. */
static void
write_joined(struct file_writer *writer, const struct tally_mark *marks, size_t count)
{
    write_char(writer, '"');
    for (size_t i = 0; i < count; i++) {
        struct tally_text name = marks[i].option == TALLY_UNNAMED
                                     ? (struct tally_text){"#overvote", 9}
                                     : write_name(writer, marks[i].option);
        write_word(writer, i > 0 ? " = " : "");
        for (size_t b = 0; b < name.bytes; b++) {
            write_word(writer, name.data[b] == '"' ? "\"" : "");
            write_char(writer, name.data[b]);
        }
    }
    write_char(writer, '"');
}

static void write_row(struct file_writer *writer, const struct write_row *row)
{
    size_t i = 0;
    write_number(writer, (uint64_t)row->weight);
    for (size_t place = 1; place <= writer->shape.place_max; place++) {
        size_t first = i;
        write_char(writer, ',');
        while (i < row->count && row->marks[i].place == place) {
            i++;
        }
        if (i == first + 1 && row->marks[first].option == TALLY_UNNAMED) {
            write_word(writer, "#overvote");
        } else if (i == first + 1) {
            write_cell(writer, write_name(writer, row->marks[first].option));
        } else if (i > first) {
            write_joined(writer, row->marks + first, i - first);
        }
    }
    write_char(writer, '\n');
}

enum tally_status write_csv(struct file_writer *writer)
{
    if (!fits_ranks(writer)) {
        return TALLY_WRONG_FORM;
    }
    if (!met_in_order(writer)) {
        write_word(writer, "# options: ");
        write_names(writer);
    }
    write_word(writer, "count,rank1");
    for (size_t place = 2; place <= writer->shape.place_max; place++) {
        write_word(writer, ",rank");
        write_number(writer, place);
    }
    write_char(writer, '\n');
    writer->shape.place_max += writer->shape.place_max == 0 ? 1 : 0;
    for (size_t i = 0; i < writer->row_count && !writer->stopped; i++) {
        write_row(writer, writer->rows + i);
    }
    return TALLY_OK;
}

/* ---- a column an option ---- */

static void write_numbers(struct file_writer *writer, const struct write_row *row)
{
    size_t most = tally_profile_score_max(writer->profile);
    uint16_t numbers[TALLY_OPTIONS_MAX] = {0};
    for (size_t i = 0; i < row->count; i++) {
        size_t place = row->marks[i].place;
        numbers[row->marks[i].option] = (uint16_t)(most > 0 ? 1 + most - place : place);
    }
    write_number(writer, (uint64_t)row->weight);
    for (size_t o = 0; o < write_options(writer); o++) {
        write_char(writer, ',');
        if (numbers[o] > 0) {
            write_number(writer, numbers[o]);
        }
    }
    write_char(writer, '\n');
}

static void write_columns(struct file_writer *writer)
{
    write_word(writer, "count,");
    write_names(writer);
    for (size_t i = 0; i < writer->row_count && !writer->stopped; i++) {
        write_numbers(writer, writer->rows + i);
    }
}

enum tally_status write_csv_ranks(struct file_writer *writer)
{
    const struct write_shape *shape = &writer->shape;
    if (shape->scored || shape->unnamed || shape->repeats ||
        !write_names_differ(writer)) {
        return TALLY_WRONG_FORM;
    }
    write_word(writer, "# shape: ranks\n");
    write_columns(writer);
    return TALLY_OK;
}

enum tally_status write_csv_scores(struct file_writer *writer)
{
    if (!writer->shape.scored || !write_names_differ(writer)) {
        return TALLY_WRONG_FORM;
    }
    write_word(writer, "# shape: scores 0-");
    write_number(writer, tally_profile_score_max(writer->profile));
    write_char(writer, '\n');
    write_columns(writer);
    return TALLY_OK;
}
