/* The last acts at the desks, each with what its thing was like before. */
#include "domain/undo.h"

#include "base/vec.h"
#include "domain/access.h"
#include "domain/fold_internal.h"

/* ---- the ring ---- */

size_t act_count(const struct event *event)
{
    return event->act_count < UNDO_ACTS_MAX ? event->act_count : UNDO_ACTS_MAX;
}

const struct act *act_at(const struct event *event, size_t i)
{
    size_t first = event->act_count - act_count(event);
    return &event->acts[(first + i) % UNDO_ACTS_MAX];
}

const struct act *act_find(const struct event *event, int64_t pos)
{
    for (size_t i = act_count(event); i > 0; i--) {
        const struct act *act = act_at(event, i - 1);
        if (act->pos <= pos) {
            return act->pos == pos ? act : NULL;
        }
    }
    return NULL;
}

/* ---- keeping ---- */

enum err acts_reserve(struct event *event, const struct entry *entry)
{
    if (!role_is_desk(entry->role)) {
        return ERR_OK;
    }
    void *items = event->acts;
    enum err err = vec_reserve(
        &items, &event->act_capacity, event->act_count % UNDO_ACTS_MAX + 1,
        sizeof *event->acts, UNDO_ACTS_MAX);
    event->acts = items;
    return err;
}

static bool makes(enum entry_kind kind)
{
    return kind == ENTRY_IDEA_SUBMIT || kind == ENTRY_LABEL_ADD ||
           kind == ENTRY_POLL_CREATE || kind == ENTRY_DESK_INVITE ||
           kind == ENTRY_PAPER_ENTER;
}

/* The thing's id as the entry says it; 0: it is made, or the event has one only. */
static int64_t named_in(const struct entry *entry)
{
    if (makes(entry->kind)) {
        return 0;
    }
    switch (act_thing(entry->kind)) {
    case ACT_IDEA:
        if (entry->kind == ENTRY_IDEA_TAG) {
            return entry->as.idea_tag.idea;
        }
        if (entry->kind == ENTRY_IDEA_TEAM) {
            return entry->as.idea_team.idea;
        }
        if (entry->kind == ENTRY_IDEA_CHALLENGE) {
            return entry->as.idea_challenge.idea;
        }
        if (entry->kind == ENTRY_IDEA_FOLLOW) {
            return entry->as.idea_follow.idea;
        }
        return entry->kind == ENTRY_IDEA_EDIT ? entry->as.idea_text.idea
                                              : entry->as.idea_act.idea;
    case ACT_LABEL:
        return entry->as.label.label;
    case ACT_POLL:
        return entry->kind == ENTRY_POLL_EDIT ? entry->as.poll_text.poll
                                              : entry->as.poll_act.poll;
    case ACT_TICKET:
        return entry->as.ticket.ticket;
    case ACT_BATCH:
        return entry->as.tickets_void.batch;
    case ACT_DESK:
        return entry->as.desk.person;
    case ACT_PAPER:
        return entry->as.paper_act.batch;
    case ACT_PERSON:
        return entry->as.person_ban.idea;
    case ACT_OTHER:
    case ACT_CALL:
    case ACT_SETTINGS:
    case ACT_WORDS:
    case ACT_WIFI:
    case ACT_AGENDA:
        break;
    }
    return 0;
}

static struct poll_before poll_as_it_is(const struct poll *poll)
{
    return (struct poll_before){
        .state = poll->state,
        .published = poll->published,
        .annulled = poll->annulled,
        .dropped = poll->dropped,
        .reason = poll->reason,
        .spec = poll->spec,
        .opened_at_ms = poll->opened_at_ms,
        .last_person = poll->last_person,
        .closed_at_ms = poll->closed_at_ms,
        .people = poll->people,
        .acted_pos = poll->acted_pos,
    };
}

static struct batch_before batch_as_it_is(const struct paper_batch *batch)
{
    return (struct batch_before){
        .confirmed_by = batch->confirmed_by,
        .confirmed_at_ms = batch->confirmed_at_ms,
        .dropped = batch->dropped,
        .acted_pos = batch->acted_pos,
    };
}

static struct agenda_before agenda_as_it_is(const struct event *event)
{
    return (struct agenda_before){
        .agenda = event->agenda,
        .phase = event->phase,
        .timer = event->timer,
        .call_open = event->call_open,
        .call_acted_pos = event->call_acted_pos,
        .acted_pos = event->agenda_acted_pos,
    };
}

void act_look(const struct event *event, const struct entry *entry, struct act *ret_act)
{
    int64_t id = named_in(entry);
    ret_act->about = id;
    switch (act_thing(entry->kind)) {
    case ACT_OTHER:
    case ACT_DESK:
        break;
    case ACT_CALL:
        ret_act->before.call.open = event->call_open;
        ret_act->before.call.acted_pos = event->call_acted_pos;
        break;
    case ACT_SETTINGS:
        ret_act->before.settings.are = event->settings;
        ret_act->before.settings.acted_pos = event->settings_acted_pos;
        break;
    case ACT_WIFI:
        ret_act->before.wifi.is = event->wifi;
        ret_act->before.wifi.acted_pos = event->wifi_acted_pos;
        break;
    case ACT_WORDS:
        ret_act->before.words.are = event->words;
        ret_act->before.words.acted_pos = event->words_acted_pos;
        break;
    case ACT_AGENDA:
        ret_act->before.agenda = agenda_as_it_is(event);
        break;
    case ACT_IDEA:
        ret_act->before.idea = id != 0 ? event->ideas[id - 1] : (struct idea){0};
        break;
    case ACT_LABEL:
        ret_act->before.label = id != 0 ? event->labels[id - 1] : (struct label){0};
        break;
    case ACT_POLL:
        ret_act->before.poll =
            id != 0 ? poll_as_it_is(event->polls[id - 1]) : (struct poll_before){0};
        break;
    case ACT_TICKET:
        ret_act->before.tickets.acted_pos = event->tickets[id - 1].acted_pos;
        break;
    case ACT_BATCH:
        ret_act->before.tickets.acted_pos = event->batches[id - 1].acted_pos;
        break;
    case ACT_PERSON:
        ret_act->before.person.ban = ban_person(event, id)->ban;
        ret_act->before.person.acted_pos = ban_person(event, id)->ban_acted_pos;
        break;
    case ACT_PAPER:
        ret_act->before.batch =
            id != 0 ? batch_as_it_is(event->papers[id - 1]) : (struct batch_before){0};
        break;
    }
}

/* Where a thing keeps the position of its last act; NULL: there is no such thing. */
static int64_t *acted_pos(struct event *event, enum act_thing thing, int64_t id)
{
    switch (thing) {
    case ACT_CALL:
        return &event->call_acted_pos;
    case ACT_SETTINGS:
        return &event->settings_acted_pos;
    case ACT_WIFI:
        return &event->wifi_acted_pos;
    case ACT_WORDS:
        return &event->words_acted_pos;
    case ACT_AGENDA:
        return &event->agenda_acted_pos;
    case ACT_IDEA:
        return &event->ideas[id - 1].acted_pos;
    case ACT_LABEL:
        return &event->labels[id - 1].acted_pos;
    case ACT_POLL:
        return &event->polls[id - 1]->acted_pos;
    case ACT_TICKET:
        return &event->tickets[id - 1].acted_pos;
    case ACT_BATCH:
        return &event->batches[id - 1].acted_pos;
    case ACT_DESK:
        return &event->desk_acted_pos;
    case ACT_PAPER:
        return &event->papers[id - 1]->acted_pos;
    case ACT_PERSON:
        return &ban_person(event, id)->ban_acted_pos;
    case ACT_OTHER:
        break;
    }
    return NULL;
}

void act_keep(
    struct event *event, const struct entry *entry, const struct outcome *outcome,
    const struct act *act)
{
    int64_t about = act->about != 0 ? act->about : outcome->id;
    int64_t *last = acted_pos(event, act_thing(entry->kind), about);
    if (last == NULL) {
        return;
    }
    *last = event->pos;
    if (entry->kind == ENTRY_PHASE_START) {
        event->call_acted_pos = event->pos;
    }
    if (!role_is_desk(entry->role)) {
        return;
    }
    struct act *kept = &event->acts[event->act_count++ % UNDO_ACTS_MAX];
    *kept = *act;
    kept->pos = event->pos;
    kept->kind = entry->kind;
    kept->actor = entry->actor;
    kept->at_ms = entry->at_ms;
    kept->about = about;
    kept->undone_pos = 0;
    kept->undone_by = 0;
}
