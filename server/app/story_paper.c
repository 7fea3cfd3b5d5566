/* Ballots on paper and hands: entered by one moderator, confirmed by another. */
#include "app/story.h"

static void submit(
    struct server *server, struct visitor *visitor, struct entry *entry,
    const char *made_key)
{
    struct reply *reply = reply_new(server, visitor, &entry->command);
    if (reply != NULL) {
        reply->made_key = made_key;
        hall_submit(
            server->hall, visitor->event, entry, hall_no_docs(), reply_outcome, reply);
    }
}

void story_paper_batch(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_PAPER_ENTER, visitor, &request->id);
    entry.as.paper_enter.poll = request->as.paper_enter.poll;
    entry.as.paper_enter.paper = request->as.paper_enter.paper;
    submit(server, visitor, &entry, "batch");
}

void story_paper_act(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    enum entry_kind kind =
        request->op == OP_PAPER_CONFIRM ? ENTRY_PAPER_CONFIRM : ENTRY_PAPER_DROP;
    struct entry entry = story_entry(kind, visitor, &request->id);
    entry.as.paper_act.batch = request->as.paper_act.batch;
    entry.as.paper_act.ballots = request->as.paper_act.ballots;
    submit(server, visitor, &entry, NULL);
}
