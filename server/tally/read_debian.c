/* Debian's tally sheets: a legend `Option 1---->: name`, a line for each option, then for
 * each ballot `V: 13-2` with the rank that it gives each option in this order: 1 to 9, A
 * for 10 and so on, `-` for none, and the voter's alias behind. Other lines are prose
 * and are passed over. Without a legend the options are called Option 1, Option 2 … */
#include "tally/file.h"

#include <string.h>

/* Steps over blanks and `V:` if they stand here, with a blank behind. */
static bool take_ballot_head(struct text *text)
{
    struct text next = *text;
    text_skip_blanks(&next);
    if (!text_take_word(&next, "V:") || !text_is_blank(text_peek(&next))) {
        return false;
    }
    text_skip_blanks(&next);
    *text = next;
    return true;
}

/* The rank that a letter stands for; 0: none. */
static size_t rank_of(int c)
{
    if (c >= '1' && c <= '9') {
        return (size_t)(c - '0');
    }
    if (c >= 'A' && c <= 'Z') {
        return (size_t)(c - 'A') + 10;
    }
    return c >= 'a' && c <= 'z' ? (size_t)(c - 'a') + 10 : 0;
}

static enum tally_status name_options(struct file_reader *reader, size_t count)
{
    enum tally_status status = TALLY_OK;
    for (size_t o = 0; o < count && status == TALLY_OK; o++) {
        char name[7 + TALLY_NUMBER_BYTES] = "Option ";
        size_t bytes = tally_number_write(
            (struct tally_number){.value = (int64_t)o + 1, .unit = 1}, name + 7);
        status = names_add(
            &reader->file->names, (struct tally_text){.data = name, .bytes = 7 + bytes});
    }
    return status;
}

/* The ranks up to the next blank, one a column. */
static enum tally_status read_ranks(struct file_reader *reader, size_t *ret_columns)
{
    struct text *text = &reader->text;
    size_t columns = 0;
    for (int c = text_peek(text); !text_is_blank(c) && !text_is_line_end(c);
         c = text_peek(text)) {
        size_t rank = rank_of(c);
        if (c != '-' && rank == 0) {
            return text_refuse(text, "a rank (1 to 9, A for 10 and so on) or \"-\"");
        }
        if (columns == TALLY_OPTIONS_MAX) {
            return text_exceed(text, TALLY_TOO_MANY, "at most 1000 options");
        }
        enum tally_status status = rank > 0 ? file_mark(reader, columns, rank) : TALLY_OK;
        if (status != TALLY_OK) {
            return status;
        }
        columns++;
        text_step(text);
    }
    *ret_columns = columns;
    return TALLY_OK;
}

static enum tally_status read_ballot(struct file_reader *reader)
{
    struct text start = reader->text;
    size_t columns = 0;
    enum tally_status status = read_ranks(reader, &columns);
    if (status == TALLY_OK && reader->file->names.count == 0) {
        status = name_options(reader, columns);
    }
    if (status == TALLY_OK && (columns == 0 || columns != reader->file->names.count)) {
        return text_refuse(&start, "a rank or \"-\" for every option");
    }
    return status == TALLY_OK ? file_ballot(reader, start.at, 1) : status;
}

/* `Option 3---->: name`, whatever stands before on the line. */
static enum tally_status read_legend(struct file_reader *reader)
{
    struct text text = reader->text;
    int64_t number = 0;
    while (!text_is_line_end(text_peek(&text)) && !text_begins(&text, "Option ")) {
        text_step(&text);
    }
    struct text start = text;
    text.fault = NULL;
    if (!text_take_word(&text, "Option ") ||
        text_number(&text, "", &number) != TALLY_OK) {
        return TALLY_OK;
    }
    while (text_peek(&text) == '-' || text_peek(&text) == '>' ||
           text_peek(&text) == ' ') {
        text_step(&text);
    }
    if (!text_take(&text, ':')) {
        return TALLY_OK;
    }
    (void)text_take(&text, ' ');
    if ((uint64_t)number != reader->file->names.count + 1 || file_ballots(reader) > 0) {
        return text_refuse(&start, "the options in order, before the first ballot");
    }
    start = text;
    return file_add_name(&start, &reader->file->names, text_rest_of_line(&text));
}

enum tally_status read_debian(struct file_reader *reader)
{
    struct text *text = &reader->text;
    enum tally_status status = TALLY_OK;
    while (status == TALLY_OK && text_peek(text) != TEXT_END) {
        status = take_ballot_head(text) ? read_ballot(reader) : read_legend(reader);
        if (status == TALLY_OK) {
            (void)text_rest_of_line(text);
            (void)text_take(text, '\n');
        }
    }
    if (status == TALLY_OK && file_ballots(reader) == 0 &&
        reader->file->names.count == 0) {
        return text_refuse(text, "a line \"V: \" with ranks");
    }
    return status;
}
