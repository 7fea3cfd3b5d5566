#include "base/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum err fd_error(void)
{
    return errno == ENOSPC || errno == EDQUOT ? ERR_NO_SPACE : ERR_IO;
}

enum err fd_read(int fd, void *ret_data, size_t bytes, size_t *ret_got)
{
    size_t got = 0;
    while (got < bytes) {
        ssize_t n = read(fd, (uint8_t *)ret_data + got, bytes - got);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return ERR_IO;
        }
        if (n == 0) {
            break;
        }
        got += (size_t)n;
    }
    *ret_got = got;
    return ERR_OK;
}

enum err fd_write(int fd, struct span data)
{
    size_t put = 0;
    while (put < data.bytes) {
        ssize_t n = write(fd, data.data + put, data.bytes - put);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return fd_error();
        }
        put += (size_t)n;
    }
    return ERR_OK;
}

enum err fd_sync(int fd)
{
    return fsync(fd) == 0 ? ERR_OK : fd_error();
}

enum err fd_sync_parent(const char *path)
{
    size_t bytes = strlen(path);
    while (bytes > 1 && path[bytes - 1] == '/') {
        bytes--;
    }
    while (bytes > 0 && path[bytes - 1] != '/') {
        bytes--;
    }
    char *parent = bytes == 0 ? strdup(".") : strndup(path, bytes);
    if (parent == NULL) {
        return ERR_NOMEM;
    }
    int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(parent);
    if (fd < 0) {
        return ERR_IO;
    }
    enum err err = fd_sync(fd);
    close(fd);
    return err;
}
