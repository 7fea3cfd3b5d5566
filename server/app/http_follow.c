/* The public page of an idea: what became of it, for whoever has its number. What is not
 * to be seen is answered like what is not there. */
#include "app/server.h"

#include "wire/follow_json.h"
#include "wire/idea_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define FOLLOW_BYTES_MAX (8UL * 1024 * 1024)
#define PLACES_MAX       20 /* polls that a page tells of */

/* Which option of the poll the idea is; or option_count. */
static size_t option_of(const struct poll *poll, int64_t idea)
{
    size_t i = 0;
    while (i < poll->spec.option_count && poll->spec.options[i] != idea) {
        i++;
    }
    return i;
}

static bool find_place(
    struct server *server, struct event *event, const struct poll *poll, int64_t idea,
    struct wire_place *ret_place)
{
    size_t option = option_of(poll, idea);
    if (poll->dropped || !poll->published || option == poll->spec.option_count) {
        return false;
    }
    const uint16_t *places = places_of(server, event, poll);
    if (places == NULL) {
        return false;
    }
    bool yesno = poll->spec.form == BALLOT_YESNO;
    bool tie = yesno && places[0] == places[1];
    *ret_place = (struct wire_place){
        .poll = poll,
        .yesno = yesno,
        .place = tie ? 2 : places[option],
        .of = poll->spec.option_count,
    };
    return true;
}

static void write_page(
    struct server *server, struct event *event, const struct idea *idea, struct buf *out)
{
    struct wire_place places[PLACES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < event->poll_count && count < PLACES_MAX; i++) {
        if (find_place(server, event, event->polls[i], idea->id, &places[count])) {
            count++;
        }
    }
    wire_encode_followed(out, event, idea, places, count, hall_texts(server->hall));
}

/* The list, encoded once a position, shared by all answers; NULL: no memory. */
static struct net_frame *list_of(struct server *server, struct event *event)
{
    struct screens *screens = live_screens(server, event);
    if (screens == NULL) {
        return NULL;
    }
    if (screens->followups == NULL || screens->followups_pos != event->pos) {
        struct buf text;
        buf_init(&text, FOLLOW_BYTES_MAX);
        wire_encode_followups(&text, event, hall_texts(server->hall));
        net_frame_unref(screens->followups);
        screens->followups = buf_failed(&text) ? NULL : net_frame_new(buf_span(&text));
        screens->followups_pos = event->pos;
        buf_fini(&text);
    }
    return screens->followups;
}

/* Everybody may see it, or where it went. */
static const struct idea *find_idea(const struct event *event, const char *number)
{
    char *end = NULL;
    int64_t id = strtoll(number, &end, 10);
    bool digit = number[0] >= '1' && number[0] <= '9';
    const struct idea *idea = digit && *end == '\0' ? event_idea(event, id) : NULL;
    const struct idea *last = event_idea_last(event, idea);
    if (idea == NULL || last == NULL) {
        return NULL;
    }
    enum idea_sight sight = idea_public_sight(idea);
    bool seen = sight == SIGHT_FULL || sight == SIGHT_MERGED;
    return seen && last->state == IDEA_PUBLISHED ? idea : NULL;
}

enum net_answer follow_show(
    struct server *server, const struct net_request *request, const char *rest,
    struct net_response *ret_response)
{
    (void)request;
    struct event *event = http_event_in(server, rest);
    const char *slash = strchr(rest, '/');
    const struct idea *idea =
        event != NULL && slash != NULL ? find_idea(event, slash + 1) : NULL;
    if (event == NULL || (slash != NULL && idea == NULL)) {
        http_refuse(server, ERR_NOT_FOUND, NULL, ret_response);
        return NET_NOW;
    }
    struct buf *out = http_body(server, FOLLOW_BYTES_MAX);
    struct net_frame *list = idea == NULL ? list_of(server, event) : NULL;
    if (idea != NULL && idea->state == IDEA_MERGED) {
        const struct idea *last = event_idea_last(event, idea);
        int64_t into = last != NULL ? last->id : 0;
        wire_encode_followed_into(out, event, into, hall_texts(server->hall));
    } else if (idea != NULL) {
        write_page(server, event, idea, out);
    }
    if (buf_failed(out) || (idea == NULL && list == NULL)) {
        http_refuse(server, ERR_NOMEM, NULL, ret_response);
        return NET_NOW;
    }
    snprintf(
        server->answer_name, sizeof server->answer_name, "\"%" PRIx64 "-%" PRId64 "\"",
        (uint64_t)server->started_ms, event->pos);
    *ret_response = (struct net_response){
        .status = 200,
        .content_type = "application/json; charset=utf-8",
        .body = buf_span(out),
        .frame = list,
        .etag = server->answer_name,
        .cache_control = "no-cache",
    };
    return NET_NOW;
}
