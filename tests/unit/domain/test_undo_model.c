/* Any sequence of acts, ballots and undos against a model that knows nothing of how the
 * fold undoes: of each act it keeps what its thing looked like before, and of each thing
 * the acts that stand; of each voter the last ballot that was taken. */
#include "chance.h"
#include "undo_look.h"

#include <stdlib.h>

#define SEEDS  40
#define STEPS  500
#define PEOPLE 6
#define POLLS  5
#define IDEAS  10

/* ---- the model ---- */

struct modelled_act {
    int64_t pos; /* 0: somebody's who is no moderator, or of a kind that is not undone */
    struct thing thing;
    bool makes;
    bool stands;
    int64_t with;      /* of the ban that hid this idea; 0: not so */
    struct buf before; /* of what it made: empty */
};

struct model {
    struct kit kit;
    struct modelled_act acts[8 * STEPS];
    size_t act_count;
    uint32_t counters[POLLS][PEOPLE]; /* of the last ballot taken; 0: none */
    struct entry history[STEPS + 64];
    size_t history_count;

    struct {
        int64_t poll;
        struct entry entry;
    } lanes[4 * STEPS];

    size_t lane_count;
    int64_t undone;
    int64_t refused;
};

static struct outcome tell(struct model *model, const struct entry *entry)
{
    model->history[model->history_count++] = *entry;
    return apply(&model->kit, entry);
}

static struct outcome
tell_lane(struct model *model, int64_t poll, const struct entry *entry)
{
    model->lanes[model->lane_count].poll = poll;
    model->lanes[model->lane_count++].entry = *entry;
    return apply_lane(&model->kit, poll, entry);
}

static struct thing thing_of(
    const struct event *event, const struct entry *entry, const struct outcome *outcome)
{
    struct thing thing = {.is = act_thing(entry->kind), .id = outcome->id};
    if (thing.id != 0) {
        return thing;
    }
    if (thing.is == ACT_IDEA) {
        bool text = entry->kind == ENTRY_IDEA_EDIT;
        thing.id = text ? entry->as.idea_text.idea : entry->as.idea_act.idea;
        thing.id = entry->kind == ENTRY_IDEA_TAG ? entry->as.idea_tag.idea : thing.id;
        thing.id = entry->kind == ENTRY_IDEA_TEAM ? entry->as.idea_team.idea : thing.id;
        thing.id = entry->kind == ENTRY_IDEA_CHALLENGE ? entry->as.idea_challenge.idea
                                                       : thing.id;
        thing.id =
            entry->kind == ENTRY_IDEA_FOLLOW ? entry->as.idea_follow.idea : thing.id;
    } else if (thing.is == ACT_LABEL) {
        thing.id = entry->as.label.label;
    } else if (thing.is == ACT_POLL) {
        thing.id = entry->kind == ENTRY_POLL_EDIT ? entry->as.poll_text.poll
                                                  : entry->as.poll_act.poll;
    } else if (thing.is == ACT_PAPER) {
        thing.id = entry->as.paper_act.batch;
    } else if (thing.is == ACT_PERSON) {
        thing.id = event_idea(event, entry->as.person_ban.idea)->author;
    }
    return thing;
}

static bool makes(enum entry_kind kind)
{
    return kind == ENTRY_IDEA_SUBMIT || kind == ENTRY_LABEL_ADD ||
           kind == ENTRY_POLL_CREATE || kind == ENTRY_PAPER_ENTER;
}

/* The last act on a thing that stands; NULL: none. */
static struct modelled_act *last_on(struct model *model, struct thing thing)
{
    for (size_t i = model->act_count; i > 0; i--) {
        struct modelled_act *act = &model->acts[i - 1];
        if (act->stands && act->thing.is == thing.is && act->thing.id == thing.id) {
            return act;
        }
    }
    return NULL;
}

/* ---- acts ---- */

static int64_t any_idea(const struct model *model)
{
    return 1 + below((int64_t)model->kit.event.idea_count);
}

static int64_t any_poll(const struct model *model)
{
    return 1 + below((int64_t)model->kit.event.poll_count);
}

static struct poll_spec any_spec(struct model *model)
{
    struct poll_spec spec = spec_of(&model->kit, 0);
    spec.option_count = 2;
    spec.options[0] = any_idea(model);
    spec.options[1] = any_idea(model);
    spec.no_own = below(2) != 0;
    return spec;
}

static enum entry_kind any_kind(const struct model *model)
{
    static const enum entry_kind kinds[] = {
        ENTRY_EVENT_CALL,     ENTRY_EVENT_SET,     ENTRY_IDEA_EDIT,
        ENTRY_IDEA_RELEASE,   ENTRY_IDEA_RELEASE,  ENTRY_IDEA_RELEASE,
        ENTRY_IDEA_HIDE,      ENTRY_IDEA_MERGE,    ENTRY_IDEA_SPLIT,
        ENTRY_IDEA_TAG,       ENTRY_IDEA_WITHDRAW, ENTRY_LABEL_ADD,
        ENTRY_LABEL_EDIT,     ENTRY_LABEL_DROP,    ENTRY_LABEL_MOVE,
        ENTRY_POLL_CREATE,    ENTRY_POLL_EDIT,     ENTRY_POLL_DROP,
        ENTRY_POLL_OPEN,      ENTRY_POLL_OPEN,     ENTRY_POLL_CLOSE,
        ENTRY_POLL_CLOSE,     ENTRY_POLL_REOPEN,   ENTRY_POLL_PUBLISH,
        ENTRY_POLL_UNPUBLISH, ENTRY_POLL_ANNUL,    ENTRY_PERSON_GROUP,
        ENTRY_POLL_PUBLISH,   ENTRY_IDEA_SUBMIT,   ENTRY_POLL_SEAL,
        ENTRY_PAPER_ENTER,    ENTRY_PAPER_CONFIRM, ENTRY_PAPER_DROP,
        ENTRY_PAPER_CONFIRM,  ENTRY_IDEA_TEAM,     ENTRY_IDEA_FOLLOW,
        ENTRY_IDEA_FOLLOW,    ENTRY_EVENT_WORDS,   ENTRY_IDEA_CHALLENGE,
        ENTRY_EVENT_WIFI,     ENTRY_PERSON_BAN,    ENTRY_PERSON_BAN,
        ENTRY_PERSON_BAN,
    };
    enum entry_kind kind = kinds[below(sizeof kinds / sizeof *kinds)];
    bool full = (kind == ENTRY_POLL_CREATE && model->kit.event.poll_count >= POLLS) ||
                (kind == ENTRY_IDEA_SUBMIT && model->kit.event.idea_count >= IDEAS) ||
                (kind == ENTRY_POLL_SEAL && below(6) != 0);
    return full ? ENTRY_EVENT_CALL : kind;
}

static void fill(struct model *model, struct entry *entry)
{
    int64_t label = 1 + below((int64_t)model->kit.event.label_count + 1);
    switch (act_thing(entry->kind)) {
    case ACT_CALL:
        entry->as.event_call.open = below(2) != 0;
        break;
    case ACT_SETTINGS:
        entry->as.event_set.nicknames = below(2) != 0;
        entry->as.event_set.support = (enum support)below(SUPPORT_COUNT);
        break;
    case ACT_WIFI:
        entry->as.event_wifi.content = content_of(model->kit.next);
        entry->as.event_wifi.shown = below(2) != 0;
        break;
    case ACT_WORDS:
        entry->as.event_words = content_of(model->kit.next);
        break;
    case ACT_LABEL:
        entry->as.label.label = entry->kind == ENTRY_LABEL_ADD ? 0 : label;
        entry->as.label.kind = (enum label_kind)below(LABEL_KIND_COUNT);
        entry->as.label.before = below((int64_t)model->kit.event.label_count + 2);
        entry->as.label.name = content_of(model->kit.next);
        entry->as.label.ticket_only =
            entry->as.label.kind == LABEL_GROUP && below(3) == 0;
        entry->as.label.challenge = below(3) == 0 ? label : 0;
        break;
    case ACT_IDEA:
        if (entry->kind == ENTRY_IDEA_FOLLOW) {
            entry->as.idea_follow.idea = any_idea(model);
            entry->as.idea_follow.state = (enum follow_state)below(FOLLOW_STATE_COUNT);
            entry->as.idea_follow.content = content_of(model->kit.next);
        } else if (entry->kind == ENTRY_IDEA_TAG) {
            entry->as.idea_tag.idea = any_idea(model);
            entry->as.idea_tag.tags =
                (struct tag_list){.given = true, .count = 1, .labels = {label}};
        } else if (entry->kind == ENTRY_IDEA_CHALLENGE) {
            entry->as.idea_challenge.idea = any_idea(model);
            entry->as.idea_challenge.challenge = below(3) != 0 ? label : 0;
        } else if (entry->kind == ENTRY_IDEA_TEAM) {
            entry->as.idea_team.idea = any_idea(model);
            entry->as.idea_team.group = below(2) != 0 ? label : 0;
        } else if (entry->kind == ENTRY_IDEA_EDIT || entry->kind == ENTRY_IDEA_SUBMIT) {
            entry->as.idea_text.idea = any_idea(model);
            entry->as.idea_text.content = content_of(model->kit.next);
        } else {
            entry->as.idea_act.idea = any_idea(model);
            entry->as.idea_act.into = any_idea(model);
            entry->as.idea_act.reason = REASON_OTHER;
        }
        break;
    case ACT_POLL:
        if (entry->kind == ENTRY_POLL_CREATE || entry->kind == ENTRY_POLL_EDIT) {
            entry->as.poll_text.poll = any_poll(model);
            entry->as.poll_text.spec = any_spec(model);
        } else {
            *entry = poll_entry(&model->kit, entry->kind, any_poll(model));
            const struct poll *poll =
                event_poll_kept(&model->kit.event, entry->as.poll_act.poll);
            entry->as.poll_act.paper_pos =
                entry->kind == ENTRY_POLL_SEAL ? poll->paper_pos : 0;
        }
        break;
    case ACT_PAPER:
        if (entry->kind == ENTRY_PAPER_ENTER) {
            entry->as.paper_enter.poll = any_poll(model);
            entry->as.paper_enter.paper = (struct paper){
                .form = BALLOT_RANKING, .pile_count = 1, .piles = {{.count = 3}}};
        } else {
            entry->as.paper_act.batch =
                1 + below((int64_t)model->kit.event.paper_count + 1);
            entry->as.paper_act.ballots = 3;
        }
        break;
    case ACT_PERSON:
        entry->as.person_ban.idea = any_idea(model);
        entry->as.person_ban.banned = below(3) != 0;
        break;
    case ACT_TICKET: /* test_tickets.c, test_history.c */
    case ACT_BATCH:
    case ACT_AGENDA: /* test_agenda.c: it has a part in the call too */
        break;
    case ACT_DESK:
    case ACT_OTHER:
        entry->as.person_group.group = label;
        break;
    }
}

static void turn(struct model *model, int64_t poll, bool open)
{
    const struct entry fence = {.kind = ENTRY_FENCE, .as.fence.open = open};
    cr_assert_eq(tell_lane(model, poll, &fence).err, ERR_OK);
}

/* As the store does it, in one step with the entry. */
static void turn_for(struct model *model, const struct entry *entry)
{
    if (entry->kind == ENTRY_POLL_OPEN || entry->kind == ENTRY_POLL_REOPEN) {
        turn(model, entry->as.poll_act.poll, true);
    }
    if (entry->kind == ENTRY_POLL_CLOSE || entry->kind == ENTRY_POLL_ANNUL) {
        turn(model, entry->as.poll_act.poll, false);
    }
}

/* What waits of this person is about to be hidden along with them. */
static void look_at_waiting(struct model *model, int64_t person)
{
    const struct event *event = &model->kit.event;
    for (size_t i = 0; i < event->idea_count; i++) {
        const struct idea *idea = &event->ideas[i];
        if (idea->author == person && idea->state == IDEA_PENDING) {
            struct thing thing = {.is = ACT_IDEA, .id = idea->id};
            model->acts[model->act_count++] = (struct modelled_act){
                .thing = thing,
                .stands = true,
                .with = event->pos + 1,
                .before = look(event, thing),
            };
        }
    }
}

static void act(struct model *model)
{
    struct kit *kit = &model->kit;
    enum entry_kind kind = any_kind(model);
    bool by_person = kind == ENTRY_IDEA_WITHDRAW || kind == ENTRY_PERSON_GROUP ||
                     (kind == ENTRY_IDEA_SUBMIT && below(3) != 0) ||
                     (kind == ENTRY_IDEA_EDIT && below(3) == 0);
    enum role role = by_person ? ROLE_PARTICIPANT : ROLE_MODERATOR;
    int64_t moderator = below(4) != 0 ? kit->moderator : 2 + PEOPLE; /* the second */
    int64_t actor = by_person ? 2 + below(PEOPLE) : moderator;
    struct entry entry = entry_of(kit, kind, role, actor);
    fill(model, &entry);
    if (event_check(&kit->event, &entry) != ERR_OK) {
        return;
    }
    struct modelled_act made = {.makes = makes(kind), .stands = true};
    struct outcome outcome = {0};
    if (!made.makes && act_thing(kind) != ACT_OTHER) {
        made.before = look(&kit->event, thing_of(&kit->event, &entry, &outcome));
    }
    if (kind == ENTRY_PERSON_BAN && entry.as.person_ban.banned) {
        look_at_waiting(model, thing_of(&kit->event, &entry, &outcome).id);
    }
    turn_for(model, &entry);
    outcome = tell(model, &entry);
    cr_assert_eq(outcome.err, ERR_OK);
    made.thing = thing_of(&kit->event, &entry, &outcome);
    made.pos = by_person ? 0 : kit->event.pos;
    if (made.thing.is != ACT_OTHER) {
        model->acts[model->act_count++] = made;
    }
}

/* ---- undos ---- */

static void expect_as_before(const struct model *model, const struct modelled_act *act)
{
    if (act->makes) {
        const struct event *event = &model->kit.event;
        bool gone = act->thing.is == ACT_POLL ? event_poll(event, act->thing.id) == NULL
                    : act->thing.is == ACT_PAPER
                        ? event_paper(event, act->thing.id) == NULL
                        : event_label(event, act->thing.id) == NULL;
        cr_assert(gone, "what it made is still there");
        return;
    }
    struct buf now = look(&model->kit.event, act->thing);
    cr_assert(
        span_equal(buf_span(&now), buf_span(&act->before)), "%.*s\nis not\n%.*s",
        (int)now.bytes, (const char *)now.data, (int)act->before.bytes,
        (const char *)act->before.data);
    buf_fini(&now);
}

static bool any_ballot(const struct model *model, int64_t poll)
{
    for (size_t i = 0; i < PEOPLE; i++) {
        if (model->counters[poll - 1][i] != 0) {
            return true;
        }
    }
    return false;
}

/* Nothing has happened to what was hidden with somebody, and all of it waits again. */
static void expect_all_back(struct model *model, int64_t pos)
{
    for (size_t i = 0; i < model->act_count; i++) {
        struct modelled_act *act = &model->acts[i];
        if (act->with == pos) {
            cr_assert_eq(last_on(model, act->thing), act);
            expect_as_before(model, act);
            act->stands = false;
        }
    }
}

static void take_back(struct model *model)
{
    struct kit *kit = &model->kit;
    if (model->act_count == 0) {
        return;
    }
    size_t near = model->act_count < 6 ? model->act_count : 6;
    struct modelled_act *act =
        &model->acts[model->act_count - 1 - (size_t)below((int64_t)near)];
    struct entry entry = undo_entry(kit, act->pos);
    enum err err = event_check(&kit->event, &entry);
    const struct act *known = act_find(&kit->event, act->pos);
    bool top = act->stands && last_on(model, act->thing) == act;
    cr_assert(err != ERR_UNDO_TOUCHED || !top, "nothing has touched it");
    cr_assert(err != ERR_UNDO_DONE || !act->stands);
    if (err == ERR_OK && act_check_ballots(&kit->event, known) != ERR_OK) {
        cr_assert(any_ballot(model, act->thing.id));
        err = ERR_UNDO_VOTED;
    }
    if (err != ERR_OK) {
        model->refused++;
        return;
    }
    cr_assert(top, "something has touched it");
    enum act_fence fence = act_fence_when_undone(known);
    if (fence != FENCE_STAYS) {
        turn(model, act->thing.id, fence == FENCE_OPENS);
    }
    cr_assert_eq(tell(model, &entry).err, ERR_OK);
    act->stands = false;
    expect_as_before(model, act);
    expect_all_back(model, act->pos);
    model->undone++;
}

/* ---- ballots ---- */

/* What counts is what two different moderators have seen, whatever was undone. */
static void expect_confirmed_paper(const struct model *model)
{
    for (size_t i = 0; i < model->kit.event.poll_count; i++) {
        const struct poll *poll = model->kit.event.polls[i];
        int64_t paper = 0;
        for (size_t k = 0; k < poll->batch_count; k++) {
            const struct paper_batch *batch = poll->batches[k];
            cr_assert(batch->confirmed_by != batch->entered_by);
            paper += batch_counts(batch) ? 3 : 0;
        }
        cr_assert_eq(poll->paper, paper);
    }
}

static void vote(struct model *model)
{
    struct kit *kit = &model->kit;
    int64_t id = any_poll(model);
    size_t voter = (size_t)below(PEOPLE);
    const struct poll *poll = event_poll(&kit->event, id);
    struct ballot ballot = {.form = BALLOT_RANKING};
    struct entry entry =
        cast_entry(kit, voter, 1, model->counters[id - 1][voter] + 1, &ballot);
    if (poll_check_cast(poll, &entry.as.cast) == ERR_OK) {
        struct outcome outcome = tell_lane(model, id, &entry);
        cr_assert_eq(outcome.err, ERR_OK);
        cr_assert(outcome.counts);
        model->counters[id - 1][voter]++;
    }
}

static void expect_every_ballot_once(const struct model *model)
{
    for (size_t i = 0; i < model->kit.event.poll_count; i++) {
        const struct poll *poll = model->kit.event.polls[i];
        int64_t voted = 0;
        cr_assert(poll->state != POLL_OPEN || poll->fence_open);
        cr_assert(poll->state == POLL_OPEN || !poll->fence_open);
        for (uint64_t voter = 0; voter < PEOPLE; voter++) {
            const struct uid slot = uid_of(voter + 9000000);
            const struct kept_ballot *current = NULL;
            uint32_t counter = poll_slot_counter(poll, &slot, &current);
            cr_assert_eq(counter, model->counters[i][voter]);
            cr_assert(counter == 0 || current->counter == counter);
            voted += counter > 0 ? 1 : 0;
        }
        cr_assert_eq(poll->voted, voted);
    }
}

/* ---- a history ---- */

static void begin(struct model *model)
{
    kit_init(&model->kit, JOIN_OPEN);
    for (int i = 0; i < PEOPLE; i++) {
        join(&model->kit, ROLE_PARTICIPANT);
    }
    join(&model->kit, ROLE_MODERATOR);
    for (int i = 0; i < 4; i++) {
        publish_idea(&model->kit);
    }
    struct poll_spec spec = spec_of(&model->kit, 2);
    draft(&model->kit, &spec);
}

/* As at a start: the whole history first, then each poll's ballots. */
static void expect_the_same_again(const struct model *model)
{
    struct model *other = calloc(1, sizeof *other);
    begin(other);
    for (size_t i = 0; i < model->history_count; i++) {
        apply(&other->kit, &model->history[i]);
    }
    for (size_t i = 0; i < model->lane_count; i++) {
        apply_lane(&other->kit, model->lanes[i].poll, &model->lanes[i].entry);
    }
    cr_assert(same_state(&model->kit.event, &other->kit.event));
    kit_fini(&other->kit);
    free(other);
}

static void play(uint64_t seed, int64_t *undone, int64_t *refused)
{
    struct model *model = calloc(1, sizeof *model);
    seed_random(seed);
    begin(model);
    for (size_t i = 0; i < STEPS; i++) {
        int64_t die = below(10);
        if (die < 4) {
            act(model);
        } else if (die < 7) {
            vote(model);
        } else {
            take_back(model);
        }
        expect_every_ballot_once(model);
        expect_confirmed_paper(model);
    }
    expect_the_same_again(model);
    *undone += model->undone;
    *refused += model->refused;
    for (size_t i = 0; i < model->act_count; i++) {
        buf_fini(&model->acts[i].before);
    }
    kit_fini(&model->kit);
    free(model);
}

Test(undo_model, gives_back_what_was_there_and_keeps_every_ballot)
{
    int64_t undone = 0;
    int64_t refused = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        play(seed, &undone, &refused);
    }
    cr_expect_gt(undone, SEEDS * 20);
    cr_expect_gt(refused, SEEDS * 20);
}
