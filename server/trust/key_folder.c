#include "trust/key_folder.h"

#include "base/fd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum err key_folder_open(const char *path, bool create, int *ret_folder)
{
    if (create && mkdir(path, 0700) != 0 && errno != EEXIST) {
        return fd_error();
    }
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return errno == ENOENT ? ERR_KEYS_MISSING : ERR_IO;
    }
    *ret_folder = folder;
    return ERR_OK;
}

enum err key_folder_each(int folder, key_folder_name *act, void *ctx)
{
    int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = fd >= 0 ? fdopendir(fd) : NULL;
    if (names == NULL) {
        if (fd >= 0) {
            close(fd);
        }
        return ERR_IO;
    }
    enum err err = ERR_OK;
    struct dirent *found = NULL;
    while (err == ERR_OK && (errno = 0, found = readdir(names)) != NULL) {
        err = act(folder, found->d_name, ctx);
    }
    if (err == ERR_OK && errno != 0) {
        err = ERR_IO;
    }
    closedir(names);
    return err;
}
