/* Labels: made, renamed, ordered and dropped by moderators; the tags and the challenge
 * that a moderator gives an idea, and the group that somebody is in. */
#include "app/story.h"

static const enum entry_kind kinds[OP_COUNT] = {
    [OP_LABEL_ADD] = ENTRY_LABEL_ADD,
    [OP_LABEL_EDIT] = ENTRY_LABEL_EDIT,
    [OP_LABEL_DROP] = ENTRY_LABEL_DROP,
    [OP_LABEL_MOVE] = ENTRY_LABEL_MOVE,
};

static void submit(
    struct server *server, struct visitor *visitor, struct entry *entry,
    struct hall_docs docs, const char *made_key)
{
    struct reply *reply = reply_new(server, visitor, entry);
    if (reply != NULL) {
        reply->made_key = made_key;
        hall_submit(server->hall, visitor->event, entry, docs, reply_outcome, reply);
    }
}

/* NULL: none is made. */
static const char *made_by(enum op op)
{
    return op == OP_LABEL_ADD ? "label" : NULL;
}

static enum err check_name(
    struct server *server, const struct visitor *visitor, const struct request *request)
{
    int64_t id = request->as.label.label;
    const struct label *label = event_label(visitor->event, id);
    enum label_kind kind = label != NULL ? label->kind : request->as.label.kind;
    const char *name = request->as.label.name;
    return hall_label_called(server->hall, visitor->event, kind, name, id) != 0
               ? ERR_NAME_TAKEN
               : ERR_OK;
}

/* A label with a name: added or renamed. */
static void submit_named(
    struct server *server, struct visitor *visitor, const struct request *request,
    struct entry *entry)
{
    struct hall_content content;
    const char *lang = request->as.label.lang;
    enum err err = check_name(server, visitor, request);
    if (err == ERR_OK) {
        err = hall_content_new(
            server->hall, lang[0] != '\0' ? lang : NULL, request->as.label.name, NULL,
            &content);
    }
    if (err != ERR_OK) {
        reply_refused(server, visitor->conn, &request->id, err, 0, NULL);
        return;
    }
    entry->as.label.name = content.ref;
    struct hall_docs docs = {.items = &content.doc, .count = 1};
    submit(server, visitor, entry, docs, made_by(request->op));
    hall_content_fini(&content);
}

void story_label(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(kinds[request->op], visitor, &request->id);
    bool named = request->op == OP_LABEL_ADD || request->op == OP_LABEL_EDIT;
    entry.as.label.label = request->as.label.label;
    entry.as.label.kind = request->as.label.kind;
    entry.as.label.before = request->as.label.before;
    if (named) {
        entry.as.label.name = story_some_content;
        entry.as.label.ticket_only = request->as.label.ticket_only;
        entry.as.label.challenge = request->as.label.challenge;
    }
    if (story_settled(server, visitor, &entry, made_by(request->op))) {
        return;
    }
    if (named) {
        submit_named(server, visitor, request, &entry);
    } else {
        submit(server, visitor, &entry, hall_no_docs(), NULL);
    }
}

void story_tag_idea(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_IDEA_TAG, visitor, &request->id);
    entry.as.idea_tag.idea = request->as.idea_tag.idea;
    entry.as.idea_tag.tags = request->as.idea_tag.tags;
    submit(server, visitor, &entry, hall_no_docs(), NULL);
}

void story_team(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_IDEA_TEAM, visitor, &request->id);
    entry.as.idea_team.idea = request->as.idea_team.idea;
    entry.as.idea_team.group = request->as.idea_team.group;
    story_submit(server, visitor, &entry, hall_no_docs(), NULL);
}

void story_challenge(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_IDEA_CHALLENGE, visitor, &request->id);
    entry.as.idea_challenge.idea = request->as.idea_challenge.idea;
    entry.as.idea_challenge.challenge = request->as.idea_challenge.challenge;
    submit(server, visitor, &entry, hall_no_docs(), NULL);
}

void story_group(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_PERSON_GROUP, visitor, &request->id);
    entry.as.person_group.group = request->as.group.group;
    submit(server, visitor, &entry, hall_no_docs(), NULL);
}
