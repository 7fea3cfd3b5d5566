/* A file's bytes: mapped where it is a regular file, else read to the end. */
#ifndef APP_TALLY_BYTES_H
#define APP_TALLY_BYTES_H

#include <stdbool.h>
#include <stddef.h>

struct tally_bytes {
    char *data;
    size_t bytes;
    bool mapped;
};

/* "-" is standard input. NULL, or what is wrong; then nothing is due. Nobody may cut a
 * mapped file short while it is open. */
const char *tally_bytes_open(const char *path, struct tally_bytes *ret_bytes);
void tally_bytes_close(struct tally_bytes *bytes);

/* A copy that the caller owns. NULL, or what is wrong. */
const char *tally_bytes_copy(const char *path, char **ret_text, size_t *ret_bytes);

#endif
