#include "tally/json.h"

#include "tally/grow.h"

#include <string.h>

void json_skip_blanks(struct text *text)
{
    for (int c = text_peek(text); text_is_blank(c) || c == '\n'; c = text_peek(text)) {
        text_step(text);
    }
}

static int hex_digit(int c)
{
    if (text_is_digit(c)) {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static enum tally_status skip_hex(struct text *text)
{
    for (int i = 0; i < 4; i++) {
        text_step(text);
        if (hex_digit(text_peek(text)) < 0) {
            return text_refuse(text, "four hexadecimal digits");
        }
    }
    text_step(text);
    return TALLY_OK;
}

/* At the byte behind a backslash. */
static enum tally_status skip_escape(struct text *text)
{
    int c = text_peek(text);
    if (c == 'u') {
        return skip_hex(text);
    }
    if (c <= 0 || strchr("\"\\/bfnrt", c) == NULL) {
        return text_refuse(text, "an escape of JSON");
    }
    text_step(text);
    return TALLY_OK;
}

static enum tally_status skip_string(struct text *text)
{
    enum tally_status status = TALLY_OK;
    text_step(text);
    while (status == TALLY_OK) {
        int c = text_peek(text);
        if (c < ' ') {
            return text_refuse(text, "a quote at the end of the string");
        }
        text_step(text);
        if (c == '"') {
            return TALLY_OK;
        }
        if (c == '\\') {
            status = skip_escape(text);
        }
    }
    return status;
}

static enum tally_status skip_digits(struct text *text)
{
    if (!text_is_digit(text_peek(text))) {
        return text_refuse(text, "a digit");
    }
    while (text_is_digit(text_peek(text))) {
        text_step(text);
    }
    return TALLY_OK;
}

static enum tally_status skip_number(struct text *text)
{
    (void)text_take(text, '-');
    enum tally_status status = text_take(text, '0') ? TALLY_OK : skip_digits(text);
    if (status == TALLY_OK && text_take(text, '.')) {
        status = skip_digits(text);
    }
    if (status == TALLY_OK && (text_take(text, 'e') || text_take(text, 'E'))) {
        (void)(text_take(text, '-') || text_take(text, '+'));
        status = skip_digits(text);
    }
    return status;
}

static enum tally_status skip_scalar(struct text *text)
{
    int c = text_peek(text);
    if (c == '"') {
        return skip_string(text);
    }
    if (c == '-' || text_is_digit(c)) {
        return skip_number(text);
    }
    return text_take_word(text, "true") || text_take_word(text, "false") ||
                   text_take_word(text, "null")
               ? TALLY_OK
               : text_refuse(text, "a value of JSON");
}

/* A key and its colon. */
static enum tally_status skip_key(struct text *text)
{
    json_skip_blanks(text);
    if (text_peek(text) != '"') {
        return text_refuse(text, "a key in quotes");
    }
    enum tally_status status = skip_string(text);
    json_skip_blanks(text);
    if (status == TALLY_OK && !text_take(text, ':')) {
        return text_refuse(text, "\":\"");
    }
    return status;
}

/* The ends of arrays and objects behind a value, and the comma before the next one, with
 * its key. `closers` are those that are open, `depth` of them. */
static enum tally_status end_groups(struct text *text, const char *closers, size_t *depth)
{
    while (*depth > 0) {
        char closer = closers[*depth - 1];
        json_skip_blanks(text);
        if (text_take(text, ',')) {
            return closer == '}' ? skip_key(text) : TALLY_OK;
        }
        if (!text_take(text, closer)) {
            return text_refuse(text, closer == '}' ? "\",\" or \"}\"" : "\",\" or \"]\"");
        }
        (*depth)--;
    }
    return TALLY_OK;
}

/* At an array or an object; an empty one is a value by itself. */
static enum tally_status
begin_group(struct text *text, char *closers, size_t *depth, bool *value)
{
    char closer = text_peek(text) == '{' ? '}' : ']';
    if (*depth == JSON_DEPTH_MAX) {
        return text_refuse(text, "fewer arrays and objects within each other");
    }
    text_step(text);
    json_skip_blanks(text);
    if (text_take(text, closer)) {
        *value = true;
        return TALLY_OK;
    }
    closers[(*depth)++] = closer;
    return closer == '}' ? skip_key(text) : TALLY_OK;
}

enum tally_status json_skip(struct text *text)
{
    char closers[JSON_DEPTH_MAX];
    size_t depth = 0;
    enum tally_status status = TALLY_OK;
    do {
        bool value = false;
        json_skip_blanks(text);
        int c = text_peek(text);
        if (c == '{' || c == '[') {
            status = begin_group(text, closers, &depth, &value);
        } else {
            status = skip_scalar(text);
            value = true;
        }
        if (status == TALLY_OK && value) {
            status = end_groups(text, closers, &depth);
        }
    } while (status == TALLY_OK && depth > 0);
    return status;
}

/* ---- walking over what is known to be right ---- */

bool json_enter(struct text *text, char open)
{
    json_skip_blanks(text);
    return text_take(text, open);
}

bool json_next(struct text *text)
{
    json_skip_blanks(text);
    if (text_take(text, ']')) {
        return false;
    }
    (void)text_take(text, ',');
    json_skip_blanks(text);
    return true;
}

bool json_next_member(struct text *text, struct tally_text *ret_key)
{
    json_skip_blanks(text);
    if (text_take(text, '}')) {
        return false;
    }
    (void)text_take(text, ',');
    json_skip_blanks(text);
    struct tally_text key = {.data = text->data + text->at + 1};
    (void)skip_string(text);
    key.bytes = (size_t)(text->data + text->at - 1 - key.data);
    json_skip_blanks(text);
    (void)text_take(text, ':');
    json_skip_blanks(text);
    *ret_key = key;
    return true;
}

/* Keeps the value if its key is asked for. */
static enum tally_status note_member(
    struct text value, struct tally_text key, const char *const *keys, size_t count,
    struct text *values)
{
    for (size_t i = 0; i < count; i++) {
        if (!text_is_word(key, keys[i])) {
            continue;
        }
        if (values[i].data != NULL) {
            return text_refuse(&value, "this key once");
        }
        values[i] = value;
    }
    return TALLY_OK;
}

enum tally_status json_members(
    struct text object, const char *const *keys, size_t count, struct text *ret_values)
{
    struct tally_text key = {.data = NULL};
    enum tally_status status = TALLY_OK;
    for (size_t i = 0; i < count; i++) {
        ret_values[i] = (struct text){.data = NULL};
    }
    struct text text = object;
    if (!json_enter(&text, '{')) {
        return text_refuse(&object, "an object");
    }
    while (status == TALLY_OK && json_next_member(&text, &key)) {
        status = note_member(text, key, keys, count, ret_values);
        (void)json_skip(&text);
    }
    return status;
}

/* Writes a code point as UTF-8; returns how many bytes. */
static size_t put_code_point(uint32_t point, char *ret_bytes)
{
    if (point < 0x80) {
        ret_bytes[0] = (char)point;
        return 1;
    }
    size_t more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    static const unsigned char heads[] = {0, 0xc0, 0xe0, 0xf0};
    for (size_t i = more; i > 0; i--) {
        ret_bytes[i] = (char)(unsigned char)(0x80 | (point & 0x3f));
        point >>= 6;
    }
    ret_bytes[0] = (char)(unsigned char)(heads[more] | point);
    return more + 1;
}

static uint32_t read_hex(const char *digits)
{
    uint32_t unit = 0;
    for (int i = 0; i < 4; i++) {
        unit = unit << 4 | (uint32_t)hex_digit((unsigned char)digits[i]);
    }
    return unit;
}

/* At a `\u`: the code point, of two units for those beyond 16 bits; a lone half of a pair
 * is U+FFFD. Steps over what it read. */
static uint32_t read_unit(struct tally_text *rest)
{
    uint32_t point = read_hex(rest->data + 2);
    rest->data += 6;
    rest->bytes -= 6;
    if (point < 0xd800 || point > 0xdfff) {
        return point;
    }
    bool pair = point < 0xdc00 && rest->bytes >= 6 && rest->data[0] == '\\' &&
                rest->data[1] == 'u';
    uint32_t low = pair ? read_hex(rest->data + 2) : 0;
    if (low < 0xdc00 || low > 0xdfff) {
        return 0xfffd;
    }
    rest->data += 6;
    rest->bytes -= 6;
    return 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
}

static char plain_escape(char c)
{
    static const char letters[] = "bfnrt";
    static const char bytes[] = "\b\f\n\r\t";
    const char *found = strchr(letters, c);
    if (found == NULL) {
        return c;
    }
    return bytes[found - letters];
}

/* Never longer than what it comes from. */
static size_t unescape(struct tally_text rest, char *ret_bytes)
{
    size_t bytes = 0;
    while (rest.bytes > 0) {
        if (rest.data[0] != '\\') {
            ret_bytes[bytes++] = rest.data[0];
            rest.data++;
            rest.bytes--;
        } else if (rest.data[1] == 'u') {
            bytes += put_code_point(read_unit(&rest), ret_bytes + bytes);
        } else {
            ret_bytes[bytes++] = plain_escape(rest.data[1]);
            rest.data += 2;
            rest.bytes -= 2;
        }
    }
    return bytes;
}

enum tally_status json_string(
    struct text *text, struct json_room *room, const char *expected,
    struct tally_text *ret_string)
{
    json_skip_blanks(text);
    if (text_peek(text) != '"') {
        return text_refuse(text, expected);
    }
    struct tally_text string = {.data = text->data + text->at + 1};
    (void)skip_string(text);
    string.bytes = (size_t)(text->data + text->at - 1 - string.data);
    if (string.bytes > 0 && memchr(string.data, '\\', string.bytes) != NULL) {
        char *bytes = grow(room->bytes, &room->capacity, string.bytes, 1);
        if (bytes == NULL) {
            return TALLY_NO_MEMORY;
        }
        room->bytes = bytes;
        string.bytes = unescape(string, bytes);
        string.data = bytes;
    }
    *ret_string = string;
    return TALLY_OK;
}

bool json_is(const struct text *text, const char *word)
{
    size_t bytes = strlen(word);
    return text->bytes - text->at >= bytes + 2 && text->data[text->at] == '"' &&
           memcmp(text->data + text->at + 1, word, bytes) == 0 &&
           text->data[text->at + 1 + bytes] == '"';
}
