/* ABIF: options are declared as c1, c2 … with their names in brackets, or in quotes where
 * the name holds a bracket; then `count:c1>c2=c3`, or ratings `count:c1/5,c2/3` and
 * max_rating. What it can't hold: options marked twice, overvotes without names, skipped
 * ranks, and names with the end of a line or with both `]` and a quote. */
#include "tally/write.h"

static bool fits_name(struct tally_text name)
{
    return write_plain(name, "\n") && (write_plain(name, "]") || write_plain(name, "\""));
}

static bool fits(const struct file_writer *writer)
{
    const struct write_shape *shape = &writer->shape;
    bool fine = shape->scored || write_is_ranking(shape);
    for (size_t o = 0; o < write_options(writer) && fine; o++) {
        fine = fits_name(write_name(writer, o));
    }
    return fine;
}

static void write_escape(struct file_writer *writer, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    write_word(writer, "\\u00");
    write_char(writer, digits[c >> 4]);
    write_char(writer, digits[c & 15]);
}

static void write_title(struct file_writer *writer)
{
    struct tally_text title = tally_file_title(writer->file);
    write_word(writer, "{\"title\": \"");
    for (size_t i = 0; i < title.bytes; i++) {
        unsigned char c = (unsigned char)title.data[i];
        if (c < ' ') {
            write_escape(writer, c);
            continue;
        }
        write_word(writer, c == '"' || c == '\\' ? "\\" : "");
        write_char(writer, title.data[i]);
    }
    write_word(writer, "\"}\n");
}

static void write_declaration(struct file_writer *writer, size_t option)
{
    struct tally_text name = write_name(writer, option);
    bool brackets = write_plain(name, "]");
    write_word(writer, "=c");
    write_number(writer, option + 1);
    write_word(writer, brackets ? ":[" : ":\"");
    write_text(writer, name);
    write_word(writer, brackets ? "]\n" : "\"\n");
}

static void write_row(struct file_writer *writer, const struct write_row *row)
{
    size_t most = tally_profile_score_max(writer->profile);
    write_number(writer, (uint64_t)row->weight);
    write_char(writer, ':');
    for (size_t i = 0; i < row->count; i++) {
        bool tie = i > 0 && row->marks[i].place == row->marks[i - 1].place;
        if (i > 0) {
            write_word(writer, most > 0 ? "," : tie ? "=" : ">");
        }
        write_char(writer, 'c');
        write_option(writer, row->marks[i].option);
        if (most > 0) {
            write_char(writer, '/');
            write_number(writer, 1 + most - row->marks[i].place);
        }
    }
    write_char(writer, '\n');
}

enum tally_status write_abif(struct file_writer *writer)
{
    if (!fits(writer)) {
        return TALLY_WRONG_FORM;
    }
    if (writer->file->title.count > 0) {
        write_title(writer);
    }
    if (writer->shape.scored) {
        write_word(writer, "{\"max_rating\": ");
        write_number(writer, tally_profile_score_max(writer->profile));
        write_word(writer, "}\n");
    }
    for (size_t o = 0; o < write_options(writer); o++) {
        write_declaration(writer, o);
    }
    for (size_t i = 0; i < writer->row_count && !writer->stopped; i++) {
        write_row(writer, writer->rows + i);
    }
    return TALLY_OK;
}
