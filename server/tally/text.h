/* A place in a ballot file: reads byte after byte and knows line and column. */
#ifndef TALLY_TEXT_H
#define TALLY_TEXT_H

#include "stimmwerk/tally/file.h"

#define TEXT_END (-1)

struct text {
    const char *data; /* borrowed */
    size_t bytes;
    size_t at;
    size_t line; /* from 1 */
    size_t line_start;
    struct tally_fault *fault;
};

/* At the first byte behind a byte order mark. */
void text_init(
    struct text *text, const void *data, size_t bytes, struct tally_fault *fault);

/* The byte here, or TEXT_END. */
static inline int text_peek(const struct text *text)
{
    return text->at < text->bytes ? (unsigned char)text->data[text->at] : TEXT_END;
}

static inline bool text_is_digit(int c)
{
    return c >= '0' && c <= '9';
}

/* Steps over one byte. */
static inline void text_step(struct text *text)
{
    if (text->data[text->at++] == '\n') {
        text->line++;
        text->line_start = text->at;
    }
}

/* Steps over `c` if it is here. */
bool text_take(struct text *text, char c);
/* Steps over spaces, tabs and carriage returns. */
void text_skip_blanks(struct text *text);
/* Steps over all bytes up to the line's end, not over it. Returns them without a carriage
 * return at the end. */
struct tally_text text_rest_of_line(struct text *text);
/* Does the text here begin with `word`? */
bool text_begins(const struct text *text, const char *word);

/* Decimal digits, at least one; refuses (`expected`) if there are none here or the number
 * is above TALLY_BALLOTS_MAX. */
enum tally_status
text_number(struct text *text, const char *expected, int64_t *ret_number);

/* Fills the fault for this place: TALLY_BAD_FILE. */
enum tally_status text_refuse(const struct text *text, const char *expected);

#endif
