/* Who is connected. */
#include "app/server.h"

#include "base/log.h"
#include "base/vec.h"
#include "domain/access.h"

#include <assert.h>

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
    if (trust_token_hash(span_of_string(peer->session), &visitor->session) != ERR_OK) {
        visitor->session = (struct hash){0};
    }
    rate_init(
        &visitor->rate, RATE_MESSAGES_PER_S, RATE_MESSAGES_BURST,
        (int64_t)uv_now(&server->loop));
}

/* ---- a person's windows: chained, because a hall has many people ---- */

/* Where they begin: a slot + 1, or 0. NULL: nobody of that number ever sat down. */
static uint32_t *
windows_of(struct server *server, struct event *event, int64_t participant)
{
    struct screens *screens = live_screens(server, event);
    size_t at = (size_t)participant - 1;
    bool known = screens != NULL && participant > 0 && at < screens->window_capacity;
    return known ? &screens->windows[at] : NULL;
}

static enum err make_room(struct server *server, struct event *event, int64_t participant)
{
    struct screens *screens = live_screens(server, event);
    if (screens == NULL) {
        return ERR_NOMEM;
    }
    void *windows = screens->windows;
    enum err err = vec_reserve(
        &windows, &screens->window_capacity, (size_t)participant,
        sizeof *screens->windows, PARTICIPANTS_MAX);
    screens->windows = windows;
    return err == ERR_OK ? ERR_OK : ERR_NOMEM;
}

static struct visitor *at_window(struct server *server, uint32_t window)
{
    return window != 0 ? &server->visitors[window - 1] : NULL;
}

static void say_bye(struct server *server, struct visitor *visitor, enum err err);

/* The oldest beyond WINDOWS_MAX: a phone that lost its line is back long before the
 * server misses it, so what is old is as good as gone. */
static void close_oldest_window(struct server *server, struct visitor *newest)
{
    struct visitor *visitor = newest;
    for (int i = 0; i < WINDOWS_MAX && visitor != NULL; i++) {
        visitor = at_window(server, visitor->next_window);
    }
    if (visitor != NULL) {
        say_bye(server, visitor, ERR_SESSION_MOVED);
        visitor_rise(server, visitor);
    }
}

/* A person with two open windows is one person in the hall. */
static void open_window(struct server *server, struct visitor *visitor)
{
    uint32_t *first = windows_of(server, visitor->event, visitor->participant);
    assert(first != NULL);
    visitor->next_window = *first;
    *first = visitor->conn.slot + 1;
    if (visitor->next_window == 0) {
        live_presence(server, visitor->event, 1);
    }
}

static void close_window(struct server *server, struct visitor *visitor)
{
    uint32_t *first = windows_of(server, visitor->event, visitor->participant);
    assert(first != NULL);
    uint32_t *at = first;
    while (*at != visitor->conn.slot + 1) {
        assert(*at != 0);
        at = &server->visitors[*at - 1].next_window;
    }
    *at = visitor->next_window;
    visitor->next_window = 0;
    if (*first == 0) {
        live_presence(server, visitor->event, -1);
    }
}

enum err visitor_sit(
    struct server *server, struct visitor *visitor, struct event *event,
    const struct hall_seat *seat)
{
    visitor_rise(server, visitor);
    enum err err = seat->role == ROLE_PARTICIPANT
                       ? make_room(server, event, seat->participant)
                       : ERR_OK;
    if (err != ERR_OK) {
        return err;
    }
    visitor->event = event;
    visitor->role = seat->role;
    visitor->participant = seat->participant;
    visitor->epoch = seat->epoch;
    if (visitor->role == ROLE_PARTICIPANT) {
        open_window(server, visitor);
        close_oldest_window(server, visitor);
    }
    return ERR_OK;
}

/* Somebody's in this event: then it is no onlooker. */
static bool has_a_seat(
    struct server *server, const struct visitor *visitor, const struct event *event)
{
    struct hall_seat seat;
    return hall_seat_of(
               server->hall, &visitor->session, event->id, ROLE_MODERATOR, &seat) ==
               ERR_OK ||
           hall_seat_of(
               server->hall, &visitor->session, event->id, ROLE_PARTICIPANT, &seat) ==
               ERR_OK;
}

enum err
visitor_look_on(struct server *server, struct visitor *visitor, struct event *event)
{
    const struct hall_seat seat = {.event = event->id, .role = ROLE_STAGE};
    bool onlooker = !has_a_seat(server, visitor, event);
    bool again = visitor->onlooker && visitor->event == event;
    struct screens *screens = live_screens(server, event);
    if (screens == NULL) {
        return ERR_NOMEM;
    }
    if (onlooker && !again && screens->onlookers >= ONLOOKERS_MAX) {
        return ERR_BUSY;
    }
    enum err err = visitor_sit(server, visitor, event, &seat);
    visitor->onlooker = onlooker && err == ERR_OK;
    screens->onlookers += visitor->onlooker ? 1 : 0;
    return err;
}

void visitor_rise(struct server *server, struct visitor *visitor)
{
    if (visitor->event != NULL && visitor->role == ROLE_PARTICIPANT) {
        close_window(server, visitor);
    }
    if (visitor->onlooker) {
        live_screens(server, visitor->event)->onlookers--;
        visitor->onlooker = false;
    }
    visitor->event = NULL;
    visitor->role = ROLE_NONE;
    visitor->by_desks_link = false;
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

bool visitors_has(struct server *server, struct event *event, int64_t participant)
{
    const uint32_t *first = windows_of(server, event, participant);
    return first != NULL && *first != 0;
}

void visitors_send_to(
    struct server *server, struct event *event, int64_t participant,
    struct net_frame *frame)
{
    const uint32_t *first = windows_of(server, event, participant);
    const struct visitor *visitor = first != NULL ? at_window(server, *first) : NULL;
    while (frame != NULL && visitor != NULL) {
        net_send(server->net, visitor->conn, frame);
        visitor = at_window(server, visitor->next_window);
    }
}

static void say_bye(struct server *server, struct visitor *visitor, enum err err)
{
    struct buf text;
    buf_init(&text, FRAME_OTHER_BYTES_MAX);
    wire_encode_bye(&text, err, 0);
    struct net_frame *frame = net_frame_new(buf_span(&text));
    buf_fini(&text);
    if (frame != NULL) {
        net_send(server->net, visitor->conn, frame);
        net_frame_unref(frame);
    }
    net_kick(server->net, visitor->conn, 1008);
}

static void end_windows(
    struct server *server, struct event *event, int64_t participant, uint64_t below_epoch,
    enum err err)
{
    const uint32_t *first = windows_of(server, event, participant);
    struct visitor *visitor = first != NULL ? at_window(server, *first) : NULL;
    while (visitor != NULL) {
        struct visitor *next = at_window(server, visitor->next_window);
        if (visitor->epoch < below_epoch) {
            say_bye(server, visitor, err);
            visitor_rise(server, visitor);
        }
        visitor = next;
    }
}

void visitors_end_older(
    struct server *server, struct event *event, int64_t participant, uint32_t epoch)
{
    end_windows(server, event, participant, epoch, ERR_SESSION_MOVED);
}

void visitors_turn_away(
    struct server *server, struct event *event, const struct participant *person)
{
    enum err err = event_check_in(event, person);
    if (err != ERR_OK) {
        end_windows(server, event, person->id, UINT64_MAX, err);
    }
}

void visitors_end_banned(struct server *server, struct event *event)
{
    for (size_t i = 0; event->banned > 0 && i < event->participant_count; i++) {
        if (event->participants[i].ban.pos != 0) {
            visitors_turn_away(server, event, &event->participants[i]);
        }
    }
}

void visitors_end_left(struct server *server, struct event *event, int64_t participant)
{
    end_windows(server, event, participant, UINT64_MAX, ERR_NO_SESSION);
}

void visitors_end_revoked(struct server *server, const struct event *event)
{
    for (size_t i = 0; i < server->visitor_capacity; i++) {
        struct visitor *visitor = &server->visitors[i];
        bool sits = visitor->event == event && role_is_desk(visitor->role);
        if (sits &&
            event_participant(event, visitor->participant)->role != visitor->role) {
            say_bye(server, visitor, ERR_REVOKED);
            visitor_rise(server, visitor);
        }
    }
}

void visitors_end_gone(struct server *server, const struct event *event)
{
    for (size_t i = 0; i < server->visitor_capacity; i++) {
        struct visitor *visitor = &server->visitors[i];
        if (visitor->event == event && visitor->conn.generation != 0) {
            say_bye(server, visitor, ERR_WRONG_EVENT);
            visitor_rise(server, visitor);
        }
    }
}
