/* Where libwebsockets stands in the real server: the server's own connections, outboxes,
 * channels, wheel and deadlines (server/net) run on what this file defines in place of
 * lws_loop.h, of HTTP and of the listening socket. */
#include "check.h"
#include "net/conn.h"
#include "net/http.h"
#include "net/internal.h"
#include "net/lws_loop.h"
#include "net/outbox.h"
#include "net/websocket.h"
#include "network.h"

#include "base/vec.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define TICK_MS 100

static bool is_broken(const struct network *network, const char *what)
{
    return network->broken != NULL && strcmp(network->broken, what) == 0;
}

/* What conn.h takes for libwebsockets' end. */
static struct line *line_of(const struct conn *conn)
{
    return (struct line *)(void *)conn->lws;
}

static struct network *network_of(const struct net *net)
{
    return (struct network *)(void *)net->lws;
}

static int64_t now_of(const struct line *line)
{
    return net_now_ms(line->network->net);
}

/* ---- a server's network ---- */

static void on_tick(uv_timer_t *timer)
{
    conn_sweep(timer->data);
}

static struct net_waits waits_of(const struct network *network)
{
    struct net_waits waits = {
        .header_ms = HEADER_WAIT_MS,
        .body_ms = BODY_WAIT_MS,
        .upload_ms = PHOTO_WAIT_MS,
        .hello_ms = HELLO_WAIT_MS,
        .dead_ms = HEARTBEAT_DEAD_MS + HEARTBEAT_DEAD_MS / 2,
        .stuck_ms = WRITE_STUCK_MS,
        .close_ms = CLOSE_WAIT_MS,
        .still_ms = STRANGER_STILL_MS,
    };
    waits.dead_ms = is_broken(network, "patience") ? 10 * waits.dead_ms : waits.dead_ms;
    waits.dead_ms = is_broken(network, "haste") ? HEARTBEAT_MS / 2 : waits.dead_ms;
    return waits;
}

void network_start(
    struct network *network, uv_loop_t *loop, const struct net_handlers *handlers,
    void *ctx)
{
    struct net *net = calloc(1, sizeof *net);
    assert(net != NULL);
    network->net = net;
    network->http = handlers->http;
    network->admits = handlers->admits;
    network->http_ctx = ctx;
    network->deaf = false;
    net->loop = loop;
    net->handlers = *handlers;
    net->ctx = ctx;
    net->waits = waits_of(network);
    net->tick_ms = TICK_MS;
    net->sockets_max = CONNECTIONS_MAX;
    net->heartbeats_per_s = network->heartbeats_per_s;
    net->lws = (struct lws_context *)(void *)network;
    conn_table_init(&net->conns);
    net->conns.strangers.count_max = STRANGERS_MAX;
    wheel_init(&net->wheel);
    fanout_open(net);
    outbox_open(net);
    uv_timer_init(loop, &net->tick);
    net->tick.data = net;
    uv_timer_start(&net->tick, on_tick, TICK_MS, TICK_MS);
}

void network_stop(struct network *network)
{
    struct net *net = network->net;
    network->deaf = true;
    net->closing = true;
    for (size_t i = 0; i < network->line_count; i++) {
        line_end(&network->lines[i]);
        network_forget_line(&network->lines[i]);
    }
    for (size_t i = 0; i < network->errand_count; i++) {
        network_lose_errand(network, i);
    }
    fanout_close(net);
    outbox_close(net);
}

void network_end(struct network *network)
{
    conn_table_fini(&network->net->conns);
    free(network->net);
    network->net = NULL;
}

void network_say_restart(struct network *network)
{
    for (size_t i = 0; i < network->line_count; i++) {
        if (network->lines[i].conn != NULL) {
            net_kick(network->net, network->lines[i].conn->name, 1012);
        }
    }
}

struct net_conn line_server_name(const struct line *line)
{
    return line->conn != NULL ? line->conn->name : (struct net_conn){0};
}

/* ---- a line, from its opening to its end ---- */

void line_open(struct line *line)
{
    struct conn *conn = conn_new(line->network->net, line->peer.loopback);
    assert(conn != NULL);
    conn->lws = (struct lws *)(void *)line;
    line->conn = conn;
    line->state = LINE_UP;
    line->opened_ms = now_of(line);
    line->said_ms = line->opened_ms;
    line->moved_ms = line->opened_ms;
    websocket_on_open(conn);
}

void line_end(struct line *line)
{
    struct conn *conn = line->conn;
    if (conn != NULL) {
        line->conn = NULL;
        conn_end(conn);
        conn_free(conn);
    }
}

/* Some come in two parts, as libwebsockets may cut them. */
static void hand_up(struct line *line, struct span text)
{
    bool cut = text.bytes % 7 == 0;
    size_t first = cut ? text.bytes / 2 : 0;
    const struct websocket_part parts[] = {
        {.data = span_of(text.data, first), .bytes_to_come = text.bytes - first},
        {.data = span_of(text.data + first, text.bytes - first), .last = true},
    };
    if (cut) {
        (void)websocket_on_part(line->conn, &parts[0]);
    }
    if (websocket_on_part(line->conn, &parts[1]) != 0) {
        world_fail(line->network->world, "a message of a phone ends its line");
    }
}

static void deliver_message(struct line *line)
{
    struct buf message = line->in[0];
    line->in_count--;
    memmove(line->in, line->in + 1, line->in_count * sizeof *line->in);
    trace_bytes(line->network->trace, buf_span(&message));
    trace_line(
        line->network->trace, "line %u: \"%.*s\"", line->name.slot, (int)message.bytes,
        (const char *)message.data);
    line->said_ms = now_of(line);
    hand_up(line, buf_span(&message));
    buf_fini(&message);
}

bool line_deliver(struct line *line)
{
    if (line->writable && !line_is_choked(line)) {
        line->writable = false;
        line->held = false;
        line->moved_ms = now_of(line);
        outbox_on_writable(line->conn);
        return true;
    }
    if (line->in_count == 0) {
        return false;
    }
    deliver_message(line);
    return true;
}

/* ---- in place of libwebsockets ---- */

bool line_is_choked(const struct line *line)
{
    return line->bytes >= line->room;
}

/* Every so often a whole change is lost, if that is what is broken. */
static bool is_lost(struct line *line, const struct buf *text)
{
    static const char change[] = "{\"op\":\"change\"";
    bool is = is_broken(line->network, "frames") && text->bytes > sizeof change &&
              memcmp(text->data, change, sizeof change - 1) == 0;
    return is && ++line->network->pieces % 40 == 0;
}

static void put_unread(struct line *line)
{
    void *out = line->out;
    if (vec_reserve(
            &out, &line->out_capacity, line->out_count + 1, sizeof *line->out,
            1U << 20) != ERR_OK) {
        abort();
    }
    line->out = out;
    struct net_frame *frame = net_frame_new(buf_span(&line->begun));
    assert(frame != NULL);
    line->out[line->out_count++] =
        (struct unread){.frame = frame, .bytes = line->begun_bytes};
}

bool lws_loop_write_text(struct conn *conn, const struct lws_piece *piece)
{
    struct line *line = line_of(conn);
    assert(!lws_loop_holds_back(conn));
    line->moved_ms = now_of(line);
    conn->outbox.bytes += is_broken(line->network, "outbox") ? 1 : 0;
    if (line->state == LINE_GONE && !line->silent) {
        return true; /* into the void */
    }
    if (piece->first) {
        buf_fini(&line->begun);
        buf_init(&line->begun, 128UL * 1024 * 1024);
    }
    buf_bytes(&line->begun, piece->data, piece->bytes);
    line->begun_bytes += piece->bytes;
    line->bytes += piece->bytes;
    line->held = line_is_choked(line);
    if (piece->last) {
        trace_bytes(line->network->trace, buf_span(&line->begun));
        trace_line(
            line->network->trace, "into line %u: %zu bytes", line->name.slot,
            line->begun.bytes);
        if (is_lost(line, &line->begun)) {
            line->bytes -= line->begun_bytes;
        } else {
            put_unread(line);
        }
        line->begun_bytes = 0;
        buf_fini(&line->begun);
    }
    return true;
}

/* Packets are no matter here. */
void lws_loop_gather(const struct conn *conn, bool gather)
{
    (void)conn;
    (void)gather;
}

/* The phone answers once it has read all: until then it is as good as gone. */
void lws_loop_say_close(struct conn *conn, uint16_t code)
{
    struct line *line = line_of(conn);
    trace_line(line->network->trace, "line %u is told to go: %u", line->name.slot, code);
    line->closing = true;
    line->closed_ms = now_of(line);
}

bool lws_loop_holds_back(const struct conn *conn)
{
    const struct line *line = line_of(conn);
    return line != NULL && line->held;
}

bool lws_loop_is_choked(const struct conn *conn)
{
    return line_of(conn)->held || line_is_choked(line_of(conn));
}

bool lws_loop_has_unread(const struct conn *conn)
{
    return line_of(conn)->in_count > 0;
}

int64_t lws_loop_still_ms(const struct conn *conn)
{
    (void)conn;
    return 0;
}

bool lws_loop_is_shaking(const struct conn *conn)
{
    (void)conn;
    return false;
}

void lws_loop_want_writable(struct conn *conn)
{
    line_of(conn)->writable = true;
}

void lws_loop_rest_timer(struct conn *conn)
{
    (void)conn;
}

/* Nobody is dropped who kept to the rules, as they are told to those who write phones. */
void lws_loop_kill(struct conn *conn)
{
    struct line *line = line_of(conn);
    struct network_stats *stats = &line->network->stats;
    int64_t now_ms = now_of(line);
    int64_t dead_ms = HEARTBEAT_DEAD_MS + HEARTBEAT_DEAD_MS / 2;
    int64_t beat_ms = line->beat_ms != 0 ? line->beat_ms : HEARTBEAT_MS;
    const char *why = NULL;
    if (line->closing && now_ms - line->closed_ms >= CLOSE_WAIT_MS) {
        stats->told++;
        why = "does not answer Close";
    } else if (line->beat_ms == 0 && now_ms - line->opened_ms >= HELLO_WAIT_MS) {
        stats->mute++;
        why = "says no hello";
    } else if (now_ms - line->said_ms >= dead_ms * beat_ms / HEARTBEAT_MS) {
        stats->silent++;
        why = "is silent";
    } else if (line_is_choked(line) && now_ms - line->moved_ms >= WRITE_STUCK_MS) {
        stats->stuck++;
        why = "is stuck";
    } else if (line->held) {
        stats->full++;
        why = "does not read";
    } else {
        world_fail(
            line->network->world, "line %u is dropped and did nothing wrong",
            line->name.slot);
    }
    trace_line(
        line->network->trace, "line %u is dropped: it %s", line->name.slot,
        why != NULL ? why : "kept to the rules");
    line->killed = true;
}

/* ---- in place of HTTP and of the listening socket ---- */

int64_t http_due_ms(const struct conn *conn)
{
    (void)conn;
    return INT64_MAX;
}

bool http_is_overdue(struct conn *conn)
{
    (void)conn;
    return false;
}

bool http_is_answering(const struct conn *conn)
{
    (void)conn;
    return false;
}

bool http_is_stuck(const struct conn *conn, int64_t still_ms)
{
    (void)conn;
    (void)still_ms;
    return false;
}

void http_drop(struct conn *conn)
{
    (void)conn;
}

void listener_resume(struct net *net)
{
    (void)net;
}

void request_read_peer(struct conn *conn, struct net_peer *ret_peer)
{
    *ret_peer = line_of(conn)->peer;
}

void net_handle_closed(uv_handle_t *handle)
{
    (void)handle;
}

enum err net_open(const struct net_options *options, struct net **ret_net)
{
    (void)options;
    (void)ret_net;
    return ERR_INTERNAL; /* the world is there before the server */
}

int net_port(const struct net *net)
{
    (void)net;
    return 0;
}

void net_respond(struct net *net, struct net_conn id, const struct net_response *response)
{
    network_respond(network_of(net), id, response);
}

enum err net_reload_certificate(struct net *net)
{
    (void)net;
    return ERR_OK;
}

void net_drain(struct net *net, void (*drained)(void *ctx), void *ctx)
{
    (void)net;
    drained(ctx);
}

void net_close(struct net *net)
{
    (void)net;
}

void net_stats(const struct net *net, struct net_stats *ret_stats)
{
    *ret_stats = net->stats;
}

/* ---- in front of what is the server's own: what is promised, and to whom ---- */

void __real_net_send(struct net *net, struct net_conn conn, struct net_frame *frame);
void __wrap_net_send(struct net *net, struct net_conn conn, struct net_frame *frame);

void __wrap_net_send(struct net *net, struct net_conn conn, struct net_frame *frame)
{
    struct network *network = network_of(net);
    struct span text = net_frame_text(frame);
    if (network->deaf) {
        return;
    }
    check_promise(network->world, text);
    trace_bytes(network->trace, text);
    trace_line(
        network->trace, "to %u: %.*s", conn.slot,
        (int)(text.bytes < 160 ? text.bytes : 160), (const char *)text.data);
    __real_net_send(net, conn, frame);
}

int __real_net_greeted(struct net *net, struct net_conn conn);
int __wrap_net_greeted(struct net *net, struct net_conn conn);

int __wrap_net_greeted(struct net *net, struct net_conn conn)
{
    int beat_ms = __real_net_greeted(net, conn);
    const struct conn *greeted = conn_find(net, conn);
    if (greeted != NULL) {
        line_of(greeted)->beat_ms = beat_ms;
    }
    return beat_ms;
}
