/* A place in a ballot file: reads byte after byte; line and column are counted when they
 * are asked for. */
#ifndef TALLY_TEXT_H
#define TALLY_TEXT_H

#include "stimmwerk/tally/file.h"

#define TEXT_END (-1)

struct text {
    const char *data; /* borrowed */
    size_t bytes;
    size_t at;
    size_t first; /* behind a byte order mark, where columns of line 1 begin */
    struct tally_fault *fault; /* NULL: nobody asks where it went wrong */
};

/* At the first byte behind a byte order mark. */
void text_init(
    struct text *text, const void *data, size_t bytes, struct tally_fault *fault);

/* The place of a byte of the text. */
static inline struct text text_place(const struct text *text, const char *byte)
{
    struct text place = *text;
    place.at = (size_t)(byte - text->data);
    return place;
}

/* The byte here, or TEXT_END. */
static inline int text_peek(const struct text *text)
{
    return text->at < text->bytes ? (unsigned char)text->data[text->at] : TEXT_END;
}

/* The byte behind this one, or TEXT_END. */
static inline int text_next(const struct text *text)
{
    return text->at + 1 < text->bytes ? (unsigned char)text->data[text->at + 1]
                                      : TEXT_END;
}

static inline bool text_is_digit(int c)
{
    return c >= '0' && c <= '9';
}

/* Space, tab or carriage return. */
static inline int text_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

static inline bool text_is_blank(int c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static inline bool text_is_line_end(int c)
{
    return c == '\n' || c == TEXT_END;
}

/* Steps over one byte. */
static inline void text_step(struct text *text)
{
    text->at++;
}

/* Steps over `c` if it is here. */
static inline bool text_take(struct text *text, char c)
{
    bool here = text->at < text->bytes && text->data[text->at] == c;
    text->at += here ? 1 : 0;
    return here;
}

/* Steps over spaces, tabs and carriage returns. */
static inline void text_skip_blanks(struct text *text)
{
    while (text_is_blank(text_peek(text))) {
        text->at++;
    }
}

/* Steps over all bytes up to the line's end, not over it. Returns them without a carriage
 * return at the end. */
struct tally_text text_rest_of_line(struct text *text);
/* Does the text here begin with `word`? */
bool text_begins(const struct text *text, const char *word);
/* Steps over `word` if it is here. */
bool text_take_word(struct text *text, const char *word);
/* Steps over an empty line if it is here. */
bool text_take_empty_line(struct text *text);
/* The line of this place, from 1. Reads all lines before. */
size_t text_line(const struct text *text);

/* Does `word`, which is not empty, stand anywhere from here on? */
bool text_holds(const struct text *text, const char *word);

bool text_equals(struct tally_text a, struct tally_text b);
bool text_is_word(struct tally_text text, const char *word);
/* Without spaces, tabs and carriage returns at both ends. */
struct tally_text text_trimmed(struct tally_text text);

/* Fills the fault for this place: TALLY_BAD_FILE. */
enum tally_status text_refuse(const struct text *text, const char *expected);
/* The same for what is beyond a bound; returns `status`. */
enum tally_status
text_exceed(const struct text *text, enum tally_status status, const char *expected);

/* Decimal digits, at least one; refuses (`expected`) if there are none here or the number
 * is above TALLY_BALLOTS_MAX. */
static inline enum tally_status
text_number(struct text *text, const char *expected, int64_t *ret_number)
{
    int64_t number = 0;
    if (!text_is_digit(text_peek(text))) {
        return text_refuse(text, expected);
    }
    for (int c = text_peek(text); text_is_digit(c); c = text_peek(text)) {
        number = 10 * number + (c - '0');
        if (number > TALLY_BALLOTS_MAX) {
            return text_refuse(text, "a smaller number");
        }
        text_step(text);
    }
    *ret_number = number;
    return TALLY_OK;
}

#endif
