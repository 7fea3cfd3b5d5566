#include "app/restore.h"

#include "app/hall.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <uv.h>

struct restoring {
    uv_loop_t loop;
    struct hall *hall;
    enum err failed; /* the store's; then nothing is answered any more */
    bool answered;
    struct outcome outcome;
};

static void on_failed(void *ctx, enum err err, const char *what)
{
    (void)what;
    struct restoring *restoring = ctx;
    restoring->failed = err;
}

static void on_done(void *ctx, const struct outcome *outcome)
{
    struct restoring *restoring = ctx;
    restoring->outcome = *outcome;
    restoring->answered = true;
}

/* Enters one thing as the office and waits until it is durable. */
static enum err
enter(struct restoring *restoring, struct event *event, struct entry *entry)
{
    entry->role = ROLE_OFFICE;
    trust_random_uid(&entry->command);
    restoring->answered = false;
    hall_submit(restoring->hall, event, entry, hall_no_docs(), on_done, restoring);
    while (!restoring->answered && restoring->failed == ERR_OK) {
        uv_run(&restoring->loop, UV_RUN_ONCE);
    }
    return restoring->failed != ERR_OK ? restoring->failed : restoring->outcome.err;
}

static enum err
act(struct restoring *restoring, struct event *event, enum entry_kind kind, int64_t poll)
{
    struct entry entry = {
        .kind = kind, .as.poll_act = {.poll = poll, .reason = REASON_TECHNICAL}};
    return enter(restoring, event, &entry);
}

/* Sealed it needs no key any more, and stays as it is. */
static enum err
give_up(struct restoring *restoring, struct event *event, const struct poll *poll)
{
    bool was_open = poll->state == POLL_OPEN;
    enum err err = was_open ? act(restoring, event, ENTRY_POLL_ANNUL, poll->id) : ERR_OK;
    if (err == ERR_OK) {
        err = act(restoring, event, ENTRY_POLL_SEAL, poll->id);
    }
    if (err == ERR_OK) {
        printf(
            "  poll %" PRId64 ": its keys are lost. It was %s\n", poll->id,
            was_open ? "open and is annulled"
                     : "closed and is sealed: its ballots count, a tie stays a tie");
    }
    return err;
}

/* Whoever saw the result knows the lot of the poll that is now open again: a new one is
 * committed to, as at every reopening. */
static enum err
renew_lot(struct restoring *restoring, struct event *event, const struct poll *poll)
{
    enum err err = act(restoring, event, ENTRY_POLL_CLOSE, poll->id);
    if (err == ERR_OK) {
        err = act(restoring, event, ENTRY_POLL_REOPEN, poll->id);
    }
    if (err == ERR_OK) {
        printf("  poll %" PRId64 " is open and has a new lot\n", poll->id);
    }
    return err;
}

static enum err look_after_polls(struct restoring *restoring, struct event *event)
{
    enum err err = ERR_OK;
    for (size_t i = 0; err == ERR_OK && i < event->poll_count; i++) {
        const struct poll *poll = event->polls[i];
        if (hall_keys_lost(restoring->hall, event, poll)) {
            err = give_up(restoring, event, poll);
        } else if (poll->state == POLL_OPEN) {
            err = renew_lot(restoring, event, poll);
        }
    }
    return err;
}

static void tell(const struct event *event, bool pepper_lost)
{
    char time[32] = "?";
    struct tm utc;
    time_t seconds = (time_t)(event->newest_at_ms / 1000);
    if (gmtime_r(&seconds, &utc) != NULL) {
        strftime(time, sizeof time, "%Y-%m-%dT%H:%M:%SZ", &utc);
    }
    printf(
        "event %s: as of %s; people %" PRId64 ", ideas %zu, polls %zu\n", event->code,
        time, event->people, event->idea_count, event->poll_count);
    if (pepper_lost && event->ticket_count > 0) {
        printf("  its tickets can't be redeemed any more: issue new ones, only to people "
               "whose phones are not let in\n");
    }
}

/* Whoever heard of an earlier restoring from this backup knows other positions. */
static int64_t draw_apart(void)
{
    uint64_t drawn = 0;
    trust_random(&drawn, sizeof drawn);
    return (int64_t)(drawn % (uint64_t)RESTORE_LEAP);
}

static enum err
enter_event(struct restoring *restoring, struct event *event, bool pepper_lost)
{
    tell(event, pepper_lost);
    struct entry entry = {
        .kind = ENTRY_EVENT_RESTORE, .as.event_restore.apart = draw_apart()};
    enum err err = enter(restoring, event, &entry);
    return err == ERR_OK ? look_after_polls(restoring, event) : err;
}

static enum err enter_all(struct restoring *restoring)
{
    enum err err = ERR_OK;
    bool pepper_lost = hall_pepper_is_new(restoring->hall);
    for (size_t i = 0; err == ERR_OK && i < hall_event_count(restoring->hall); i++) {
        struct event *event = hall_event_at(restoring->hall, i);
        err = event->created ? enter_event(restoring, event, pepper_lost) : ERR_OK;
    }
    return err;
}

static enum err enter_store(struct restoring *restoring, const struct restored *restored)
{
    struct buf url;
    buf_init(&url, 4096);
    buf_text(&url, "sqlite:");
    buf_text(&url, restored->store);
    if (buf_failed(&url)) {
        buf_fini(&url);
        return ERR_TOO_LARGE;
    }
    const struct hall_options options = {
        .store = (const char *)url.data,
        .keys = restored->keys,
        .need = restored->keys_may_be_lost ? HALL_GIVES_KEYS_UP : HALL_NEEDS_KEYS,
        .loop = &restoring->loop,
        .failed = on_failed,
        .ctx = restoring,
    };
    enum err err = hall_open(&options, &restoring->hall);
    if (err == ERR_OK) {
        err = enter_all(restoring);
        hall_close(restoring->hall);
    }
    buf_fini(&url);
    return err == ERR_OK ? restoring->failed : err;
}

enum err restore_enter(const struct restored *restored)
{
    struct restoring restoring = {.failed = ERR_OK};
    if (uv_loop_init(&restoring.loop) != 0) {
        return ERR_NOMEM;
    }
    enum err err = enter_store(&restoring, restored);
    uv_run(&restoring.loop, UV_RUN_DEFAULT);
    (void)uv_loop_close(&restoring.loop);
    return err;
}
