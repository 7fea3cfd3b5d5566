#include "app/passphrase.h"

#include "app/err_text.h"
#include "base/fd.h"
#include "trust/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum err read_line(const char *path, struct passphrase *ret_passphrase)
{
    struct passphrase read = {.bytes = 0};
    if (path == NULL) {
        *ret_passphrase = read;
        return ERR_OK;
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
    }
    size_t got = 0;
    enum err err = fd_read(fd, read.text, sizeof read.text - 1, &got);
    close(fd);
    read.bytes = strcspn(read.text, "\r\n");
    while (read.bytes > 0 && strchr(" \t", read.text[read.bytes - 1]) != NULL) {
        read.bytes--;
    }
    bool fits = read.bytes >= WRAP_PASSPHRASE_MIN && read.bytes <= WRAP_PASSPHRASE_MAX;
    if (err == ERR_OK && !fits) {
        err = ERR_BAD_VALUE;
    }
    if (err == ERR_OK) {
        *ret_passphrase = read;
    }
    passphrase_wipe(&read);
    return err;
}

void passphrase_wipe(struct passphrase *passphrase)
{
    trust_wipe(passphrase, sizeof *passphrase);
}

int passphrase_need(
    const char *command, const char *path, struct passphrase *ret_passphrase)
{
    enum err err = read_line(path, ret_passphrase);
    if (err == ERR_BAD_VALUE) {
        fprintf(
            stderr, "%s: %s: the first line is to be a passphrase of %d to %d bytes\n",
            command, path, WRAP_PASSPHRASE_MIN, WRAP_PASSPHRASE_MAX);
    } else if (err != ERR_OK) {
        fprintf(stderr, "%s: %s: %s\n", command, path, errno_text());
    }
    return err == ERR_OK ? 0 : 2;
}
