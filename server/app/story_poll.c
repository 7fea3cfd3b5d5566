/* Polls: made, edited and moved through their states by moderators. */
#include "app/story.h"

void story_poll_text(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    bool fresh = request->op == OP_POLL_CREATE;
    struct entry entry =
        story_entry(fresh ? ENTRY_POLL_CREATE : ENTRY_POLL_EDIT, visitor, &request->id);
    entry.as.poll_text.poll = request->as.poll_text.poll;
    entry.as.poll_text.spec = request->as.poll_text.spec;
    entry.as.poll_text.spec.question = story_some_content;
    if (story_settled(server, visitor, &entry, fresh ? "poll" : NULL)) {
        return;
    }
    const char *lang = request->as.poll_text.lang;
    struct hall_content question;
    enum err err = hall_content_new(
        server->hall, lang[0] != '\0' ? lang : NULL, request->as.poll_text.question, NULL,
        &question);
    if (err != ERR_OK) {
        reply_refused(server, visitor->conn, &request->id, err, 0, NULL);
        return;
    }
    entry.as.poll_text.spec.question = question.ref;
    struct reply *reply = reply_new(server, visitor, &entry);
    if (reply != NULL) {
        reply->made_key = fresh ? "poll" : NULL;
        hall_submit(
            server->hall, visitor->event, &entry,
            (struct hall_docs){.items = &question.doc, .count = 1}, reply_outcome, reply);
    }
    hall_content_fini(&question);
}

static const enum entry_kind kinds[OP_COUNT] = {
    [OP_POLL_DROP] = ENTRY_POLL_DROP,       [OP_POLL_OPEN] = ENTRY_POLL_OPEN,
    [OP_POLL_CLOSE] = ENTRY_POLL_CLOSE,     [OP_POLL_REOPEN] = ENTRY_POLL_REOPEN,
    [OP_POLL_PUBLISH] = ENTRY_POLL_PUBLISH, [OP_POLL_UNPUBLISH] = ENTRY_POLL_UNPUBLISH,
    [OP_POLL_SEAL] = ENTRY_POLL_SEAL,       [OP_POLL_ANNUL] = ENTRY_POLL_ANNUL,
};

void story_poll_act(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(kinds[request->op], visitor, &request->id);
    entry.as.poll_act.poll = request->as.poll_act.poll;
    entry.as.poll_act.reason = request->as.poll_act.reason;
    story_submit(server, visitor, &entry, hall_no_docs(), NULL);
}
