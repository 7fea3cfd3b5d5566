/* Ideas: sent and edited by people, released, hidden, merged and split by moderators. */
#include "app/story.h"

static const char *text_or_null(const char *text)
{
    return text[0] != '\0' ? text : NULL;
}

void story_idea_text(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    bool fresh = request->op == OP_IDEA_SUBMIT;
    const struct request_text *text = &request->as.idea_text.text;
    struct entry entry =
        story_entry(fresh ? ENTRY_IDEA_SUBMIT : ENTRY_IDEA_EDIT, visitor, &request->id);
    entry.as.idea_text.idea = request->as.idea_text.idea;
    entry.as.idea_text.content = story_some_content;
    if (story_settled(server, visitor, &entry, fresh ? "idea" : NULL)) {
        return;
    }
    struct hall_content content;
    enum err err = hall_content_new(
        server->hall, text_or_null(text->lang), text->title, text_or_null(text->text),
        &content);
    if (err != ERR_OK) {
        reply_refused(server, visitor->conn, &request->id, err, 0, NULL);
        return;
    }
    entry.as.idea_text.content = content.ref;
    struct reply *reply = reply_new(server, visitor, &request->id);
    if (reply != NULL) {
        reply->made_key = fresh ? "idea" : NULL;
        reply->idea = entry.as.idea_text.idea;
        hall_submit(
            server->hall, visitor->event, &entry,
            (struct hall_docs){.items = &content.doc, .count = 1}, reply_outcome, reply);
    }
    hall_content_fini(&content);
}

static const enum entry_kind kinds[OP_COUNT] = {
    [OP_IDEA_WITHDRAW] = ENTRY_IDEA_WITHDRAW, [OP_IDEA_RELEASE] = ENTRY_IDEA_RELEASE,
    [OP_IDEA_HIDE] = ENTRY_IDEA_HIDE,         [OP_IDEA_MERGE] = ENTRY_IDEA_MERGE,
    [OP_IDEA_SPLIT] = ENTRY_IDEA_SPLIT,
};

void story_idea_act(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(kinds[request->op], visitor, &request->id);
    entry.as.idea_act.idea = request->as.idea_act.idea;
    entry.as.idea_act.into = request->as.idea_act.into;
    entry.as.idea_act.reason = request->as.idea_act.reason;
    if (story_settled(server, visitor, &entry, NULL)) {
        return;
    }
    struct hall_content note = {0};
    bool noted = request->op == OP_IDEA_HIDE && request->as.idea_act.note[0] != '\0';
    if (noted) {
        enum err err =
            hall_content_new(server->hall, NULL, request->as.idea_act.note, NULL, &note);
        if (err != ERR_OK) {
            reply_refused(server, visitor->conn, &request->id, err, 0, NULL);
            return;
        }
        entry.as.idea_act.note = note.ref;
    }
    struct reply *reply = reply_new(server, visitor, &request->id);
    if (reply != NULL) {
        reply->idea = entry.as.idea_act.idea;
        hall_submit(
            server->hall, visitor->event, &entry,
            (struct hall_docs){.items = &note.doc, .count = noted ? 1 : 0}, reply_outcome,
            reply);
    }
    hall_content_fini(&note);
}
