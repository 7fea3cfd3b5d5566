/* Debian's tally sheets: a legend, then a line `V: 13-2` for every single ballot. What
 * they can't hold: scores, options marked twice, overvotes without names, ranks above 35,
 * names with the end of a line, and more ballots than anybody lists. */
#include "tally/write.h"

#include "tally/limits.h"

#include <string.h>

#define RANK_MAX 35

static bool fits(const struct file_writer *writer)
{
    const struct write_shape *shape = &writer->shape;
    bool fine = !shape->scored && !shape->unnamed && !shape->repeats &&
                shape->place_max <= RANK_MAX &&
                tally_profile_ballots(writer->profile) <= DEBIAN_BALLOTS_MAX;
    for (size_t o = 0; o < write_options(writer) && fine; o++) {
        fine = write_one_line(write_name(writer, o));
    }
    return fine;
}

static void write_ballots(struct file_writer *writer, const struct write_row *row)
{
    static const char letters[] = "-123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char line[TALLY_OPTIONS_MAX];
    memset(line, '-', sizeof line);
    for (size_t i = 0; i < row->count; i++) {
        line[row->marks[i].option] = letters[row->marks[i].place];
    }
    for (int64_t n = 0; n < row->weight && !writer->stopped; n++) {
        write_word(writer, "V: ");
        write_text(
            writer, (struct tally_text){.data = line, .bytes = write_options(writer)});
        write_char(writer, '\n');
    }
}

enum tally_status write_debian(struct file_writer *writer)
{
    if (!fits(writer)) {
        return TALLY_WRONG_FORM;
    }
    for (size_t o = 0; o < write_options(writer); o++) {
        write_word(writer, "Option ");
        write_number(writer, o + 1);
        write_word(writer, "---->: ");
        write_text(writer, write_name(writer, o));
        write_char(writer, '\n');
    }
    for (size_t i = 0; i < writer->row_count && !writer->stopped; i++) {
        write_ballots(writer, writer->rows + i);
    }
    return TALLY_OK;
}
