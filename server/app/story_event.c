/* The event itself: whether ideas are collected, how it is for its people, and the
 * nickname of one of them. */
#include "app/story.h"

void story_call(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_EVENT_CALL, visitor, &request->id);
    entry.as.event_call.open = request->as.call.open;
    story_submit(server, visitor, &entry, hall_no_docs(), NULL);
}

void story_settings(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_EVENT_SET, visitor, &request->id);
    entry.as.event_set = request->as.settings;
    story_submit(server, visitor, &entry, hall_no_docs(), NULL);
}

void story_nick(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_PERSON_NICK, visitor, &request->id);
    entry.as.person_nick = request->as.nick;
    story_submit(server, visitor, &entry, hall_no_docs(), "number");
}
