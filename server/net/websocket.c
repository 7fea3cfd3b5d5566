#include "net/websocket.h"

#include "base/utf8.h"
#include "net/internal.h"
#include "net/outbox.h"
#include "net/request.h"

#define CLOSE_UNACCEPTABLE 1003
#define CLOSE_NOT_TEXT     1007
#define CLOSE_TOO_LARGE    1009

bool websocket_on_open(struct conn *conn)
{
    struct net *net = conn->net;
    struct net_peer peer;
    request_read_peer(conn, &peer);
    conn_rename(conn);
    conn->accepted_ms = net_now_ms(net); /* HELLO_WAIT_MS runs from here */
    conn->heard_ms = conn->accepted_ms;
    conn_set_phase(conn, CONN_SOCKET);
    net->stats.connections++;
    net->stats.opened_total++;
    net->handlers.opened(net->ctx, conn->name, &peer);
    return true;
}

/* Pitfall: libwebsockets could look at UTF-8 itself, but misses a character that an empty
 * last fragment leaves cut. */
static uint16_t deliver(struct conn *conn, struct span text)
{
    struct net *net = conn->net;
    if (!utf8_valid(text)) {
        return CLOSE_NOT_TEXT;
    }
    net->stats.messages_total++;
    net->handlers.message(net->ctx, conn->name, text);
    return 0;
}

uint16_t websocket_on_part(struct conn *conn, const struct websocket_part *part)
{
    if (conn->killed || conn->kick_code != 0) {
        return 0; /* it was told to go; whatever it says now comes too late */
    }
    conn->heard_ms = net_now_ms(conn->net);
    if (part->binary) {
        return CLOSE_UNACCEPTABLE;
    }
    size_t room = FRAME_BYTES_MAX - conn->text.bytes;
    if (part->data.bytes > room || part->bytes_to_come > room - part->data.bytes) {
        return CLOSE_TOO_LARGE;
    }
    if (part->last && conn->text.bytes == 0) {
        return deliver(conn, part->data); /* the usual case: nothing is copied */
    }
    buf_bytes(&conn->text, part->data.data, part->data.bytes);
    if (buf_failed(&conn->text)) {
        return CLOSE_TOO_LARGE;
    }
    if (!part->last) {
        return 0;
    }
    struct buf text = conn->text;
    buf_init(&conn->text, FRAME_BYTES_MAX);
    uint16_t code = deliver(conn, buf_span(&text));
    buf_fini(&text);
    return code;
}

static struct conn *find_socket(const struct net *net, struct net_conn name)
{
    struct conn *found = conn_find(net, name);
    return found != NULL && found->phase == CONN_SOCKET ? found : NULL;
}

void net_send(struct net *net, struct net_conn conn, struct net_frame *frame)
{
    struct conn *to = find_socket(net, conn);
    if (to != NULL) {
        outbox_send(to, frame);
    }
}

void net_kick(struct net *net, struct net_conn conn, uint16_t code)
{
    struct conn *whom = find_socket(net, conn);
    if (whom == NULL || whom->kick_code != 0) {
        return;
    }
    channel_leave(whom);
    whom->kick_code = code;
    if (!whom->waiting) {
        outbox_pump(whom);
    }
}

/* So that the pings of all lines are no more than a server has time for. */
static int heartbeat_ms(const struct net *net)
{
    int64_t fair_ms = (int64_t)net->conns.live * 1000 / net->heartbeats_per_s;
    int64_t slow_ms = fair_ms < HEARTBEAT_SLOW_MS ? fair_ms : HEARTBEAT_SLOW_MS;
    return slow_ms > HEARTBEAT_MS ? (int)slow_ms : HEARTBEAT_MS;
}

int net_greeted(struct net *net, struct net_conn conn)
{
    struct conn *who = find_socket(net, conn);
    int beat_ms = heartbeat_ms(net);
    if (who != NULL) {
        who->greeted = true;
        who->beat_ms = beat_ms;
        strangers_leave(who);
        listener_resume(net);
    }
    return beat_ms;
}
