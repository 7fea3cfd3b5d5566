/* What people and desks do with ideas: before, in and after the hall. */
#include "phone.h"
#include "world.h"

#include <inttypes.h>
#include <stdio.h>

/* ---- people ---- */

static void ask_about(
    struct world *world, struct phone *phone, struct dice *dice, const char *op,
    const char *more)
{
    char members[96];
    size_t idea = 1 + dice_pick(dice, world->event->idea_count);
    snprintf(members, sizeof members, ",\"idea\":\"%zu\"%s", idea, more);
    phone_ask(world, phone, dice, op, span_of_string(members));
}

/* Its words, and perhaps a picture, topics, and the challenge that it answers. */
static void write_idea(
    struct buf *out, const struct event *event, struct phone *phone, struct dice *dice)
{
    buf_printf(
        out, ",\"title\":\"Idee %zu\",\"text\":\"\",\"lang\":\"de\"",
        dice_pick(dice, 100000));
    if (dice_chance(dice, 200)) {
        buf_printf(out, ",\"tags\":[\"%zu\"]", 1 + dice_pick(dice, event->label_count));
    }
    if (dice_chance(dice, 300)) {
        buf_printf(
            out, ",\"challenge\":\"%zu\"", dice_pick(dice, event->label_count + 1));
    }
    if (dice_chance(dice, 200)) {
        buf_text(
            out, dice_chance(dice, 800) ? ",\"drawing\":\"a2M120 40l5 6\""
                                        : ",\"drawing\":\"\"");
    } else if (phone->photo[0] != '\0') {
        buf_printf(out, ",\"photo\":\"%s\"", phone->photo);
        phone->photo[0] = '\0';
    }
}

static void submit(struct world *world, struct phone *phone, struct dice *dice)
{
    struct buf members;
    if (phone->photo[0] == '\0' && dice_chance(dice, 600)) {
        phone_send_photo(world, phone, dice);
        return;
    }
    buf_init(&members, FRAME_IDEA_BYTES_MAX);
    write_idea(&members, world->event, phone, dice);
    phone_ask(world, phone, dice, "idea.submit", buf_span(&members));
    buf_fini(&members);
}

/* One's own, the newest first; a desk's: any; and now and then one that is not. */
static int64_t
pick_to_edit(const struct event *event, const struct phone *phone, struct dice *dice)
{
    size_t any = dice_pick(dice, event->idea_count);
    for (size_t i = event->idea_count; i > 0 && !phone->desk; i--) {
        const struct idea *idea = &event->ideas[i - 1];
        if (idea->author == phone->person && dice_chance(dice, 700)) {
            return idea->id;
        }
    }
    return (int64_t)any + 1;
}

static void edit(struct world *world, struct phone *phone, struct dice *dice)
{
    struct buf members;
    buf_init(&members, FRAME_IDEA_BYTES_MAX);
    buf_printf(
        &members, ",\"idea\":\"%" PRId64 "\"", pick_to_edit(world->event, phone, dice));
    write_idea(&members, world->event, phone, dice);
    phone_ask(world, phone, dice, "idea.edit", buf_span(&members));
    buf_fini(&members);
}

static void withdraw(struct world *world, struct phone *phone, struct dice *dice)
{
    char members[48];
    snprintf(
        members, sizeof members, ",\"idea\":\"%" PRId64 "\"",
        pick_to_edit(world->event, phone, dice));
    phone_ask(world, phone, dice, "idea.withdraw", span_of_string(members));
}

void idea_act(struct world *world, struct phone *phone, struct dice *dice)
{
    static const char *const reasons[] = {
        ",\"reason\":\"offensive\"", ",\"reason\":\"personal-data\"",
        ",\"reason\":\"off-topic\"", ",\"reason\":\"other\""};
    size_t die = dice_pick(dice, 100);
    if (die < 40 || world->event->idea_count == 0) {
        submit(world, phone, dice);
    } else if (die < 55) {
        edit(world, phone, dice);
    } else if (die < 70) {
        ask_about(
            world, phone, dice, "support",
            dice_chance(dice, 700) ? ",\"on\":true" : ",\"on\":false");
    } else if (die < 82) {
        withdraw(world, phone, dice);
    } else {
        ask_about(world, phone, dice, "report", reasons[dice_pick(dice, 4)]);
    }
}

/* ---- desks ---- */

/* An idea in this state, if there is one; else, and now and then, any. */
static int64_t
pick_idea(const struct event *event, enum idea_state state, struct dice *dice)
{
    size_t start = dice_pick(dice, event->idea_count);
    bool any = dice_chance(dice, 100);
    for (size_t i = 0; i < event->idea_count && !any; i++) {
        const struct idea *idea = &event->ideas[(start + i) % event->idea_count];
        if (idea->state == state) {
            return idea->id;
        }
    }
    return (int64_t)start + 1;
}

static void sort_ideas(struct world *world, struct phone *phone, struct dice *dice)
{
    static const char *const ops[] = {
        "idea.release", "idea.release", "idea.hide", "idea.merge", "idea.split"};

    const enum idea_state states[] = {
        IDEA_PENDING, IDEA_HIDDEN, IDEA_PUBLISHED,
        dice_chance(dice, 500) ? IDEA_PENDING : IDEA_PUBLISHED, IDEA_MERGED};

    size_t op = dice_pick(dice, sizeof ops / sizeof *ops);
    size_t count = world->event->idea_count;
    char members[96];
    int bytes = snprintf(
        members, sizeof members, ",\"idea\":\"%" PRId64 "\"",
        pick_idea(world->event, states[op], dice));
    if (op == 2) {
        snprintf(
            members + bytes, sizeof members - (size_t)bytes, ",\"reason\":\"other\"");
    } else if (op == 3) {
        snprintf(
            members + bytes, sizeof members - (size_t)bytes, ",\"into\":\"%zu\"",
            1 + dice_pick(dice, count));
    }
    phone_ask(world, phone, dice, ops[op], span_of_string(members));
}

static void follow(struct world *world, struct phone *phone, struct dice *dice)
{
    static const char *const states[] = {"idea",      "prototype", "pilot",
                                         "permanent", "transfer",  "stopped"};
    char members[160];
    size_t state = dice_pick(dice, 6);
    snprintf(
        members, sizeof members,
        ",\"idea\":\"%" PRId64 "\",\"state\":\"%s\",\"department\":\"Amt\"%s%s",
        pick_idea(world->event, IDEA_PUBLISHED, dice), states[state],
        state == 5 ? ",\"note\":\"Kein Geld\"" : "",
        dice_chance(dice, 500) ? ",\"next\":\"2027-03-01\"" : "");
    phone_ask(world, phone, dice, "idea.follow", span_of_string(members));
}

static void name_team(struct world *world, struct phone *phone, struct dice *dice)
{
    char team[40] = "";
    if (dice_chance(dice, 700)) {
        snprintf(
            team, sizeof team, ",\"team\":\"%zu\"",
            1 + dice_pick(dice, world->event->label_count + 1));
    }
    ask_about(world, phone, dice, "idea.team", team);
}

/* Mostly the author of an idea who can be put out, or let in again. */
static void ban(struct world *world, struct phone *phone, struct dice *dice)
{
    const struct event *event = world->event;
    bool back = event->banned > 0 && dice_chance(dice, 500);
    size_t start = dice_pick(dice, event->idea_count);
    int64_t idea = (int64_t)start + 1;
    for (size_t i = 0; i < event->idea_count; i++) {
        const struct idea *one = &event->ideas[(start + i) % event->idea_count];
        const struct participant *author = event_participant(event, one->author);
        if (author->role == ROLE_PARTICIPANT && (author->ban.pos != 0) == back) {
            idea = one->id;
            break;
        }
    }
    char members[64];
    snprintf(
        members, sizeof members, ",\"idea\":\"%" PRId64 "\",\"banned\":%s", idea,
        back ? "false" : "true");
    phone_ask(world, phone, dice, "person.ban", span_of_string(members));
}

void desk_tend_ideas(struct world *world, struct phone *phone, struct dice *dice)
{
    size_t die = dice_pick(dice, 100);
    if (die < 55) {
        sort_ideas(world, phone, dice);
    } else if (die < 63) {
        edit(world, phone, dice);
    } else if (die < 72) {
        ban(world, phone, dice);
    } else if (die < 80) {
        follow(world, phone, dice);
    } else if (die < 90) {
        name_team(world, phone, dice);
    } else {
        ask_about(world, phone, dice, "idea.clear", "");
    }
}
