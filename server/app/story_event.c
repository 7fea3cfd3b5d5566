/* The event itself: whether ideas are collected, how it is for its people, the words that
 * want a look, and the nickname of one of them. */
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

void story_words(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_EVENT_WORDS, visitor, &request->id);
    struct hall_content list = {0};
    if (story_settled(server, visitor, &entry, NULL)) {
        return;
    }
    if (request->as.words.list[0] == '\0') {
        story_submit(server, visitor, &entry, hall_no_docs(), NULL);
        return;
    }
    enum err err =
        hall_content_new(server->hall, NULL, request->as.words.list, NULL, &list);
    if (err != ERR_OK) {
        reply_refused(server, visitor->conn, &request->id, err, 0, NULL);
        return;
    }
    entry.as.event_words = list.ref;
    story_submit(
        server, visitor, &entry, (struct hall_docs){.items = &list.doc, .count = 1},
        NULL);
    hall_content_fini(&list);
}

void story_nick(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_PERSON_NICK, visitor, &request->id);
    entry.as.person_nick = request->as.nick;
    story_submit(server, visitor, &entry, hall_no_docs(), "number");
}
