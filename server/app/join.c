/* Joining by code or ticket, and logging in by a link to the desk: the session is
 * answered after the commits that make the participant and the seat. */
#include "app/server.h"

#include "base/log.h"
#include "domain/access.h"

#include <stdio.h>
#include <stdlib.h>

/* Somebody on the way to a seat. */
struct arrival {
    struct server *server;
    struct net_conn request;
    struct event *event;
    enum role role;
    struct hall_seat seat;
    char token[TRUST_TOKEN_CHARS + 1];
    struct hash session;
    char link[TRUST_TOKEN_CHARS + 1]; /* one of the store's; given back if it was in vain
                                       */
};

/* Borrows `token` and the server's answer buffer. */
static struct net_response let_in_as(
    struct server *server, const struct event *event, const char *token,
    const struct hash *session)
{
    struct uid pass;
    pass_new(&server->passes, session, (int64_t)uv_now(&server->loop), &pass);
    struct buf *body = http_body(server, POST_BYTES_MAX);
    buf_printf(body, "{\"event\":\"%s\",\"pass\":\"", event->code);
    buf_hex(body, pass.bytes, UID_BYTES);
    buf_text(body, "\"}");
    struct net_response response = http_response(server, 200);
    response.set_session = token;
    response.session_s = SESSION_MS / 1000;
    return response;
}

static void arrival_refused(struct arrival *arrival, enum err err)
{
    struct net_response response;
    hall_link_return(arrival->server->hall, span_of_string(arrival->link));
    http_refuse(arrival->server, err, arrival->event, &response);
    net_respond(arrival->server->net, arrival->request, &response);
    trust_wipe(arrival, sizeof *arrival);
    free(arrival);
}

static void on_seated(void *ctx, enum store_status status, int64_t seq)
{
    (void)status;
    (void)seq;
    struct arrival *arrival = ctx;
    const struct net_response response =
        let_in_as(arrival->server, arrival->event, arrival->token, &arrival->session);
    net_respond(arrival->server->net, arrival->request, &response);
    trust_wipe(arrival, sizeof *arrival);
    free(arrival);
}

static void on_joined(void *ctx, const struct outcome *outcome)
{
    struct arrival *arrival = ctx;
    enum err err = outcome->err;
    if (err == ERR_OK) {
        arrival->seat = (struct hall_seat){
            .event = arrival->event->id,
            .role = arrival->role,
            .participant = outcome->id,
            .epoch = outcome->epoch,
        };
        visitors_end_older(arrival->server, arrival->event, outcome->id, outcome->epoch);
        err = hall_take_seat(
            arrival->server->hall, &arrival->session, &arrival->seat, on_seated, arrival);
    }
    if (err != ERR_OK) {
        arrival_refused(arrival, err);
    }
}

/* The browser keeps its session if it has one, so that its other seats stay; a cookie
 * that somebody planted there is none. */
static struct arrival *arrival_new(
    struct server *server, const struct net_request *request, struct event *event,
    enum role role)
{
    struct arrival *arrival = calloc(1, sizeof *arrival);
    if (arrival == NULL) {
        return NULL;
    }
    *arrival = (struct arrival){
        .server = server, .request = request->id, .event = event, .role = role};
    struct span token = span_of_string(request->peer.session);
    if (trust_token_hash(token, &arrival->session) == ERR_OK &&
        hall_session_known(server->hall, &arrival->session)) {
        memcpy(arrival->token, request->peer.session, sizeof arrival->token);
    } else {
        trust_token_new(arrival->token, &arrival->session);
    }
    return arrival;
}

static enum net_answer refuse(
    struct server *server, enum err err, const struct event *event,
    struct net_response *ret_response)
{
    http_refuse(server, err, event, ret_response);
    return NET_NOW;
}

/* The answer may come before this returns, when the entry is refused at once: NET_LATER
 * holds for that too, since net_respond carries it. */
static enum net_answer submit(struct arrival *arrival, struct entry *entry)
{
    trust_random_uid(&entry->command);
    hall_submit(
        arrival->server->hall, arrival->event, entry, hall_no_docs(), on_joined, arrival);
    return NET_LATER;
}

static enum net_answer let_in(
    struct server *server, const struct net_request *request, struct event *event,
    struct entry *entry, struct net_response *ret_response)
{
    struct arrival *arrival = arrival_new(server, request, event, ROLE_PARTICIPANT);
    if (arrival == NULL) {
        return refuse(server, ERR_NOMEM, event, ret_response);
    }
    return submit(arrival, entry);
}

/* Already in: the same browser comes back. */
static enum net_answer welcome_back(
    struct server *server, const struct net_request *request, const struct event *event,
    struct net_response *ret_response)
{
    const char *token = request->peer.session;
    struct hash session;
    enum err err = trust_token_hash(span_of_string(token), &session);
    if (err != ERR_OK) {
        return refuse(server, ERR_NO_SESSION, event, ret_response);
    }
    *ret_response = let_in_as(server, event, token, &session);
    return NET_NOW;
}

static enum net_answer join_by_code(
    struct server *server, const struct net_request *request, const char *code,
    struct net_response *ret_response)
{
    struct hall_seat seat;
    struct event *event = hall_event_by_code(server->hall, code);
    if (event == NULL) {
        return NET_UNKNOWN;
    }
    enum err err = hall_find_seat(
        server->hall, request->peer.session, event->id, ROLE_PARTICIPANT, &seat);
    if (err == ERR_OK) {
        return welcome_back(server, request, event, ret_response);
    }
    if (err == ERR_BANNED) { /* not as somebody new, by the same browser */
        return refuse(server, err, event, ret_response);
    }
    if (event->mode == JOIN_TICKET) {
        return refuse(server, ERR_TICKET_NEEDED, event, ret_response);
    }
    if (!turnstile_join(server, event)) {
        return refuse(server, ERR_TOO_FAST, event, ret_response);
    }
    struct entry entry = {
        .kind = ENTRY_PERSON_JOIN,
        .role = ROLE_NONE,
        .as.person_join.role = ROLE_PARTICIPANT,
    };
    return let_in(server, request, event, &entry, ret_response);
}

static enum net_answer join_by_ticket(
    struct server *server, const struct net_request *request, const char *code,
    struct net_response *ret_response)
{
    struct event *event = NULL;
    int64_t ticket = 0;
    struct hall_seat seat;
    if (!hall_find_ticket(server->hall, code, &event, &ticket)) {
        return NET_UNKNOWN;
    }
    if (hall_find_seat(
            server->hall, request->peer.session, event->id, ROLE_PARTICIPANT, &seat) ==
            ERR_OK &&
        event_participant(event, seat.participant)->ticket == ticket) {
        return welcome_back(server, request, event, ret_response);
    }
    if (!turnstile_redeem(server, event, ticket)) {
        return refuse(server, ERR_TOO_FAST, event, ret_response);
    }
    struct entry entry = {
        .kind = ENTRY_TICKET_REDEEM,
        .role = ROLE_NONE,
        .as.ticket.ticket = ticket,
    };
    return let_in(server, request, event, &entry, ret_response);
}

/* A right code is never slowed down by other people's wrong ones: only wrong codes pay.
 */
static enum net_answer
wrong_code(struct server *server, enum err err, struct net_response *ret_response)
{
    bool calm = rate_take(&server->wrong_codes, (int64_t)uv_now(&server->loop));
    return refuse(server, calm ? err : ERR_TOO_FAST, NULL, ret_response);
}

enum net_answer join_event(
    struct server *server, const struct net_request *request,
    struct net_response *ret_response)
{
    char typed[64];
    char code[TRUST_TICKET_SYMBOLS + 1];
    enum err err = wire_decode_single(request->body, "code", typed, sizeof typed);
    if (err != ERR_OK) {
        return refuse(server, err, NULL, ret_response);
    }
    enum net_answer answered = NET_UNKNOWN;
    struct span text = span_of_string(typed);
    if (trust_code_read(text, TRUST_CODE_SYMBOLS, code) == ERR_OK) {
        err = ERR_CODE_UNKNOWN;
        answered = join_by_code(server, request, code, ret_response);
    } else if (trust_code_read(text, TRUST_TICKET_SYMBOLS, code) == ERR_OK) {
        err = ERR_TICKET_UNKNOWN;
        answered = join_by_ticket(server, request, code, ret_response);
    } else {
        return refuse(server, ERR_CODE_MALFORMED, NULL, ret_response);
    }
    return answered == NET_UNKNOWN ? wrong_code(server, err, ret_response) : answered;
}

/* A browser that sits at the desk already keeps its place, unless the link allows more:
 * who makes a helper's link and tries it stays the owner, and the link stays good. */
static bool
sits_as_well(struct server *server, const char *session, const struct hall_link *link)
{
    struct hall_seat seat;
    return hall_find_seat(
               server->hall, session, link->event->id, ROLE_MODERATOR, &seat) == ERR_OK &&
           !access_exceeds(link->role, seat.role);
}

/* The entry by which somebody takes the place that a link leads to. A link from before
 * there were roles is used up at once. */
static enum err take_link(
    struct arrival *arrival, struct span token, const struct hall_link *link,
    struct entry *ret_entry)
{
    int64_t event = 0;
    *ret_entry = (struct entry){.kind = ENTRY_DESK_SIT, .role = ROLE_OFFICE};
    if (link->person != 0) {
        ret_entry->as.desk.person = link->person;
        return ERR_OK;
    }
    enum err err = hall_link_take(arrival->server->hall, token, &event);
    if (err == ERR_OK) {
        memcpy(arrival->link, token.data, TRUST_TOKEN_CHARS);
        ret_entry->kind = ENTRY_PERSON_JOIN;
        ret_entry->as.person_join.role = link->role;
    }
    return err;
}

static enum net_answer arrive_at_desk(
    struct server *server, const struct net_request *request, struct span token,
    const struct hall_link *link, struct net_response *ret_response)
{
    struct entry entry;
    struct arrival *arrival = arrival_new(server, request, link->event, ROLE_MODERATOR);
    enum err err = arrival != NULL ? take_link(arrival, token, link, &entry) : ERR_NOMEM;
    if (err != ERR_OK) {
        free(arrival);
        return refuse(server, err, link->event, ret_response);
    }
    return submit(arrival, &entry);
}

enum net_answer join_desk(
    struct server *server, const struct net_request *request,
    struct net_response *ret_response)
{
    char token[TRUST_TOKEN_CHARS + 8];
    struct hall_link link;
    enum err err = wire_decode_single(request->body, "link", token, sizeof token);
    if (err != ERR_OK) {
        return refuse(server, err, NULL, ret_response);
    }
    if (!desk_allowed(server, &request->peer)) {
        return refuse(server, ERR_DESK_LOOPBACK_ONLY, NULL, ret_response);
    }
    struct span text = span_of_string(token);
    if (hall_link_find(server->hall, text, &link) != ERR_OK) {
        return wrong_code(server, ERR_LINK_UNKNOWN, ret_response);
    }
    enum net_answer answer =
        sits_as_well(server, request->peer.session, &link)
            ? welcome_back(server, request, link.event, ret_response)
            : arrive_at_desk(server, request, text, &link, ret_response);
    trust_wipe(token, sizeof token);
    return answer;
}
