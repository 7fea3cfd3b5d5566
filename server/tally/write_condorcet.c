/* Condorcet Election Format: the list of options, then `A > B = C * 42`. What it can't
 * hold: scores, options marked twice, overvotes without names, skipped ranks, two options
 * of one name, and names with one of its signs, with blanks at an end, or empty. */
#include "tally/write.h"

static bool fits_name(struct tally_text name)
{
    return name.bytes > 0 && name.bytes == text_trimmed(name).bytes &&
           write_plain(name, "\n>=^*#;,/<|");
}

static bool fits(const struct file_writer *writer)
{
    bool fine = write_is_ranking(&writer->shape) && write_names_differ(writer);
    for (size_t o = 0; o < write_options(writer) && fine; o++) {
        fine = fits_name(write_name(writer, o));
    }
    return fine;
}

static void write_row(struct file_writer *writer, const struct write_row *row)
{
    write_word(writer, row->count == 0 ? "/EMPTY_RANKING/" : "");
    for (size_t i = 0; i < row->count; i++) {
        if (i > 0) {
            bool tie = row->marks[i].place == row->marks[i - 1].place;
            write_word(writer, tie ? " = " : " > ");
        }
        write_text(writer, write_name(writer, row->marks[i].option));
    }
    if (row->weight > 1) {
        write_word(writer, " * ");
        write_number(writer, (uint64_t)row->weight);
    }
    write_char(writer, '\n');
}

enum tally_status write_condorcet(struct file_writer *writer)
{
    if (!fits(writer)) {
        return TALLY_WRONG_FORM;
    }
    write_word(writer, "#/Candidates: ");
    for (size_t o = 0; o < write_options(writer); o++) {
        write_word(writer, o > 0 ? " ; " : "");
        write_text(writer, write_name(writer, o));
    }
    if (writer->file->seats > 0) {
        write_word(writer, "\n#/Number of Seats: ");
        write_number(writer, writer->file->seats);
    }
    write_word(writer, "\n#/Implicit Ranking: true\n\n");
    for (size_t i = 0; i < writer->row_count && !writer->stopped; i++) {
        write_row(writer, writer->rows + i);
    }
    return TALLY_OK;
}
