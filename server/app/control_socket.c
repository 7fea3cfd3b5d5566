#include "app/control_socket.h"

#include "base/bounds.h"
#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum err control_path_init(const char *store_url, struct control_path *ret_path)
{
    static const char SCHEME[] = "sqlite:";
    if (strncmp(store_url, SCHEME, sizeof SCHEME - 1) != 0) {
        return ERR_BAD_VALUE;
    }
    const char *path = store_url + sizeof SCHEME - 1;
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    struct control_path made = {.folder_fd = -1};
    int bytes = snprintf(made.name, sizeof made.name, "%s.sock", name);
    if (name[0] == '\0' || bytes < 0 || (size_t)bytes >= sizeof made.name) {
        return ERR_BAD_VALUE;
    }
    struct buf folder;
    buf_init(&folder, 4096);
    buf_bytes(&folder, path, (size_t)(name - path));
    buf_text(&folder, ".");
    if (!buf_failed(&folder)) {
        made.folder_fd =
            open((const char *)folder.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    buf_fini(&folder);
    bytes = snprintf(made.full, sizeof made.full, "%s.sock", path);
    if (bytes < 0 || (size_t)bytes >= sizeof made.full) {
        made.full[0] = '\0';
    }
    if (made.folder_fd < 0) {
        return ERR_NOT_FOUND;
    }
    *ret_path = made;
    return ERR_OK;
}

void control_path_fini(struct control_path *path)
{
    (void)close(path->folder_fd);
    path->folder_fd = -1;
}

static struct sockaddr_un address(const struct control_path *path)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    if (path->full[0] != '\0') {
        memcpy(at.sun_path, path->full, sizeof path->full);
    } else {
        (void)snprintf(
            at.sun_path, sizeof at.sun_path, "/proc/self/fd/%d/%s", path->folder_fd,
            path->name);
    }
    return at;
}

/* The mode is set before binding: the socket's file never stands open to others. */
enum err control_listen(const struct control_path *path, int *ret_fd)
{
    struct sockaddr_un at = address(path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return ERR_IO;
    }
    control_unlink(path);
    if (fchmod(fd, S_IRUSR | S_IWUSR) != 0 ||
        bind(fd, (const struct sockaddr *)&at, sizeof at) != 0 ||
        fchmodat(path->folder_fd, path->name, S_IRUSR | S_IWUSR, 0) != 0) {
        (void)close(fd);
        return ERR_IO;
    }
    *ret_fd = fd;
    return ERR_OK;
}

enum err control_connect(const struct control_path *path, int *ret_fd)
{
    struct sockaddr_un at = address(path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return ERR_IO;
    }
    const struct timeval wait = {.tv_sec = CONTROL_ANSWER_MS / 1000};
    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait) == 0 &&
        connect(fd, (const struct sockaddr *)&at, sizeof at) == 0) {
        *ret_fd = fd;
        return ERR_OK;
    }
    bool nobody = errno == ENOENT || errno == ECONNREFUSED;
    (void)close(fd);
    return nobody ? ERR_NOT_FOUND : ERR_IO;
}

void control_unlink(const struct control_path *path)
{
    (void)unlinkat(path->folder_fd, path->name, 0);
}
