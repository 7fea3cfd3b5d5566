/* What the hall believes, beside the model of the log. */
#include "check.h"
#include "world.h"

#include <inttypes.h>

static void check_poll(struct world *world, const struct poll *live)
{
    const struct check_poll *poll = &world->check.polls[live->id - 1];
    if ((size_t)live->voted != poll->voted) {
        world_fail(
            world, "poll %" PRId64 ": %" PRId64 " have voted, the log says %zu", live->id,
            live->voted, poll->voted);
    }
    check_paper(world, live);
    if (live->state == POLL_SEALED) {
        return;
    }
    for (size_t i = 0; i < live->ballot_count; i++) {
        const struct kept_ballot *kept = &live->ballots[i];
        uint32_t best = 0;
        bool known = map_get(&poll->best, &kept->slot, &best);
        bool must = known && uid_equal(&poll->casts[best].id, &kept->id);
        if (kept->counts != must) {
            world_fail(
                world, "poll %" PRId64 ": a ballot %s", live->id,
                must ? "does not count that must" : "counts that must not");
        }
    }
}

void check_live(struct world *world)
{
    const struct event *event = world->event;
    if (event == NULL) {
        return;
    }
    if (event->pos != world->check.history_pos) {
        world_fail(
            world, "the hall stands at %" PRId64 ", the log at %" PRId64, event->pos,
            world->check.history_pos);
    }
    for (size_t i = 0; i < event->poll_count && i < CHECK_POLLS_MAX; i++) {
        check_poll(world, event->polls[i]);
    }
    if (store_backlog(hall_store(world->server->hall)) > STORE_RING_SLOTS) {
        world_fail(world, "the store's ring has no bound");
    }
}
