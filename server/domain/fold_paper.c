/* Ballots on paper and hands that were counted. One moderator enters a batch, another
 * counts the paper again and confirms; only then it counts, from the moment voting is
 * over. Until sealing, also after the phones' close. While the result is shown nothing
 * that counts may change: it is taken back first, where everybody sees it. */
#include "domain/fold_internal.h"

#include "base/vec.h"
#include "domain/publish.h"

#include <stdlib.h>
#include <string.h>

static enum err check_poll(const struct poll *poll)
{
    static const enum err by_state[POLL_STATE_COUNT] = {
        [POLL_DRAFT] = ERR_NOT_OPEN,
        [POLL_OPEN] = ERR_OK,
        [POLL_CLOSED] = ERR_OK,
        [POLL_SEALED] = ERR_SEALED,
    };

    if (poll == NULL) {
        return ERR_UNKNOWN_POLL;
    }
    enum err err = by_state[poll->state];
    return err == ERR_OK && poll->annulled ? ERR_ANNULLED : err;
}

/* What counts has changed, or may: the sealed list must know. */
static void touch_paper(struct event *event, struct paper_batch *batch)
{
    struct poll *poll = event->polls[batch->poll - 1];
    int64_t paper = 0;
    memset(poll->paper_of, 0, sizeof poll->paper_of);
    for (size_t i = 0; i < poll->batch_count; i++) {
        const struct paper_batch *each = poll->batches[i];
        int64_t ballots = batch_counts(each) ? each->ballots : 0;
        paper += ballots;
        if (each->share != 0) {
            poll->paper_of[each->share - 1] += ballots;
        }
    }
    batch->changed_pos = event->pos;
    poll->paper_pos = event->pos;
    if (paper != poll->paper) {
        poll->paper = paper;
        poll->changed_pos = event->pos;
        poll->ballots_version++;
    }
}

/* ---- paper.enter ---- */

/* The pile's ballot, whose marks begin at `at`. */
static void
take_ballot(const struct paper *paper, size_t pile, size_t at, struct ballot *ret_ballot)
{
    uint16_t count = paper->piles[pile].mark_count;
    ret_ballot->form = paper->form;
    ret_ballot->mark_count = count;
    memcpy(ret_ballot->marks, &paper->marks[at], count * sizeof *ret_ballot->marks);
}

static enum err check_pile(
    const struct poll_spec *spec, const struct paper *paper, size_t pile, size_t at)
{
    struct ballot ballot;
    struct kept_mark marks[OPTIONS_MAX];
    const struct pile *of = &paper->piles[pile];
    if (of->count < 1 || of->count > PAPER_COUNT_MAX || of->mark_count > OPTIONS_MAX ||
        at + of->mark_count > PAPER_MARKS_MAX) {
        return ERR_BAD_VALUE;
    }
    take_ballot(paper, pile, at, &ballot);
    return ballot_to_marks(spec, &ballot, marks);
}

static enum err check_piles(const struct poll_spec *spec, const struct paper *paper)
{
    if (paper->pile_count < 1 || paper->pile_count > PAPER_PILES_MAX) {
        return ERR_BAD_VALUE;
    }
    size_t at = 0;
    for (size_t i = 0; i < paper->pile_count; i++) {
        enum err err = check_pile(spec, paper, i, at);
        if (err != ERR_OK) {
            return err;
        }
        at += paper->piles[i].mark_count;
    }
    return at == paper->mark_count ? ERR_OK : ERR_BAD_VALUE;
}

static enum err check_enter(const struct event *event, const struct entry *entry)
{
    const struct poll *poll = event_poll(event, entry->as.paper_enter.poll);
    enum err err = check_poll(poll);
    if (err != ERR_OK) {
        return err;
    }
    if (poll->batch_count >= PAPER_BATCHES_MAX ||
        event->paper_count >= EVENT_BATCHES_MAX) {
        return ERR_TOO_MANY;
    }
    if (!share_fits(&poll->spec, entry->as.paper_enter.share)) {
        return ERR_BAD_VALUE;
    }
    return check_piles(&poll->spec, &entry->as.paper_enter.paper);
}

static void keep_pile(
    struct paper_batch *batch, const struct poll_spec *spec, const struct paper *paper)
{
    struct ballot ballot;
    struct kept_mark marks[OPTIONS_MAX];
    size_t pile = batch->pile_count;
    size_t at = 0;
    for (size_t i = 0; i < pile; i++) {
        at += paper->piles[i].mark_count;
    }
    take_ballot(paper, pile, at, &ballot);
    enum err err = ballot_to_marks(spec, &ballot, marks);
    uint16_t count = err == ERR_OK ? ballot.mark_count : 0; /* the check let it pass */
    memcpy(&batch->marks[at], marks, count * sizeof *marks);
    batch->piles[batch->pile_count++] = (struct kept_pile){
        .count = paper->piles[pile].count,
        .mark_count = count,
        .marks_at = (uint16_t)at,
    };
    batch->ballots += paper->piles[pile].count;
}

static enum err reserve_batch(struct event *event, struct poll *poll)
{
    void *items = event->papers;
    enum err err = vec_reserve(
        &items, &event->paper_capacity, event->paper_count + 1,
        sizeof(struct paper_batch *), EVENT_BATCHES_MAX);
    event->papers = items;
    if (err != ERR_OK) {
        return err;
    }
    items = poll->batches;
    err = vec_reserve(
        &items, &poll->batch_capacity, poll->batch_count + 1,
        sizeof(struct paper_batch *), PAPER_BATCHES_MAX);
    poll->batches = items;
    return err;
}

static enum err
apply_enter(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    const struct paper *paper = &entry->as.paper_enter.paper;
    struct poll *poll = event->polls[entry->as.paper_enter.poll - 1];
    enum err err = reserve_batch(event, poll);
    struct paper_batch *batch = err == ERR_OK ? calloc(1, sizeof *batch) : NULL;
    if (batch == NULL) {
        return ERR_NOMEM;
    }
    event->papers[event->paper_count++] = batch;
    poll->batches[poll->batch_count++] = batch;
    batch->id = (int64_t)event->paper_count;
    batch->poll = poll->id;
    batch->share = entry->as.paper_enter.share;
    batch->entered_by = entry->actor;
    batch->entered_at_ms = entry->at_ms;
    for (size_t i = 0; i < paper->pile_count; i++) {
        keep_pile(batch, &poll->spec, paper);
    }
    touch_paper(event, batch);
    ret_outcome->id = batch->id;
    return ERR_OK;
}

const struct story story_paper_enter = {check_enter, apply_enter};

/* ---- paper.confirm, paper.drop ---- */

static enum err check_confirm(const struct event *event, const struct entry *entry)
{
    const struct paper_batch *batch = event_paper(event, entry->as.paper_act.batch);
    if (batch == NULL) {
        return ERR_UNKNOWN_BATCH;
    }
    const struct poll *poll = event->polls[batch->poll - 1];
    enum err err = check_poll(poll);
    if (err != ERR_OK) {
        return err;
    }
    if (batch->confirmed_by != 0) {
        return ERR_WRONG_STATE;
    }
    if (batch->entered_by == entry->actor) {
        return ERR_PAPER_OWN;
    }
    if (poll->published) {
        return ERR_PUBLISHED;
    }
    return entry->as.paper_act.ballots == batch->ballots ? ERR_OK : ERR_PAPER_COUNT;
}

static enum err
apply_confirm(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct paper_batch *batch = event->papers[entry->as.paper_act.batch - 1];
    batch->confirmed_by = entry->actor;
    batch->confirmed_at_ms = entry->at_ms;
    touch_paper(event, batch);
    return ERR_OK;
}

const struct story story_paper_confirm = {check_confirm, apply_confirm};

static enum err check_drop(const struct event *event, const struct entry *entry)
{
    const struct paper_batch *batch = event_paper(event, entry->as.paper_act.batch);
    if (batch == NULL) {
        return ERR_UNKNOWN_BATCH;
    }
    const struct poll *poll = event->polls[batch->poll - 1];
    enum err err = check_poll(poll);
    return err == ERR_OK && poll->published && batch_counts(batch) ? ERR_PUBLISHED : err;
}

static enum err
apply_drop(struct event *event, const struct entry *entry, struct outcome *ret_outcome)
{
    (void)ret_outcome;
    struct paper_batch *batch = event->papers[entry->as.paper_act.batch - 1];
    batch->dropped = true;
    touch_paper(event, batch);
    return ERR_OK;
}

const struct story story_paper_drop = {check_drop, apply_drop};

/* ---- showing ---- */

void paper_note_shown(struct poll *poll)
{
    int64_t since = publish_paper_since(poll);
    if (since > 0 && since < PUBLISH_STATISTICS_MIN) {
        return;
    }
    poll->paper_shown = true;
    for (size_t i = 0; i < poll->batch_count; i++) {
        poll->batches[i]->shown = batch_counts(poll->batches[i]);
    }
}

/* ---- undoing ---- */

static bool counted_before(const struct act *act)
{
    const struct batch_before *before = &act->before.batch;
    return act->kind != ENTRY_PAPER_ENTER && !before->dropped &&
           before->confirmed_by != 0;
}

enum err paper_check_undo(const struct event *event, const struct act *act)
{
    const struct paper_batch *batch = event->papers[act->about - 1];
    const struct poll *poll = event->polls[batch->poll - 1];
    enum err err = check_poll(poll);
    bool changes = counted_before(act) != batch_counts(batch);
    return err == ERR_OK && poll->published && changes ? ERR_PUBLISHED : err;
}

void paper_put_back(struct event *event, const struct act *act)
{
    struct paper_batch *batch = event->papers[act->about - 1];
    const struct batch_before *before = &act->before.batch;
    batch->dropped = act->kind == ENTRY_PAPER_ENTER || before->dropped;
    batch->confirmed_by = before->confirmed_by;
    batch->confirmed_at_ms = before->confirmed_at_ms;
    batch->acted_pos = before->acted_pos;
    touch_paper(event, batch);
}
