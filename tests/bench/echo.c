/* Two servers that store nothing, to measure against.
 *
 *     bench_echo raw BYTES    epoll and frames alone: answers each message with its first
 *                             BYTES, as long as a receipt is
 *     bench_echo json [CERTIFICATE KEY]
 *                             server/net, decodes the ballot by cJSON and answers like a
 *                             receipt; over TLS if it has a certificate
 *
 * Both print "listening on http://127.0.0.1:PORT", or https. */
#include "child.h"

#include "net/net.h"
#include "wire/wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

static void say_port(const char *scheme, int port)
{
    printf("listening on %s://127.0.0.1:%d\n", scheme, port);
    fflush(stdout);
}

/* ---- json ---- */

static uv_loop_t loop;

static enum net_answer
on_http(void *ctx, const struct net_request *request, struct net_response *ret_response)
{
    (void)ctx;
    (void)request;
    (void)ret_response;
    return NET_UNKNOWN;
}

static void on_opened(void *ctx, struct net_conn conn, const struct net_peer *peer)
{
    (void)peer;
    net_greeted(*(struct net **)ctx, conn);
}

/* Behind a space, where the reader of casts leaves everything to cJSON: what is measured
 * against must not get faster with what is measured. */
static void decode(struct span text, struct request *ret_request)
{
    struct wire_fault fault = {0};
    struct buf spaced;
    buf_init(&spaced, FRAME_CAST_BYTES_MAX);
    buf_char(&spaced, ' ');
    buf_bytes(&spaced, text.data, text.bytes);
    if (wire_decode_request(buf_span(&spaced), ret_request, &fault) != ERR_OK) {
        die("bad ballot");
    }
    buf_fini(&spaced);
}

static void on_message(void *ctx, struct net_conn conn, struct span text)
{
    static struct request request;
    static const struct hash proof;
    struct buf out;
    decode(text, &request);
    buf_init(&out, 4096);
    wire_encode_stored(&out, &request.id, request.as.cast.poll, 1, &proof, true);
    struct net_frame *frame = net_frame_new(buf_span(&out));
    net_send(*(struct net **)ctx, conn, frame);
    net_frame_unref(frame);
    buf_fini(&out);
}

static void on_closed(void *ctx, struct net_conn conn)
{
    (void)ctx;
    (void)conn;
}

static void serve_json(const char *cert, const char *key)
{
    static struct net *net;
    uv_loop_init(&loop);
    struct net_options options = {
        .loop = &loop,
        .listen = "127.0.0.1:0",
        .tls_cert = cert,
        .tls_key = key,
        .session_cookie = "s",
        .handlers =
            {
                .http = on_http,
                .opened = on_opened,
                .message = on_message,
                .closed = on_closed,
            },
        .ctx = &net,
    };
    if (net_open(&options, &net) != ERR_OK) {
        die("net_open failed");
    }
    say_port(cert != NULL ? "https" : "http", net_port(net));
    uv_run(&loop, UV_RUN_DEFAULT);
}

/* ---- raw ---- */

#define IN_BYTES  65536
#define LINES_MAX 4096
#define READY_MAX 256

struct raw_line {
    uint8_t in[IN_BYTES];
    size_t bytes;
    bool upgraded;
};

static struct raw_line *lines[LINES_MAX]; /* by fd */
static size_t reply_bytes;

static void raw_send(int fd, const void *data, size_t bytes)
{
    if (send(fd, data, bytes, MSG_NOSIGNAL) != (ssize_t)bytes) {
        die("an echo did not fit");
    }
}

/* The load always sends the standard's example key. */
static void raw_upgrade(int fd, struct raw_line *line)
{
    static const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: "
                                 "websocket\r\nConnection: Upgrade\r\n"
                                 "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                                 "Sec-WebSocket-Protocol: stimmwerk.v1\r\n\r\n";
    if (memmem(line->in, line->bytes, "\r\n\r\n", 4) != NULL) {
        raw_send(fd, answer, sizeof answer - 1);
        line->upgraded = true;
        line->bytes = 0;
    }
}

/* Unmasks and answers the frame at `at`; returns its bytes, 0: not all there. */
static size_t raw_frame(int fd, uint8_t *at, size_t bytes)
{
    if (bytes < 8) {
        return 0;
    }
    size_t length = at[1] & 0x7f;
    size_t extra = length == 126 ? 2 : 0;
    length = extra != 0 ? (size_t)at[2] << 8 | at[3] : length;
    size_t whole = 2 + extra + 4 + length;
    if (length > FRAME_BYTES_MAX || bytes < whole) {
        return 0;
    }
    const uint8_t *mask = at + 2 + extra;
    uint8_t *payload = at + 2 + extra + 4;
    for (size_t i = 0; i < length; i++) {
        payload[i] ^= mask[i % 4];
    }
    size_t reply = length < reply_bytes ? length : reply_bytes;
    uint8_t *head = payload - 4;
    size_t head_bytes = reply < 126 ? 2 : 4;
    head = payload - head_bytes;
    head[0] = 0x81;
    head[1] = (uint8_t)(reply < 126 ? reply : 126);
    if (reply >= 126) {
        head[2] = (uint8_t)(reply >> 8);
        head[3] = (uint8_t)reply;
    }
    raw_send(fd, head, head_bytes + reply);
    return whole;
}

static void raw_read(int fd)
{
    struct raw_line *line = lines[fd];
    ssize_t got = recv(fd, line->in + line->bytes, IN_BYTES - line->bytes, 0);
    if (got <= 0) {
        close(fd);
        free(line);
        lines[fd] = NULL;
        return;
    }
    line->bytes += (size_t)got;
    if (!line->upgraded) {
        raw_upgrade(fd, line);
        return;
    }
    size_t at = 0;
    for (size_t took = 1; took > 0; at += took) {
        took = raw_frame(fd, line->in + at, line->bytes - at);
    }
    line->bytes -= at;
    memmove(line->in, line->in + at, line->bytes);
}

static void raw_accept(int listen_fd, int epoll_fd)
{
    int fd = accept4(listen_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    int on = 1;
    if (fd < 0 || fd >= LINES_MAX) {
        die("accept: %s", strerror(errno));
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    lines[fd] = calloc(1, sizeof *lines[fd]);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event);
}

static void serve_raw(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t bytes = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listen_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listen_fd};
    if (bind(listen_fd, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listen_fd, 512) != 0 ||
        getsockname(listen_fd, (struct sockaddr *)&address, &bytes) != 0 ||
        epoll_ctl(epoll_fd, EPOLL_CTL_ADD, listen_fd, &event) != 0) {
        die("listen: %s", strerror(errno));
    }
    say_port("http", ntohs(address.sin_port));
    for (;;) {
        struct epoll_event events[READY_MAX];
        int count = epoll_wait(epoll_fd, events, READY_MAX, -1);
        for (int i = 0; i < count; i++) {
            if (events[i].data.fd == listen_fd) {
                raw_accept(listen_fd, epoll_fd);
            } else {
                raw_read(events[i].data.fd);
            }
        }
    }
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "raw") == 0) {
        reply_bytes = strtoul(argv[2], NULL, 10);
        serve_raw();
    } else if ((argc == 2 || argc == 4) && strcmp(argv[1], "json") == 0) {
        serve_json(argc == 4 ? argv[2] : NULL, argc == 4 ? argv[3] : NULL);
    } else {
        die("usage: bench_echo raw BYTES | json [CERTIFICATE KEY]");
    }
    return 0;
}
