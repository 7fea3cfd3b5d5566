/* Who is connected. */
#include "app/server.h"

#include "base/log.h"
#include "base/vec.h"

struct visitor *visitor_of(struct server *server, struct net_conn conn)
{
    if (conn.slot >= server->visitor_capacity) {
        return NULL;
    }
    struct visitor *visitor = &server->visitors[conn.slot];
    return visitor->conn.generation == conn.generation && conn.generation != 0 ? visitor
                                                                               : NULL;
}

bool desk_allowed(const struct server *server, const struct net_peer *peer)
{
    return peer->secure || peer->loopback || server->options.desk_on_lan;
}

void visitor_opened(void *ctx, struct net_conn conn, const struct net_peer *peer)
{
    struct server *server = ctx;
    void *visitors = server->visitors;
    enum err err = vec_reserve(
        &visitors, &server->visitor_capacity, (size_t)conn.slot + 1,
        sizeof(struct visitor), CONNECTIONS_MAX);
    server->visitors = visitors;
    if (err != ERR_OK) {
        net_kick(server->net, conn, 1013);
        return;
    }
    struct visitor *visitor = &server->visitors[conn.slot];
    *visitor = (struct visitor){
        .conn = conn, .role = ROLE_NONE, .may_desk = desk_allowed(server, peer)};
    memcpy(visitor->session, peer->session, sizeof visitor->session);
    rate_init(
        &visitor->rate, RATE_MESSAGES_PER_S, RATE_MESSAGES_BURST,
        (int64_t)uv_now(&server->loop));
}

/* A person with two open windows is one person in the hall. */
static bool is_only_window(const struct server *server, const struct visitor *visitor)
{
    for (size_t i = 0; i < server->visitor_capacity; i++) {
        const struct visitor *other = &server->visitors[i];
        if (other != visitor && other->event == visitor->event &&
            other->participant == visitor->participant &&
            other->role == ROLE_PARTICIPANT) {
            return false;
        }
    }
    return true;
}

void visitor_sit(
    struct server *server, struct visitor *visitor, struct event *event,
    const struct hall_seat *seat)
{
    visitor_rise(server, visitor);
    visitor->event = event;
    visitor->role = seat->role;
    visitor->participant = seat->participant;
    visitor->epoch = seat->epoch;
    if (visitor->role == ROLE_PARTICIPANT && is_only_window(server, visitor)) {
        live_presence(server, event, 1);
    }
}

void visitor_rise(struct server *server, struct visitor *visitor)
{
    struct event *event = visitor->event;
    bool leaves = event != NULL && visitor->role == ROLE_PARTICIPANT &&
                  is_only_window(server, visitor);
    visitor->event = NULL;
    visitor->role = ROLE_NONE;
    if (leaves) {
        live_presence(server, event, -1);
    }
}

void visitor_closed(void *ctx, struct net_conn conn)
{
    struct server *server = ctx;
    struct visitor *visitor = visitor_of(server, conn);
    if (visitor != NULL) {
        visitor_rise(server, visitor);
        *visitor = (struct visitor){0};
    }
}

void visitors_send_to(
    struct server *server, const struct event *event, int64_t participant,
    struct net_frame *frame)
{
    for (size_t i = 0; frame != NULL && i < server->visitor_capacity; i++) {
        const struct visitor *visitor = &server->visitors[i];
        if (visitor->event == event && visitor->participant == participant &&
            visitor->role == ROLE_PARTICIPANT) {
            net_send(server->net, visitor->conn, frame);
        }
    }
}

static void say_bye(struct server *server, struct visitor *visitor)
{
    struct buf text;
    buf_init(&text, FRAME_OTHER_BYTES_MAX);
    wire_encode_bye(&text, ERR_SESSION_MOVED, 0);
    struct net_frame *frame = net_frame_new(buf_span(&text));
    buf_fini(&text);
    if (frame != NULL) {
        net_send(server->net, visitor->conn, frame);
        net_frame_unref(frame);
    }
    net_kick(server->net, visitor->conn, 1008);
}

void visitors_end_older(
    struct server *server, const struct event *event, int64_t participant, uint32_t epoch)
{
    for (size_t i = 0; i < server->visitor_capacity; i++) {
        struct visitor *visitor = &server->visitors[i];
        if (visitor->event == event && visitor->participant == participant &&
            visitor->role == ROLE_PARTICIPANT && visitor->epoch < epoch) {
            say_bye(server, visitor);
            visitor_rise(server, visitor);
        }
    }
}
