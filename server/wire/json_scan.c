#include "wire/json_scan.h"

#include "base/bounds.h"

#define NUMBER_BYTES_MAX 62 /* what cJSON reads of one */

struct scan {
    const uint8_t *at;
    const uint8_t *end;
    size_t depth;
    bool is_object[JSON_DEPTH_MAX]; /* else an array */
};

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(uint8_t c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* The next byte, or NUL at the end: no token has a NUL in it. */
static uint8_t peek(const struct scan *scan)
{
    return scan->at < scan->end ? *scan->at : '\0';
}

static bool take(struct scan *scan, char c)
{
    if (peek(scan) != (uint8_t)c) {
        return false;
    }
    scan->at++;
    return true;
}

static void skip_space(struct scan *scan)
{
    for (;;) {
        uint8_t c = peek(scan);
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
            return;
        }
        scan->at++;
    }
}

static bool skip_digits(struct scan *scan)
{
    if (!is_digit(peek(scan))) {
        return false;
    }
    while (is_digit(peek(scan))) {
        scan->at++;
    }
    return true;
}

static bool scan_digits(struct scan *scan)
{
    (void)take(scan, '-');
    if (!take(scan, '0') && !skip_digits(scan)) {
        return false;
    }
    if (take(scan, '.') && !skip_digits(scan)) {
        return false;
    }
    if (take(scan, 'e') || take(scan, 'E')) {
        (void)(take(scan, '+') || take(scan, '-'));
        return skip_digits(scan);
    }
    return true;
}

static bool scan_number(struct scan *scan)
{
    const uint8_t *begin = scan->at;
    return scan_digits(scan) && scan->at - begin <= NUMBER_BYTES_MAX;
}

/* Four digits after \u. */
static bool scan_hex(struct scan *scan, unsigned *ret_unit)
{
    unsigned unit = 0;
    if (scan->end - scan->at < 4) {
        return false;
    }
    for (int i = 0; i < 4; i++) {
        uint8_t c = scan->at[i];
        if (!is_hex(c)) {
            return false;
        }
        unit = unit << 4 | (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    scan->at += 4;
    *ret_unit = unit;
    return true;
}

/* Not 0000, which would end a C string; surrogates in pairs only. */
static bool scan_unicode_escape(struct scan *scan)
{
    unsigned unit = 0;
    unsigned low = 0;
    if (!scan_hex(scan, &unit) || unit == 0) {
        return false;
    }
    if (unit < 0xd800 || unit > 0xdfff) {
        return true;
    }
    return unit < 0xdc00 && take(scan, '\\') && take(scan, 'u') && scan_hex(scan, &low) &&
           low >= 0xdc00 && low <= 0xdfff;
}

/* After a backslash. */
static bool scan_escape(struct scan *scan)
{
    uint8_t c = peek(scan);
    if (c == 'u') {
        scan->at++;
        return scan_unicode_escape(scan);
    }
    if (c == '\0' || strchr("\"\\/bfnrt", c) == NULL) {
        return false;
    }
    scan->at++;
    return true;
}

static bool scan_string(struct scan *scan)
{
    if (!take(scan, '"')) {
        return false;
    }
    while (scan->at < scan->end) {
        uint8_t c = *scan->at++;
        if (c == '"') {
            return true;
        }
        if (c < 0x20 || (c == '\\' && !scan_escape(scan))) {
            return false;
        }
    }
    return false;
}

static bool scan_word(struct scan *scan, const char *word)
{
    size_t bytes = strlen(word);
    if ((size_t)(scan->end - scan->at) < bytes || memcmp(scan->at, word, bytes) != 0) {
        return false;
    }
    scan->at += bytes;
    return true;
}

static bool scan_scalar(struct scan *scan)
{
    switch (peek(scan)) {
    case '"':
        return scan_string(scan);
    case 't':
        return scan_word(scan, "true");
    case 'f':
        return scan_word(scan, "false");
    case 'n':
        return scan_word(scan, "null");
    default:
        return scan_number(scan);
    }
}

/* `"key" :` */
static bool scan_key(struct scan *scan)
{
    skip_space(scan);
    if (!scan_string(scan)) {
        return false;
    }
    skip_space(scan);
    return take(scan, ':');
}

/* Closes whatever ends here and takes the comma before the next value, if there is one.
 * False: neither a comma nor an end where one must be. */
static bool scan_after_value(struct scan *scan)
{
    while (scan->depth > 0) {
        bool is_object = scan->is_object[scan->depth - 1];
        skip_space(scan);
        if (take(scan, ',')) {
            return !is_object || scan_key(scan);
        }
        if (!take(scan, is_object ? '}' : ']')) {
            return false;
        }
        scan->depth--;
    }
    return true;
}

/* After `{` or `[`. */
static enum err scan_open(struct scan *scan, bool is_object)
{
    if (scan->depth == JSON_DEPTH_MAX) {
        return ERR_TOO_DEEP;
    }
    scan->is_object[scan->depth++] = is_object;
    skip_space(scan);
    if (take(scan, is_object ? '}' : ']')) {
        scan->depth--;
        return scan_after_value(scan) ? ERR_OK : ERR_NOT_JSON;
    }
    return !is_object || scan_key(scan) ? ERR_OK : ERR_NOT_JSON;
}

/* One step: opens a container or passes a scalar and what follows it. */
static enum err scan_step(struct scan *scan)
{
    skip_space(scan);
    if (take(scan, '{')) {
        return scan_open(scan, true);
    }
    if (take(scan, '[')) {
        return scan_open(scan, false);
    }
    return scan_scalar(scan) && scan_after_value(scan) ? ERR_OK : ERR_NOT_JSON;
}

enum err json_scan_value(struct span text, size_t at, size_t *ret_end)
{
    if (at >= text.bytes) {
        return ERR_NOT_JSON;
    }
    struct scan scan = {.at = text.data + at, .end = text.data + text.bytes};
    do {
        enum err err = scan_step(&scan);
        if (err != ERR_OK) {
            return err;
        }
    } while (scan.depth > 0);
    *ret_end = (size_t)(scan.at - text.data);
    return ERR_OK;
}

enum err json_scan(struct span text)
{
    size_t end;
    enum err err = json_scan_value(text, 0, &end);
    if (err != ERR_OK) {
        return err;
    }
    struct scan rest = {.at = text.data + end, .end = text.data + text.bytes};
    skip_space(&rest);
    return rest.at == rest.end ? ERR_OK : ERR_NOT_JSON;
}
