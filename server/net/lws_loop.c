#include "net/lws_loop.h"

#include "net/frame.h"
#include "net/internal.h"
#include "net/lws_callback.h"
#include "net/lws_compat.h"

#include "base/log.h"

#include <assert.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

_Static_assert(FRAME_HEADROOM >= LWS_PRE, "room for a WebSocket header");
_Static_assert(FRAME_ROOM >= LWS_PRE, "room for a WebSocket header");

/* Its own deadlines, as a generous upper bound: those that matter are ours. */
#define LWS_TIMEOUT_S 40

/* Pitfall (tx_packet_size): 0 cuts each send to the receive buffer's size and dribbles
 * the rest; it is set on every protocol. Pitfall (fragments): a message arrives in pieces
 * of rx_buffer_size, whatever its frames were. */
#define TX_PACKET_BYTES 65536
#define RX_BUFFER_BYTES 2048

/* The first is plain HTTP; its name is none that a client could ask for. */
static const struct lws_protocols protocols[] = {
    {
        .name = "-",
        .callback = lws_callback_http,
        .rx_buffer_size = RX_BUFFER_BYTES,
        .tx_packet_size = TX_PACKET_BYTES,
    },
    {
        .name = SUBPROTOCOL,
        .callback = lws_callback_socket,
        .rx_buffer_size = RX_BUFFER_BYTES,
        .tx_packet_size = TX_PACKET_BYTES,
    },
    {0},
};

/* Pitfall (validity timers): the library's own pings stand in one sorted list, so that
 * each connection costs more the more there are; a policy of zeros switches them off. */
static const lws_retry_bo_t no_validity_timers = {0};

/* ---- its log ---- */

static atomic_int log_lines_left = LIBRARY_LOG_LINES_MAX; /* it has one log, like us */

static void on_log(int level, const char *line)
{
    if (atomic_fetch_sub(&log_lines_left, 1) <= 0) {
        return;
    }
    const char *prefix_end = line[0] == '[' ? strstr(line, ": ") : NULL;
    line = prefix_end != NULL ? prefix_end + 2 : line;
    int bytes = (int)strcspn(line, "\n");
    log_line(level == LLL_ERR ? LOG_ERROR : LOG_WARN, "libwebsockets: %.*s", bytes, line);
}

void lws_loop_refill_log(void)
{
    int dropped = -atomic_exchange(&log_lines_left, LIBRARY_LOG_LINES_MAX);
    if (dropped > 0) {
        log_line(LOG_WARN, "libwebsockets: %d more lines", dropped);
    }
}

/* ---- opening and closing ---- */

struct handle_list {
    uv_handle_t **handles;
    size_t count;
    size_t matches; /* of handles that are in the loop */
};

static bool holds(const struct handle_list *list, const uv_handle_t *handle)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->handles[i] == handle) {
            return true;
        }
    }
    return false;
}

static void on_handle(uv_handle_t *handle, void *ctx)
{
    struct handle_list *list = ctx;
    list->matches += holds(list, handle) ? 1 : 0;
}

struct newcomers {
    struct net *net;
    uv_handle_t *marker; /* the last handle before the library's own */
    bool seen;
};

/* The loop lists its handles in the order in which they came. */
static void on_newcomer(uv_handle_t *handle, void *ctx)
{
    struct newcomers *newcomers = ctx;
    struct net *net = newcomers->net;
    if (handle == newcomers->marker) {
        newcomers->seen = true;
        return;
    }
    if (newcomers->seen && (handle->type == UV_IDLE || handle->type == UV_TIMER)) {
        assert(net->lws_handle_count < LWS_HANDLES_MAX);
        net->lws_handles[net->lws_handle_count++] = handle;
    }
}

/* Signals stay ours: with a foreign loop the library takes none. */
static struct lws_context_creation_info creation_info(struct net *net, void **loops)
{
    struct lws_context_creation_info info = {
        .port = CONTEXT_PORT_NO_LISTEN_SERVER, /* the door is ours; TLS needs "SERVER" */
        .protocols = protocols,
        .foreign_loops = loops,
        .pcontext = &net->lws,
        .user = net,
        .options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS,
        .timeout_secs = LWS_TIMEOUT_S, /* pitfall: 5 is too short for a crowd */
        .keepalive_timeout = KEEPALIVE_S,
        .max_http_header_data = HEADER_BYTES_MAX,
        .retry_and_idle_policy = &no_validity_timers,
        .alpn = "http/1.1", /* pitfall: WebSockets over HTTP/2 are unsafe there */
        .extensions = NULL, /* no permessage-deflate: 91 kB each, and it bombs */
        .vhost_name = "stimmwerk",
        /* pitfall: no fd_limit_per_thread, it makes a lookup a search; no
         * simultaneous_ssl_restriction, it is miscounted: admission is the door's */
    };
    if (net->tls != NULL) {
        info.options |=
            LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT | LWS_SERVER_OPTION_CREATE_VHOST_SSL_CTX;
        /* Pitfall: each virtual host prepares for being a client, too, with 700 kB of the
         * system's CAs, and two contexts in one process leak one of them. */
        info.provided_client_ssl_ctx = tls_client_context(net->tls);
    }
    return info;
}

enum err lws_loop_open(struct net *net)
{
    void *loops[] = {net->loop};
    struct lws_context_creation_info info = creation_info(net, loops);
    lws_set_log_level(LLL_ERR | LLL_WARN, on_log);
    net->lws = lws_create_context(&info);
    if (net->lws == NULL) {
        log_line(
            LOG_ERROR, "libwebsockets did not start: is its libuv plugin there "
                       "(libwebsockets-evlib-uv)?");
        return ERR_INTERNAL;
    }
    struct newcomers newcomers = {.net = net, .marker = (uv_handle_t *)&net->reaper};
    uv_walk(net->loop, on_newcomer, &newcomers);
    net->vhost = lws_create_vhost(net->lws, &info);
    return net->vhost != NULL ? ERR_OK : ERR_INTERNAL;
}

void lws_loop_close(struct net *net)
{
    if (net->lws != NULL) {
        lws_context_destroy(net->lws);
    }
}

bool lws_loop_gone(struct net *net)
{
    struct handle_list list = {
        .handles = net->lws_handles, .count = net->lws_handle_count};
    uv_walk(net->loop, on_handle, &list);
    if (list.matches > 0) {
        return false;
    }
    /* 4.1.6 wants one more call now, 4.3 two. */
    for (int i = 0; i < 3 && net->lws != NULL; i++) {
        lws_context_destroy(net->lws);
    }
    return net->lws == NULL;
}

/* ---- connections ---- */

void lws_loop_adopt(struct net *net, struct conn *conn, int fd)
{
    const lws_adopt_desc_t description = {
        .vh = net->vhost,
        .type = LWS_ADOPT_SOCKET | LWS_ADOPT_HTTP | LWS_ADOPT_ALLOW_SSL,
        .fd.sockfd = fd,
        .opaque = conn,
    };
    net->adopting = conn;
    struct lws *lws = lws_adopt_descriptor_vhost_via_info(&description);
    bool created = net->adopting == NULL;
    net->adopting = NULL;
    if (lws == NULL && !created) {
        conn_free(conn); /* otherwise it is freed when the library's side is */
    }
    if (lws != NULL) { /* see lws_loop_rest_timer */
        lws_set_timeout(lws, NO_PENDING_TIMEOUT, 0);
    }
}

bool lws_loop_write_text(struct conn *conn, const struct lws_piece *piece)
{
    uint8_t saved[FRAME_HEADROOM];
    int kind = piece->first ? LWS_WRITE_TEXT : LWS_WRITE_CONTINUATION;
    kind |= piece->last ? 0 : LWS_WRITE_NO_FIN;
    uint8_t *before = piece->data - FRAME_HEADROOM;
    memcpy(saved, before, FRAME_HEADROOM);
    int written =
        lws_write(conn->lws, piece->data, piece->bytes, (enum lws_write_protocol)kind);
    memcpy(before, saved, FRAME_HEADROOM);
    return written >= 0;
}

/* Failing is no harm: more packets. */
void lws_loop_gather(const struct conn *conn, bool gather)
{
    int on = gather ? 1 : 0;
    int fd = lws_get_socket_fd(conn->lws);
    (void)setsockopt(fd, IPPROTO_TCP, TCP_CORK, &on, sizeof on);
}

/* Pitfall: Debian builds the library with its self-tests, and with libuv one of them
 * closes twice whatever a callback asked to close by returning -1 from WRITEABLE: the
 * Close frame never leaves. Closing "synchronously" only starts the handshake of Close
 * frames and has no such test. */
void lws_loop_say_close(struct conn *conn, uint16_t code)
{
    lws_close_reason(conn->lws, (enum lws_close_status)code, NULL, 0);
    lws_set_timeout(conn->lws, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_SYNC);
}

bool lws_loop_holds_back(const struct conn *conn)
{
    return conn->lws != NULL && lws_partial_buffered(conn->lws) != 0;
}

bool lws_loop_is_choked(const struct conn *conn)
{
    return lws_send_pipe_choked(conn->lws) != 0;
}

bool lws_loop_has_unread(const struct conn *conn)
{
    struct pollfd poll_one = {.fd = lws_get_socket_fd(conn->lws), .events = POLLIN};
    return poll(&poll_one, 1, 0) > 0;
}

int64_t lws_loop_still_ms(const struct conn *conn)
{
    struct tcp_info info = {0};
    socklen_t bytes = sizeof info;
    int fd = lws_get_socket_fd(conn->lws);
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &bytes) != 0) {
        return 0;
    }
    uint32_t sent_ms = info.tcpi_last_data_sent;
    uint32_t heard_ms = info.tcpi_last_data_recv;
    return sent_ms < heard_ms ? sent_ms : heard_ms;
}

bool lws_loop_is_shaking(const struct conn *conn)
{
    SSL *ssl = lws_get_ssl(conn->lws);
    return ssl != NULL && SSL_get_state(ssl) != TLS_ST_BEFORE &&
           SSL_is_init_finished(ssl) == 0;
}

void lws_loop_want_writable(struct conn *conn)
{
    if (conn->lws != NULL) {
        lws_callback_on_writable(conn->lws);
    }
}

/* Pitfall (timers): all of them stand in one sorted list and a new one walks past all
 * others, so that some thousand silent strangers made each newcomer cost a hundred
 * microseconds. */
void lws_loop_rest_timer(struct conn *conn)
{
    if (conn->lws != NULL && !conn->killed) {
        lws_set_timeout(conn->lws, NO_PENDING_TIMEOUT, 0);
    }
}

/* Pitfall: never close a connection from inside another's callback, and never by
 * returning -1 from there. Its timer is looked at when the library wakes up: wake it. */
void lws_loop_kill(struct conn *conn)
{
    lws_set_timeout(conn->lws, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_ASYNC);
    lws_cancel_service(conn->net->lws);
}
