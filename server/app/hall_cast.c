/* The path of a ballot: stamp → check → the lane's next batch → durable → fold → answer.
 * A batch is what arrived while the lane's last row was being committed, or in
 * COMMIT_FLOOR_MS if that takes longer. */
#include "app/hall_internal.h"

#include "base/vec.h"
#include "domain/own.h"
#include "domain/shares.h"

#include <stdlib.h>

#define BATCHES_IN_FLIGHT_MAX 64 /* of one lane; above it "busy" */

static void lane_key(int64_t event, int64_t poll, struct uid *ret_key)
{
    memcpy(ret_key->bytes, &event, sizeof event);
    memcpy(ret_key->bytes + sizeof event, &poll, sizeof poll);
}

struct lane *hall_lane(struct hall *hall, struct event *event, int64_t poll)
{
    struct uid key;
    uint32_t i = 0;
    lane_key(event->id, poll, &key);
    if (map_get(&hall->lane_index, &key, &i)) {
        return hall->lanes[i];
    }
    void *lanes = hall->lanes;
    enum err err = vec_reserve(
        &lanes, &hall->lane_capacity, hall->lane_count + 1, sizeof(struct lane *),
        LANES_MAX);
    hall->lanes = lanes;
    struct lane *lane = err == ERR_OK ? calloc(1, sizeof *lane) : NULL;
    if (lane == NULL ||
        map_put(&hall->lane_index, &key, (uint32_t)hall->lane_count) != ERR_OK) {
        free(lane);
        return NULL;
    }
    *lane = (struct lane){.hall = hall, .event = event, .poll = poll};
    hall->lanes[hall->lane_count++] = lane;
    return lane;
}

/* The first ballots of a batch find their memory where those of another were: a fresh
 * page for each costs more than its commit. */
static struct cast_batch *batch_new(struct lane *lane)
{
    struct cast_batch *batch = lane->hall->spare;
    lane->hall->spare = NULL;
    if (batch == NULL) {
        batch = calloc(1, sizeof *batch);
    }
    if (batch != NULL) {
        batch->lane = lane;
        batch->count = 0;
    }
    return batch;
}

static void batch_done(struct cast_batch *batch)
{
    struct hall *hall = batch->lane->hall;
    hall_batch_free(hall->spare);
    hall->spare = batch;
}

void hall_batch_free(struct cast_batch *batch)
{
    if (batch != NULL) {
        free(batch->casts);
        free(batch);
    }
}

void hall_lane_fini(struct lane *lane)
{
    hall_lane_forget(lane);
    hall_batch_free(lane->filling);
}

static bool lane_load_key(struct lane *lane)
{
    if (!lane->has_key) {
        lane->has_key = trust_poll_key(
                            lane->hall->keys, lane->event->id, lane->poll, false,
                            &lane->key) == ERR_OK;
    }
    return lane->has_key;
}

/* From memory, where it stands since the participant was last asked about: a slot is a
 * MAC, and every ballot asks for one. */
static bool lane_slot(struct lane *lane, int64_t participant, struct uid *ret_slot)
{
    size_t index = (size_t)participant - 1;
    void *slots = lane->slots;
    enum err err = vec_reserve(
        &slots, &lane->slot_capacity, index + 1, sizeof(struct uid), PARTICIPANTS_MAX);
    lane->slots = slots;
    if (err != ERR_OK) {
        return false;
    }
    if (uid_is_zero(&lane->slots[index])) {
        trust_slot(&lane->key, participant, &lane->slots[index]);
    }
    *ret_slot = lane->slots[index];
    return true;
}

/* The memory of who is which slot goes with the key. */
void hall_lane_forget(struct lane *lane)
{
    trust_wipe(&lane->key, sizeof lane->key);
    trust_wipe(lane->slots, lane->slot_capacity * sizeof *lane->slots);
    free(lane->slots);
    lane->slots = NULL;
    lane->slot_capacity = 0;
    lane->has_key = false;
}

bool hall_slot(
    struct hall *hall, const struct event *event, int64_t poll, int64_t participant,
    struct uid *ret_slot)
{
    struct event *owned = hall_event(hall, event->id);
    const struct poll *state = event_poll(event, poll);
    if (owned == NULL || state == NULL || state->state == POLL_DRAFT ||
        state->state == POLL_SEALED) {
        return false;
    }
    struct lane *lane = hall_lane(hall, owned, poll);
    if (lane == NULL || !lane_load_key(lane)) {
        return false;
    }
    return lane_slot(lane, participant, ret_slot);
}

/* ---- answering ---- */

enum err hall_prove(const struct cast *cast, int64_t poll, struct hash *ret_proof)
{
    struct buf canonical;
    buf_init(&canonical, FRAME_CAST_BYTES_MAX);
    wire_encode_ballot(&canonical, &cast->ballot);
    trust_proof(poll, &cast->lock, &cast->nonce, buf_span(&canonical), ret_proof);
    enum err err = buf_err(&canonical);
    buf_fini(&canonical);
    return err;
}

static void
answer(const struct waiting_cast *waiting, int64_t poll, const struct outcome *outcome)
{
    struct hash proof;
    if (outcome->err != ERR_OK) {
        waiting->done(waiting->ctx, outcome, NULL);
        return;
    }
    /* Without a proof it asks again, and is stored already. */
    const struct outcome again = {
        .err = hall_prove(&waiting->cast, poll, &proof), .pos = outcome->pos};
    bool proven = again.err == ERR_OK;
    waiting->done(waiting->ctx, proven ? outcome : &again, proven ? &proof : NULL);
}

/* A ballot that was sent again behind the fence may have come before it the first time:
 * by now that is known, and its answer is the first one. Once the poll is sealed it is
 * known no more, and nobody is told that a ballot came too late that counts. */
static void refuse_batch(struct cast_batch *batch, enum err err)
{
    const struct poll *poll = event_poll(batch->lane->event, batch->lane->poll);
    if (err == ERR_CLOSED && poll != NULL && poll->state == POLL_SEALED) {
        err = ERR_SEALED;
    }
    for (size_t i = 0; i < batch->count; i++) {
        const struct waiting_cast *waiting = &batch->casts[i];
        struct outcome outcome = {.err = err};
        struct outcome first;
        if (poll != NULL &&
            poll_find_ballot(poll, &waiting->cast.slot, &waiting->cast.id, &first)) {
            outcome = first;
        }
        answer(waiting, batch->lane->poll, &outcome);
    }
}

static bool fold_batch(struct cast_batch *batch, int64_t seq)
{
    struct lane *lane = batch->lane;
    struct entry entry = {.kind = ENTRY_CAST};
    for (size_t i = 0; i < batch->count; i++) {
        struct outcome outcome;
        cast_copy(&entry.as.cast, &batch->casts[i].cast);
        enum err err = event_apply_lane(lane->event, lane->poll, seq, &entry, &outcome);
        if (err != ERR_OK) {
            hall_fail(lane->hall, err, "a ballot could not be folded");
            return false;
        }
        answer(&batch->casts[i], lane->poll, &outcome);
    }
    return true;
}

static void on_batch_stored(void *ctx, enum store_status status, int64_t seq)
{
    struct cast_batch *batch = ctx;
    struct lane *lane = batch->lane;
    lane->in_flight--;
    if (status == STORE_CLOSED) {
        refuse_batch(batch, ERR_CLOSED);
    } else if (fold_batch(batch, seq)) {
        hall_notify(lane->hall, lane->event);
    }
    batch_done(batch);
}

/* ---- filling and handing in ---- */

static void batch_encode(struct buf *body, const struct cast_batch *batch)
{
    struct entry entry = {.kind = ENTRY_CAST};
    buf_char(body, '[');
    for (size_t i = 0; i < batch->count; i++) {
        buf_text(body, i != 0 ? "," : "");
        cast_copy(&entry.as.cast, &batch->casts[i].cast);
        wire_encode_entry(body, &entry);
    }
    buf_char(body, ']');
}

void hall_lane_flush(struct lane *lane)
{
    struct cast_batch *batch = lane->filling;
    if (batch == NULL || batch->count == 0) {
        return;
    }
    lane->filling = NULL;
    struct buf body;
    buf_init(&body, (size_t)FRAME_CAST_BYTES_MAX * BATCH_ENTRIES_MAX);
    batch_encode(&body, batch);
    struct uid uid;
    trust_random_uid(&uid);
    const struct store_lane at = {.event = lane->event->id, .poll = lane->poll};
    enum err err = buf_failed(&body) ? ERR_NOMEM
                                     : store_append(
                                           lane->hall->store, at, &uid, buf_span(&body),
                                           on_batch_stored, batch);
    buf_fini(&body);
    if (err != ERR_OK) {
        refuse_batch(batch, ERR_BUSY);
        batch_done(batch);
        return;
    }
    lane->in_flight++;
}

/* Hands in the next batch of each lane whose last one is answered; while the store is
 * `idle`, also of those whose answer is here and not told yet. The others stay marked.
 * False: nothing was handed in. */
static bool flush_dirty(struct hall *hall, bool idle)
{
    struct lane *lane = hall->dirty;
    bool any = false;
    hall->dirty = NULL;
    while (lane != NULL) {
        struct lane *next = lane->next_dirty;
        lane->dirty = false;
        if (lane->drop_due && !idle) {
            hall_lane_drop(lane);
        } else if (lane->drop_due || (lane->in_flight > 0 && !idle)) {
            hall_lane_mark(lane);
        } else {
            any = any || lane->filling != NULL;
            hall_lane_flush(lane);
        }
        lane = next;
    }
    return any;
}

void hall_flush_dirty(struct hall *hall)
{
    (void)flush_dirty(hall, false);
}

/* The turn that comes looks again. */
static void on_floor(uv_timer_t *timer)
{
    (void)timer;
}

static void flush_in_time(struct hall *hall, bool idle)
{
    int64_t now_ms = (int64_t)uv_now(hall->options.loop);
    if (hall->dirty == NULL || store_is_settling(hall->store)) {
        return; /* together with what comes meanwhile */
    }
    if (now_ms < hall->next_flush_ms) {
        uv_timer_start(
            &hall->floor, on_floor, (uint64_t)(hall->next_flush_ms - now_ms), 0);
        return;
    }
    if (flush_dirty(hall, idle)) {
        hall->next_flush_ms = now_ms + COMMIT_FLOOR_MS;
    }
}

void hall_flush_in_time(struct hall *hall)
{
    flush_in_time(hall, false);
}

/* Telling a batch takes about as long as a quick disk takes to commit one. */
void hall_flush_ahead(struct hall *hall)
{
    if (store_backlog(hall->store) == 0) {
        flush_in_time(hall, true);
    }
}

void hall_lane_mark(struct lane *lane)
{
    if (!lane->dirty) {
        lane->dirty = true;
        lane->next_dirty = lane->hall->dirty;
        lane->hall->dirty = lane;
    }
}

static void waiting_copy(struct waiting_cast *to, const struct waiting_cast *from)
{
    cast_copy(&to->cast, &from->cast);
    to->done = from->done;
    to->ctx = from->ctx;
}

static enum err enqueue(struct lane *lane, const struct waiting_cast *waiting)
{
    if (lane->filling != NULL && lane->filling->count == BATCH_ENTRIES_MAX) {
        hall_lane_flush(lane);
    }
    if (lane->in_flight >= BATCHES_IN_FLIGHT_MAX) {
        return ERR_BUSY;
    }
    lane->filling = lane->filling != NULL ? lane->filling : batch_new(lane);
    if (lane->filling == NULL) {
        return ERR_NOMEM;
    }
    struct cast_batch *batch = lane->filling;
    void *casts = batch->casts;
    enum err err = vec_reserve(
        &casts, &batch->capacity, batch->count + 1, sizeof *waiting, BATCH_ENTRIES_MAX);
    batch->casts = casts;
    if (err != ERR_OK) {
        return err;
    }
    waiting_copy(&batch->casts[batch->count++], waiting);
    hall_lane_mark(lane);
    return ERR_OK;
}

/* One that is known is none of this any more: its answer is the first one (`repeated`).
 * Else *ret_outcome has the option that is why, if one is. */
static enum err check_ballot(
    const struct poll *poll, const struct participant *person, const struct cast *cast,
    struct outcome *ret_outcome)
{
    if (poll_find_ballot(poll, &cast->slot, &cast->id, ret_outcome)) {
        return ERR_OK;
    }
    enum err err = poll_check_voting(poll);
    if (err == ERR_OK && poll->spec.no_late && person->id > poll->last_person) {
        err = ERR_CAME_LATE;
    }
    if (err == ERR_OK) {
        err = poll_check_share(poll, person);
    }
    if (err == ERR_OK) {
        err = poll_check_cast(poll, cast);
    }
    return err == ERR_OK ? poll_check_own(poll, person, &cast->ballot, &ret_outcome->id)
                         : err;
}

/* Everything that must hold before a ballot may wait for its commit. */
static enum err admit(
    struct hall *hall, const struct hall_ballot *ballot, struct waiting_cast *waiting,
    struct outcome *ret_outcome)
{
    const struct participant *person =
        event_participant(ballot->event, ballot->participant);
    if (person == NULL || person->role != ROLE_PARTICIPANT) {
        return ERR_NOT_PARTICIPANT;
    }
    enum err err = event_check_in(ballot->event, person);
    if (err != ERR_OK) {
        return err;
    }
    const struct poll *poll = event_poll(ballot->event, ballot->poll);
    if (poll == NULL || poll->state == POLL_DRAFT) {
        return ERR_UNKNOWN_POLL;
    }
    struct uid slot;
    if (!hall_slot(hall, ballot->event, ballot->poll, ballot->participant, &slot)) {
        return poll->state == POLL_SEALED ? ERR_SEALED : ERR_INTERNAL;
    }
    struct cast *cast = &waiting->cast;
    cast->slot = slot;
    cast->epoch = person->epoch;
    cast->share = poll_share_of(poll, person);
    return check_ballot(poll, person, cast, ret_outcome);
}

void hall_cast(
    struct hall *hall, const struct hall_ballot *ballot, hall_cast_done *done, void *ctx)
{
    struct waiting_cast waiting = {.done = done, .ctx = ctx};
    struct outcome outcome = {.repeated = false};
    cast_copy(&waiting.cast, ballot->cast);
    outcome.err = admit(hall, ballot, &waiting, &outcome);
    if (outcome.err == ERR_OK && !outcome.repeated) {
        struct lane *lane = hall_lane(hall, ballot->event, ballot->poll);
        outcome.err = lane != NULL ? enqueue(lane, &waiting) : ERR_NOMEM;
    }
    if (outcome.err != ERR_OK || outcome.repeated) {
        answer(&waiting, ballot->poll, &outcome);
    }
}
