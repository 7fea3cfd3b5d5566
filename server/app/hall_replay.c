/* From the store to the state: docs first, then each event's history, then its ballots.
 */
#include "app/hall_internal.h"

#include "base/hex.h"
#include "base/log.h"

#include <inttypes.h>
#include <stdlib.h>

struct replay {
    struct hall *hall;
    struct event *event;
    int64_t poll;
    int64_t seq;
};

static enum err load_content(void *ctx, struct span name, struct span body)
{
    struct uid id;
    enum err err =
        hex_decode((const char *)name.data, name.bytes, id.bytes, sizeof id.bytes);
    return err != ERR_OK ? ERR_DAMAGED : hall_texts_put(ctx, &id, body);
}

static enum err load_docs(struct hall *hall)
{
    static const struct {
        const char *kind;
        store_doc_row *load;
    } kinds[] = {
        {"content", load_content},    {"seat", hall_load_seat},
        {"link", hall_load_link},     {"ticket", hall_load_ticket},
        {"gone", hall_load_gone},     {"office", hall_load_office},
        {"notice", hall_load_notice},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        enum err err = store_docs(hall->store, kinds[i].kind, kinds[i].load, hall);
        if (err != ERR_OK) {
            return err;
        }
    }
    return ERR_OK;
}

/* A refused entry is in order: it lost a race then, and loses it again now. */
static enum err apply_entry(void *ctx, const struct entry *entry)
{
    struct replay *replay = ctx;
    struct outcome outcome;
    if (replay->poll == 0) {
        return event_apply(replay->event, entry, &outcome);
    }
    return event_apply_lane(replay->event, replay->poll, replay->seq, entry, &outcome);
}

static enum err apply_row(void *ctx, int64_t seq, struct span body)
{
    struct replay *replay = ctx;
    replay->seq = seq;
    enum err err = wire_decode_batch(body, apply_entry, replay);
    if (replay->poll == 0) {
        replay->event->history_seq = seq;
    }
    return err;
}

static struct event *event_of_lane(struct hall *hall, int64_t id)
{
    for (size_t i = 0; i < hall->event_count; i++) {
        if (hall->events[i]->id == id) {
            return hall->events[i];
        }
    }
    struct event *event = hall_add_event(hall);
    if (event != NULL) {
        event->id = id;
    }
    return event;
}

/* The fence stands where its lane's rows have turned it. */
static enum err
check_fence(const struct replay *replay, const struct store_lane_info *info)
{
    const struct poll *poll =
        replay->poll != 0 ? event_poll_kept(replay->event, replay->poll) : NULL;
    if (poll == NULL || poll->fence_open == info->open) {
        return ERR_OK;
    }
    log_line(
        LOG_ERROR, "the fence of poll %" PRId64 " stands otherwise than its log says",
        replay->poll);
    return ERR_DAMAGED;
}

static enum err replay_lane(void *ctx, const struct store_lane_info *info)
{
    struct hall *hall = ctx;
    struct replay replay = {.hall = hall, .poll = info->lane.poll};
    struct gone_event *gone = hall_gone(hall, info->lane.event);
    if (gone != NULL) {
        gone->half = true;
        return ERR_OK;
    }
    replay.event = event_of_lane(hall, info->lane.event);
    if (replay.event == NULL) {
        return ERR_NOMEM;
    }
    if (replay.poll != 0) {
        if (replay.poll > (int64_t)replay.event->poll_count) {
            log_line(
                LOG_ERROR,
                "event %" PRId64 " has ballots of poll %" PRId64
                ", which its history does not know",
                info->lane.event, replay.poll);
            return ERR_DAMAGED;
        }
        const struct poll *poll = event_poll_kept(replay.event, replay.poll);
        if (poll == NULL || poll->state == POLL_SEALED) {
            return ERR_OK; /* a seal cut short, see below */
        }
    }
    enum err err = store_tail(hall->store, info->lane, 0, apply_row, &replay);
    return err == ERR_OK ? check_fence(&replay, info) : err;
}

/* The lanes are gathered first: a walk over one query must not start another. */
struct lane_list {
    struct store_lane_info *items; /* owned */
    size_t count;
    size_t capacity;
};

static enum err gather_lane(void *ctx, const struct store_lane_info *info)
{
    struct lane_list *list = ctx;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity != 0 ? 2 * list->capacity : 64;
        struct store_lane_info *items = realloc(list->items, capacity * sizeof *items);
        if (items == NULL) {
            return ERR_NOMEM;
        }
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = *info;
    return ERR_OK;
}

/* A sealed list's doc is named "EVENT/POLL". */
static enum err parse_sealed_name(struct span name, int64_t *ret_event, int64_t *ret_poll)
{
    char text[48];
    if (name.bytes >= sizeof text) {
        return ERR_DAMAGED;
    }
    memcpy(text, name.data, name.bytes);
    text[name.bytes] = '\0';
    char *end = NULL;
    *ret_event = strtoll(text, &end, 10);
    if (*end != '/') {
        return ERR_DAMAGED;
    }
    *ret_poll = strtoll(end + 1, &end, 10);
    return *end == '\0' ? ERR_OK : ERR_DAMAGED;
}

struct sealed_lists {
    struct hall *hall;
    size_t loaded;
};

static enum err load_sealed(void *ctx, struct span name, struct span body)
{
    struct sealed_lists *lists = ctx;
    struct hall *hall = lists->hall;
    int64_t event_id = 0;
    int64_t poll_id = 0;
    enum err err = parse_sealed_name(name, &event_id, &poll_id);
    if (err != ERR_OK) {
        return err;
    }
    struct event *event = hall_event(hall, event_id);
    const struct poll *poll = event != NULL ? event_poll(event, poll_id) : NULL;
    if (poll == NULL || poll->state != POLL_SEALED) {
        return ERR_OK; /* the seal lost a race with a reopening */
    }
    struct hash hash;
    trust_sha256(body, &hash);
    if (memcmp(&hash, &poll->sealed_hash, sizeof hash) != 0) {
        log_line(
            LOG_ERROR, "the sealed ballots of poll %" PRId64 " are not those of the log",
            poll_id);
        return ERR_DAMAGED;
    }
    struct cast *casts = NULL;
    size_t count = 0;
    err = wire_decode_sealed(body, &casts, &count);
    if (err == ERR_OK) {
        err = event_load_sealed(event, poll_id, casts, count);
    }
    free(casts);
    lists->loaded++;
    return err;
}

/* Each sealed poll has its list: only then may what is left of its lane be dropped. */
static enum err load_all_sealed(struct hall *hall)
{
    struct sealed_lists lists = {.hall = hall};
    size_t sealed = 0;
    for (size_t i = 0; i < hall->event_count; i++) {
        const struct event *event = hall->events[i];
        for (size_t k = 0; k < event->poll_count; k++) {
            sealed += event->polls[k]->state == POLL_SEALED ? 1 : 0;
        }
    }
    enum err err = store_docs(hall->store, "sealed", load_sealed, &lists);
    if (err == ERR_OK && lists.loaded < sealed) {
        log_line(LOG_ERROR, "a sealed poll's ballots are missing");
        err = ERR_DAMAGED;
    }
    return err;
}

static enum err finish_if_sealed(struct hall *hall, const struct store_lane *lane)
{
    struct event *event = hall_event(hall, lane->event);
    const struct poll *poll =
        lane->poll != 0 && event != NULL ? event_poll(event, lane->poll) : NULL;
    return poll != NULL && poll->state == POLL_SEALED
               ? hall_finish_seal(hall, event, lane->poll)
               : ERR_OK;
}

enum err hall_replay(struct hall *hall)
{
    struct lane_list lanes = {0};
    enum err err = load_docs(hall);
    if (err == ERR_OK) {
        err = store_lanes(hall->store, gather_lane, &lanes);
    }
    for (size_t i = 0; err == ERR_OK && i < lanes.count; i++) {
        err = replay_lane(hall, &lanes.items[i]);
    }
    if (err == ERR_OK) {
        err = load_all_sealed(hall);
    }
    if (err == ERR_OK) {
        err = hall_open_keys(hall);
    }
    if (err == ERR_OK && hall->options.need == HALL_NEEDS_KEYS) {
        err = hall_finish_forgetting(hall);
    }
    for (size_t i = 0; err == ERR_OK && i < hall->event_count; i++) {
        hall_pictures_recall(hall, hall->events[i]);
    }
    if (err == ERR_OK) {
        err = hall_pictures_delete_orphans(hall);
    }
    for (size_t i = 0; err == ERR_OK && i < lanes.count; i++) {
        err = finish_if_sealed(hall, &lanes.items[i].lane);
    }
    free(lanes.items);
    return err;
}
