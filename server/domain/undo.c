/* Which acts can be undone, and what stands in the way. */
#include "domain/undo.h"

#include "domain/access.h"
#include "domain/fold_internal.h"

/* ---- what stands in the way ---- */

/* A phase's start has also opened or closed the call. */
static int64_t last_on_agenda(const struct event *event, enum entry_kind kind)
{
    bool call_later = event->call_acted_pos > event->agenda_acted_pos;
    return kind == ENTRY_PHASE_START && call_later ? event->call_acted_pos
                                                   : event->agenda_acted_pos;
}

static int64_t last_act_on(const struct event *event, const struct act *act)
{
    switch (act_thing(act->kind)) {
    case ACT_CALL:
        return event->call_acted_pos;
    case ACT_SETTINGS:
        return event->settings_acted_pos;
    case ACT_WIFI:
        return event->wifi_acted_pos;
    case ACT_WORDS:
        return event->words_acted_pos;
    case ACT_AGENDA:
        return last_on_agenda(event, act->kind);
    case ACT_IDEA:
        return event->ideas[act->about - 1].acted_pos;
    case ACT_LABEL:
        return event->labels[act->about - 1].acted_pos;
    case ACT_POLL:
        return event->polls[act->about - 1]->acted_pos;
    case ACT_PAPER:
        return event->papers[act->about - 1]->acted_pos;
    case ACT_TICKET:
        return event->tickets[act->about - 1].acted_pos;
    case ACT_BATCH:
        return event->batches[act->about - 1].acted_pos;
    case ACT_PERSON:
        return ban_person(event, act->about)->ban_acted_pos;
    case ACT_DESK:
    case ACT_OTHER:
        break;
    }
    return 0;
}

static bool is_option(const struct poll *poll, int64_t idea)
{
    for (size_t i = 0; i < poll->spec.option_count; i++) {
        if (poll->spec.options[i] == idea) {
            return true;
        }
    }
    return false;
}

/* Did this later act build on the idea, and does that still stand? Whatever builds on an
 * idea is a moderator's act, and later acts are kept longer than this one. */
static bool
is_built_on(const struct event *event, const struct act *later, int64_t id, bool ballots)
{
    if (later->undone_pos != 0) {
        return false;
    }
    if (later->kind == ENTRY_IDEA_MERGE) {
        return event->ideas[later->about - 1].merged_into == id;
    }
    const struct poll *poll =
        act_thing(later->kind) == ACT_POLL ? event_poll(event, later->about) : NULL;
    return ballots && poll != NULL && is_option(poll, id);
}

static bool is_shown(enum idea_state state)
{
    return state == IDEA_PENDING || state == IDEA_PUBLISHED;
}

/* Another idea was merged into it, or a poll is about it. */
static const struct act *find_built_on(const struct event *event, const struct act *act)
{
    enum idea_state now = event->ideas[act->about - 1].state;
    enum idea_state before = act->before.idea.state;
    bool leaves_ballots = now == IDEA_PUBLISHED && before != IDEA_PUBLISHED;
    if (!is_shown(now) || now == before) {
        return NULL;
    }
    for (size_t i = 0; i < act_count(event); i++) {
        const struct act *later = act_at(event, i);
        if (later->pos > act->pos &&
            is_built_on(event, later, act->about, leaves_ballots)) {
            return later;
        }
    }
    return NULL;
}

static bool any_idea_has(const struct event *event, int64_t tag)
{
    for (size_t i = 0; i < event->idea_count; i++) {
        if (idea_has_tag(&event->ideas[i], tag)) {
            return true;
        }
    }
    return false;
}

static enum err check_label(const struct event *event, const struct act *act)
{
    const struct label *label = &event->labels[act->about - 1];
    if (act->kind == ENTRY_LABEL_ADD) {
        bool used = label->people > 0 || any_idea_has(event, label->id) ||
                    tickets_lead_to(event, label->id) ||
                    group_decides(event, label->id) ||
                    challenge_is_used(event, label->id);
        return used ? ERR_UNDO_BUILT_ON : ERR_OK;
    }
    bool ticket_only = act->before.label.ticket_only;
    if (act->kind == ENTRY_LABEL_EDIT && ticket_only != label->ticket_only) {
        bool used = ticket_only ? group_was_chosen(event, label->id)
                                : group_decides(event, label->id);
        return used ? ERR_UNDO_BUILT_ON : ERR_OK;
    }
    size_t max = label_kind_max(label->kind);
    bool back = label->dropped && !act->before.label.dropped;
    return back && event_label_count(event, label->kind) >= max ? ERR_TOO_MANY : ERR_OK;
}

static enum err
check_batch(const struct event *event, const struct act *act, const struct act **ret_way)
{
    const struct ticket *replaced = tickets_find_replaced(event, act->pos);
    *ret_way = replaced != NULL ? act_find(event, replaced->acted_pos) : NULL;
    return replaced != NULL ? ERR_UNDO_BUILT_ON : ERR_OK;
}

/* What became since of an idea that was hidden with its author is not taken back. */
static enum err
check_person(const struct event *event, const struct act *act, const struct act **ret_way)
{
    const struct idea *touched = ban_find_touched(event, act->pos);
    *ret_way = touched != NULL ? act_find(event, touched->acted_pos) : NULL;
    return touched != NULL ? ERR_UNDO_BUILT_ON : ERR_OK;
}

/* The first of the poll's batches that was entered, if that was not undone since. */
static const struct act *find_entered(const struct event *event, const struct poll *poll)
{
    for (size_t i = 0; i < act_count(event); i++) {
        const struct act *act = act_at(event, i);
        if (act->kind == ENTRY_PAPER_ENTER && act->undone_pos == 0 &&
            event->papers[act->about - 1]->poll == poll->id) {
            return act;
        }
    }
    return NULL;
}

/* Paper is for the poll as it was opened: even a batch that was dropped may come back. */
static enum err
check_poll(const struct event *event, const struct act *act, const struct act **ret_way)
{
    const struct poll *poll = event->polls[act->about - 1];
    if (act->kind == ENTRY_POLL_OPEN && poll->batch_count > 0) {
        *ret_way = find_entered(event, poll);
        return ERR_UNDO_BUILT_ON;
    }
    return act->kind == ENTRY_POLL_ANNUL && act->before.poll.state == POLL_SEALED
               ? ERR_SEALED
               : ERR_OK;
}

static enum err check_untouched(
    const struct event *event, const struct act *act, const struct act **ret_way)
{
    int64_t last = last_act_on(event, act);
    if (last == act->pos) {
        return ERR_OK;
    }
    *ret_way = act_find(event, last);
    bool sealed = act_thing(act->kind) == ACT_POLL &&
                  event->polls[act->about - 1]->state == POLL_SEALED;
    return sealed ? ERR_SEALED : ERR_UNDO_TOUCHED;
}

static enum err
check_ground(const struct event *event, const struct act *act, const struct act **ret_way)
{
    switch (act_thing(act->kind)) {
    case ACT_IDEA:
        *ret_way = find_built_on(event, act);
        return *ret_way != NULL ? ERR_UNDO_BUILT_ON : ERR_OK;
    case ACT_LABEL:
        return check_label(event, act);
    case ACT_POLL:
        return check_poll(event, act, ret_way);
    case ACT_PAPER:
        return paper_check_undo(event, act);
    case ACT_BATCH:
        return check_batch(event, act, ret_way);
    case ACT_PERSON:
        return check_person(event, act, ret_way);
    case ACT_TICKET: /* replacing it has touched it */
    case ACT_DESK:
    case ACT_OTHER:
    case ACT_CALL:
    case ACT_SETTINGS:
    case ACT_WORDS:
    case ACT_WIFI:
    case ACT_AGENDA:
        break;
    }
    return ERR_OK;
}

enum err act_check_undo(
    const struct event *event, const struct act *act, int64_t at_ms,
    const struct act **ret_way)
{
    const struct act *way = NULL;
    if (!act_may_be_undone(act->kind)) {
        return ERR_UNDO_NONE;
    }
    if (act->undone_pos != 0) {
        return ERR_UNDO_DONE;
    }
    if (at_ms - act->at_ms > UNDO_MS) {
        return ERR_UNDO_LATE;
    }
    enum err err = check_untouched(event, act, &way);
    if (err == ERR_OK) {
        err = check_ground(event, act, &way);
    }
    if (ret_way != NULL) {
        *ret_way = way;
    }
    return err;
}

/* ---- ballots and pictures ---- */

enum act_fence act_fence_when_undone(const struct act *act)
{
    if (act->kind == ENTRY_POLL_OPEN) {
        return FENCE_CLOSES;
    }
    bool ended = act->kind == ENTRY_POLL_CLOSE || act->kind == ENTRY_POLL_ANNUL;
    return ended && act->before.poll.state == POLL_OPEN ? FENCE_OPENS : FENCE_STAYS;
}

enum err act_check_ballots(const struct event *event, const struct act *act)
{
    bool voted =
        act->kind == ENTRY_POLL_OPEN && event->polls[act->about - 1]->ballot_count > 0;
    return voted ? ERR_UNDO_VOTED : ERR_OK;
}

/* Of the last act on it that can have changed its pictures: its author's going does not.
 */
static int64_t acted_on(const struct idea *idea)
{
    return idea_went_with_author(idea) ? idea->acted_before_ban : idea->acted_pos;
}

bool undo_keeps_picture(const struct event *event, uint32_t number, int64_t now_ms)
{
    const struct idea_picture *picture = event_picture(event, number);
    const struct idea *idea = event_idea(event, picture->idea);
    const struct act *act = act_find(event, acted_on(idea));
    while (act != NULL && act_may_be_undone(act->kind) &&
           now_ms - act->at_ms <= UNDO_KEPT_MS) {
        const struct pictures *had = &act->before.idea.pictures;
        if (had->drawing == number || had->photo == number) {
            return true;
        }
        act = act_find(event, acted_on(&act->before.idea));
    }
    return false;
}
