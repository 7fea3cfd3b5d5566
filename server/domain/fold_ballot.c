/* The fold of a poll's ballot lane. The fence alone decides what is accepted, because the
 * lane and the event's history have no common order; and the ballot's rules, which can't
 * change once a poll has been opened.
 *
 * Of a slot's ballots the one with the highest (epoch, counter) counts. Of two with the
 * same, which no honest phone sends, the one that came first stays. */
#include "domain/fold_internal.h"

#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

/* ---- one slot's ballots, newest arrival first ---- */

/* What a slot has, by one walk: 1 + index of a ballot, 0: none. */
struct slot_ballots {
    uint32_t newest;
    uint32_t current; /* the one that counts */
    uint32_t same;    /* with the id that was asked for */
    uint32_t highest; /* counter */
    size_t count;
};

static struct slot_ballots
look_up(const struct poll *poll, const struct uid *slot, const struct uid *id)
{
    struct slot_ballots found = {0};
    uint32_t index = 0;
    found.newest = map_get(&poll->newest_by_slot, slot, &index) ? index + 1 : 0;
    for (uint32_t at = found.newest; at != 0; at = poll->ballots[at - 1].older) {
        const struct kept_ballot *ballot = &poll->ballots[at - 1];
        found.current = ballot->counts ? at : found.current;
        found.same = uid_equal(&ballot->id, id) ? at : found.same;
        found.highest = ballot->counter > found.highest ? ballot->counter : found.highest;
        found.count++;
    }
    return found;
}

static struct outcome first_outcome(const struct kept_ballot *ballot)
{
    return (struct outcome){
        .err = ERR_OK,
        .pos = ballot->seq,
        .counts = ballot->counted_first,
        .repeated = true,
    };
}

bool poll_find_ballot(
    const struct poll *poll, const struct uid *slot, const struct uid *id,
    struct outcome *ret_outcome)
{
    uint32_t same = look_up(poll, slot, id).same;
    if (same != 0) {
        *ret_outcome = first_outcome(&poll->ballots[same - 1]);
    }
    return same != 0;
}

uint32_t poll_slot_counter(
    const struct poll *poll, const struct uid *slot,
    const struct kept_ballot **ret_current)
{
    static const struct uid no_id; /* which no ballot has */
    struct slot_ballots found = look_up(poll, slot, &no_id);
    if (ret_current != NULL) {
        *ret_current = found.current != 0 ? &poll->ballots[found.current - 1] : NULL;
    }
    return found.highest;
}

/* ---- checking ---- */

/* What the lane asks of a ballot, at the check and again when it is folded. Its slot has
 * `of_slot` ballots. */
static enum err check_rules(
    const struct poll *poll, const struct cast *cast, size_t of_slot,
    struct kept_mark *ret_marks)
{
    if (cast->counter == 0 || uid_is_zero(&cast->id) || uid_is_zero(&cast->slot)) {
        return ERR_BAD_VALUE;
    }
    if (!share_fits(&poll->spec, cast->share)) {
        return ERR_BAD_VALUE;
    }
    enum err err = ballot_to_marks(&poll->spec, &cast->ballot, ret_marks);
    if (err != ERR_OK) {
        return err;
    }
    bool full = poll->ballot_count >= BALLOTS_KEPT_MAX || of_slot >= REVOTES_MAX;
    return full ? ERR_TOO_MANY : ERR_OK;
}

enum err poll_check_voting(const struct poll *poll)
{
    static const enum err by_state[POLL_STATE_COUNT] = {
        [POLL_DRAFT] = ERR_NOT_OPEN,
        [POLL_OPEN] = ERR_OK,
        [POLL_CLOSED] = ERR_CLOSED,
        [POLL_SEALED] = ERR_SEALED,
    };

    if (poll == NULL || poll->dropped) {
        return ERR_UNKNOWN_POLL;
    }
    if (poll->annulled) {
        return ERR_ANNULLED;
    }
    bool falling = poll->state == POLL_OPEN && !poll->fence_open;
    return falling ? ERR_CLOSED /* the fence fell; its history entry is on its way */
                   : by_state[poll->state];
}

enum err poll_check_cast(const struct poll *poll, const struct cast *cast)
{
    if (poll == NULL || poll->dropped) {
        return ERR_UNKNOWN_POLL;
    }
    struct slot_ballots found = look_up(poll, &cast->slot, &cast->id);
    if (found.same != 0) {
        return ERR_OK;
    }
    enum err err = poll_check_voting(poll);
    if (err != ERR_OK) {
        return err;
    }
    struct kept_mark marks[OPTIONS_MAX];
    return check_rules(poll, cast, found.count, marks);
}

/* ---- folding ---- */

static enum err reserve_ballots(struct poll *poll, size_t ballots, size_t marks)
{
    void *items = poll->ballots;
    enum err err = vec_reserve(
        &items, &poll->ballot_capacity, poll->ballot_count + ballots,
        sizeof *poll->ballots, BALLOTS_KEPT_MAX);
    poll->ballots = items;
    if (err != ERR_OK) {
        return err;
    }
    items = poll->marks;
    err = vec_reserve(
        &items, &poll->mark_capacity, poll->mark_count + marks, sizeof *poll->marks,
        (size_t)BALLOTS_KEPT_MAX * OPTIONS_MAX);
    poll->marks = items;
    return err;
}

/* Room for both was reserved. */
static struct kept_ballot *
add_ballot(struct poll *poll, const struct cast *cast, const struct kept_mark *marks)
{
    struct kept_ballot *ballot = &poll->ballots[poll->ballot_count++];
    *ballot = (struct kept_ballot){
        .nonce = cast->nonce,
        .lock = cast->lock,
        .marks_at = (uint32_t)poll->mark_count,
        .mark_count = cast->ballot.mark_count,
        .share = cast->share,
    };
    for (size_t i = 0; i < cast->ballot.mark_count; i++) {
        poll->marks[poll->mark_count++] = marks[i];
    }
    return ballot;
}

static bool is_later(const struct cast *cast, const struct kept_ballot *than)
{
    return cast->epoch != than->epoch ? cast->epoch > than->epoch
                                      : cast->counter > than->counter;
}

/* One voter more, or less, in a share. */
static void count_in(struct poll *poll, uint16_t share, int64_t voters)
{
    if (share != 0) {
        poll->voted_of[share - 1] += voters;
    }
}

/* Does the new ballot take the place of `current`, the slot's that counted (or NULL)? */
static bool
supersede(struct poll *poll, const struct cast *cast, struct kept_ballot *current)
{
    if (current != NULL && !is_later(cast, current)) {
        return false;
    }
    if (current != NULL) {
        current->counts = false;
        count_in(poll, current->share, -1);
    } else {
        poll->voted++;
    }
    count_in(poll, cast->share, 1);
    poll->ballots_version++;
    return true;
}

static enum err keep_cast(
    struct poll *poll, int64_t seq, const struct cast *cast,
    const struct slot_ballots *found, const struct kept_mark *marks)
{
    enum err err = reserve_ballots(poll, 1, cast->ballot.mark_count);
    if (err != ERR_OK) {
        return err;
    }
    err = map_put(&poll->newest_by_slot, &cast->slot, (uint32_t)poll->ballot_count);
    if (err != ERR_OK) {
        return err;
    }
    struct kept_ballot *ballot = add_ballot(poll, cast, marks);
    ballot->id = cast->id;
    ballot->slot = cast->slot;
    ballot->epoch = cast->epoch;
    ballot->counter = cast->counter;
    ballot->seq = seq;
    ballot->older = found->newest;
    ballot->counts = supersede(
        poll, cast, found->current != 0 ? &poll->ballots[found->current - 1] : NULL);
    ballot->counted_first = ballot->counts;
    return ERR_OK;
}

static enum err apply_cast(
    struct poll *poll, int64_t seq, const struct cast *cast, struct outcome *ret_outcome)
{
    struct slot_ballots found = look_up(poll, &cast->slot, &cast->id);
    if (found.same != 0) {
        *ret_outcome = first_outcome(&poll->ballots[found.same - 1]);
        return ERR_OK;
    }
    struct outcome outcome = {.pos = seq, .err = ERR_CLOSED};
    struct kept_mark marks[OPTIONS_MAX];
    if (poll->fence_open) {
        outcome.err = check_rules(poll, cast, found.count, marks);
    }
    if (outcome.err == ERR_OK) {
        enum err err = keep_cast(poll, seq, cast, &found, marks);
        if (err != ERR_OK) {
            return err;
        }
        outcome.counts = poll->ballots[poll->ballot_count - 1].counts;
    }
    *ret_outcome = outcome;
    return ERR_OK;
}

/* Also a dropped one: its lane says what it said should the dropping be undone. */
static struct poll *find_poll(struct event *event, int64_t id)
{
    return event_poll_kept(event, id) != NULL ? event->polls[id - 1] : NULL;
}

enum err event_apply_lane(
    struct event *event, int64_t poll_id, int64_t seq, const struct entry *entry,
    struct outcome *ret_outcome)
{
    struct poll *poll = find_poll(event, poll_id);
    if (poll == NULL) {
        *ret_outcome = (struct outcome){.err = ERR_UNKNOWN_POLL, .pos = seq};
        return ERR_OK;
    }
    if (entry->kind == ENTRY_CAST) {
        enum err err = apply_cast(poll, seq, &entry->as.cast, ret_outcome);
        if (err != ERR_OK) {
            return err;
        }
    } else if (entry->kind == ENTRY_FENCE) {
        poll->fence_open = entry->as.fence.open;
        *ret_outcome = (struct outcome){.pos = seq};
    } else {
        *ret_outcome = (struct outcome){.err = ERR_BAD_VALUE, .pos = seq};
    }
    poll->lane_seq = seq;
    return ERR_OK;
}

/* ---- the sealed list ---- */

static void free_ballots(struct poll *poll)
{
    map_fini(&poll->newest_by_slot);
    free(poll->ballots);
    free(poll->marks);
}

/* Fills `fresh`, a poll with the same spec and no ballots. */
static enum err read_sealed(struct poll *fresh, const struct cast *casts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct kept_mark marks[OPTIONS_MAX];
        enum err err = ballot_to_marks(&fresh->spec, &casts[i].ballot, marks);
        if (err != ERR_OK || !share_fits(&fresh->spec, casts[i].share)) {
            return ERR_DAMAGED;
        }
        err = reserve_ballots(fresh, 1, casts[i].ballot.mark_count);
        if (err != ERR_OK) {
            return err;
        }
        add_ballot(fresh, &casts[i], marks)->counts = true;
        count_in(fresh, casts[i].share, 1);
    }
    return ERR_OK;
}

enum err event_load_sealed(
    struct event *event, int64_t poll_id, const struct cast *casts, size_t count)
{
    struct poll *poll = find_poll(event, poll_id);
    if (poll == NULL) {
        return ERR_UNKNOWN_POLL;
    }
    if (poll->state != POLL_SEALED) {
        return ERR_WRONG_STATE;
    }
    struct poll *fresh = malloc(sizeof *fresh);
    if (fresh == NULL) {
        return ERR_NOMEM;
    }
    *fresh = *poll;
    fresh->ballots = NULL;
    fresh->marks = NULL;
    fresh->ballot_count = fresh->ballot_capacity = 0;
    fresh->mark_count = fresh->mark_capacity = 0;
    memset(fresh->voted_of, 0, sizeof fresh->voted_of);
    map_init(&fresh->newest_by_slot, event->map_seed);
    enum err err = read_sealed(fresh, casts, count);
    if (err == ERR_OK) {
        fresh->fence_open = false;
        fresh->voted = (int64_t)count;
        fresh->ballots_version++;
        free_ballots(poll);
        *poll = *fresh;
    } else {
        free_ballots(fresh);
    }
    free(fresh);
    return err;
}
