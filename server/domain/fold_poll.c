/* The stories of a poll's life: draft → open → closed → sealed, reopening, publication
 * and annulment. Whether ballots are accepted is the fence's business (fold_ballot.c):
 * the store turns it in the transaction that writes these entries.
 *
 * Annulling a poll that is open also closes it. What was published is hidden again by
 * reopening and by annulling. A seed that was once told stays until a reopening brings a
 * new commitment: sealing destroys the key that it came from. */
#include "domain/fold_internal.h"

#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

static struct poll *find(struct event *event, int64_t id)
{
    return event->polls[id - 1]; /* the check found it */
}

/* ---- poll.create, poll.edit, poll.drop ---- */

static enum err check_create(const struct event *event, const struct entry *entry)
{
    if (event->poll_count >= POLLS_MAX) {
        return ERR_TOO_MANY;
    }
    return spec_check(event, &entry->as.poll_text.spec);
}

static enum err
apply_create(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    void *items = event->polls;
    enum err err = vec_reserve(
        &items, &event->poll_capacity, event->poll_count + 1, sizeof(struct poll *),
        POLLS_MAX);
    event->polls = items;
    if (err != ERR_OK) {
        return err;
    }
    struct poll *poll = calloc(1, sizeof *poll);
    if (poll == NULL) {
        return ERR_NOMEM;
    }
    event->polls[event->poll_count++] = poll;
    poll->id = (int64_t)event->poll_count;
    poll->uid = entry->command;
    poll->spec = entry->as.poll_text.spec;
    poll->created_at_ms = entry->at_ms;
    poll->changed_pos = event->pos;
    map_init(&poll->newest_by_slot, event->map_seed);
    ret_outcome->id = poll->id;
    return ERR_OK;
}

const struct story story_poll_create = {check_create, apply_create};

static enum err check_draft(const struct poll *poll)
{
    if (poll == NULL) {
        return ERR_UNKNOWN_POLL;
    }
    return poll->state == POLL_DRAFT ? ERR_OK : ERR_WRONG_STATE;
}

static enum err check_edit(const struct event *event, const struct entry *entry)
{
    enum err err = check_draft(event_poll(event, entry->as.poll_text.poll));
    return err != ERR_OK ? err : spec_check(event, &entry->as.poll_text.spec);
}

static enum err
apply_edit(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct poll *poll = find(event, entry->as.poll_text.poll);
    poll->spec = entry->as.poll_text.spec;
    poll->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_poll_edit = {check_edit, apply_edit};

static enum err check_drop(const struct event *event, const struct entry *entry)
{
    return check_draft(event_poll(event, entry->as.poll_act.poll));
}

static enum err
apply_drop(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct poll *poll = find(event, entry->as.poll_act.poll);
    poll->dropped = true;
    poll->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_poll_drop = {check_drop, apply_drop};

/* ---- poll.open, poll.close, poll.reopen ---- */

static enum err check_open(const struct event *event, const struct entry *entry)
{
    const struct poll *poll = event_poll(event, entry->as.poll_act.poll);
    enum err err = check_draft(poll);
    return err != ERR_OK ? err : spec_check(event, &poll->spec);
}

static void put_on_ballot(struct event *event, uint32_t picture)
{
    if (picture != 0) {
        event->pictures[picture - 1].on_ballot = true;
    }
}

static void freeze_option(struct event *event, struct poll *poll, size_t i)
{
    const struct idea *idea = event_idea(event, poll->spec.options[i]);
    poll->labels[i] = idea->content;
    poll->pictures[i] = idea->pictures;
    put_on_ballot(event, idea->pictures.drawing);
    put_on_ballot(event, idea->pictures.photo);
}

/* What stands on the ballot is frozen here: editing an idea later changes no poll. */
static enum err
apply_open(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct poll *poll = find(event, entry->as.poll_act.poll);
    enum err err = poll_freeze_owners(event, poll);
    if (err != ERR_OK) {
        return err;
    }
    for (size_t i = 0; i < poll->spec.option_count; i++) {
        freeze_option(event, poll, i);
    }
    poll->state = POLL_OPEN;
    poll->commitment = entry->as.poll_act.commitment;
    poll->opened_at_ms = entry->at_ms;
    poll->last_person = (int64_t)event->participant_count;
    poll->people = poll->spec.no_late ? event->people : 0;
    poll->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_poll_open = {check_open, apply_open};

static enum err check_close(const struct event *event, const struct entry *entry)
{
    static const enum err by_state[POLL_STATE_COUNT] = {
        [POLL_DRAFT] = ERR_NOT_OPEN,
        [POLL_OPEN] = ERR_OK,
        [POLL_CLOSED] = ERR_CLOSED,
        [POLL_SEALED] = ERR_SEALED,
    };
    const struct poll *poll = event_poll(event, entry->as.poll_act.poll);
    return poll != NULL ? by_state[poll->state] : ERR_UNKNOWN_POLL;
}

/* Who joins later was not asked: the turnout of what is over does not change. */
static void
end_voting(const struct event *event, struct poll *poll, const struct entry *entry)
{
    poll->state = POLL_CLOSED;
    poll->closed_at_ms = entry->at_ms;
    poll->people = poll->spec.no_late ? poll->people : event->people;
}

static enum err
apply_close(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct poll *poll = find(event, entry->as.poll_act.poll);
    end_voting(event, poll, entry);
    poll->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_poll_close = {check_close, apply_close};

static enum err check_reopen(const struct event *event, const struct entry *entry)
{
    static const enum err by_state[POLL_STATE_COUNT] = {
        [POLL_DRAFT] = ERR_WRONG_STATE,
        [POLL_OPEN] = ERR_WRONG_STATE,
        [POLL_CLOSED] = ERR_OK,
        [POLL_SEALED] = ERR_SEALED,
    };
    const struct poll *poll = event_poll(event, entry->as.poll_act.poll);
    if (poll == NULL) {
        return ERR_UNKNOWN_POLL;
    }
    if (poll->annulled) {
        return ERR_ANNULLED;
    }
    enum err err = by_state[poll->state];
    return err != ERR_OK ? err : reason_check(entry->as.poll_act.reason);
}

static enum err
apply_reopen(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct poll *poll = find(event, entry->as.poll_act.poll);
    poll->state = POLL_OPEN;
    poll->published = false;
    poll->reason = entry->as.poll_act.reason;
    poll->reopened++;
    poll->commitment = entry->as.poll_act.commitment;
    poll->seed = (struct hash){0};
    poll->closed_at_ms = 0;
    poll->people = poll->spec.no_late ? poll->people : 0;
    poll->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_poll_reopen = {check_reopen, apply_reopen};

/* ---- poll.publish, poll.unpublish ---- */

static bool is_over(const struct poll *poll)
{
    return poll->state == POLL_CLOSED || poll->state == POLL_SEALED;
}

/* Publishing a sealed poll needs no seed: sealing told it. */
static void learn_seed(struct poll *poll, const struct hash *seed)
{
    static const struct hash none;
    if (memcmp(seed, &none, sizeof none) != 0) {
        poll->seed = *seed;
    }
}

static enum err check_publish(const struct event *event, const struct entry *entry)
{
    const struct poll *poll = event_poll(event, entry->as.poll_act.poll);
    if (poll == NULL) {
        return ERR_UNKNOWN_POLL;
    }
    if (poll->annulled) {
        return ERR_ANNULLED;
    }
    return is_over(poll) && !poll->published ? ERR_OK : ERR_WRONG_STATE;
}

static enum err
apply_publish(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct poll *poll = find(event, entry->as.poll_act.poll);
    poll->published = true;
    poll->published_pos = event->pos;
    paper_note_shown(poll);
    learn_seed(poll, &entry->as.poll_act.seed);
    poll->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_poll_publish = {check_publish, apply_publish};

static enum err check_unpublish(const struct event *event, const struct entry *entry)
{
    const struct poll *poll = event_poll(event, entry->as.poll_act.poll);
    if (poll == NULL) {
        return ERR_UNKNOWN_POLL;
    }
    return poll->published ? ERR_OK : ERR_WRONG_STATE;
}

static enum err apply_unpublish(
    struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct poll *poll = find(event, entry->as.poll_act.poll);
    poll->published = false;
    poll->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_poll_unpublish = {check_unpublish, apply_unpublish};

/* ---- poll.seal, poll.annul ---- */

/* An annulled poll is sealed too: its key and its order of arrival must go as well. The
 * list was made before the entry: paper that came between the two is not in it. */
static enum err check_seal(const struct event *event, const struct entry *entry)
{
    static const enum err by_state[POLL_STATE_COUNT] = {
        [POLL_DRAFT] = ERR_WRONG_STATE,
        [POLL_OPEN] = ERR_WRONG_STATE,
        [POLL_CLOSED] = ERR_OK,
        [POLL_SEALED] = ERR_SEALED,
    };
    const struct poll *poll = event_poll(event, entry->as.poll_act.poll);
    if (poll == NULL) {
        return ERR_UNKNOWN_POLL;
    }
    enum err err = by_state[poll->state];
    bool knows_paper = entry->as.poll_act.paper_pos == poll->paper_pos;
    return err == ERR_OK && !knows_paper ? ERR_WRONG_STATE : err;
}

static enum err
apply_seal(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct poll *poll = find(event, entry->as.poll_act.poll);
    poll->state = POLL_SEALED;
    poll->sealed_hash = entry->as.poll_act.ballots;
    learn_seed(poll, &entry->as.poll_act.seed);
    poll->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_poll_seal = {check_seal, apply_seal};

static enum err check_annul(const struct event *event, const struct entry *entry)
{
    const struct poll *poll = event_poll(event, entry->as.poll_act.poll);
    if (poll == NULL) {
        return ERR_UNKNOWN_POLL;
    }
    if (poll->state == POLL_DRAFT) {
        return ERR_WRONG_STATE;
    }
    return poll->annulled ? ERR_ANNULLED : reason_check(entry->as.poll_act.reason);
}

static enum err
apply_annul(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct poll *poll = find(event, entry->as.poll_act.poll);
    poll->published = false;
    poll->annulled = true;
    poll->reason = entry->as.poll_act.reason;
    if (poll->state == POLL_OPEN) {
        end_voting(event, poll, entry);
    }
    poll->changed_pos = event->pos;
    return ERR_OK;
}

const struct story story_poll_annul = {check_annul, apply_annul};
