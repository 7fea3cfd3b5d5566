#include "fuzz_socket.h"

#include "base/bounds.h"
#include "base/log.h"
#include "base/utf8.h"
#include "net/net.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#define TURNS_MAX    100000 /* of the loop: some seconds of waiting for a hang-up */
#define PIECES_MAX   64
#define QUIET_TURNS  8 /* without a byte: nothing more will come */
#define ANSWER_BYTES 65536
#define LARGE_BYTES  400000 /* no socket takes that at once */
#define CHANNEL      7

static struct {
    uv_loop_t loop;
    struct net *net;
    int64_t here; /* WebSockets that are open */
    bool waits;   /* a request that is answered later … */
    struct net_conn waiting;
    bool until_gone; /* … once its sender has hung up */
} server;

static uint8_t large[LARGE_BYTES];

static const struct net_response late = {
    .status = 200, .content_type = "text/plain", .body = {.data = large, .bytes = 5000}};

static void answer_late(void)
{
    if (server.waits) {
        server.waits = false;
        net_respond(server.net, server.waiting, &late);
    }
}

/* How it is answered is the sender's to say. */
static enum net_answer
on_http(void *ctx, const struct net_request *request, struct net_response *ret_response)
{
    (void)ctx;
    *ret_response = (struct net_response){
        .status = 200,
        .content_type = "text/plain",
        .body = request->body.bytes > 0 ? request->body : span_of_string(request->path),
        .etag = "\"1\""};
    switch (request->query[0]) {
    case 'u':
        return NET_UNKNOWN;
    case 'i':
        net_respond(server.net, request->id, &late);
        return NET_LATER;
    case 'l':
    case 'g':
        FUZZ_MUST(!server.waits); /* one after the other */
        server.waits = true;
        server.waiting = request->id;
        server.until_gone = request->query[0] == 'g';
        return NET_LATER;
    case 'b':
        ret_response->body = span_of(large, sizeof large);
        return NET_NOW;
    default:
        return NET_NOW;
    }
}

static bool
on_admit(void *ctx, const struct net_request *request, struct net_response *ret_response)
{
    (void)ctx;
    FUZZ_MUST(request->body.bytes == 0);
    *ret_response = (struct net_response){.status = 401, .content_type = "text/plain"};
    return request->query[0] != 'n';
}

static void on_opened(void *ctx, struct net_conn conn, const struct net_peer *peer)
{
    (void)ctx;
    (void)peer; /* a proxy on this machine may say what it likes of whom it speaks for */
    server.here++;
    net_greeted(server.net, conn);
}

static void on_message(void *ctx, struct net_conn conn, struct span text)
{
    (void)ctx;
    FUZZ_MUST(text.bytes <= FRAME_BYTES_MAX && utf8_valid(text));
    uint8_t wish = text.bytes > 0 ? text.data[0] : 0;
    bool much = wish == 'b';
    struct net_frame *frame = net_frame_new(much ? span_of(large, sizeof large) : text);
    FUZZ_MUST(frame != NULL);
    if (wish == 'c') {
        net_listen_channel(server.net, conn, CHANNEL);
        net_broadcast(server.net, CHANNEL, frame);
    } else if (wish == 'p') {
        net_publish(server.net, CHANNEL, text.bytes % NET_LATEST_SLOTS, frame);
    } else if (wish == 'k') {
        net_kick(server.net, conn, 1008);
    }
    net_send(server.net, conn, frame);
    net_frame_unref(frame);
}

static void on_closed(void *ctx, struct net_conn conn)
{
    (void)ctx;
    (void)conn;
    server.here--;
}

static void stop(void)
{
    net_close(server.net);
    uv_run(&server.loop, UV_RUN_DEFAULT);
    FUZZ_MUST(uv_loop_close(&server.loop) == 0);
}

static void start(void)
{
    const struct net_options options = {
        .loop = &server.loop,
        .listen = "127.0.0.1:0",
        .session_cookie = "s",
        .handlers =
            {
                .http = on_http,
                .admits = on_admit,
                .opened = on_opened,
                .message = on_message,
                .closed = on_closed,
            },
    };
    memset(large, 'x', sizeof large);
    log_set_level(LOG_ERROR);
    FUZZ_MUST(uv_loop_init(&server.loop) == 0);
    FUZZ_MUST(net_open(&options, &server.net) == ERR_OK);
    FUZZ_MUST(atexit(stop) == 0);
}

static int64_t connections(void)
{
    struct net_stats stats;
    net_stats(server.net, &stats);
    return stats.connections;
}

/* What is there to read is read; false at the end. */
static bool read_some(int fd, size_t *bytes)
{
    static char answer[ANSWER_BYTES];
    ssize_t got = recv(fd, answer, sizeof answer, MSG_DONTWAIT);
    *bytes += got > 0 ? (size_t)got : 0;
    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

/* Turns the loop until nothing comes for a while, and at least `at_least` bytes have. */
static bool listen_until_quiet(int fd, size_t at_least)
{
    size_t heard = 0;
    bool open = true;
    for (int turn = 0, quiet = 0; open && turn < TURNS_MAX && quiet < QUIET_TURNS;
         turn++) {
        size_t before = heard;
        uv_run(&server.loop, UV_RUN_NOWAIT);
        open = read_some(fd, &heard);
        if (!server.until_gone) {
            answer_late();
        }
        quiet = heard == before && heard >= at_least ? quiet + 1 : 0;
    }
    return open;
}

static bool send_all(int fd, struct span what)
{
    const uint8_t *data = what.data;
    for (size_t at = 0; at < what.bytes;) {
        ssize_t sent = send(fd, data + at, what.bytes - at, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN) {
            return false;
        }
        if (sent < 0 && !listen_until_quiet(fd, 0)) {
            return false;
        }
        at += sent > 0 ? (size_t)sent : 0;
    }
    return true;
}

static bool send_in_pieces(int fd, struct span what, size_t piece)
{
    const uint8_t *data = what.data;
    size_t at = 0;
    for (int pieces = 0; piece > 0 && pieces < PIECES_MAX && at + piece < what.bytes;
         pieces++, at += piece) {
        if (!send_all(fd, span_of(data + at, piece)) || !listen_until_quiet(fd, 0)) {
            return false;
        }
    }
    return send_all(fd, span_of(data + at, what.bytes - at));
}

/* An alarm, of which libFuzzer has one now and then, ends connect's wait and not the
 * connecting. */
static bool connects_meanwhile(int fd)
{
    struct pollfd until = {.fd = fd, .events = POLLOUT};
    int failed = 0;
    socklen_t bytes = sizeof failed;
    while (poll(&until, 1, -1) < 0 && errno == EINTR) {
    }
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &failed, &bytes) == 0 && failed == 0;
}

static int dial(void)
{
    struct sockaddr_in to = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)net_port(server.net)),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    FUZZ_MUST(fd >= 0);
    bool connected = connect(fd, (struct sockaddr *)&to, sizeof to) == 0;
    FUZZ_MUST(connected || (errno == EINTR && connects_meanwhile(fd)));
    return fd;
}

/* A reset, so that no port waits in TIME_WAIT. */
static void hang_up(int fd)
{
    struct linger now = {.l_onoff = 1, .l_linger = 0};
    (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    (void)close(fd);
}

void socket_say(struct span first, struct span rest, size_t piece)
{
    if (server.net == NULL) {
        start();
    }
    int fd = dial();
    bool open = send_all(fd, first) && listen_until_quiet(fd, first.bytes > 0 ? 1 : 0);
    if (open && send_in_pieces(fd, rest, piece)) {
        (void)listen_until_quiet(fd, 0);
    }
    hang_up(fd);
    for (int turn = 0; turn < TURNS_MAX && connections() > 0; turn++) {
        uv_run(&server.loop, UV_RUN_NOWAIT);
    }
    answer_late();
    FUZZ_MUST(connections() == 0);
    FUZZ_MUST(server.here == 0);
}
