/* Ballots on paper and hands: entered by one moderator, confirmed by another. */
#include "app/story.h"

void story_paper_batch(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct entry entry = story_entry(ENTRY_PAPER_ENTER, visitor, &request->id);
    entry.as.paper_enter.poll = request->as.paper_enter.poll;
    entry.as.paper_enter.share = request->as.paper_enter.share;
    entry.as.paper_enter.paper = request->as.paper_enter.paper;
    story_submit(server, visitor, &entry, hall_no_docs(), "batch");
}

void story_paper_act(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    enum entry_kind kind =
        request->op == OP_PAPER_CONFIRM ? ENTRY_PAPER_CONFIRM : ENTRY_PAPER_DROP;
    struct entry entry = story_entry(kind, visitor, &request->id);
    entry.as.paper_act.batch = request->as.paper_act.batch;
    entry.as.paper_act.ballots = request->as.paper_act.ballots;
    story_submit(server, visitor, &entry, hall_no_docs(), NULL);
}
