/* Shared by the files control*.c only: where the socket is. */
#ifndef APP_CONTROL_SOCKET_H
#define APP_CONTROL_SOCKET_H

#include "base/err.h"

/* A Unix socket's address holds 107 bytes; a longer path goes through the folder's
 * descriptor. */
struct control_path {
    int folder_fd;  /* owned; -1: none */
    char name[84];  /* in the folder */
    char full[108]; /* "" if it is too long */
};

/* ERR_BAD_VALUE (not "sqlite:PATH", name too long), ERR_NOT_FOUND (no such folder). Free
 * with control_path_fini if ERR_OK. */
MUST_CHECK enum err
control_path_init(const char *store_url, struct control_path *ret_path);
void control_path_fini(struct control_path *path);

/* A new listening or connected socket. ERR_IO; connecting: ERR_NOT_FOUND if nobody is
 * there. */
MUST_CHECK enum err control_listen(const struct control_path *path, int *ret_fd);
MUST_CHECK enum err control_connect(const struct control_path *path, int *ret_fd);
void control_unlink(const struct control_path *path);

#endif
