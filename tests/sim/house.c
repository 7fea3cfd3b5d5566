/* The server's lives: as `stimmwerk serve` starts it, with a crash for an end. */
#include "app/office.h"
#include "base/log.h"
#include "world.h"

#include <assert.h>
#include <stdlib.h>

static void on_store_failed(void *ctx, enum err err, const char *what)
{
    struct world *world = ctx;
    (void)what;
    trace_line(&world->trace, "the store fails: %s", err_code(err));
    world->dying = true;
}

static void store_failed_for_server(void *ctx, enum err err, const char *what)
{
    const struct server *server = ctx;
    char *loop = server->loop.data;
    on_store_failed((void *)(loop - offsetof(struct world, loop)), err, what);
}

/* A start finds the store's ring empty. */
static enum err open_hall(struct server *server, struct hall **ret_hall)
{
    ring_fill(false);
    const struct hall_options options = {
        .store = server->options.store,
        .create = true,
        .loop = &server->loop,
        .failed = store_failed_for_server,
        .changed = live_changed,
        .ctx = server,
    };
    return hall_open(&options, ret_hall);
}

static void hear_message(void *ctx, struct net_conn conn, struct span text)
{
    const struct server *server = ctx;
    char *loop = server->loop.data;
    check_arrival((void *)(loop - offsetof(struct world, loop)), conn, text);
    dispatch_message(ctx, conn, text);
}

static void start_network(struct world *world, struct server *server)
{
    const struct net_handlers handlers = {
        .http = http_answer,
        .admits = http_admits,
        .opened = visitor_opened,
        .message = hear_message,
        .closed = visitor_closed,
    };
    network_start(&world->net, &server->loop, &handlers, server);
    server->net = world->net.net;
}

static struct server *server_new(struct world *world)
{
    struct server *server = calloc(1, sizeof *server);
    assert(server != NULL);
    server->options.store = world->disk->url;
    loop_attach(&world->loop, &server->loop);
    start_network(world, server);
    rate_init(
        &server->wrong_codes, WRONG_CODES_PER_S, WRONG_CODES_PER_S, world->loop.now_ms);
    uv_timer_init(&server->loop, &server->tick);
    uv_timer_init(&server->loop, &server->seal_timer);
    uv_timer_init(&server->loop, &server->clock_timer);
    uv_timer_init(&server->loop, &server->close_timer);
    server->tick.data = server;
    server->seal_timer.data = server;
    server->clock_timer.data = server;
    server->close_timer.data = server;
    return server;
}

void house_start(struct world *world)
{
    disk_mount(world->disk);
    loop_set_wall(&world->loop, world->wall_ms);
    world->server = server_new(world);
    world->dying = false;
    world->synced = true;
    world->ring_full = 0;
    enum err err = open_hall(world->server, &world->server->hall);
    if (err != ERR_OK) {
        world_fail(world, "the hall does not open: %s", err_code(err));
        return;
    }
    world->server->gallery = gallery_new(world->server->hall, world->net.net);
    assert(world->server->gallery != NULL);
    world->server->started_ms = hall_now_ms(world->server->hall);
    world->event = hall_event(world->server->hall, 1);
    neighbour_check(world);
    sealing_start(world->server);
    clocks_start(world->server);
}

/* What it still does is done to its own disk, and nobody hears of it. */
void house_end(struct world *world)
{
    struct server *server = world->server;
    network_stop(&world->net);
    world->disk->memory->fault = MEMORY_SOUND;
    hall_close(server->hall);
    gallery_free(server->gallery);
    staging_fini(&server->staging);
    live_fini(server);
    turnstiles_fini(server);
    buf_fini(&server->answer);
    network_end(&world->net);
    free(server);
    loop_clear(&world->loop);
    world->server = NULL;
    world->event = NULL;
}

/* ---- the state, spelled out ---- */

static void take_answer(void *ctx, struct span answer)
{
    struct buf *out = ctx;
    buf_bytes(out, answer.data, answer.bytes);
}

static void write_people(struct buf *out, const struct event *event)
{
    for (size_t i = 0; i < event->participant_count; i++) {
        const struct participant *person = &event->participants[i];
        buf_printf(
            out, "person %d %u %lld %lld\n", (int)person->role, person->epoch,
            (long long)person->ticket, (long long)person->ideas_pending);
    }
    for (size_t i = 0; i < event->ticket_count; i++) {
        buf_printf(out, "ticket %lld\n", (long long)event->tickets[i].participant);
    }
}

static void write_timer(struct buf *out, const struct timer *timer)
{
    buf_printf(
        out, "timer %lld %lld %d %d\n", (long long)timer->total_ms,
        (long long)timer->run_ms, timer->running, timer->asks);
}

static void write_ballots(struct buf *out, const struct poll *poll)
{
    bool sealed = poll->state == POLL_SEALED;
    buf_printf(
        out, "poll %lld %d %lld\n", (long long)poll->id, (int)poll->state,
        (long long)poll->voted);
    if (!sealed && !poll->dropped) { /* a lane that is never read again */
        buf_printf(out, "lane %d %lld\n", poll->fence_open, (long long)poll->lane_seq);
    }
    for (size_t i = 0; i < poll->ballot_count; i++) {
        const struct kept_ballot *kept = &poll->ballots[i];
        buf_hex(out, kept->id.bytes, UID_BYTES);
        buf_hex(out, kept->slot.bytes, UID_BYTES);
        buf_hex(out, kept->lock.bytes, HASH_BYTES);
        buf_printf(
            out, " %u %u %lld %d %d\n", kept->epoch, kept->counter, (long long)kept->seq,
            kept->counts, kept->counted_first);
    }
}

/* What screens see, what the export holds, and what neither tells. */
static void write_state(struct buf *out, struct hall *hall)
{
    const struct event *event = hall_event(hall, 1);
    static const char ask[] = "{\"do\":\"export\",\"event\":\"1\",\"separator\":\";\","
                              "\"auditor\":true}";
    buf_init(out, 64UL * 1024 * 1024);
    if (event == NULL) {
        return;
    }
    wire_encode_change(out, event, VIEW_DESK, 0, hall_texts(hall));
    buf_printf(out, "\nrows %lld\n", (long long)event->history_seq);
    write_people(out, event);
    write_timer(out, &event->timer);
    for (size_t i = 0; i < event->poll_count; i++) {
        write_ballots(out, event->polls[i]);
    }
    office_handle(hall, span_of_string(ask), take_answer, out);
}

static void compare(struct world *world, const struct buf *live, const struct buf *fold)
{
    world->stats.folds++;
    if (!span_equal(buf_span(live), buf_span(fold))) {
        size_t at = 0;
        while (at < live->bytes && at < fold->bytes && live->data[at] == fold->data[at]) {
            at++;
        }
        size_t from = at > 60 ? at - 60 : 0;
        world_fail(
            world, "the fold from scratch differs: live \"%.100s\", fold \"%.100s\"",
            live->bytes > from ? (const char *)live->data + from : "",
            fold->bytes > from ? (const char *)fold->data + from : "");
    }
}

void house_check_fold(struct world *world)
{
    if (!world->synced || world->event == NULL) {
        return;
    }
    struct buf live;
    struct buf fold;
    struct world *second = calloc(1, sizeof *second);
    assert(second != NULL);
    second->disk = disk_snapshot(world->disk);
    second->loop.now_ms = world->loop.now_ms;
    network_init(&second->net, second, &second->trace, 0);
    struct dice dice = world->server_dice;
    write_state(&live, world->server->hall);
    disk_mount(second->disk);
    second->server = server_new(second);
    if (open_hall(second->server, &second->server->hall) != ERR_OK) {
        world_fail(world, "a second hall does not open on a copy of the disk");
        buf_init(&fold, 1);
        network_stop(&second->net);
        network_end(&second->net);
        free(second->server);
    } else {
        write_state(&fold, second->server->hall);
        house_end(second);
        compare(world, &live, &fold);
    }
    network_fini(&second->net);
    disk_free(second->disk);
    free(second);
    disk_mount(world->disk);
    world->server_dice = dice;
    buf_fini(&live);
    buf_fini(&fold);
}

void house_crash(struct world *world)
{
    struct buf live;
    struct buf fold;
    bool known = world->synced && world->event != NULL;
    trace_line(&world->trace, "the server dies and starts again");
    world->stats.crashes++;
    world->stats.torn += neighbour_is_torn(world) ? 1 : 0;
    write_state(&live, world->server->hall);
    struct disk *left = disk_after_crash(world->disk);
    house_end(world);
    disk_free(world->disk);
    world->disk = left;
    house_start(world);
    if (world->server->hall != NULL) {
        check_restart(world);
        write_state(&fold, world->server->hall);
        if (known && !world->disk->lies) {
            compare(world, &live, &fold);
        }
        check_live(world);
        check_pictures(world, false);
        buf_fini(&fold);
    }
    buf_fini(&live);
}

void house_ask(
    struct world *world, const char *request, const char *key, char *ret_value,
    size_t bytes)
{
    struct buf answer;
    buf_init(&answer, 1UL << 20);
    office_handle(world->server->hall, span_of_string(request), take_answer, &answer);
    for (int i = 0; i < 10 && answer.bytes == 0; i++) {
        world_work(world);
        world_wake(world);
    }
    check_member(buf_span(&answer), key, ret_value, bytes);
    if (ret_value[0] == '\0') {
        world_fail(world, "the office: %.*s", (int)answer.bytes, (char *)answer.data);
    }
    world->event = hall_event(world->server->hall, 1);
    buf_fini(&answer);
}
