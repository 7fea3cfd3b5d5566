/* The hall's life: open, replay, look up, close. */
#include "app/hall_internal.h"

#include "base/log.h"
#include "base/vec.h"

#include <stdlib.h>

static void wake_from_writer(void *ctx)
{
    struct hall *hall = ctx;
    uv_async_send(&hall->wake);
}

static void on_wake(uv_async_t *handle)
{
    struct hall *hall = handle->data;
    if (hall->store != NULL) {
        hall_flush_ahead(hall);
        store_pump(hall->store);
    }
}

/* Before the loop waits: what arrived since the last time goes out as one batch. */
static void on_prepare(uv_prepare_t *handle)
{
    hall_flush_in_time(handle->data);
    hall_forget_on(handle->data);
}

static void on_store_failed(void *ctx, enum err err, const char *what)
{
    hall_fail(ctx, err, what);
}

void hall_fail(struct hall *hall, enum err err, const char *what)
{
    if (hall->options.failed != NULL) {
        hall->options.failed(hall->options.ctx, err, what);
    }
}

void hall_notify(struct hall *hall, struct event *event)
{
    if (hall->options.changed != NULL) {
        hall->options.changed(hall->options.ctx, event);
    }
}

static enum err open_handles(struct hall *hall)
{
    if (uv_async_init(hall->options.loop, &hall->wake, on_wake) != 0) {
        return ERR_NOMEM;
    }
    uv_prepare_init(hall->options.loop, &hall->flush);
    uv_timer_init(hall->options.loop, &hall->floor);
    hall->wake.data = hall;
    hall->flush.data = hall;
    hall->floor.data = hall;
    uv_prepare_start(&hall->flush, on_prepare);
    uv_unref((uv_handle_t *)&hall->flush);
    hall->handles_up = true;
    return ERR_OK;
}

static void init_maps(struct hall *hall)
{
    trust_random(hall->map_seed, sizeof hall->map_seed);
    map_init(&hall->text_index, hall->map_seed);
    map_init(&hall->seat_index, hall->map_seed);
    map_init(&hall->session_index, hall->map_seed);
    map_init(&hall->ticket_index, hall->map_seed);
    map_init(&hall->lane_index, hall->map_seed);
}

enum err hall_open(const struct hall_options *options, struct hall **ret_hall)
{
    struct hall *hall = calloc(1, sizeof *hall);
    if (hall == NULL) {
        return ERR_NOMEM;
    }
    hall->options = *options;
    hall->opened_ms = hall_now_ms(hall);
    hall->opened_uv_ms = uv_now(options->loop);
    init_maps(hall);
    enum err err = open_handles(hall);
    if (err == ERR_OK) {
        const struct store_options store_options = {
            .url = options->store,
            .create = options->create,
            .wake = wake_from_writer,
            .failed = on_store_failed,
            .ctx = hall,
        };
        err = store_open(&store_options, &hall->store);
    }
    if (err == ERR_OK) {
        err = hall_replay(hall);
    }
    if (err != ERR_OK) {
        hall_close(hall);
        return err;
    }
    *ret_hall = hall;
    return ERR_OK;
}

static void free_state(struct hall *hall)
{
    for (size_t i = 0; i < hall->lane_count; i++) {
        hall_lane_fini(hall->lanes[i]);
        free(hall->lanes[i]);
    }
    for (size_t i = 0; i < hall->event_count; i++) {
        event_fini(hall->events[i]);
        free(hall->events[i]);
    }
    for (size_t i = 0; i < hall->grave_count; i++) {
        event_fini(hall->graveyard[i]);
        free(hall->graveyard[i]);
    }
    for (size_t i = 0; i < hall->text_count; i++) {
        free(hall->texts[i].body);
    }
    hall_batch_free(hall->spare);
    free(hall->leaving);
    for (size_t i = 0; i < NOTICE_COUNT; i++) {
        free(hall->notices[i]);
    }
    free(hall->gone);
    free(hall->graveyard);
    free(hall->lanes);
    free(hall->events);
    free(hall->texts);
    free(hall->seats);
    free(hall->links);
    free(hall->tickets);
    map_fini(&hall->text_index);
    map_fini(&hall->seat_index);
    map_fini(&hall->session_index);
    map_fini(&hall->ticket_index);
    map_fini(&hall->lane_index);
}

/* uv_close is answered in the loop's next turn; other handles may keep the loop alive, so
 * turns are counted by what is closing. */
static void on_handle_closed(uv_handle_t *handle)
{
    handle->data = NULL;
}

static void close_handles(struct hall *hall)
{
    if (!hall->handles_up) {
        return;
    }
    uv_close((uv_handle_t *)&hall->wake, on_handle_closed);
    uv_close((uv_handle_t *)&hall->flush, on_handle_closed);
    uv_close((uv_handle_t *)&hall->floor, on_handle_closed);
    while (hall->wake.data != NULL || hall->flush.data != NULL ||
           hall->floor.data != NULL) {
        uv_run(hall->options.loop, UV_RUN_NOWAIT);
    }
}

void hall_close(struct hall *hall)
{
    if (hall == NULL) {
        return;
    }
    hall_flush_dirty(hall);
    store_close(hall->store);
    hall->store = NULL;
    hall_forget_no_more(hall);
    close_handles(hall);
    trust_keys_close(hall->keys);
    free_state(hall);
    free(hall);
}

size_t hall_event_count(const struct hall *hall)
{
    return hall->event_count;
}

struct event *hall_event_at(struct hall *hall, size_t i)
{
    return hall->events[i];
}

struct event *hall_event(struct hall *hall, int64_t id)
{
    for (size_t i = 0; i < hall->event_count; i++) {
        if (hall->events[i]->id == id && hall->events[i]->created) {
            return hall->events[i];
        }
    }
    return NULL;
}

struct event *hall_event_by_code(struct hall *hall, const char *code)
{
    for (size_t i = 0; i < hall->event_count; i++) {
        if (hall->events[i]->created && strcmp(hall->events[i]->code, code) == 0) {
            return hall->events[i];
        }
    }
    return NULL;
}

struct event *hall_add_event(struct hall *hall)
{
    int64_t id = 1;
    for (size_t i = 0; i < hall->event_count; i++) {
        id = hall->events[i]->id >= id ? hall->events[i]->id + 1 : id;
    }
    for (size_t i = 0; i < hall->gone_count; i++) {
        id = hall->gone[i].id >= id ? hall->gone[i].id + 1 : id;
    }
    void *events = hall->events;
    struct event *event = calloc(1, sizeof *event);
    if (event == NULL || vec_reserve(
                             &events, &hall->event_capacity, hall->event_count + 1,
                             sizeof(struct event *), EVENTS_MAX) != ERR_OK) {
        free(event);
        return NULL;
    }
    hall->events = events;
    event_init(event, id, hall->map_seed);
    hall->events[hall->event_count++] = event;
    return event;
}

bool hall_serves(const struct hall *hall)
{
    return hall->options.changed != NULL;
}

struct store *hall_store(struct hall *hall)
{
    return hall->store;
}

struct trust_keys *hall_keys(struct hall *hall)
{
    return hall->keys;
}

const char *hall_base_url(const struct hall *hall)
{
    return hall->options.base_url;
}

int64_t hall_now_ms(const struct hall *hall)
{
    (void)hall;
    uv_timeval64_t now;
    uv_gettimeofday(&now);
    return now.tv_sec * 1000 + now.tv_usec / 1000;
}

int64_t hall_steady_ms(const struct hall *hall)
{
    return hall->opened_ms + (int64_t)(uv_now(hall->options.loop) - hall->opened_uv_ms);
}
