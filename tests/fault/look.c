/* Looking into the store with the program's own library, after the server has ended. */
#include "casters.h"

#include "app/hall.h"
#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

/* Every cast of the lane, as it lies there. */
struct lane_cast {
    struct uid id;
    struct uid slot;
    struct hash proof;
    int64_t seq;
    uint32_t counter;
    uint32_t epoch;
    uint32_t caster; /* by their own record of it, or NOBODY */
    bool counts;
};

#define NOBODY UINT32_MAX

struct look {
    struct lane_cast *casts;
    size_t count;
    size_t capacity;
    int64_t poll;
    int64_t seq; /* of the row being read */
};

static enum err take_entry(void *ctx, const struct entry *entry)
{
    struct look *look = ctx;
    if (entry->kind != ENTRY_CAST) {
        return ERR_OK;
    }
    void *items = look->casts;
    enum err err = vec_reserve(
        &items, &look->capacity, look->count + 1, sizeof *look->casts, SIZE_MAX / 1024);
    look->casts = items;
    if (err != ERR_OK) {
        return err;
    }
    const struct cast *cast = &entry->as.cast;
    struct lane_cast *at = &look->casts[look->count++];
    *at = (struct lane_cast){
        .id = cast->id,
        .slot = cast->slot,
        .seq = look->seq,
        .counter = cast->counter,
        .epoch = cast->epoch,
        .caster = NOBODY,
    };
    struct buf ballot;
    buf_init(&ballot, FRAME_CAST_BYTES_MAX);
    wire_encode_ballot(&ballot, &cast->ballot);
    trust_proof(look->poll, &cast->lock, &cast->nonce, buf_span(&ballot), &at->proof);
    buf_fini(&ballot);
    return ERR_OK;
}

static enum err take_row(void *ctx, int64_t seq, struct span body)
{
    struct look *look = ctx;
    look->seq = seq;
    return wire_decode_batch(body, take_entry, look);
}

static int compare_ids(const void *a, const void *b)
{
    const struct lane_cast *one = a;
    const struct lane_cast *two = b;
    return memcmp(one->id.bytes, two->id.bytes, UID_BYTES);
}

static int compare_slots(const void *a, const void *b)
{
    const struct lane_cast *one = a;
    const struct lane_cast *two = b;
    int by_slot = memcmp(one->slot.bytes, two->slot.bytes, UID_BYTES);
    if (by_slot != 0) {
        return by_slot;
    }
    return one->counter < two->counter ? -1 : one->counter > two->counter ? 1 : 0;
}

static void check_record(const struct cast_record *record, const struct lane_cast *found)
{
    if (found == NULL) {
        die("LOST: an acknowledged ballot is not in the store");
    }
    if (found->seq != record->pos ||
        memcmp(found->proof.bytes, record->proof.bytes, HASH_BYTES) != 0) {
        die("an acknowledged ballot lies elsewhere, or is another");
    }
}

/* No id twice; every acknowledged one at its position with its proof. */
static void check_ids(const struct casters *casters, struct look *look)
{
    qsort(look->casts, look->count, sizeof *look->casts, compare_ids);
    for (size_t i = 1; i < look->count; i++) {
        if (compare_ids(&look->casts[i - 1], &look->casts[i]) == 0) {
            die("a ballot lies in the lane twice");
        }
    }
    for (size_t i = 0; i < casters->record_count; i++) {
        const struct cast_record *record = &casters->records[i];
        struct lane_cast key = {.id = record->id};
        struct lane_cast *found =
            bsearch(&key, look->casts, look->count, sizeof key, compare_ids);
        if (record->pos != 0) {
            check_record(record, found);
        }
        if (found != NULL && found->counter == record->counter) {
            found->caster = record->caster;
        }
    }
}

/* Whatever happened between their ballots, each person has one slot, and nobody else has
 * it. Sorted by slot. */
static void check_people(const struct casters *casters, const struct look *look)
{
    bool *has_slot = calloc(casters->count, sizeof *has_slot);
    for (size_t i = 0; i < look->count; i++) {
        const struct lane_cast *cast = &look->casts[i];
        const struct lane_cast *before = i > 0 ? cast - 1 : NULL;
        if (has_slot == NULL || cast->caster == NOBODY) {
            die("a ballot lies in the lane that nobody cast");
        }
        if (before != NULL && uid_equal(&before->slot, &cast->slot)) {
            if (before->caster != cast->caster) {
                die("LOST: two people have one slot");
            }
        } else if (has_slot[cast->caster]) {
            die("DOUBLED: somebody has two slots");
        }
        has_slot[cast->caster] = true;
    }
    free(has_slot);
}

/* What the fold counts: one ballot a slot, the one with the highest counter. Sorted by
 * slot. */
static void check_counts(const struct poll *poll, struct look *look)
{
    size_t slots = 0;
    size_t counted = 0;
    for (size_t i = 0; i < look->count; i++) {
        bool last = i + 1 == look->count ||
                    !uid_equal(&look->casts[i].slot, &look->casts[i + 1].slot);
        slots += last ? 1 : 0;
        look->casts[i].counts = last;
    }
    for (size_t i = 0; i < poll->ballot_count; i++) {
        const struct kept_ballot *kept = &poll->ballots[i];
        if (!kept->counts) {
            continue;
        }
        struct lane_cast key = {.slot = kept->slot, .counter = kept->counter};
        const struct lane_cast *found =
            bsearch(&key, look->casts, look->count, sizeof key, compare_slots);
        if (found == NULL || !found->counts) {
            die("a ballot counts that is not its voter's last");
        }
        counted++;
    }
    if (slots != counted || (int64_t)slots != poll->voted) {
        die("%zu voters, but %zu ballots count and %lld have voted", slots, counted,
            (long long)poll->voted);
    }
}

void casters_verify_store(const struct casters *casters, const char *store)
{
    uv_loop_t loop;
    struct hall *hall = NULL;
    uv_loop_init(&loop);
    struct hall_options options = {.store = store, .loop = &loop};
    if (hall_open(&options, &hall) != ERR_OK) {
        die("the store can't be opened");
    }
    struct event *event = hall_event_by_code(hall, casters->event);
    const struct poll *poll = event != NULL ? event_poll(event, casters->poll) : NULL;
    if (poll == NULL) {
        die("the poll is not in the store");
    }
    struct look look = {.poll = poll->id};
    struct store_lane lane = {event->id, poll->id};
    if (store_tail(hall_store(hall), lane, 0, take_row, &look) != ERR_OK) {
        die("the lane can't be read");
    }
    check_ids(casters, &look);
    qsort(look.casts, look.count, sizeof *look.casts, compare_slots);
    check_people(casters, &look);
    check_counts(poll, &look);
    printf(
        "%zu ballots in the store, %zu of them acknowledged, %lld voters count once, "
        "each "
        "has one slot\n",
        look.count, casters->acknowledged, (long long)poll->voted);
    free(look.casts);
    hall_close(hall);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
}
