/* The door: a listening socket of our own, because libwebsockets' cannot be paused and
 * sets no socket options. */
#ifndef NET_LISTENER_H
#define NET_LISTENER_H

#include "base/err.h"

#include <stdbool.h>
#include <uv.h>

struct net;

struct listener {
    uv_poll_t poll;
    int fd;       /* -1: closed */
    bool started; /* `poll` is in the loop */
    bool paused;
};

/* Binds; nobody is let in yet. ERR_BAD_VALUE, ERR_IO. */
MUST_CHECK enum err listener_bind(struct net *net, const char *listen);

/* Starts to accept. */
MUST_CHECK enum err listener_start(struct net *net);

/* Accepts again if there is room. */
void listener_resume(struct net *net);

/* Once a tick: while nobody is let in, room may have to be made. */
void listener_tick(struct net *net);

/* Closed before, or never opened, is fine. */
void listener_close(struct net *net);

/* Raises this process's limit of open files as far as we can use it, and says how many
 * sockets fit. */
uint32_t listener_sockets_max(void);

#endif
