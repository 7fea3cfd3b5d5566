/* What screens are told: changes by position, counters and live results as newest value.
 * Encoded once for each kind of screen, shared by all outboxes; four times a second for
 * desk and stage, once a second for phones. */
#include "app/server.h"

#include "base/vec.h"

#include <assert.h>
#include <stdlib.h>

#define LIVE_SLOT        0  /* net_publish: counters; live results take the others */
#define FIRST_TICK_MS    20 /* a change alone is told at once */
#define CHANGE_BYTES_MAX (64UL * 1024 * 1024)

/* A stage that somebody opened without the desk's link has no Wi-Fi. */
enum audience {
    AUDIENCE_PHONE,
    AUDIENCE_PLAIN_STAGE,
    AUDIENCE_STAGE,
    AUDIENCE_DESK,
    AUDIENCE_QUEUE,
    AUDIENCE_COUNT
};

static_assert(AUDIENCE_COUNT == CHANNELS_PER_EVENT, "each audience has its channel");

/* Channels are numbered from 1. */
static uint32_t channel_of(const struct event *event, enum audience audience)
{
    return (uint32_t)event->id * CHANNELS_PER_EVENT + (uint32_t)audience;
}

static enum audience audience_of(const struct visitor *visitor)
{
    switch (visitor->role) {
    case ROLE_OWNER:
    case ROLE_MODERATOR:
    case ROLE_AUDITOR:
        return AUDIENCE_DESK;
    case ROLE_HELPER:
        return AUDIENCE_QUEUE;
    case ROLE_STAGE:
        return visitor->by_desks_link ? AUDIENCE_STAGE : AUDIENCE_PLAIN_STAGE;
    case ROLE_NONE:
    case ROLE_PARTICIPANT:
    case ROLE_OFFICE:
    case ROLE_COUNT:
        break;
    }
    return AUDIENCE_PHONE;
}

static enum view view_of(enum audience audience)
{
    switch (audience) {
    case AUDIENCE_DESK:
        return VIEW_DESK;
    case AUDIENCE_QUEUE:
        return VIEW_QUEUE;
    case AUDIENCE_STAGE:
        return VIEW_STAGE;
    case AUDIENCE_PLAIN_STAGE:
    case AUDIENCE_PHONE:
    case AUDIENCE_COUNT:
        break;
    }
    return VIEW_PUBLIC;
}

/* NULL: nothing is kept of it. */
static struct screens *find(const struct server *server, const struct event *event)
{
    for (size_t i = 0; i < server->screens_count; i++) {
        if (server->screens[i].event == event) {
            return &server->screens[i];
        }
    }
    return NULL;
}

/* That of an event that is gone, else a new one. */
static struct screens *free_place(struct server *server)
{
    struct screens *left = find(server, NULL);
    if (left != NULL) {
        return left;
    }
    void *screens = server->screens;
    enum err err = vec_reserve(
        &screens, &server->screens_capacity, server->screens_count + 1,
        sizeof(struct screens), EVENTS_MAX);
    server->screens = screens;
    return err == ERR_OK ? &server->screens[server->screens_count++] : NULL;
}

struct screens *live_screens(struct server *server, struct event *event)
{
    struct screens *screens = find(server, event);
    if (screens != NULL) {
        return screens;
    }
    screens = hall_is_gone(server->hall, event) ? NULL : free_place(server);
    if (screens != NULL) {
        *screens = (struct screens){
            .event = event, .screen_pos = event->pos, .phone_pos = event->pos};
    }
    return screens;
}

/* ---- encoding ---- */

static struct net_frame *encode_change(
    struct server *server, const struct event *event, enum view view, int64_t from)
{
    struct buf text;
    buf_init(&text, CHANGE_BYTES_MAX);
    wire_encode_change(&text, event, view, from, hall_texts(server->hall));
    struct net_frame *frame = buf_failed(&text) ? NULL : net_frame_new(buf_span(&text));
    buf_fini(&text);
    return frame;
}

static struct net_frame *
encode_live(const struct server *server, const struct screens *screens, enum view view)
{
    struct buf text;
    buf_init(&text, FRAME_IDEA_BYTES_MAX);
    const struct running_scene scene = {server, screens};
    const struct wire_live live = {
        .online = screens->online,
        .timer = clock_show(server, screens),
        .running = running_show,
        .ctx = &scene,
    };
    wire_encode_live(&text, screens->event, view, &live);
    struct net_frame *frame = buf_failed(&text) ? NULL : net_frame_new(buf_span(&text));
    buf_fini(&text);
    return frame;
}

struct net_frame *
live_snapshot(struct server *server, struct event *event, enum view view)
{
    struct screens *screens = live_screens(server, event);
    if (screens == NULL) {
        return NULL;
    }
    struct net_frame **frame = &screens->snapshot[view];
    if (*frame == NULL || screens->snapshot_pos[view] != event->pos) {
        net_frame_unref(*frame);
        *frame = encode_change(server, event, view, 0);
        screens->snapshot_pos[view] = event->pos;
    }
    return *frame;
}

/* ---- telling ---- */

static void tell_change(
    struct server *server, struct screens *screens, enum audience audience, int64_t from)
{
    struct net_frame *frame =
        encode_change(server, screens->event, view_of(audience), from);
    if (frame != NULL) {
        net_broadcast(server->net, channel_of(screens->event, audience), frame);
        net_frame_unref(frame);
    }
}

static bool same_text(const struct net_frame *a, const struct net_frame *b)
{
    return a != NULL && b != NULL && span_equal(net_frame_text(a), net_frame_text(b));
}

/* Keeps the newest counters of a view. They stay news until they are told, even if one
 * screen hears of them at its greeting. */
static void
renew_live(const struct server *server, struct screens *screens, enum view view)
{
    struct net_frame *frame = encode_live(server, screens, view);
    if (frame == NULL || same_text(frame, screens->live[view])) {
        net_frame_unref(frame);
        return;
    }
    net_frame_unref(screens->live[view]);
    screens->live[view] = frame;
    screens->live_news[view] = true;
}

static void
tell_live(struct server *server, const struct screens *screens, enum audience audience)
{
    struct net_frame *frame = screens->live[view_of(audience)];
    if (frame != NULL) {
        net_publish(server->net, channel_of(screens->event, audience), LIVE_SLOT, frame);
    }
}

static void
tell_news(struct server *server, struct screens *screens, enum audience audience)
{
    enum view view = view_of(audience);
    renew_live(server, screens, view);
    if (screens->live_news[view]) {
        tell_live(server, screens, audience);
        screens->live_news[view] = false;
    }
}

/* Results first, so that no screen has to ask for one when it hears that it is there. */
static void tell_big_screens(struct server *server, struct screens *screens)
{
    results_push(server, screens);
    if (screens->event->pos > screens->screen_pos) {
        tell_change(server, screens, AUDIENCE_DESK, screens->screen_pos);
        tell_change(server, screens, AUDIENCE_QUEUE, screens->screen_pos);
        tell_change(server, screens, AUDIENCE_STAGE, screens->screen_pos);
        tell_change(server, screens, AUDIENCE_PLAIN_STAGE, screens->screen_pos);
        screens->screen_pos = screens->event->pos;
    }
    tell_news(server, screens, AUDIENCE_DESK);
    tell_news(server, screens, AUDIENCE_QUEUE);
    tell_news(server, screens, AUDIENCE_STAGE);
    tell_news(server, screens, AUDIENCE_PLAIN_STAGE);
}

static void tell_phones(struct server *server, struct screens *screens)
{
    if (screens->event->pos > screens->phone_pos) {
        tell_change(server, screens, AUDIENCE_PHONE, screens->phone_pos);
        screens->phone_pos = screens->event->pos;
    }
    renew_live(server, screens, VIEW_PUBLIC);
    tell_live(server, screens, AUDIENCE_PHONE);
}

/* True while phones still wait for their turn. */
static bool tell(struct server *server, struct screens *screens, int64_t now_ms)
{
    tell_big_screens(server, screens);
    if (now_ms - screens->phones_told_ms < LIVE_PHONE_MS &&
        screens->phones_told_ms != 0) {
        return true;
    }
    screens->phones_told_ms = now_ms;
    tell_phones(server, screens);
    return false;
}

static void on_tick(uv_timer_t *timer)
{
    struct server *server = timer->data;
    int64_t now_ms = (int64_t)uv_now(&server->loop);
    bool more = false;
    for (size_t i = 0; i < server->screens_count; i++) {
        struct screens *screens = &server->screens[i];
        if (screens->dirty) {
            screens->dirty = tell(server, screens, now_ms);
            more = more || screens->dirty;
        }
    }
    if (!more) {
        uv_timer_stop(timer);
        server->ticking = false;
    }
}

static void mark_dirty(struct server *server, struct event *event)
{
    struct screens *screens = live_screens(server, event);
    if (screens == NULL || server->stopping || hall_is_gone(server->hall, event)) {
        return;
    }
    screens->dirty = true;
    if (!server->ticking) {
        server->ticking = true;
        uv_timer_start(&server->tick, on_tick, FIRST_TICK_MS, LIVE_SCREEN_MS);
    }
}

static void free_polls(struct screens *screens)
{
    for (size_t i = 0; i < screens->poll_count; i++) {
        net_frame_unref(screens->polls[i].result);
        net_frame_unref(screens->polls[i].ballots);
        running_forget(&screens->polls[i].running);
    }
    free(screens->polls);
}

static void free_frames(struct screens *screens)
{
    for (size_t view = 0; view < VIEW_COUNT; view++) {
        net_frame_unref(screens->live[view]);
        net_frame_unref(screens->snapshot[view]);
    }
    net_frame_unref(screens->followups);
}

static void free_place_of(struct screens *screens)
{
    free_frames(screens);
    free_polls(screens);
    free(screens->windows);
    *screens = (struct screens){0};
}

/* The event was forgotten: nobody sits in it any more, and nothing of it is shown. Its
 * place among the screens is another's. */
static void forget(struct server *server, struct event *event)
{
    struct screens *screens = find(server, event);
    visitors_end_gone(server, event);
    backups_sweep(server->options.store, false); /* as sealing does */
    turnstile_forget(server, event);
    staging_forget(&server->staging, event->id);
    gallery_forget(server->gallery, event);
    if (screens != NULL) {
        free_place_of(screens);
    }
}

void live_changed(void *ctx, struct event *event)
{
    const struct server *server = ctx;
    if (hall_is_gone(server->hall, event)) {
        forget(ctx, event);
        return;
    }
    struct screens *screens = live_screens(ctx, event);
    if (screens != NULL) {
        clock_follow(ctx, screens);
        running_follow(ctx, screens);
    }
    if (screens != NULL && event->desk_changed_pos > screens->desk_pos) {
        screens->desk_pos = event->desk_changed_pos;
        visitors_end_revoked(ctx, event);
    }
    if (screens != NULL && event->bans_pos > screens->bans_pos) {
        screens->bans_pos = event->bans_pos;
        visitors_end_banned(ctx, event);
    }
    mark_dirty(ctx, event);
}

void live_presence(struct server *server, struct event *event, int change)
{
    struct screens *screens = live_screens(server, event);
    if (screens != NULL) {
        screens->online += change;
        mark_dirty(server, event);
    }
}

void live_counters(struct server *server, struct event *event)
{
    mark_dirty(server, event);
}

/* ---- a screen arrives ---- */

static void tell_since(struct server *server, const struct visitor *visitor, int64_t from)
{
    const struct event *event = visitor->event;
    struct net_frame *since =
        from < event->pos
            ? encode_change(server, event, view_of(audience_of(visitor)), from)
            : NULL;
    if (since != NULL) {
        net_send(server->net, visitor->conn, since);
        net_frame_unref(since);
    }
}

void live_greet(struct server *server, const struct visitor *visitor, int64_t from)
{
    struct event *event = visitor->event;
    enum audience audience = audience_of(visitor);
    struct screens *screens = live_screens(server, event);
    if (screens == NULL) {
        return;
    }
    net_listen_channel(server->net, visitor->conn, channel_of(event, audience));
    if (from <= event->restored_pos || from > event->pos) {
        struct net_frame *all = live_snapshot(server, event, view_of(audience));
        if (all != NULL) {
            net_send(server->net, visitor->conn, all);
        }
        results_greet(server, event, visitor->conn, 0); /* before that, it would forget */
    } else {
        results_greet(server, event, visitor->conn, from);
        tell_since(server, visitor, from);
    }
    renew_live(server, screens, view_of(audience));
    if (screens->live[view_of(audience)] != NULL) {
        net_send(server->net, visitor->conn, screens->live[view_of(audience)]);
    }
}

void live_fini(struct server *server)
{
    for (size_t i = 0; i < server->screens_count; i++) {
        free_place_of(&server->screens[i]);
    }
    free(server->screens);
    free(server->visitors);
}
