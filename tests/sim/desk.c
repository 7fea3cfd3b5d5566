/* What moderators do. */
#include "domain/undo.h"
#include "phone.h"
#include "world.h"

#include <inttypes.h>
#include <stdio.h>

#define DESK_POLLS_MAX 24

void desk_make_poll(struct world *world, struct phone *phone, struct dice *dice)
{
    struct buf members;
    buf_init(&members, FRAME_OTHER_BYTES_MAX);
    poll_draw(&members, world->event, dice);
    phone_ask(world, phone, dice, "poll.create", buf_span(&members));
    buf_fini(&members);
}

static void edit_poll(
    struct world *world, struct phone *phone, struct dice *dice, const struct poll *poll)
{
    struct buf members;
    buf_init(&members, FRAME_OTHER_BYTES_MAX);
    buf_printf(&members, ",\"poll\":\"%" PRId64 "\"", poll->id);
    poll_draw(&members, world->event, dice);
    phone_ask(world, phone, dice, "poll.edit", buf_span(&members));
    buf_fini(&members);
}

/* What is most likely next for a poll in this state, and now and then anything. */
static const char *poll_op(const struct poll *poll, struct dice *dice)
{
    static const char *const any[] = {"poll.open",    "poll.close",     "poll.reopen",
                                      "poll.publish", "poll.unpublish", "poll.seal",
                                      "poll.annul",   "poll.drop"};
    static const char *const closed[] = {
        "poll.reopen", "poll.reopen", "poll.publish", "poll.unpublish", "poll.seal"};
    if (dice_chance(dice, 150)) {
        return any[dice_pick(dice, sizeof any / sizeof *any)];
    }
    switch (poll->state) {
    case POLL_DRAFT:
        return "poll.open";
    case POLL_OPEN:
        return "poll.close";
    case POLL_CLOSED:
        return closed[dice_pick(dice, sizeof closed / sizeof *closed)];
    case POLL_SEALED:
    case POLL_STATE_COUNT:
        break;
    }
    return "poll.publish";
}

static void move_poll(struct world *world, struct phone *phone, struct dice *dice)
{
    char members[64];
    size_t count = world->event->poll_count;
    const struct poll *poll =
        event_poll(world->event, (int64_t)dice_pick(dice, count) + 1);
    if (poll == NULL) {
        return;
    }
    if (dice_chance(dice, poll->state == POLL_DRAFT ? 250 : 20)) {
        edit_poll(world, phone, dice, poll);
        return;
    }
    const char *op = poll_op(poll, dice);
    if (poll->state == POLL_OPEN && dice_chance(dice, 200)) {
        snprintf(
            members, sizeof members, ",\"poll\":\"%" PRId64 "\",\"in_ms\":%zu", poll->id,
            dice_pick(dice, 3) * 1000);
        phone_ask(world, phone, dice, "poll.countdown", span_of_string(members));
        return;
    }
    bool reason = strcmp(op, "poll.reopen") == 0 || strcmp(op, "poll.annul") == 0;
    snprintf(
        members, sizeof members, ",\"poll\":\"%" PRId64 "\"%s", poll->id,
        reason ? ",\"reason\":\"mistake\"" : "");
    phone_ask(world, phone, dice, op, span_of_string(members));
}

static void write_phases(struct buf *out, const struct event *event, struct dice *dice)
{
    static const char *const kinds[] = {"call", "collect", "merge", "award"};
    buf_text(out, ",\"phases\":[");
    for (size_t i = 0; i < 3; i++) {
        buf_text(out, i > 0 ? ",{" : "{");
        if (i < event->agenda.count && dice_chance(dice, 700)) {
            const struct phase *phase = &event->agenda.phases[i];
            buf_printf(
                out, "\"phase\":\"%" PRId64 "\",\"is\":\"%s\"", phase->id,
                phase_kind_name(phase->kind));
        } else {
            buf_printf(out, "\"is\":\"%s\"", kinds[dice_pick(dice, 4)]);
        }
        buf_printf(out, ",\"minutes\":%zu}", dice_pick(dice, 3));
    }
    buf_char(out, ']');
}

static void move_agenda(struct world *world, struct phone *phone, struct dice *dice)
{
    const struct event *event = world->event;
    struct buf members;
    buf_init(&members, FRAME_OTHER_BYTES_MAX);
    const char *op = "agenda.set";
    if (event->agenda.count == 0 || dice_chance(dice, 60)) {
        write_phases(&members, event, dice);
    } else if (dice_chance(dice, 500)) {
        size_t at = dice_pick(dice, event->agenda.count);
        op = "phase.start";
        buf_printf(&members, ",\"phase\":\"%" PRId64 "\"", event->agenda.phases[at].id);
    } else {
        op = "timer.set";
        buf_printf(
            &members, ",\"running\":%s,\"add_ms\":%d",
            dice_chance(dice, 700) ? "true" : "false",
            dice_chance(dice, 500) ? 60000 : 0);
    }
    phone_ask(world, phone, dice, op, buf_span(&members));
    buf_fini(&members);
}

/* One of the last acts, whosever it was; now and then one that is no act. */
static void take_back(struct world *world, struct phone *phone, struct dice *dice)
{
    char members[48];
    size_t count = act_count(world->event);
    size_t back = dice_pick(dice, 5);
    int64_t pos =
        count > back ? act_at(world->event, count - 1 - back)->pos : world->event->pos;
    snprintf(members, sizeof members, ",\"pos\":%" PRId64, pos);
    phone_ask(world, phone, dice, "undo", span_of_string(members));
}

void desk_act(struct world *world, struct phone *phone, struct dice *dice)
{
    size_t die = dice_pick(dice, 100);
    if (die < 13 && world->event->poll_count < DESK_POLLS_MAX) {
        desk_make_poll(world, phone, dice);
    } else if (die < 22) {
        take_back(world, phone, dice);
    } else if (die < 52) {
        move_poll(world, phone, dice);
    } else if (die < 61) {
        desk_tend_paper(world, phone, dice);
    } else if (die < 66) {
        desk_tend_cards(world, phone, dice);
    } else if (die < 69) {
        desk_tend_places(world, phone, dice);
    } else if (die < 82) {
        desk_tend_ideas(world, phone, dice);
    } else if (die < 91) {
        desk_tend_labels(world, phone, dice);
    } else if (die < 94) {
        desk_tend_settings(world, phone, dice);
    } else if (die < 98) {
        move_agenda(world, phone, dice);
    } else {
        bool open = dice_chance(dice, 700);
        phone_ask(
            world, phone, dice, "call",
            span_of_string(open ? ",\"open\":true" : ",\"open\":false"));
    }
}
