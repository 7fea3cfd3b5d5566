/* Who is here: people are put out and let in again; places at the desk: an owner makes
 * one, with a link to it, and revokes it. The link's secret stays in the owner's browser:
 * it sends the hash, so that asking again is safe and no answer holds a secret. */
#include "app/story.h"

#include <stdlib.h>

static const enum entry_kind kinds[OP_COUNT] = {
    [OP_DESK_INVITE] = ENTRY_DESK_INVITE,
    [OP_DESK_REVOKE] = ENTRY_DESK_REVOKE,
};

/* With who it is for, in the owner's words: those are content. */
static void submit_named(
    struct server *server, struct visitor *visitor, const struct request *request,
    struct entry *entry)
{
    struct hall_content content;
    const char *lang = request->as.desk.lang;
    enum err err = hall_content_new(
        server->hall, lang[0] != '\0' ? lang : NULL, request->as.desk.name, NULL,
        &content);
    if (err != ERR_OK) {
        reply_refused(server, visitor->conn, &request->id, err, 0, NULL);
        return;
    }
    entry->as.desk.name = content.ref;
    struct hall_docs docs = {.items = &content.doc, .count = 1};
    story_submit(server, visitor, entry, docs, "person");
    hall_content_fini(&content);
}

/* Those who are put out are turned away after the fold, as by an undo. */
void story_ban(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_PERSON_BAN, visitor, &request->id);
    entry.as.person_ban.idea = request->as.person_ban.idea;
    entry.as.person_ban.banned = request->as.person_ban.banned;
    if (!story_settled(server, visitor, &entry, NULL)) {
        story_submit(server, visitor, &entry, hall_no_docs(), NULL);
    }
}

void story_desk(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(kinds[request->op], visitor, &request->id);
    const char *made_key = request->op == OP_DESK_INVITE ? "person" : NULL;
    entry.as.desk.person = request->as.desk.person;
    entry.as.desk.role = request->as.desk.role;
    entry.as.desk.link = request->as.desk.link;
    if (story_settled(server, visitor, &entry, made_key)) {
        return;
    }
    if (request->as.desk.name[0] != '\0') {
        submit_named(server, visitor, request, &entry);
    } else {
        story_submit(server, visitor, &entry, hall_no_docs(), made_key);
    }
}
