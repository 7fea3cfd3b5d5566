/* People say that they are for an idea, and take it back. */
#include "app/story.h"

/* Saying so again is no error and no entry: a phone whose line broke does. But what is on
 * its way may be the opposite. */
static bool is_so(const struct visitor *visitor, const struct entry *entry)
{
    if (visitor->supporting > 0 || event_check(visitor->event, entry) != ERR_OK) {
        return false;
    }
    const struct idea *idea = event_idea(visitor->event, entry->as.idea_support.idea);
    bool supports = event_supports(visitor->event, idea, entry->actor);
    return supports == entry->as.idea_support.on;
}

static void on_outcome(void *ctx, const struct outcome *outcome)
{
    const struct reply *reply = ctx;
    struct visitor *visitor = visitor_of(reply->server, reply->conn);
    if (visitor != NULL && visitor->supporting > 0) {
        visitor->supporting--;
    }
    reply_outcome(ctx, outcome);
}

void story_support(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_IDEA_SUPPORT, visitor, &request->id);
    entry.as.idea_support.idea = request->as.support.idea;
    entry.as.idea_support.on = request->as.support.on;
    if (is_so(visitor, &entry)) {
        reply_done(server, visitor->conn, &request->id);
        return;
    }
    struct reply *reply = reply_new(server, visitor, &entry);
    if (reply != NULL) {
        visitor->supporting++;
        hall_submit(
            server->hall, visitor->event, &entry, hall_no_docs(), on_outcome, reply);
    }
}
