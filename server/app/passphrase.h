/* A passphrase from a file: its first line, without blanks at its end. */
#ifndef APP_PASSPHRASE_H
#define APP_PASSPHRASE_H

#include "trust/wrap.h"

struct passphrase {
    size_t bytes;                       /* 0: none */
    char text[WRAP_PASSPHRASE_MAX + 2]; /* one more shows one that is too long */
};

/* `path` NULL: none. ERR_NOT_FOUND (no such file), ERR_IO, ERR_BAD_VALUE: shorter than
 * WRAP_PASSPHRASE_MIN bytes or longer than WRAP_PASSPHRASE_MAX. Wipe it. */
MUST_CHECK enum err passphrase_read(const char *path, struct passphrase *ret_passphrase);
void passphrase_wipe(struct passphrase *passphrase);

/* The same, and says on stderr as `command` what is wrong. 0, or the exit code. */
int passphrase_need(
    const char *command, const char *path, struct passphrase *ret_passphrase);

#endif
