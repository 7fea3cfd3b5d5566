/* Groups, topics and challenges at the desk, and what ideas have of them. */
#include "phone.h"
#include "world.h"

#include <inttypes.h>
#include <stdio.h>

#define LABELS_FEW 4

/* A label of this kind, if there is one; else, and now and then, any. */
static int64_t
pick_label(const struct event *event, enum label_kind kind, struct dice *dice)
{
    size_t start = dice_pick(dice, event->label_count);
    bool any = dice_chance(dice, 100);
    for (size_t i = 0; i < event->label_count && !any; i++) {
        const struct label *label = &event->labels[(start + i) % event->label_count];
        if (label->kind == kind && !label->dropped) {
            return label->id;
        }
    }
    return (int64_t)start + 1;
}

static void write_name(struct buf *out, const struct event *event, struct dice *dice)
{
    buf_printf(out, ",\"name\":\"Name %zu\"", dice_pick(dice, 30));
    if (dice_chance(dice, 200)) {
        buf_printf(
            out, ",\"challenge\":\"%" PRId64 "\"",
            pick_label(event, LABEL_CHALLENGE, dice));
    }
    if (dice_chance(dice, 100)) {
        buf_text(out, ",\"ticket_only\":true");
    }
}

static const char *
write_labelling(struct buf *out, const struct event *event, struct dice *dice)
{
    static const char *const kinds[] = {"group", "tag", "challenge"};
    size_t die = dice_pick(dice, 100);
    if (event->label_count < LABELS_FEW || die < 25) {
        buf_printf(out, ",\"kind\":\"%s\"", kinds[dice_pick(dice, 3)]);
        write_name(out, event, dice);
        return "label.add";
    }
    size_t label = 1 + dice_pick(dice, event->label_count);
    buf_printf(out, ",\"label\":\"%zu\"", label);
    if (die < 50) {
        write_name(out, event, dice);
        return "label.edit";
    }
    if (die < 75) {
        return "label.drop";
    }
    if (dice_chance(dice, 800)) {
        buf_printf(
            out, ",\"before\":\"%" PRId64 "\"",
            pick_label(event, event->labels[label - 1].kind, dice));
    }
    return "label.move";
}

static const char *
write_sorting(struct buf *out, const struct event *event, struct dice *dice)
{
    buf_printf(out, ",\"idea\":\"%zu\"", 1 + dice_pick(dice, event->idea_count));
    if (dice_chance(dice, 500)) {
        int64_t tag = dice_chance(dice, 800) ? pick_label(event, LABEL_TAG, dice) : 0;
        buf_text(out, ",\"tags\":[");
        if (tag != 0) {
            buf_printf(out, "\"%" PRId64 "\"", tag);
        }
        buf_char(out, ']');
        return "idea.tag";
    }
    if (dice_chance(dice, 800)) {
        buf_printf(
            out, ",\"challenge\":\"%" PRId64 "\"",
            pick_label(event, LABEL_CHALLENGE, dice));
    }
    return "idea.challenge";
}

void desk_tend_labels(struct world *world, struct phone *phone, struct dice *dice)
{
    struct buf members;
    buf_init(&members, FRAME_OTHER_BYTES_MAX);
    const char *op = dice_chance(dice, 600)
                         ? write_labelling(&members, world->event, dice)
                         : write_sorting(&members, world->event, dice);
    phone_ask(world, phone, dice, op, buf_span(&members));
    buf_fini(&members);
}

void phone_choose_group(struct world *world, struct phone *phone, struct dice *dice)
{
    char members[64];
    snprintf(
        members, sizeof members, ",\"group\":\"%" PRId64 "\"",
        pick_label(world->event, LABEL_GROUP, dice));
    phone_ask(world, phone, dice, "group", span_of_string(members));
}
