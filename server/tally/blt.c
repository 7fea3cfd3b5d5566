/* What means nothing in a BLT file: blanks, comments, ends of lines. */
#include "tally/blt.h"

static enum tally_status skip_long_comment(struct text *text)
{
    struct text start = *text;
    for (text->at += 2; !text_begins(text, "*/"); text_step(text)) {
        if (text_peek(text) == TEXT_END) {
            return text_refuse(&start, "a comment that ends");
        }
    }
    text->at += 2;
    return TALLY_OK;
}

enum tally_status blt_skip(struct text *text)
{
    enum tally_status status = TALLY_OK;
    text_skip_blanks(text);
    while (status == TALLY_OK && !text_is_line_end(text_peek(text)) &&
           blt_word_ends(text)) {
        if (text_peek(text) == '#') {
            (void)text_rest_of_line(text);
        } else {
            status = skip_long_comment(text);
        }
        text_skip_blanks(text);
    }
    return status;
}

enum tally_status blt_skip_lines(struct text *text)
{
    enum tally_status status = blt_skip(text);
    while (status == TALLY_OK && text_take(text, '\n')) {
        status = blt_skip(text);
    }
    return status;
}
