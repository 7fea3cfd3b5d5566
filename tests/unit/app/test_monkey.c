/* Whatever is asked, in whatever order and without waiting: the hall answers everything
 * once, and what it knows afterwards is what it knows again after a restart. */
#include "hall_fixture.h"
#include "unit/domain/digest.h"

#include <criterion/criterion.h>

#define ROUNDS 12
#define STEPS  220
#define PEOPLE 9 /* the first two are moderators */
#define POLLS  4
#define IDEAS  8
#define LABELS 6
#define SEEDS  4

static struct hall_fixture fixture;
static struct event *event;
static uint64_t state;
static int64_t asked;
static int64_t answered;

static uint64_t draw(uint64_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (state >> 11) % below;
}

static void on_answer(void *ctx, const struct outcome *outcome)
{
    (void)ctx;
    (void)outcome;
    answered++;
}

static void
on_cast_answer(void *ctx, const struct outcome *outcome, const struct hash *proof)
{
    cr_assert_eq(outcome->err == ERR_OK, proof != NULL);
    on_answer(ctx, outcome);
}

/* A group that only tickets lead to, and everybody else. */
static struct share_list any_shares(void)
{
    struct share_list shares = {.count = 0};
    for (size_t i = 0; i < event->label_count; i++) {
        const struct label *label = &event->labels[i];
        if (label->ticket_only && !label->dropped && draw(2) == 0) {
            shares = (struct share_list){.count = 2, .of = {{label->id, 30}, {0, 70}}};
        }
    }
    return shares;
}

static struct entry any_entry(void)
{
    static const enum entry_kind kinds[] = {
        ENTRY_IDEA_HIDE,      ENTRY_IDEA_RELEASE,   ENTRY_IDEA_RELEASE,
        ENTRY_IDEA_MERGE,     ENTRY_IDEA_SPLIT,     ENTRY_IDEA_SPLIT,
        ENTRY_IDEA_WITHDRAW,  ENTRY_EVENT_CALL,     ENTRY_POLL_CREATE,
        ENTRY_POLL_EDIT,      ENTRY_POLL_DROP,      ENTRY_POLL_OPEN,
        ENTRY_POLL_OPEN,      ENTRY_POLL_OPEN,      ENTRY_POLL_CLOSE,
        ENTRY_POLL_CLOSE,     ENTRY_POLL_REOPEN,    ENTRY_POLL_REOPEN,
        ENTRY_POLL_PUBLISH,   ENTRY_POLL_UNPUBLISH, ENTRY_POLL_SEAL,
        ENTRY_POLL_ANNUL,     ENTRY_IDEA_SUBMIT,    ENTRY_IDEA_EDIT,
        ENTRY_EVENT_SET,      ENTRY_PERSON_NICK,    ENTRY_LABEL_ADD,
        ENTRY_LABEL_ADD,      ENTRY_AGENDA_SET,     ENTRY_PHASE_START,
        ENTRY_PHASE_START,    ENTRY_TIMER_SET,      ENTRY_LABEL_DROP,
        ENTRY_LABEL_MOVE,     ENTRY_UNDO,           ENTRY_UNDO,
        ENTRY_UNDO,           ENTRY_UNDO,           ENTRY_LABEL_EDIT,
        ENTRY_PERSON_GROUP,   ENTRY_PERSON_GROUP,   ENTRY_IDEA_TAG,
        ENTRY_TICKETS_ISSUE,  ENTRY_TICKET_REDEEM,  ENTRY_TICKET_REDEEM,
        ENTRY_TICKET_VOID,    ENTRY_TICKETS_VOID,   ENTRY_TICKET_REPLACE,
        ENTRY_PAPER_ENTER,    ENTRY_PAPER_ENTER,    ENTRY_PAPER_CONFIRM,
        ENTRY_PAPER_DROP,     ENTRY_PAPER_CONFIRM,  ENTRY_IDEA_TEAM,
        ENTRY_IDEA_FOLLOW,    ENTRY_PAPER_CONFIRM,  ENTRY_IDEA_REPORT,
        ENTRY_IDEA_REPORT,    ENTRY_IDEA_CLEAR,     ENTRY_EVENT_WORDS,
        ENTRY_IDEA_CHALLENGE, ENTRY_IDEA_SUPPORT,   ENTRY_IDEA_SUPPORT,
        ENTRY_IDEA_SUPPORT,   ENTRY_EVENT_WIFI,     ENTRY_PERSON_BAN,
        ENTRY_PERSON_BAN,
    };
    struct entry entry = {
        .kind = kinds[draw(sizeof kinds / sizeof *kinds)],
        .actor = (int64_t)draw(PEOPLE) + 1};
    if (draw(4) != 0) {
        entry.actor = (int64_t)draw(2) + 1;
    }
    entry.role = entry.actor <= 2 ? ROLE_MODERATOR : ROLE_PARTICIPANT;
    if (entry.kind == ENTRY_TICKET_REDEEM) {
        entry.role = ROLE_NONE;
        entry.actor = 0;
    }
    switch ((int)entry.kind) {
    case ENTRY_IDEA_SUBMIT:
    case ENTRY_IDEA_EDIT:
        entry.as.idea_text.idea = (int64_t)draw(IDEAS) + 1;
        entry.as.idea_text.content.id = (struct uid){{1, 2}};
        break;
    case ENTRY_EVENT_SET:
        entry.as.event_set.nicknames = draw(4) != 0;
        entry.as.event_set.support = (enum support)draw(SUPPORT_COUNT);
        break;
    case ENTRY_EVENT_WIFI:
        entry.as.event_wifi.content.id = (struct uid){{1, (uint8_t)draw(3)}};
        entry.as.event_wifi.shown = draw(2) != 0;
        break;
    case ENTRY_EVENT_WORDS:
        entry.as.event_words.id = (struct uid){{1, (uint8_t)draw(3)}};
        break;
    case ENTRY_PERSON_NICK:
        entry.as.person_nick.first = entry.as.person_nick.second =
            (uint16_t)(1 + draw(2));
        break;
    case ENTRY_UNDO:
        entry.as.undo.pos = event->pos - (int64_t)draw(6);
        break;
    case ENTRY_LABEL_ADD:
    case ENTRY_LABEL_EDIT:
    case ENTRY_LABEL_DROP:
    case ENTRY_LABEL_MOVE:
        entry.as.label.label = (int64_t)draw(LABELS) + 1;
        entry.as.label.kind = (enum label_kind)draw(LABEL_KIND_COUNT);
        entry.as.label.name.id = (struct uid){{1, 3}};
        entry.as.label.ticket_only = draw(4) == 0;
        entry.as.label.before = (int64_t)draw(LABELS + 1);
        entry.as.label.challenge = draw(3) == 0 ? (int64_t)draw(LABELS) + 1 : 0;
        break;
    case ENTRY_TICKETS_ISSUE:
        entry.as.tickets_issue.count = (int64_t)draw(3) + 1;
        entry.as.tickets_issue.group = draw(2) == 0 ? (int64_t)draw(LABELS) + 1 : 0;
        break;
    case ENTRY_TICKETS_VOID:
        entry.as.tickets_void.batch = (int64_t)draw(event->batch_count + 1) + 1;
        entry.as.tickets_void.keep_held = true;
        break;
    case ENTRY_TICKET_REDEEM:
    case ENTRY_TICKET_VOID:
    case ENTRY_TICKET_REPLACE:
        entry.as.ticket.ticket = (int64_t)draw(event->ticket_count + 1) + 1;
        break;
    case ENTRY_PERSON_BAN:
        entry.as.person_ban.idea = (int64_t)draw(IDEAS) + 1;
        entry.as.person_ban.banned = draw(2) == 0;
        break;
    case ENTRY_PERSON_GROUP:
        entry.as.person_group.group = (int64_t)draw(LABELS) + 1;
        break;
    case ENTRY_IDEA_FOLLOW:
        entry.as.idea_follow.idea = (int64_t)draw(IDEAS) + 1;
        entry.as.idea_follow.state = (enum follow_state)draw(FOLLOW_STOPPED);
        entry.as.idea_follow.next = (struct day){2027, 3, 1};
        break;
    case ENTRY_IDEA_SUPPORT:
        entry.as.idea_support.idea = (int64_t)draw(IDEAS) + 1;
        entry.as.idea_support.on = draw(3) != 0;
        break;
    case ENTRY_IDEA_TAG:
        entry.as.idea_tag.idea = (int64_t)draw(IDEAS) + 1;
        entry.as.idea_tag.tags = (struct tag_list){
            .given = true, .count = 1, .labels = {(int64_t)draw(LABELS) + 1}};
        break;
    case ENTRY_IDEA_TEAM:
        entry.as.idea_team.idea = (int64_t)draw(IDEAS) + 1;
        entry.as.idea_team.group = draw(2) == 0 ? (int64_t)draw(LABELS) + 1 : 0;
        break;
    case ENTRY_IDEA_CHALLENGE:
        entry.as.idea_challenge.idea = (int64_t)draw(IDEAS) + 1;
        entry.as.idea_challenge.challenge = (int64_t)draw(LABELS + 1);
        break;
    case ENTRY_AGENDA_SET:
        entry.as.agenda_set = (struct agenda){
            .count = 3,
            .phases = {
                {.kind = PHASE_COLLECT, .minutes = 1},
                {.kind = PHASE_RANK, .minutes = 0},
                {.kind = PHASE_AWARD, .minutes = 2}}};
        break;
    case ENTRY_PHASE_START:
        entry.as.phase_start.phase = (int64_t)draw(6) + 1;
        break;
    case ENTRY_TIMER_SET:
        entry.as.timer.start = (int64_t)draw(4);
        entry.as.timer.add_ms = 60000;
        entry.as.timer.running = draw(2) == 0;
        break;
    case ENTRY_PAPER_ENTER:
        entry.as.paper_enter.poll = (int64_t)draw(POLLS) + 1;
        if (event_poll(event, entry.as.paper_enter.poll) != NULL &&
            event_poll(event, entry.as.paper_enter.poll)->spec.shares.count > 0) {
            entry.as.paper_enter.share = (uint16_t)(1 + draw(2));
        }
        entry.as.paper_enter.paper = (struct paper){
            .form = BALLOT_RANKING, .pile_count = 1, .piles = {{.count = 3}}};
        break;
    case ENTRY_PAPER_CONFIRM:
    case ENTRY_PAPER_DROP:
        entry.as.paper_act.batch = (int64_t)draw(event->paper_count + 1) + 1;
        entry.as.paper_act.ballots = 3;
        break;
    case ENTRY_EVENT_CALL:
        entry.as.event_call.open = draw(3) != 0;
        break;
    case ENTRY_POLL_CREATE:
    case ENTRY_POLL_EDIT:
        entry.as.poll_text.poll = (int64_t)draw(POLLS) + 1;
        entry.as.poll_text.spec = (struct poll_spec){
            .form = BALLOT_RANKING,
            .question.id = {{1}},
            .method = "irv",
            .seats = 1,
            .ranks_max = 3,
            .publication = PUBLISH_BALLOTS,
            .no_own = draw(3) == 0,
            .no_late = draw(3) == 0,
            .shares = any_shares(),
            .option_count = 3,
            .options = {1 + (int64_t)draw(2), 3 + (int64_t)draw(2), 5 + (int64_t)draw(3)},
        };
        break;
    default:
        if (entry.kind >= ENTRY_POLL_CREATE) {
            entry.as.poll_act.poll = (int64_t)draw(POLLS) + 1;
            entry.as.poll_act.reason = REASON_MISTAKE;
        } else {
            entry.as.idea_act.idea = (int64_t)draw(IDEAS) + 1;
            entry.as.idea_act.into = (int64_t)draw(IDEAS) + 1;
            entry.as.idea_act.reason = REASON_OTHER;
        }
    }
    return entry;
}

static void ask_something(void)
{
    static struct entry last;
    struct entry entry =
        draw(12) == 0 && asked > 0 && !uid_is_zero(&last.command) ? last : any_entry();
    if (uid_is_zero(&entry.command)) {
        trust_random_uid(&entry.command);
    }
    last = entry;
    asked++;
    hall_submit(fixture.hall, event, &entry, hall_no_docs(), on_answer, NULL);
}

static void cast_something(void)
{
    int64_t poll = (int64_t)draw(POLLS) + 1;
    struct cast cast = {.counter = (uint32_t)draw(6) + 1, .ballot.form = BALLOT_RANKING};
    const struct poll *known = event_poll(event, poll);
    if (known != NULL && draw(8) != 0) {
        cast.ballot.mark_count = 1;
        cast.ballot.marks[0] =
            (struct mark){.option = known->spec.options[draw(3)], .value = 1};
    }
    trust_random_uid(&cast.id);
    trust_random_uid(&cast.nonce);
    asked++;
    const struct hall_ballot ballot = {
        .event = event,
        .poll = poll,
        .participant = (int64_t)draw(event->participant_count) + 1,
        .cast = &cast};
    hall_cast(fixture.hall, &ballot, on_cast_answer, NULL);
}

static void drain(void)
{
    while (answered < asked) {
        uv_run(&fixture.loop, UV_RUN_NOWAIT);
    }
}

/* Of the lane of a poll that is sealed nothing is left, not even its length. */
static void forget_lanes_of_sealed(void)
{
    for (size_t i = 0; i < event->poll_count; i++) {
        if (event->polls[i]->state == POLL_SEALED) {
            event->polls[i]->fence_open = false;
            event->polls[i]->lane_seq = 0;
            event->polls[i]->ballots_version = 0;
        }
    }
}

static void compare_after_restart(void)
{
    struct buf before;
    struct buf after;
    int64_t id = event->id;
    int64_t pos = event->pos;
    buf_init(&before, DIGEST_BYTES_MAX);
    buf_init(&after, DIGEST_BYTES_MAX);
    forget_lanes_of_sealed();
    digest_event(&before, event);
    fixture_reopen(&fixture);
    event = hall_event(fixture.hall, id);
    forget_lanes_of_sealed();
    digest_event(&after, event);
    cr_assert(span_equal(buf_span(&before), buf_span(&after)));
    cr_assert_eq(event->pos, pos);
    buf_fini(&before);
    buf_fini(&after);
}

static void play(void)
{
    for (int i = 0; i < STEPS; i++) {
        if (draw(3) == 0) {
            ask_something();
        } else {
            cast_something();
        }
        for (uint64_t turns = draw(3); turns > 0; turns--) {
            uv_run(&fixture.loop, UV_RUN_NOWAIT);
        }
    }
    drain();
    cr_assert_eq(answered, asked);
}

Test(monkey, finds_the_same_hall_after_each_restart)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        state = seed * 0x9e3779b97f4a7c15U;
        fixture_init(&fixture);
        event = fixture_event(&fixture, JOIN_OPEN);
        for (int i = 0; i < PEOPLE; i++) {
            fixture_person(&fixture, event, i < 2 ? ROLE_MODERATOR : ROLE_PARTICIPANT);
        }
        for (int i = 0; i < IDEAS; i++) {
            fixture_idea(&fixture, event, 1, "Idee");
        }
        for (int round = 0; round < ROUNDS; round++) {
            play();
            compare_after_restart();
        }
        fixture_fini(&fixture);
    }
}
