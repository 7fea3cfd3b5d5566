/* Polls as chance has it: whatever a moderator can make of the published ideas. */
#include "check.h"
#include "domain/event.h"
#include "phone.h"
#include "stimmwerk/tally.h"

#include <inttypes.h>

/* A form, and which of libtally's methods count it; NULL: all of that form do. */
struct kind {
    const char *form;
    enum tally_form counts;
    const char *method;
};

static const struct kind kinds[] = {
    {"ranking", TALLY_RANKING, NULL},   {"ranking", TALLY_RANKING, NULL},
    {"approval", TALLY_APPROVAL, NULL}, {"yesno", TALLY_RANKING, "plurality"},
    {"score", TALLY_SCORE, NULL},       {"dots", TALLY_SCORE, "score"},
};

/* Now and then one that the server refuses for a poll. */
static const struct tally_method *draw_method(const struct kind *kind, struct dice *dice)
{
    const struct tally_method *fitting[64];
    size_t count = 0;
    if (kind->method != NULL) {
        return tally_method_find(kind->method);
    }
    for (size_t i = 0; tally_method_at(i) != NULL && count < 64; i++) {
        if (tally_method_form(tally_method_at(i)) == kind->counts) {
            fitting[count++] = tally_method_at(i);
        }
    }
    return fitting[dice_pick(dice, count)];
}

/* The first group that only tickets lead to; 0: none. */
static int64_t jury_of(const struct event *event)
{
    for (size_t i = 0; i < event->label_count; i++) {
        const struct label *label = &event->labels[i];
        if (label->kind == LABEL_GROUP && label->ticket_only && !label->dropped) {
            return label->id;
        }
    }
    return 0;
}

static void write_options(struct buf *out, const struct event *event, struct dice *dice)
{
    const char *comma = "";
    size_t count = 0;
    size_t most = dice_chance(dice, 500) ? 5 : CHECK_MARKS_MAX;
    for (size_t i = 0; i < event->idea_count && count < most; i++) {
        const struct idea *idea = &event->ideas[i];
        if (idea->state == IDEA_PUBLISHED && dice_chance(dice, 800)) {
            buf_printf(out, "%s\"%" PRId64 "\"", comma, idea->id);
            comma = ",";
            count++;
        }
    }
}

static void write_form(struct buf *out, const struct kind *kind, struct dice *dice)
{
    const struct tally_method *method = draw_method(kind, dice);
    bool several = tally_method_multi(method) || dice_chance(dice, 100);
    size_t seats = several && kind->method == NULL ? 1 + dice_pick(dice, 3) : 1;
    bool ties = strcmp(kind->form, "ranking") == 0 && dice_chance(dice, 300);
    buf_printf(
        out, ",\"form\":\"%s\",\"method\":\"%s\",\"seats\":%zu,\"ranks\":%zu,\"ties\":%s",
        kind->form, tally_method_name(method), seats,
        dice_chance(dice, 500) ? 1 + dice_pick(dice, 3) : CHECK_MARKS_MAX,
        ties ? "true" : "false");
    if (strcmp(kind->form, "dots") == 0) {
        buf_printf(out, ",\"dots\":%zu", 1 + dice_pick(dice, DOTS_MAX));
    }
}

static void write_shares(struct buf *out, int64_t jury, struct dice *dice)
{
    size_t percent = 1 + dice_pick(dice, 99);
    buf_printf(
        out,
        ",\"shares\":[{\"group\":\"%" PRId64 "\",\"percent\":%zu},{\"percent\":%zu}]",
        jury, percent, 100 - percent);
}

static const char *draw_publication(bool live, struct dice *dice)
{
    return live || dice_chance(dice, 300) ? "ballots"
           : dice_chance(dice, 300)       ? "order"
                                          : "statistics";
}

void poll_draw(struct buf *members, const struct event *event, struct dice *dice)
{
    const struct kind *kind = &kinds[dice_pick(dice, sizeof kinds / sizeof *kinds)];
    bool yesno = strcmp(kind->form, "yesno") == 0;
    bool shares = dice_chance(dice, 350) && jury_of(event) != 0;
    bool live = !shares && dice_chance(dice, 300);
    buf_text(members, ",\"question\":\"Was?\",\"lang\":\"de\"");
    write_form(members, kind, dice);
    buf_printf(
        members, ",\"live\":%s,\"publication\":\"%s\"", live ? "true" : "false",
        draw_publication(live, dice));
    if (shares) {
        write_shares(members, jury_of(event), dice);
    }
    if (!yesno && dice_chance(dice, 300)) {
        buf_text(members, ",\"no_own\":true");
    }
    if (dice_chance(dice, 150)) {
        buf_text(members, ",\"no_late\":true");
    }
    buf_text(members, ",\"options\":[");
    if (!yesno) {
        write_options(members, event, dice);
    }
    buf_char(members, ']');
}
