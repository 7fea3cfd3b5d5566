/* What became of an idea: a moderator says it, with a department, a day and words. */
#include "app/story.h"

static const char *text_or_null(const char *text)
{
    return text[0] != '\0' ? text : NULL;
}

/* The fold knows content only, and a department is no reason. */
static bool lacks_reason(const struct request *request)
{
    return request->as.idea_follow.state == FOLLOW_STOPPED &&
           request->as.idea_follow.note[0] == '\0';
}

static enum err make_content(
    struct server *server, const struct request *request, struct hall_content *content)
{
    return hall_content_new(
        server->hall, text_or_null(request->as.idea_follow.lang),
        text_or_null(request->as.idea_follow.department),
        text_or_null(request->as.idea_follow.note), content);
}

void story_follow(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_IDEA_FOLLOW, visitor, &request->id);
    bool worded = request->as.idea_follow.department[0] != '\0' ||
                  request->as.idea_follow.note[0] != '\0';
    entry.as.idea_follow.idea = request->as.idea_follow.idea;
    entry.as.idea_follow.state = request->as.idea_follow.state;
    entry.as.idea_follow.next = request->as.idea_follow.next;
    entry.as.idea_follow.content =
        worded && !lacks_reason(request) ? story_some_content : (struct content_ref){0};
    if (story_settled(server, visitor, &entry, NULL)) {
        return;
    }
    struct hall_content content = {0};
    if (worded) {
        enum err err = make_content(server, request, &content);
        if (err != ERR_OK) {
            reply_refused(server, visitor->conn, &request->id, err, 0, NULL);
            return;
        }
        entry.as.idea_follow.content = content.ref;
    }
    struct reply *reply = reply_new(server, visitor, &entry);
    if (reply != NULL) {
        hall_submit(
            server->hall, visitor->event, &entry,
            (struct hall_docs){.items = &content.doc, .count = worded ? 1 : 0},
            reply_outcome, reply);
    }
    hall_content_fini(&content);
}
