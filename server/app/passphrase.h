/* A passphrase from a file: its first line, without blanks at its end. */
#ifndef APP_PASSPHRASE_H
#define APP_PASSPHRASE_H

#include "trust/wrap.h"

struct passphrase {
    size_t bytes;                       /* 0: none */
    char text[WRAP_PASSPHRASE_MAX + 2]; /* one more shows one that is too long */
};

/* `path` NULL: none. Says on stderr as `command` what is wrong: no such file, or its
 * first line has less than WRAP_PASSPHRASE_MIN or more than WRAP_PASSPHRASE_MAX bytes. 0,
 * or the exit code. Wipe it. */
int passphrase_need(
    const char *command, const char *path, struct passphrase *ret_passphrase);
void passphrase_wipe(struct passphrase *passphrase);

#endif
