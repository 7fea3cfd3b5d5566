#include "net/listener.h"

#include "net/address.h"
#include "net/internal.h"
#include "net/lws_loop.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef TCP_NOTSENT_LOWAT
#define TCP_NOTSENT_LOWAT 25
#endif

uint32_t listener_sockets_max(void)
{
    /* libwebsockets keeps a table as long as the limit, and falls back to 2,560 above ten
     * millions: so not "as many as there can be" either. */
    const rlim_t want = CONNECTIONS_MAX + FILES_RESERVED;
    struct rlimit limit = {0};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return 256;
    }
    rlim_t most =
        limit.rlim_max == RLIM_INFINITY || limit.rlim_max > want ? want : limit.rlim_max;
    if (limit.rlim_cur != most) {
        limit.rlim_cur = most;
        if (setrlimit(RLIMIT_NOFILE, &limit) != 0) {
            getrlimit(RLIMIT_NOFILE, &limit);
        }
    }
    uint32_t files = (uint32_t)limit.rlim_cur;
    return files > FILES_RESERVED ? files - FILES_RESERVED : 1;
}

/* Small answers at once; little of them queued in the kernel, where they only grow old.
 * Failing is no harm: slower, or more memory. */
static void set_options(int fd)
{
    static const int on = 1;
    static const int send_bytes = SOCKET_SEND_BYTES;
    static const int unsent_bytes = SOCKET_UNSENT_BYTES;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    (void)setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &send_bytes, sizeof send_bytes);
    (void)setsockopt(
        fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent_bytes, sizeof unsent_bytes);
}

static void pause_accepting(struct net *net)
{
    if (!net->listener.paused) {
        net->listener.paused = true;
        uv_poll_stop(&net->listener.poll);
    }
}

static bool has_room(const struct net *net)
{
    return net->conns.live < net->sockets_max && !strangers_are_many(net);
}

static bool somebody_knocks(const struct net *net)
{
    struct pollfd door = {.fd = net->listener.fd, .events = POLLIN};
    return poll(&door, 1, 0) > 0;
}

/* Somebody has to go for whoever knocks, but nobody for nobody. False: nobody goes. */
static bool make_room(struct net *net)
{
    if (!has_room(net) && somebody_knocks(net)) {
        strangers_dismiss_one(net);
        return has_room(net);
    }
    return true;
}

static void admit(struct net *net, int fd, const struct sockaddr_storage *address)
{
    struct conn *conn = conn_new(net, address_is_loopback(address));
    if (conn == NULL) {
        close(fd);
        return;
    }
    (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    set_options(fd);
    lws_loop_adopt(net, conn, fd);
}

/* The next one at the door, or -1. */
static int accept_one(struct net *net, struct sockaddr_storage *ret_address)
{
    socklen_t bytes = sizeof *ret_address;
    int fd = accept(net->listener.fd, (struct sockaddr *)ret_address, &bytes);
    if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM)) {
        pause_accepting(net); /* the next tick tries again */
    }
    return fd;
}

static void on_knock(uv_poll_t *poll, int status, int events)
{
    (void)status;
    (void)events;
    struct net *net = poll->data;
    for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
        struct sockaddr_storage address = {0};
        if (!make_room(net)) {
            pause_accepting(net);
            return;
        }
        int fd = accept_one(net, &address);
        if (fd < 0) {
            return;
        }
        admit(net, fd, &address);
    }
}

void listener_tick(struct net *net)
{
    if (net->listener.fd >= 0 && net->listener.paused) {
        (void)make_room(net);
    }
    listener_resume(net);
}

void listener_resume(struct net *net)
{
    if (net->listener.fd < 0 || !net->listener.paused || !has_room(net)) {
        return;
    }
    net->listener.paused = false;
    uv_poll_start(&net->listener.poll, UV_READABLE, on_knock);
}

/* The socket, bound and listening, or -1 with errno. */
static int bind_socket(const struct sockaddr_storage *address, socklen_t bytes)
{
    static const int on = 1;
    static const int off = 0;
    int fd = socket(address->ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return -1;
    }
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (address->ss_family == AF_INET6) {
        /* "[::]" means both families */
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    }
    if (bind(fd, (const struct sockaddr *)address, bytes) != 0 ||
        listen(fd, LISTEN_BACKLOG) != 0) {
        int error = errno;
        close(fd);
        errno = error;
        return -1;
    }
    return fd;
}

enum err listener_bind(struct net *net, const char *listen)
{
    struct sockaddr_storage address;
    socklen_t bytes = 0;
    enum err err = address_parse(listen, &address, &bytes);
    if (err != ERR_OK) {
        log_line(LOG_ERROR, "cannot listen on %s: not ADDRESS:PORT", listen);
        return err;
    }
    int fd = bind_socket(&address, bytes);
    if (fd < 0) {
        log_line(
            LOG_ERROR, "cannot listen on %s: %s", listen,
            uv_strerror(uv_translate_sys_error(errno)));
        return ERR_IO;
    }
    net->listener.fd = fd;
    return ERR_OK;
}

enum err listener_start(struct net *net)
{
    struct listener *listener = &net->listener;
    if (uv_poll_init(net->loop, &listener->poll, listener->fd) != 0) {
        return ERR_IO;
    }
    net->own_handles++;
    listener->started = true;
    listener->poll.data = net;
    uv_poll_start(&listener->poll, UV_READABLE, on_knock);
    return ERR_OK;
}

void listener_close(struct net *net)
{
    struct listener *listener = &net->listener;
    if (listener->fd < 0) {
        return;
    }
    if (listener->started) {
        uv_close((uv_handle_t *)&listener->poll, net_handle_closed);
    }
    close(listener->fd);
    listener->fd = -1;
}
