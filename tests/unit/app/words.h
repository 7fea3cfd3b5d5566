/* An argv from one string: words parted by "|". */
#ifndef TESTS_APP_WORDS_H
#define TESTS_APP_WORDS_H

#include <string.h>

#define WORDS_MAX 24

struct words {
    char text[4096];
    char *argv[WORDS_MAX + 1];
    int argc;
};

static inline void words_split(struct words *words, const char *text)
{
    *words = (struct words){.argc = 0};
    memcpy(words->text, text, strlen(text) + 1);
    for (char *at = words->text; at != NULL && words->argc < WORDS_MAX;) {
        words->argv[words->argc++] = at;
        at = strchr(at, '|');
        if (at != NULL) {
            *at++ = '\0';
        }
    }
}

#endif
