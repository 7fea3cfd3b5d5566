#include "tally/text.h"

#include <string.h>

void text_init(
    struct text *text, const void *data, size_t bytes, struct tally_fault *fault)
{
    *text = (struct text){.data = data, .bytes = bytes, .fault = fault};
    if (text_begins(text, "\xef\xbb\xbf")) {
        text->at = 3;
        text->first = 3;
    }
}

bool text_begins(const struct text *text, const char *word)
{
    size_t bytes = strlen(word);
    return text->bytes - text->at >= bytes &&
           memcmp(text->data + text->at, word, bytes) == 0;
}

bool text_take_word(struct text *text, const char *word)
{
    if (!text_begins(text, word)) {
        return false;
    }
    text->at += strlen(word);
    return true;
}

struct tally_text text_rest_of_line(struct text *text)
{
    struct tally_text rest = {.data = text->data + text->at};
    size_t left = text->bytes - text->at;
    const char *end = left > 0 ? memchr(rest.data, '\n', left) : NULL;
    rest.bytes = end != NULL ? (size_t)(end - rest.data) : left;
    text->at += rest.bytes;
    if (rest.bytes > 0 && rest.data[rest.bytes - 1] == '\r') {
        rest.bytes--;
    }
    return rest;
}

bool text_take_empty_line(struct text *text)
{
    return text_take_word(text, "\n") || text_take_word(text, "\r\n");
}

size_t text_line(const struct text *text)
{
    size_t line = 1;
    for (size_t i = 0; i < text->at; i++) {
        line += text->data[i] == '\n' ? 1 : 0;
    }
    return line;
}

enum tally_status
text_exceed(const struct text *text, enum tally_status status, const char *expected)
{
    if (text->fault == NULL) {
        return status; /* finding the line would read all before it */
    }
    size_t start = text->at;
    while (start > text->first && text->data[start - 1] != '\n') {
        start--;
    }
    *text->fault = (struct tally_fault){
        .line = text_line(text), .column = text->at - start + 1, .expected = expected};
    return status;
}

enum tally_status text_refuse(const struct text *text, const char *expected)
{
    return text_exceed(text, TALLY_BAD_FILE, expected);
}

bool text_holds(const struct text *text, const char *word)
{
    size_t left = text->bytes - text->at;
    const char *at = text->data + text->at;
    size_t bytes = strlen(word);
    while (left >= bytes) {
        const char *found = memchr(at, word[0], left - bytes + 1);
        if (found == NULL) {
            return false;
        }
        if (memcmp(found, word, bytes) == 0) {
            return true;
        }
        left -= (size_t)(found + 1 - at);
        at = found + 1;
    }
    return false;
}

bool text_equals(struct tally_text a, struct tally_text b)
{
    return a.bytes == b.bytes && (a.bytes == 0 || memcmp(a.data, b.data, a.bytes) == 0);
}

bool text_is_word(struct tally_text text, const char *word)
{
    return text_equals(text, (struct tally_text){.data = word, .bytes = strlen(word)});
}

struct tally_text text_trimmed(struct tally_text text)
{
    while (text.bytes > 0 && text_is_blank((unsigned char)text.data[0])) {
        text.data++;
        text.bytes--;
    }
    while (text.bytes > 0 && text_is_blank((unsigned char)text.data[text.bytes - 1])) {
        text.bytes--;
    }
    return text;
}
