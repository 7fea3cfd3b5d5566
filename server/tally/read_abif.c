/* ABIF: `# comment`, `{"key": value}`, `=key:[Full name]`, and votes `weight:a>b=c`. A
 * key is bare, in brackets or in quotes. Ratings (`a/5`) are no ranking and are refused.
 */
#include "tally/file.h"

#include "tally/grow.h"

#include <string.h>

struct abif {
    struct file_reader *reader;
    struct names keys; /* number i is the key of option i */
};

/* Up to `end`, on this line, not over it. */
static enum tally_status
read_until(struct text *text, char end, const char *expected, struct tally_text *ret_text)
{
    struct tally_text between = {.data = text->data + text->at};
    for (int c = text_peek(text); c != (unsigned char)end; c = text_peek(text)) {
        if (c == TEXT_END || c == '\n') {
            return text_refuse(text, expected);
        }
        text_step(text);
        between.bytes++;
    }
    text_step(text);
    *ret_text = between;
    return TALLY_OK;
}

static bool is_key_byte(int c)
{
    return text_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           c == '_' || c == '-' || c >= 0x80;
}

static enum tally_status read_key(struct text *text, struct tally_text *ret_key)
{
    if (text_take(text, '[')) {
        return read_until(text, ']', "\"]\"", ret_key);
    }
    if (text_take(text, '"')) {
        return read_until(text, '"', "a quote at the end of the name", ret_key);
    }
    struct tally_text key = {.data = text->data + text->at};
    while (is_key_byte(text_peek(text))) {
        text_step(text);
        key.bytes++;
    }
    *ret_key = key;
    return key.bytes > 0 ? TALLY_OK : text_refuse(text, "an option");
}

static enum tally_status end_of_line(struct text *text)
{
    text_skip_blanks(text);
    int c = text_peek(text);
    if (c == '#') {
        (void)text_rest_of_line(text);
        return TALLY_OK;
    }
    return c == '\n' || c == TEXT_END ? TALLY_OK
                                      : text_refuse(text, "the end of the line");
}

static enum tally_status
declare(struct abif *abif, struct tally_text key, struct tally_text name)
{
    enum tally_status status = names_add(&abif->keys, key);
    return status == TALLY_OK ? names_add(&abif->reader->file->names, name) : status;
}

/* =key:[Full name] */
static enum tally_status read_declaration(struct abif *abif)
{
    struct text *text = &abif->reader->text;
    struct tally_text key = {.data = NULL};
    struct tally_text name = {.data = NULL};
    uint16_t number = 0;
    text_step(text);
    text_skip_blanks(text);
    struct text start = *text;
    enum tally_status status = read_key(text, &key);
    if (status != TALLY_OK) {
        return status;
    }
    if (names_find(&abif->keys, key, &number)) {
        return text_refuse(&start, "an option that was not declared or voted for before");
    }
    text_skip_blanks(text);
    if (!text_take(text, ':')) {
        return text_refuse(text, "\":\"");
    }
    text_skip_blanks(text);
    status = read_key(text, &name);
    if (status == TALLY_OK) {
        status = declare(abif, key, name);
    }
    return status == TALLY_OK ? end_of_line(text) : status;
}

/* One flat object on a line; of all it says only the title is kept. */
static enum tally_status read_metadata(struct abif *abif)
{
    struct text *text = &abif->reader->text;
    struct tally_text key = {.data = "", .bytes = 0};
    struct tally_text value = {.data = NULL};
    text_step(text);
    text_skip_blanks(text);
    if (!text_take(text, '"')) {
        return text_refuse(text, "a key in quotes");
    }
    enum tally_status status = read_until(text, '"', "a quote at the end", &key);
    if (status != TALLY_OK) {
        return status;
    }
    text_skip_blanks(text);
    if (!text_take(text, ':')) {
        return text_refuse(text, "\":\"");
    }
    text_skip_blanks(text);
    bool quoted = text_take(text, '"');
    status = read_until(text, quoted ? '"' : '}', "the end of the value", &value);
    bool is_title = key.bytes == 5 && memcmp(key.data, "title", 5) == 0;
    if (status == TALLY_OK && quoted && is_title) {
        status = names_add(&abif->reader->file->title, value);
    }
    text_skip_blanks(text);
    if (status == TALLY_OK && quoted && !text_take(text, '}')) {
        return text_refuse(text, "\"}\"");
    }
    return status == TALLY_OK ? end_of_line(text) : status;
}

/* An option that nothing declared has its key for a name. */
static enum tally_status read_option(struct abif *abif, size_t place)
{
    struct tally_text key = {.data = NULL};
    uint16_t option = 0;
    enum tally_status status = read_key(&abif->reader->text, &key);
    if (status != TALLY_OK) {
        return status;
    }
    if (!names_find(&abif->keys, key, &option)) {
        status = declare(abif, key, key);
        if (status != TALLY_OK) {
            return status;
        }
        option = (uint16_t)(abif->keys.count - 1);
    }
    return file_mark(abif->reader, option, place);
}

static bool at_end(struct text *text)
{
    text_skip_blanks(text);
    int c = text_peek(text);
    return c == '\n' || c == '#' || c == TEXT_END;
}

static enum tally_status read_votes(struct abif *abif)
{
    struct text *text = &abif->reader->text;
    int64_t weight = 0;
    enum tally_status status = file_weight(abif->reader, &weight);
    if (status != TALLY_OK) {
        return status;
    }
    text_skip_blanks(text);
    if (!text_take(text, ':')) {
        return text_refuse(text, "\":\"");
    }
    bool more = !at_end(text);
    for (size_t place = 1; more;) {
        status = read_option(abif, place);
        if (status != TALLY_OK) {
            return status;
        }
        text_skip_blanks(text);
        bool next = text_take(text, '>');
        place += next ? 1 : 0;
        more = next || text_take(text, '=');
        text_skip_blanks(text);
    }
    if (!at_end(text)) {
        return text_refuse(text, "\">\", \"=\" or the end of the line");
    }
    (void)text_rest_of_line(text);
    return file_ballot(abif->reader, weight);
}

static enum tally_status read_line(struct abif *abif)
{
    struct text *text = &abif->reader->text;
    text_skip_blanks(text);
    int c = text_peek(text);
    if (c == '=') {
        return read_declaration(abif);
    }
    if (c == '{') {
        return read_metadata(abif);
    }
    if (text_is_digit(c)) {
        return read_votes(abif);
    }
    return end_of_line(text);
}

enum tally_status read_abif(struct file_reader *reader)
{
    struct abif abif = {.reader = reader};
    enum tally_status status = TALLY_OK;
    while (status == TALLY_OK && text_peek(&reader->text) != TEXT_END) {
        status = read_line(&abif);
        if (status == TALLY_OK) {
            (void)text_take(&reader->text, '\n');
        }
    }
    names_fini(&abif.keys);
    return status;
}
