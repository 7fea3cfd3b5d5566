/* Texts as people send them: checked, normalised, bounded. */
#ifndef WIRE_UTF8_TEXT_H
#define WIRE_UTF8_TEXT_H

#include "base/err.h"
#include "base/span.h"

struct text_rule {
    size_t chars_min; /* 0 or 1: must something visible be there? */
    size_t chars_max; /* code points after normalisation */
    bool lines;       /* may hold line ends and tabs */
};

/* Makes of valid UTF-8 (NUL-terminated) what is kept: line ends are \n, NFC, no white
 * space at either end. `ret_text` holds 4 × chars_max + 1 bytes. ERR_TEXT_EMPTY (nothing
 * visible), ERR_TEXT_TOO_LONG, ERR_BAD_VALUE (control characters; more than
 * TEXT_MARKS_RUN_MAX combining marks in a row), ERR_NOMEM. */
MUST_CHECK enum err
text_normalise(const char *text, const struct text_rule *rule, char *ret_text);

/* "", or a language like "de", "bg", "de-simple". */
bool lang_valid(const char *lang);

#endif
