#include "tally/text.h"

#include <string.h>

void text_init(
    struct text *text, const void *data, size_t bytes, struct tally_fault *fault)
{
    *text = (struct text){.data = data, .bytes = bytes, .line = 1, .fault = fault};
    if (text_begins(text, "\xef\xbb\xbf")) {
        text->at = 3;
        text->line_start = 3;
    }
}

bool text_begins(const struct text *text, const char *word)
{
    size_t bytes = strlen(word);
    return text->bytes - text->at >= bytes &&
           memcmp(text->data + text->at, word, bytes) == 0;
}

bool text_take(struct text *text, char c)
{
    if (text_peek(text) != (unsigned char)c) {
        return false;
    }
    text_step(text);
    return true;
}

void text_skip_blanks(struct text *text)
{
    for (int c = text_peek(text); c == ' ' || c == '\t' || c == '\r';) {
        text_step(text);
        c = text_peek(text);
    }
}

struct tally_text text_rest_of_line(struct text *text)
{
    struct tally_text rest = {.data = text->data + text->at};
    for (int c = text_peek(text); c != TEXT_END && c != '\n'; c = text_peek(text)) {
        text_step(text);
        rest.bytes++;
    }
    if (rest.bytes > 0 && rest.data[rest.bytes - 1] == '\r') {
        rest.bytes--;
    }
    return rest;
}

enum tally_status text_refuse(const struct text *text, const char *expected)
{
    *text->fault = (struct tally_fault){
        .line = text->line,
        .column = text->at - text->line_start + 1,
        .expected = expected};
    return TALLY_BAD_FILE;
}

enum tally_status
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
