/* BLT: one ballot a line, always with its 0; names and title always in quotes, a quote
 * doubled. What it can't hold: scores, overvotes without names, and names with the end of
 * a line or with a backslash before a quote, which would be read as an escape. Many read
 * no more options than the file has, so that ranks are skipped with `-`. */
#include "tally/write.h"

static bool fits_quotes(struct tally_text text)
{
    for (size_t i = 0; i < text.bytes; i++) {
        bool quote_next = i + 1 == text.bytes || text.data[i + 1] == '"';
        if (text.data[i] == '\n' || (text.data[i] == '\\' && quote_next)) {
            return false;
        }
    }
    return true;
}

static bool fits(const struct file_writer *writer)
{
    bool fine = !writer->shape.scored && !writer->shape.unnamed &&
                fits_quotes(tally_file_title(writer->file));
    for (size_t o = 0; o < write_options(writer) && fine; o++) {
        fine = fits_quotes(write_name(writer, o));
    }
    return fine;
}

static void write_row(struct file_writer *writer, const struct write_row *row)
{
    size_t before = 0;
    write_number(writer, (uint64_t)row->weight);
    for (size_t i = 0; i < row->count; i++) {
        size_t place = row->marks[i].place;
        for (size_t skipped = before + 1; skipped < place; skipped++) {
            write_word(writer, " -");
        }
        write_char(writer, place == before ? '=' : ' ');
        write_option(writer, row->marks[i].option);
        before = place;
    }
    write_word(writer, " 0\n");
}

enum tally_status write_blt(struct file_writer *writer)
{
    if (!fits(writer)) {
        return TALLY_WRONG_FORM;
    }
    write_number(writer, write_options(writer));
    write_char(writer, ' ');
    write_number(writer, writer->file->seats);
    write_char(writer, '\n');
    for (size_t i = 0; i < writer->row_count && !writer->stopped; i++) {
        write_row(writer, writer->rows + i);
    }
    write_word(writer, "0\n");
    for (size_t o = 0; o < write_options(writer); o++) {
        write_quoted(writer, write_name(writer, o));
        write_char(writer, '\n');
    }
    if (writer->file->title.count > 0) {
        write_quoted(writer, tally_file_title(writer->file));
        write_char(writer, '\n');
    }
    return TALLY_OK;
}
