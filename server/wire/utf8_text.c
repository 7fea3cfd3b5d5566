#include "wire/utf8_text.h"

#include "base/bounds.h"

#include <assert.h>
#include <stdlib.h>
#include <utf8proc.h>

/* Code points that NFC can fuse into one: U+1F82 is four. */
#define NFC_SHRINK_MAX 4

/* The code point at `at`; the bytes are known to be valid UTF-8. */
static size_t next_char(struct span text, size_t at, int32_t *ret_char)
{
    utf8proc_ssize_t n =
        utf8proc_iterate(text.data + at, (utf8proc_ssize_t)(text.bytes - at), ret_char);
    assert(n > 0);
    return (size_t)n;
}

static bool is_space(int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return c == '\n' || c == '\t' || category == UTF8PROC_CATEGORY_ZS ||
           category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

static bool is_visible(int32_t c)
{
    const utf8proc_property_t *property = utf8proc_get_property(c);
    return !is_space(c) && !property->ignorable &&
           property->category != UTF8PROC_CATEGORY_CF;
}

static bool is_allowed(int32_t c, bool lines)
{
    return utf8proc_category(c) != UTF8PROC_CATEGORY_CC ||
           (lines && (c == '\n' || c == '\t'));
}

/* Line ends become \n, in place. */
static size_t unify_lines(char *text)
{
    size_t to = 0;
    for (size_t from = 0; text[from] != '\0'; from++) {
        if (text[from] == '\r' && text[from + 1] == '\n') {
            continue;
        }
        text[to++] = text[from];
        if (text[from] == '\r') {
            text[to - 1] = '\n';
        }
    }
    text[to] = '\0';
    return to;
}

/* Long runs of combining marks climb over the lines above them, and sorting them takes
 * quadratic time: both end here, before normalising. */
static enum err check_chars(struct span text, const struct text_rule *rule)
{
    size_t chars = 0;
    size_t marks = 0;
    int32_t c;
    for (size_t i = 0; i < text.bytes; chars++) {
        i += next_char(text, i, &c);
        marks = utf8proc_get_property(c)->combining_class != 0 ? marks + 1 : 0;
        if (!is_allowed(c, rule->lines) || marks > TEXT_MARKS_RUN_MAX) {
            return ERR_BAD_VALUE;
        }
    }
    return chars <= NFC_SHRINK_MAX * rule->chars_max ? ERR_OK : ERR_TEXT_TOO_LONG;
}

/* Cuts white space off both ends and checks what is left. */
static enum err trim(struct span text, const struct text_rule *rule, char *ret_text)
{
    size_t start = text.bytes;
    size_t end = 0;
    size_t chars = 0; /* from start to end */
    size_t since_start = 0;
    bool visible = false;
    for (size_t i = 0; i < text.bytes;) {
        int32_t c;
        size_t n = next_char(text, i, &c);
        start = start == text.bytes && !is_space(c) ? i : start;
        since_start += start != text.bytes ? 1 : 0;
        i += n;
        if (!is_space(c)) {
            end = i;
            chars = since_start;
        }
        visible = visible || is_visible(c);
    }
    if (chars > rule->chars_max) {
        return ERR_TEXT_TOO_LONG;
    }
    if (rule->chars_min > 0 && !visible) {
        return ERR_TEXT_EMPTY;
    }
    size_t bytes = end > start ? end - start : 0;
    memcpy(ret_text, text.data + start, bytes);
    ret_text[bytes] = '\0';
    return ERR_OK;
}

enum err text_normalise(const char *text, const struct text_rule *rule, char *ret_text)
{
    uint8_t *nfc = NULL;
    char *clean = strdup(text);
    if (clean == NULL) {
        return ERR_NOMEM;
    }
    struct span span = span_of(clean, unify_lines(clean));
    enum err err = check_chars(span, rule);
    if (err != ERR_OK) {
        goto free_clean;
    }
    nfc = utf8proc_NFC(span.data);
    if (nfc == NULL) {
        err = ERR_NOMEM;
        goto free_clean;
    }
    err = trim(span_of_string((const char *)nfc), rule, ret_text);
    free(nfc);
free_clean:
    free(clean);
    return err;
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool lang_valid(const char *lang)
{
    if (*lang == '\0') {
        return true;
    }
    size_t primary = strspn(lang, "abcdefghijklmnopqrstuvwxyz");
    if (primary < 2 || primary > 3) {
        return false;
    }
    if (lang[primary] == '\0') {
        return true;
    }
    const char *sub = lang + primary + 1;
    size_t bytes = 0;
    while (is_lower(sub[bytes]) || (sub[bytes] >= '0' && sub[bytes] <= '9')) {
        bytes++;
    }
    return lang[primary] == '-' && bytes >= 2 && bytes <= 8 && sub[bytes] == '\0';
}
