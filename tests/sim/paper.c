/* Ballots on paper: one desk enters them, another counts again. */
#include "ballot.h"
#include "phone.h"
#include "world.h"

#include <inttypes.h>
#include <stdio.h>

#define COUNT_MAX 6 /* of a pile: shares with many ballots weigh much */

static void enter(
    struct world *world, struct phone *phone, struct dice *dice, const struct poll *poll)
{
    struct buf members;
    size_t piles = 1 + dice_pick(dice, 3);
    buf_init(&members, FRAME_PAPER_BYTES_MAX);
    buf_printf(&members, ",\"poll\":\"%" PRId64 "\"", poll->id);
    if (poll->spec.shares.count > 0) {
        buf_printf(
            &members, ",\"share\":%zu", 1 + dice_pick(dice, poll->spec.shares.count));
    }
    buf_text(&members, ",\"piles\":[");
    for (size_t i = 0; i < piles; i++) {
        buf_printf(
            &members, "%s{\"count\":%zu,\"ballot\":", i > 0 ? "," : "",
            1 + dice_pick(dice, COUNT_MAX));
        ballot_draw(&members, poll, dice);
        buf_char(&members, '}');
    }
    buf_char(&members, ']');
    phone_ask(world, phone, dice, "paper.enter", buf_span(&members));
    buf_fini(&members);
}

/* Now and then with a wrong number, or one's own. */
static void
act_on_batch(struct world *world, struct phone *phone, struct dice *dice, bool confirm)
{
    char members[80];
    size_t id = 1 + dice_pick(dice, world->event->paper_count);
    const struct paper_batch *batch = event_paper(world->event, (int64_t)id);
    int64_t ballots = batch != NULL ? batch->ballots : 1;
    ballots += dice_chance(dice, 100) ? 1 : 0;
    int bytes = snprintf(members, sizeof members, ",\"batch\":\"%zu\"", id);
    if (confirm) {
        snprintf(
            members + bytes, sizeof members - (size_t)bytes, ",\"ballots\":%" PRId64,
            ballots);
    }
    phone_ask(
        world, phone, dice, confirm ? "paper.confirm" : "paper.drop",
        span_of_string(members));
}

static const struct poll *pick_poll(const struct world *world, struct dice *dice)
{
    const struct event *event = world->event;
    const struct poll *poll = NULL;
    for (int i = 0; i < 6 && (poll == NULL || poll->state != POLL_OPEN); i++) {
        poll = event_poll(event, 1 + (int64_t)dice_pick(dice, event->poll_count));
        if (poll != NULL && poll->state == POLL_CLOSED && dice_chance(dice, 600)) {
            return poll;
        }
    }
    return poll;
}

void desk_tend_paper(struct world *world, struct phone *phone, struct dice *dice)
{
    size_t die = dice_pick(dice, 100);
    const struct poll *poll = pick_poll(world, dice);
    if (die < 40 && poll != NULL) {
        enter(world, phone, dice, poll);
    } else if (die < 90) {
        act_on_batch(world, phone, dice, true);
    } else {
        act_on_batch(world, phone, dice, false);
    }
}
