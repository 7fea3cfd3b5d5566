/* The story of undoing: what an act changed becomes again what it was before.
 *
 * Where voting begins again, everything is as after a reopening: the poll counts one more
 * and has a new commitment, since the lot may have been seen when it was closed. An
 * opening is undone only while there is no ballot, which the history can't know: app
 * looks, before it has the fence turned with this entry. */
#include "domain/access.h"
#include "domain/fold_internal.h"

/* Who may do such a thing may take it back, whoever did it. */
static enum err check_undo(const struct event *event, const struct entry *entry)
{
    const struct act *act = act_find(event, entry->as.undo.pos);
    if (act == NULL) {
        return ERR_UNDO_NONE;
    }
    enum err err = access_check(entry->role, act->kind);
    return err == ERR_OK ? act_check_undo(event, act, entry->at_ms, NULL) : err;
}

/* ---- the event, ideas, labels ---- */

static void restore_call(struct event *event, const struct act *act)
{
    event->call_open = act->before.call.open;
    event->call_acted_pos = act->before.call.acted_pos;
    event->changed_pos = event->pos;
}

static void restore_settings(struct event *event, const struct act *act)
{
    settings_put(event, &act->before.settings.are);
    event->settings_acted_pos = act->before.settings.acted_pos;
}

static void restore_words(struct event *event, const struct act *act)
{
    event->words = act->before.words.are;
    event->words_acted_pos = act->before.words.acted_pos;
    event->words_pos = event->pos;
}

static void restore_wifi(struct event *event, const struct act *act)
{
    event->wifi = act->before.wifi.is;
    event->wifi_acted_pos = act->before.wifi.acted_pos;
    event->wifi_pos = event->pos;
}

/* Of a time that ran nobody knows how much it would have run since: a moderator says. */
static void stop_clock(struct event *event, struct timer timer)
{
    timer.asks = timer.running || timer.asks;
    timer.running = false;
    event->timer = timer;
}

static void restore_agenda(struct event *event, const struct act *act)
{
    const struct agenda_before *before = &act->before.agenda;
    if (act->kind == ENTRY_PHASE_START) {
        event->phase_starts[event_phase_start(event) - 1].undone = true;
        event->call_open = before->call_open;
        event->call_acted_pos = before->call_acted_pos;
    }
    if (event->phase != before->phase) { /* also where the agenda was given up */
        stop_clock(event, before->timer);
        event->phase_pos = event->pos;
    }
    event->agenda = before->agenda;
    event->phase = before->phase;
    event->agenda_acted_pos = before->acted_pos;
    event->agenda_pos = event->pos;
    event->changed_pos = event->pos;
}

static bool says_the_same(const struct idea *a, const struct idea *b)
{
    return uid_equal(&a->content.id, &b->content.id) &&
           a->pictures.drawing == b->pictures.drawing &&
           a->pictures.photo == b->pictures.photo;
}

/* How many pictures it has had only grows. */
static void restore_idea(struct event *event, const struct act *act)
{
    struct idea *idea = &event->ideas[act->about - 1];
    const struct idea now = *idea;
    *idea = act->before.idea;
    idea->pictures_had = now.pictures_had;
    idea->inherited = now.inherited;
    idea->worded_pos = says_the_same(idea, &now) ? now.worded_pos : event->pos;
    idea->called_back_pos =
        act->kind == ENTRY_IDEA_RELEASE ? event->pos : now.called_back_pos;
    support_put_back(event, idea, &now);
    reports_put_back(idea, &now, act);
    if (act->kind == ENTRY_IDEA_CLEAR) {
        idea->reported_pos = event->pos; /* nobody but the desk sees anything of it */
        idea->changed_pos = now.changed_pos;
        return;
    }
    idea->state = now.state;
    idea_move(event, idea, act->before.idea.state);
    challenge_settle(event, idea->id);
    challenge_settle(event, now.merged_into);
}

static void restore_label(struct event *event, const struct act *act)
{
    struct label *label = &event->labels[act->about - 1];
    bool was_dropped = label->dropped;
    label->dropped = act->kind == ENTRY_LABEL_ADD || act->before.label.dropped;
    label->acted_pos = act->before.label.acted_pos;
    label->undone_pos = event->pos;
    if (act->kind == ENTRY_LABEL_EDIT) {
        label->name = act->before.label.name;
        label->ticket_only = act->before.label.ticket_only;
        label->challenge = act->before.label.challenge;
    }
    if (act->kind == ENTRY_LABEL_MOVE) {
        label_put(event, label, act->before.label.place);
    }
    if (label->dropped != was_dropped) {
        label_touch_ideas(event, label->id);
    }
    event->changed_pos = event->pos;
}

/* Who was put out is in again, on the phone where they were. */
static void restore_tickets(struct event *event, const struct act *act)
{
    tickets_unvoid(event, act->pos);
    if (act->kind == ENTRY_TICKET_VOID) {
        event->tickets[act->about - 1].acted_pos = act->before.tickets.acted_pos;
    } else {
        event->batches[act->about - 1].acted_pos = act->before.tickets.acted_pos;
    }
}

/* ---- polls ---- */

static bool is_on(const struct poll *poll, uint32_t picture)
{
    for (size_t i = 0; i < poll->spec.option_count; i++) {
        const struct pictures *pictures = &poll->pictures[i];
        if (pictures->drawing == picture || pictures->photo == picture) {
            return true;
        }
    }
    return false;
}

static bool stands_on_a_ballot(const struct event *event, uint32_t picture)
{
    for (size_t i = 0; i < event->poll_count; i++) {
        if (event->polls[i]->state != POLL_DRAFT && is_on(event->polls[i], picture)) {
            return true;
        }
    }
    return false;
}

static void take_off_ballot(struct event *event, uint32_t picture)
{
    if (picture != 0 && !stands_on_a_ballot(event, picture)) {
        event->pictures[picture - 1].on_ballot = false;
    }
}

/* By what nobody chooses, so that no name that the poll had comes back: the position is
 * added to its last eight bytes. */
static void rename_poll(struct uid *uid, int64_t pos)
{
    uint64_t carry = (uint64_t)pos;
    for (size_t i = UID_BYTES; i > UID_BYTES - sizeof carry; i--) {
        carry += uid->bytes[i - 1];
        uid->bytes[i - 1] = (uint8_t)carry;
        carry >>= 8;
    }
}

/* A draft again. It gets another name, so that no phone's ballot from before counts for
 * what it may be edited into. */
static void call_back(struct event *event, struct poll *poll)
{
    for (size_t i = 0; i < poll->spec.option_count; i++) {
        const struct pictures pictures = poll->pictures[i];
        poll->pictures[i] = (struct pictures){0};
        poll->labels[i] = (struct content_ref){0};
        take_off_ballot(event, pictures.drawing);
        take_off_ballot(event, pictures.photo);
    }
    poll_forget_owners(poll);
    poll->commitment = (struct hash){0};
    rename_poll(&poll->uid, event->pos);
    poll->called_back_pos = event->pos;
}

static void begin_again(struct poll *poll, const struct entry *entry)
{
    poll->reopened++;
    poll->commitment = entry->as.undo.commitment;
    poll->seed = (struct hash){0};
}

static void put_back(struct poll *poll, const struct poll_before *before, int64_t pos)
{
    bool shown_again = before->published && !poll->published;
    poll->state = before->state;
    poll->published = before->published;
    poll->published_pos = shown_again ? pos : poll->published_pos;
    poll->annulled = before->annulled;
    poll->dropped = before->dropped;
    poll->reason = before->reason;
    poll->spec = before->spec;
    poll->opened_at_ms = before->opened_at_ms;
    poll->last_person = before->last_person;
    poll->closed_at_ms = before->closed_at_ms;
    poll->people = before->people;
    poll->acted_pos = before->acted_pos;
}

static bool everybody_saw(enum entry_kind kind)
{
    return kind == ENTRY_POLL_CLOSE || kind == ENTRY_POLL_ANNUL;
}

static void
restore_poll(struct event *event, const struct act *act, const struct entry *entry)
{
    struct poll *poll = event->polls[act->about - 1];
    poll->changed_pos = event->pos;
    poll->undone_pos = event->pos;
    if (act->kind == ENTRY_POLL_CREATE) {
        poll->dropped = true;
        poll->acted_pos = 0;
        return;
    }
    put_back(poll, &act->before.poll, event->pos);
    poll->undone += everybody_saw(act->kind) ? 1 : 0;
    if (poll->published) {
        paper_note_shown(poll);
    }
    if (act->kind == ENTRY_POLL_OPEN) {
        call_back(event, poll);
    } else if (act_fence_when_undone(act) == FENCE_OPENS) {
        begin_again(poll, entry);
    }
}

static void restore(struct event *event, const struct act *act, const struct entry *entry)
{
    switch (act_thing(act->kind)) {
    case ACT_CALL:
        restore_call(event, act);
        break;
    case ACT_SETTINGS:
        restore_settings(event, act);
        break;
    case ACT_WORDS:
        restore_words(event, act);
        break;
    case ACT_WIFI:
        restore_wifi(event, act);
        break;
    case ACT_AGENDA:
        restore_agenda(event, act);
        break;
    case ACT_IDEA:
        restore_idea(event, act);
        break;
    case ACT_LABEL:
        restore_label(event, act);
        break;
    case ACT_POLL:
        restore_poll(event, act, entry);
        break;
    case ACT_TICKET:
    case ACT_BATCH:
        restore_tickets(event, act);
        break;
    case ACT_PAPER:
        paper_put_back(event, act);
        break;
    case ACT_PERSON:
        ban_put_back(event, act);
        break;
    case ACT_DESK:
    case ACT_OTHER:
        break; /* the check refused it */
    }
}

static enum err
apply_undo(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    size_t first = (size_t)(act_find(event, entry->as.undo.pos) - event->acts);
    struct act *act = &event->acts[first];
    restore(event, act, entry);
    act->undone_pos = event->pos;
    act->undone_by = entry->actor;
    return ERR_OK;
}

const struct story story_undo = {check_undo, apply_undo};
