/* The polls: open one, let people vote, close, publish, let them look, and again. */
#include "app/demo.h"

#include "base/bounds.h"

#define COLLECT_MS   40000 /* before the first poll */
#define VOTE_MS      80000
#define VOTE_LAST_MS 65000  /* everybody has decided */
#define SHOW_MS      25000  /* a little longer after each poll … */
#define SHOW_MS_MAX  600000 /* … up to this: an event has POLLS_MAX polls */

static const struct demo_kind KINDS[] = {
    {"ranking", "ranked-pairs-wv",
     "Welche drei Ideen sollen als Erstes umgesetzt werden?", DEMO_POLL_OPTIONS, 3,
     false},
    {"approval", "approval",
     "Welche Ideen sollen wir weiterverfolgen? Alle, die gefallen.", DEMO_POLL_OPTIONS, 1,
     true},
    {"ranking", "irv", "Welche Idee bekommt die 20.000 Euro aus dem Stadtfonds?", 6, 3,
     false},
    {"yesno", "plurality", "Fangen wir damit noch in diesem Jahr an?", 1, 1, false},
    {"ranking", "schulze-wv", "Was soll die Stadt bis zum Sommer vorbereiten?",
     DEMO_POLL_OPTIONS, 3, true},
};

/* Draws the poll's ideas from those that are published. */
static bool draw_ideas(struct demo *demo, struct demo_poll *poll)
{
    size_t pool[DEMO_IDEAS];
    size_t count = 0;
    for (size_t i = 0; i < DEMO_IDEAS; i++) {
        if (demo->notes[i].state == NOTE_PUBLISHED) {
            pool[count++] = i;
        }
    }
    if (count < poll->kind->options) {
        return false;
    }
    for (poll->count = 0; poll->count < poll->kind->options; poll->count++) {
        size_t at = (size_t)demo_between(&demo->random, 0, (int64_t)count - 1);
        poll->ideas[poll->count] = pool[at];
        pool[at] = pool[--count];
    }
    return true;
}

static void
write_poll(const struct demo *demo, const struct demo_poll *poll, struct buf *out)
{
    const struct demo_kind *kind = poll->kind;
    buf_text(out, ",\"question\":");
    buf_json_string(out, span_of_string(kind->question));
    buf_printf(
        out, ",\"lang\":\"de\",\"form\":\"%s\",\"method\":\"%s\",\"seats\":1", kind->form,
        kind->method);
    buf_printf(
        out, ",\"ranks\":%d,\"ties\":false,\"live\":%s", kind->ranks,
        kind->live ? "true" : "false");
    buf_text(out, ",\"publication\":\"ballots\",\"options\":[");
    for (size_t i = 0; i < poll->count; i++) {
        long long id = (long long)demo->notes[poll->ideas[i]].id;
        buf_printf(out, "%s\"%lld\"", i > 0 ? "," : "", id);
    }
    buf_char(out, ']');
}

void demo_polls_invite(struct demo *demo, struct demo_person *person)
{
    int64_t roll = demo_between(&demo->random, 0, 1000);
    int64_t wait_ms = 2000 + roll * roll * VOTE_LAST_MS / 1000000; /* most decide soon */
    person->vote_ms = demo->act == ACT_VOTE ? demo_now_ms(demo) + wait_ms : 0;
}

static enum err open_poll(struct demo *demo)
{
    struct demo_poll poll = {
        .kind = &KINDS[demo->rounds % (int64_t)(sizeof KINDS / sizeof KINDS[0])]};
    if (!draw_ideas(demo, &poll)) {
        return ERR_OK; /* more must be released first */
    }
    struct buf members;
    buf_init(&members, FRAME_OTHER_BYTES_MAX);
    write_poll(demo, &poll, &members);
    enum err err =
        desk_make(demo->desk, "poll.create", buf_span(&members), "poll", &poll.id);
    buf_fini(&members);
    if (err == ERR_OK) {
        err = desk_do_to(demo->desk, "poll.open", "poll", poll.id);
    }
    if (err != ERR_OK) {
        return err;
    }
    demo->poll = poll;
    demo->act = ACT_VOTE;
    demo->act_ends_ms = demo_now_ms(demo) + VOTE_MS;
    for (size_t i = 0; i < demo->joined; i++) {
        demo->people[i].counter = 0;
        demo_polls_invite(demo, &demo->people[i]);
    }
    return ERR_OK;
}

static enum err close_poll(struct demo *demo)
{
    enum err err = desk_do_to(demo->desk, "poll.close", "poll", demo->poll.id);
    if (err == ERR_OK) {
        err = desk_do_to(demo->desk, "poll.publish", "poll", demo->poll.id);
    }
    demo->rounds++;
    int64_t show_ms = SHOW_MS * demo->rounds;
    demo->act = ACT_SHOW;
    demo->act_ends_ms =
        demo_now_ms(demo) + (show_ms < SHOW_MS_MAX ? show_ms : SHOW_MS_MAX);
    return err;
}

enum err demo_polls_step(struct demo *demo)
{
    int64_t now_ms = demo_now_ms(demo);
    if (demo->act == ACT_COLLECT && demo->act_ends_ms == 0) {
        demo->act_ends_ms = COLLECT_MS;
    }
    if (now_ms < demo->act_ends_ms) {
        return ERR_OK;
    }
    switch (demo->act) {
    case ACT_COLLECT:
    case ACT_SHOW:
        return open_poll(demo);
    case ACT_VOTE:
        return close_poll(demo);
    }
    return ERR_OK;
}
