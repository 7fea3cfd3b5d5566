/* A BLT file while it is read, and what its two halves share. */
#ifndef TALLY_BLT_H
#define TALLY_BLT_H

#include "tally/file.h"
#include "tally/run.h"

struct blt {
    struct file_reader *reader;
    size_t options; /* withdrawn ones too */
    struct names nicknames;
    uint16_t number[TALLY_OPTIONS_MAX]; /* of an option once the withdrawn, which are
                                           RUN_NOBODY, are gone */
    struct run run;
    bool line_ended; /* a ballot ends with its line, not with 0 */
};

/* Steps over blanks and comments, not over the end of a line. */
enum tally_status blt_skip(struct text *text);
/* The same over ends of lines too. */
enum tally_status blt_skip_lines(struct text *text);

/* Does a word end here? */
static inline bool blt_word_ends(const struct text *text)
{
    int c = text_peek(text);
    return text_is_blank(c) || text_is_line_end(c) || c == '#' ||
           (c == '/' && text_next(text) == '*');
}

/* The names and the title behind the ballots. */
enum tally_status blt_read_names(struct blt *blt);

#endif
