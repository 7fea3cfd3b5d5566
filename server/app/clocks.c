/* The time of each event's phase while this server runs: measured by the loop's clock,
 * which nobody sets, and entered in the history now and then. It never closes anything:
 * that is a moderator's to do. */
#include "app/clocks.h"

#include "app/server.h"

#define LOOK_MS 1000

static int64_t now_ms(const struct server *server)
{
    return (int64_t)uv_now(&server->loop);
}

int64_t clock_run_ms(const struct server *server, const struct screens *screens)
{
    const struct phase_clock *clock = &screens->clock;
    const struct timer *timer = &screens->event->timer;
    if (!clock->running) {
        return timer->run_ms;
    }
    int64_t run_ms = clock->run_ms + now_ms(server) - clock->since_ms;
    return run_ms < timer->total_ms ? run_ms : timer->total_ms;
}

/* What ran in the log and does not here is about to be halted: see clocks_start. */
struct wire_timer clock_show(const struct server *server, const struct screens *screens)
{
    const struct timer *timer = &screens->event->timer;
    return (struct wire_timer){
        .given = timer->total_ms > 0,
        .left_ms = timer->total_ms - clock_run_ms(server, screens),
        .running = screens->clock.running,
        .asks = timer->asks || (timer->running && !screens->clock.running),
    };
}

/* Whether it was taken is seen in the state. */
static void on_entered(void *ctx, const struct outcome *outcome)
{
    (void)ctx;
    (void)outcome;
}

static void
enter(struct server *server, struct event *event, enum entry_kind kind, int64_t run_ms)
{
    struct entry entry = {
        .kind = kind,
        .role = ROLE_OFFICE,
        .as.timer = {.start = (int64_t)event_phase_start(event), .run_ms = run_ms}};
    hall_submit(server->hall, event, &entry, hall_no_docs(), on_entered, server);
}

/* ---- while it runs ---- */

/* By what the state knows: an entry that did not come through is made again. */
static void log_run(struct server *server, struct screens *screens)
{
    const struct timer *timer = &screens->event->timer;
    int64_t run_ms = clock_run_ms(server, screens);
    if (run_ms == timer->total_ms || run_ms - timer->run_ms >= TIMER_LOG_MS) {
        enter(server, screens->event, ENTRY_TIMER_TICK, run_ms);
    }
}

static void on_look(uv_timer_t *handle)
{
    struct server *server = handle->data;
    bool more = false;
    for (size_t i = 0; i < server->screens_count && !server->stopping; i++) {
        if (server->screens[i].clock.running) {
            log_run(server, &server->screens[i]);
            more = true;
        }
    }
    if (!more) {
        uv_timer_stop(handle);
        server->clocking = false;
    }
}

void clock_follow(struct server *server, struct screens *screens)
{
    struct phase_clock *clock = &screens->clock;
    const struct event *event = screens->event;
    size_t start = event_phase_start(event);
    if (clock->start != start || clock->running != event->timer.running) {
        *clock = (struct phase_clock){
            .start = start,
            .running = event->timer.running,
            .run_ms = event->timer.run_ms,
            .since_ms = now_ms(server),
        };
    }
    if (clock->running && !server->clocking) {
        server->clocking = true;
        uv_timer_start(&server->clock_timer, on_look, LOOK_MS, LOOK_MS);
    }
}

/* ---- a new start ---- */

void clocks_start(struct server *server)
{
    for (size_t i = 0; i < hall_event_count(server->hall); i++) {
        struct event *event = hall_event_at(server->hall, i);
        if (event->timer.running) {
            enter(server, event, ENTRY_TIMER_SET, event->timer.run_ms);
        }
    }
}
