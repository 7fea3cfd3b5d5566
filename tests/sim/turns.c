/* The turns of the store, of the hall and of the clock, and all of them until nobody has
 * anything more to do. */
#include "world.h"

#define SETTLE_ROUNDS 400
#define PASS_MS_MAX   1000

void world_work(struct world *world)
{
    if (store_backlog(hall_store(world->server->hall)) == 0) {
        return;
    }
    disk_before_commit(world->disk);
    world->synced = false;
    world->stats.commits++;
    bool well = store_work(hall_store(world->server->hall));
    trace_line(&world->trace, "commit %s", well ? "done" : "failed");
    check_log(world);
}

void world_wake(struct world *world)
{
    if (!loop_wake(&world->loop)) {
        return;
    }
    if (world->dying) {
        house_crash(world);
        return;
    }
    world->synced = true;
    check_live(world);
}

/* No socket that takes more waits while time passes. */
static void let_write(struct world *world)
{
    for (size_t i = 0; i < world->net.line_count; i++) {
        struct line *line = &world->net.lines[i];
        if (line->conn != NULL && line->writable && !line_is_choked(line)) {
            network_deliver(&world->net, line);
        }
    }
}

static void let_beat(struct world *world)
{
    for (size_t i = 0; i < world->phone_count; i++) {
        phone_beat(world, &world->phones[i]);
    }
}

void world_pass(struct world *world, int64_t ms)
{
    while (ms > 0) {
        int64_t step_ms = ms < PASS_MS_MAX ? ms : PASS_MS_MAX;
        let_write(world);
        if (step_ms == PASS_MS_MAX) {
            let_beat(world);
        }
        loop_pass(&world->loop, step_ms);
        ms -= step_ms;
    }
}

static bool settle_once(struct world *world)
{
    bool busy = false;
    for (size_t i = 0; i < world->net.line_count; i++) {
        while (network_deliver(&world->net, &world->net.lines[i])) {
            busy = true;
        }
    }
    for (size_t i = 0; i < world->phone_count; i++) {
        busy = network_deliver_errand(&world->net, &world->net.errands[i]) || busy;
        while (phone_hear(world, &world->phones[i])) {
            busy = true;
        }
    }
    busy = loop_turn(&world->loop) || busy;
    busy = busy || store_backlog(hall_store(world->server->hall)) != 0;
    world_work(world);
    world_wake(world);
    loop_pass(&world->loop, 20);
    return busy;
}

void world_settle(struct world *world)
{
    int rounds = 0;
    world->ring_full = 0;
    ring_fill(false);
    while (settle_once(world) && world->failure[0] == '\0') {
        if (++rounds == SETTLE_ROUNDS) {
            world_fail(world, "the hall does not come to rest");
        }
    }
}
