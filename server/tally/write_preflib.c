/* PrefLib: the head, then `count: 1,{2,3},4`, in the smallest type that fits. What it
 * can't hold: scores, options marked twice, overvotes without names, skipped ranks, and
 * names with the end of a line. */
#include "tally/write.h"

static bool fits(const struct file_writer *writer)
{
    bool fine = write_is_ranking(&writer->shape) &&
                write_one_line(tally_file_title(writer->file));
    for (size_t o = 0; o < write_options(writer) && fine; o++) {
        fine = write_one_line(write_name(writer, o));
    }
    return fine;
}

static const char *type_of(const struct write_shape *shape)
{
    if (shape->ties) {
        return shape->partial ? "toi" : "toc";
    }
    return shape->partial ? "soi" : "soc";
}

static void write_head(struct file_writer *writer)
{
    write_word(writer, "# FILE NAME: ballots.");
    write_word(writer, type_of(&writer->shape));
    write_word(writer, "\n# TITLE: ");
    write_text(writer, tally_file_title(writer->file));
    write_word(writer, "\n# DATA TYPE: ");
    write_word(writer, type_of(&writer->shape));
    write_word(writer, "\n# NUMBER ALTERNATIVES: ");
    write_number(writer, write_options(writer));
    write_word(writer, "\n# NUMBER VOTERS: ");
    write_number(writer, (uint64_t)tally_profile_ballots(writer->profile));
    write_word(writer, "\n# NUMBER UNIQUE ORDERS: ");
    write_number(writer, writer->row_count);
    for (size_t o = 0; o < write_options(writer); o++) {
        write_word(writer, "\n# ALTERNATIVE NAME ");
        write_number(writer, o + 1);
        write_word(writer, ": ");
        write_text(writer, write_name(writer, o));
    }
    write_char(writer, '\n');
}

/* Marks i … of one place; returns where the next place begins. */
static size_t
write_group(struct file_writer *writer, const struct write_row *row, size_t i)
{
    size_t end = i + 1;
    while (end < row->count && row->marks[end].place == row->marks[i].place) {
        end++;
    }
    write_word(writer, end > i + 1 ? "{" : "");
    for (size_t m = i; m < end; m++) {
        write_word(writer, m > i ? "," : "");
        write_option(writer, row->marks[m].option);
    }
    write_word(writer, end > i + 1 ? "}" : "");
    return end;
}

enum tally_status write_preflib(struct file_writer *writer)
{
    if (!fits(writer)) {
        return TALLY_WRONG_FORM;
    }
    write_head(writer);
    for (size_t i = 0; i < writer->row_count && !writer->stopped; i++) {
        const struct write_row *row = writer->rows + i;
        write_number(writer, (uint64_t)row->weight);
        write_word(writer, row->count > 0 ? ": " : ":");
        for (size_t m = 0; m < row->count;) {
            write_word(writer, m > 0 ? "," : "");
            m = write_group(writer, row, m);
        }
        write_char(writer, '\n');
    }
    return TALLY_OK;
}
