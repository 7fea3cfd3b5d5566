/* Leaving: somebody at a screen that others use after them gives up their place on it.
 * The seat is gone, in memory and on the disk, before that is answered; the person keeps
 * their ballots and their ticket. */
#include "app/server.h"

#include <stdlib.h>

struct departure {
    struct server *server;
    struct net_conn request;
    const struct event *event;
    struct hash session;
};

/* The browser forgets a session that has no place left anywhere. */
static void write_left(const struct departure *left, struct net_response *ret_response)
{
    struct buf *body = http_body(left->server, POST_BYTES_MAX);
    buf_printf(body, "{\"event\":\"%s\"}", left->event->code);
    *ret_response = http_response(left->server, 200);
    bool sits = hall_session_sits(left->server->hall, &left->session);
    ret_response->set_session = sits ? NULL : "";
}

static void on_left(void *ctx, enum store_status status, int64_t seq)
{
    (void)status;
    (void)seq;
    struct departure *left = ctx;
    struct net_response response;
    write_left(left, &response);
    net_respond(left->server->net, left->request, &response);
    free(left);
}

static enum net_answer leave(
    struct server *server, const struct departure *leaving,
    struct net_response *ret_response)
{
    struct hall_seat seat;
    struct event *event = hall_event_by_code(server->hall, leaving->event->code);
    enum err sits =
        hall_seat_of(server->hall, &leaving->session, event->id, ROLE_PARTICIPANT, &seat);
    struct departure *left = malloc(sizeof *left);
    if (left == NULL) {
        http_refuse(server, ERR_NOMEM, event, ret_response);
        return NET_NOW;
    }
    *left = *leaving;
    enum err err = hall_leave_seat(
        server->hall, &left->session, event->id, ROLE_PARTICIPANT, on_left, left);
    if (err == ERR_OK) {
        if (sits == ERR_OK) {
            visitors_end_left(server, event, seat.participant);
        }
        return NET_LATER;
    }
    free(left);
    if (err == ERR_NO_SESSION) {
        write_left(leaving, ret_response);
    } else {
        http_refuse(server, err, event, ret_response);
    }
    return NET_NOW;
}

enum net_answer leave_event(
    struct server *server, const struct net_request *request,
    struct net_response *ret_response)
{
    char code[64];
    struct departure leaving = {.server = server, .request = request->id};
    enum err err = wire_decode_single(request->body, "event", code, sizeof code);
    if (err == ERR_OK) {
        leaving.event = http_event_in(server, code);
        err = leaving.event != NULL ? ERR_OK : ERR_CODE_UNKNOWN;
    }
    if (err != ERR_OK) {
        http_refuse(server, err, NULL, ret_response);
        return NET_NOW;
    }
    /* Without a session nobody has a place here: there is nothing to leave. */
    if (trust_token_hash(span_of_string(request->peer.session), &leaving.session) !=
        ERR_OK) {
        leaving.session = (struct hash){0};
    }
    return leave(server, &leaving, ret_response);
}
