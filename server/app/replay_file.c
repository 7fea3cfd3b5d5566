#include "app/replay_file.h"

#include "base/bounds.h"
#include "base/buf.h"

#include <errno.h>

enum err replay_read_file(const char *path, char **ret_text, size_t *ret_bytes)
{
    char some[8192];
    struct buf text;
    size_t got = 0;
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return ERR_NOT_FOUND;
    }
    buf_init(&text, REPLAY_FILE_BYTES_MAX);
    buf_bytes(&text, "", 0); /* even an empty file is a string */
    while ((got = fread(some, 1, sizeof some, file)) > 0) {
        buf_bytes(&text, some, got);
    }
    enum err err = ferror(file) != 0 ? ERR_NOT_FOUND : ERR_OK;
    int why = errno;
    (void)fclose(file);
    if (err == ERR_OK && buf_failed(&text)) {
        err = ERR_TOO_LARGE;
    }
    if (err != ERR_OK) {
        buf_fini(&text);
        errno = why;
        return err;
    }
    *ret_text = (char *)text.data;
    *ret_bytes = text.bytes;
    return ERR_OK;
}
