/* A screen says who it is: it is welcomed, told what it missed, and put on its channel.
 */
#include "app/story.h"

#include <stdlib.h>

#define WELCOME_BYTES_MAX (64UL * 1024 * 1024) /* every idea may be this person's */

/* A socket from before the join takes the session that the join gave. */
static enum err
show_pass(struct server *server, struct visitor *visitor, const struct uid *pass)
{
    bool good =
        uid_is_zero(pass) ||
        pass_take(
            &server->passes, pass, (int64_t)uv_now(&server->loop), &visitor->session);
    return good ? ERR_OK : ERR_NO_SESSION;
}

static void
stage_key_of(const struct server *server, const struct event *event, struct uid *ret_key)
{
    trust_stage_key(hall_keys(server->hall), event->id, event->code, ret_key);
}

/* A key that is not this event's is as none: what an old bookmark shows is no secret. */
static enum err look_on(
    struct server *server, struct visitor *visitor, struct event *event,
    const struct uid *key)
{
    struct uid right;
    enum err err = visitor_look_on(server, visitor, event);
    stage_key_of(server, event, &right);
    visitor->by_desks_link = err == ERR_OK && trust_equal(&right, key, sizeof right);
    return err;
}

static enum err sit_down(
    struct server *server, struct visitor *visitor, struct event *event,
    const struct request *request)
{
    enum role role = request->as.hello.role;
    struct hall_seat seat = {0};
    if (role == ROLE_MODERATOR && !visitor->may_desk) {
        return ERR_DESK_LOOPBACK_ONLY;
    }
    if (role == ROLE_STAGE) {
        return look_on(server, visitor, event, &request->as.hello.key);
    }
    enum err err = hall_seat_of(server->hall, &visitor->session, event->id, role, &seat);
    if (err == ERR_OK) {
        err = visitor_sit(server, visitor, event, &seat);
    }
    if (err == ERR_OK && role_is_desk(seat.role)) {
        rate_init(
            &visitor->rate, RATE_DESK_PER_S, RATE_DESK_BURST,
            (int64_t)uv_now(&server->loop));
    }
    return err;
}

/* One slot for each poll of the event: that is how the fold knows the own ballots. */
static struct uid *own_slots(struct server *server, const struct visitor *visitor)
{
    const struct event *event = visitor->event;
    struct uid *slots = calloc(event->poll_count + 1, sizeof *slots);
    for (size_t i = 0; slots != NULL && i < event->poll_count; i++) {
        if (!hall_slot(
                server->hall, event, event->polls[i]->id, visitor->participant,
                &slots[i])) {
            slots[i] = (struct uid){0};
        }
    }
    return slots;
}

static void welcome(
    struct server *server, const struct visitor *visitor, const struct uid *id,
    int heartbeat_ms)
{
    bool participant = visitor->role == ROLE_PARTICIPANT;
    struct uid *slots = participant ? own_slots(server, visitor) : NULL;
    const struct wire_me me = {
        .participant = visitor->participant,
        .slots = slots,
        .slot_count = slots != NULL ? visitor->event->poll_count : 0,
    };
    bool desk = role_is_desk(visitor->role);
    struct uid stage_key;
    if (desk) {
        stage_key_of(server, visitor->event, &stage_key);
    }
    const struct wire_guest guest = {
        .role = visitor->role,
        .heartbeat_ms = heartbeat_ms,
        .me = visitor->role == ROLE_STAGE ? NULL : &me,
        .stage_key = desk ? &stage_key : NULL,
    };
    struct buf text;
    buf_init(&text, WELCOME_BYTES_MAX);
    wire_encode_welcome(&text, id, visitor->event, &guest, hall_texts(server->hall));
    free(slots);
    reply_text(server, visitor->conn, &text);
}

void story_hello(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct event *event = hall_event_by_code(server->hall, request->as.hello.event);
    enum err err = event == NULL ? ERR_WRONG_EVENT
                                 : show_pass(server, visitor, &request->as.hello.pass);
    if (err == ERR_OK) {
        err = sit_down(server, visitor, event, request);
    }
    if (err != ERR_OK) {
        reply_refused(server, visitor->conn, &request->id, err, 0, NULL);
        return;
    }
    int heartbeat_ms = net_greeted(server->net, visitor->conn);
    welcome(server, visitor, &request->id, heartbeat_ms);
    live_greet(server, visitor, request->as.hello.pos);
    rehearsal_greet(server, visitor);
}

void story_ping(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct buf text;
    buf_init(&text, FRAME_OTHER_BYTES_MAX);
    wire_encode_pong(&text, uid_is_zero(&request->id) ? NULL : &request->id);
    reply_text(server, visitor->conn, &text);
}
