/* The event itself: whether ideas are collected, how it is for its people, and the
 * nickname of one of them. */
#include "app/story.h"

static void submit(
    struct server *server, struct visitor *visitor, const struct uid *id,
    struct entry *entry, const char *made_key)
{
    struct reply *reply = reply_new(server, visitor, id);
    if (reply != NULL) {
        reply->made_key = made_key;
        hall_submit(
            server->hall, visitor->event, entry, hall_no_docs(), reply_outcome, reply);
    }
}

void story_call(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_EVENT_CALL, visitor, &request->id);
    entry.as.event_call.open = request->as.call.open;
    submit(server, visitor, &request->id, &entry, NULL);
}

void story_settings(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_EVENT_SET, visitor, &request->id);
    entry.as.event_set = request->as.settings;
    submit(server, visitor, &request->id, &entry, NULL);
}

void story_nick(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_PERSON_NICK, visitor, &request->id);
    entry.as.person_nick = request->as.nick;
    submit(server, visitor, &request->id, &entry, "number");
}
