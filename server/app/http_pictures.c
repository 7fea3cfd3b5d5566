/* Photographs come in, pictures go out. */
#include "app/server.h"

#include "base/hex.h"
#include "domain/picture.h"

#include <stdio.h>

static enum net_answer
refuse(struct server *server, enum err err, struct net_response *ret_response)
{
    http_refuse(server, err, NULL, ret_response);
    return NET_NOW;
}

/* ---- POST /media?event=CODE ---- */

static bool has_seat(
    struct server *server, const struct net_request *request, const struct event *event)
{
    struct hall_seat seat;
    enum role role = http_desk_role(server, request, event);
    return access_check(role, ENTRY_IDEA_SUBMIT) == ERR_OK ||
           hall_find_seat(
               server->hall, request->peer.session, event->id, ROLE_PARTICIPANT, &seat) ==
               ERR_OK;
}

MUST_CHECK static enum err find_sender(
    struct server *server, const struct net_request *request, struct staging_key *ret_key)
{
    static const char key[] = "event=";
    size_t bytes = sizeof key - 1;
    const struct event *event = strncmp(request->query, key, bytes) == 0
                                    ? http_event_in(server, request->query + bytes)
                                    : NULL;
    if (event == NULL) {
        return ERR_CODE_UNKNOWN;
    }
    if (!has_seat(server, request, event)) {
        return ERR_NO_SESSION;
    }
    ret_key->event = event->id;
    return trust_token_hash(span_of_string(request->peer.session), &ret_key->session);
}

bool media_admits(
    void *ctx, const struct net_request *request, struct net_response *ret_response)
{
    struct server *server = ctx;
    struct staging_key key;
    enum err err = find_sender(server, request, &key);
    if (err != ERR_OK) {
        http_refuse(server, err, NULL, ret_response);
    }
    return err == ERR_OK;
}

MUST_CHECK static enum err stage(
    struct server *server, const struct net_request *request, struct uid *ret_id,
    struct photo *ret_photo)
{
    struct staging_key key;
    struct photo photo;
    enum err err = find_sender(server, request, &key);
    if (err == ERR_OK) {
        err = photo_read(request->body, &photo);
    }
    if (err == ERR_OK &&
        strcmp(photo_type_mime(photo.type), request->content_type) != 0) {
        err = ERR_NOT_A_PICTURE;
    }
    if (err != ERR_OK) {
        return err;
    }
    trust_random_uid(ret_id);
    *ret_photo = photo;
    int64_t now_ms = (int64_t)uv_now(&server->loop);
    return staging_put(&server->staging, &key, ret_id, &photo, request->body, now_ms);
}

enum net_answer media_take(
    struct server *server, const struct net_request *request,
    struct net_response *ret_response)
{
    struct uid id;
    struct photo photo;
    enum err err = stage(server, request, &id, &photo);
    if (err != ERR_OK) {
        return refuse(server, err, ret_response);
    }
    struct buf *body = http_body(server, POST_BYTES_MAX);
    buf_text(body, "{\"photo\":\"");
    buf_hex(body, id.bytes, UID_BYTES);
    buf_printf(body, "\",\"width\":%d,\"height\":%d}", photo.width, photo.height);
    *ret_response = http_response(server, 200);
    return NET_NOW;
}

/* ---- GET /picture/CODE/NAME ---- */

static bool is_author(
    struct server *server, const struct net_request *request, const struct event *event,
    const struct idea_picture *picture)
{
    struct hall_seat seat;
    enum err err = hall_find_seat(
        server->hall, request->peer.session, event->id, ROLE_PARTICIPANT, &seat);
    const struct idea *idea = event_idea(event, picture->idea);
    return err == ERR_OK && idea != NULL && idea->author == seat.participant;
}

static bool may_see(
    struct server *server, const struct net_request *request, const struct event *event,
    const struct idea_picture *picture)
{
    switch (picture_sight(event, picture)) {
    case PICTURE_FOR_ALL:
        return true;
    case PICTURE_OF_IDEA:
        return is_author(server, request, event, picture) ||
               http_sees(server, request, event, SIGHT_DESK);
    case PICTURE_UNSEEN:
        break;
    }
    return false;
}

/* NULL: there is none that the asker may see, or may know of. */
static const struct idea_picture *
find(struct server *server, const struct net_request *request, const char *rest)
{
    struct uid name;
    const struct event *event = http_event_in(server, rest);
    const char *slash = strchr(rest, '/');
    if (event == NULL || slash == NULL ||
        hex_decode(slash + 1, strlen(slash + 1), name.bytes, UID_BYTES) != ERR_OK) {
        return NULL;
    }
    const struct idea_picture *picture = picture_find(event, &name);
    bool may = picture != NULL && may_see(server, request, event, picture);
    return may ? picture : NULL;
}

enum net_answer picture_show(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    const struct idea_picture *picture = find(server, request, rest);
    if (picture == NULL) {
        return refuse(server, ERR_NOT_FOUND, ret_response);
    }
    struct gallery_answer *answer = &server->picture_answer;
    enum err err = gallery_show(server->gallery, &picture->is, request->id, answer);
    if (err != ERR_OK) {
        return refuse(server, err, ret_response);
    }
    if (answer->is == NET_NOW) {
        *ret_response = answer->response;
    }
    return answer->is;
}
