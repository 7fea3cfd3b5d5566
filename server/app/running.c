#include "app/running.h"

#include "app/server.h"
#include "base/log.h"
#include "base/vec.h"
#include "domain/access.h"
#include "domain/fold.h"
#include "trust/trust.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define RETRY_MS 500

static int64_t now_ms(const struct server *server)
{
    return (int64_t)uv_now(&server->loop);
}

/* ---- who has begun ---- */

enum err running_begin(struct running *running, int64_t participant, bool *ret_news)
{
    size_t byte = (size_t)(participant - 1) / 8;
    uint8_t bit = (uint8_t)(1U << ((size_t)(participant - 1) % 8));
    void *begun = running->begun;
    enum err err =
        vec_reserve(&begun, &running->begun_bytes, byte + 1, 1, PARTICIPANTS_MAX / 8 + 1);
    running->begun = begun;
    if (err != ERR_OK) {
        return err;
    }
    *ret_news = (running->begun[byte] & bit) == 0;
    running->begun[byte] |= bit;
    running->begun_count += *ret_news ? 1 : 0;
    return ERR_OK;
}

void running_forget(struct running *running)
{
    free(running->begun);
    struct running kept = {.asked_next = running->asked_next};
    memcpy(kept.asked, running->asked, sizeof kept.asked);
    *running = kept;
}

bool running_was_asked(const struct running *running, const struct uid *id)
{
    for (size_t i = 0; i < COUNTDOWNS_KEPT; i++) {
        if (uid_equal(&running->asked[i], id)) {
            return true;
        }
    }
    return false;
}

void running_keep_asked(struct running *running, const struct uid *id)
{
    running->asked[running->asked_next++ % COUNTDOWNS_KEPT] = *id;
}

struct wire_running running_show(const void *ctx, const struct poll *poll)
{
    const struct running_scene *scene = ctx;
    struct wire_running shown = {.started = poll->voted};
    if ((size_t)poll->id > scene->screens->poll_count) {
        return shown;
    }
    const struct running *running = &scene->screens->polls[poll->id - 1].running;
    int64_t left_ms = running->closes_ms - now_ms(scene->server);
    if (running->begun_count > shown.started) {
        shown.started = running->begun_count;
    }
    shown.closing = running->closes_ms != 0;
    shown.closing_ms = shown.closing && left_ms > 0 ? left_ms : 0;
    return shown;
}

/* ---- a close that was announced ---- */

static void arm(struct server *server);

/* Where an answer goes: the table of polls may have moved by then. */
struct announced {
    struct server *server;
    struct event *event;
    int64_t poll;
};

static void on_closed(void *ctx, const struct outcome *outcome)
{
    struct announced *announced = ctx;
    struct server *server = announced->server;
    struct poll_screen *screen =
        results_screen(server, announced->event, announced->poll);
    if (screen != NULL) {
        bool again = outcome->err == ERR_BUSY;
        screen->running.closing = false;
        screen->running.closes_ms = again ? now_ms(server) + RETRY_MS : 0;
        arm(server);
        live_counters(server, announced->event);
    }
    if (outcome->err != ERR_OK) {
        log_line(
            LOG_WARN, "poll %" PRId64 " could not be closed: %s", announced->poll,
            err_code(outcome->err));
    }
    free(announced);
}

/* In the name of whoever announced it; if they have lost their place since, the server
 * keeps what every screen was told. */
static void
sign_close(const struct event *event, const struct running *running, struct entry *entry)
{
    const struct participant *closer = event_participant(event, running->closer);
    bool may = closer != NULL && access_check(closer->role, ENTRY_POLL_CLOSE) == ERR_OK;
    entry->actor = may ? closer->id : 0;
    entry->role = may ? closer->role : ROLE_OFFICE;
}

static void close_poll(
    struct server *server, struct event *event, struct running *running, int64_t poll)
{
    struct announced *announced = malloc(sizeof *announced);
    if (announced == NULL) {
        running->closes_ms = now_ms(server) + RETRY_MS;
        return;
    }
    *announced = (struct announced){server, event, poll};
    running->closing = true;
    struct entry entry = {
        .kind = ENTRY_POLL_CLOSE,
        .as.poll_act.poll = poll,
    };
    sign_close(event, running, &entry);
    trust_random_uid(&entry.command);
    hall_submit(server->hall, event, &entry, hall_no_docs(), on_closed, announced);
}

static bool waits(const struct running *running)
{
    return running->closes_ms != 0 && !running->closing;
}

static void close_due(struct server *server, struct screens *screens)
{
    for (size_t i = 0; i < screens->poll_count; i++) {
        struct running *running = &screens->polls[i].running;
        if (waits(running) && running->closes_ms <= now_ms(server)) {
            close_poll(server, screens->event, running, (int64_t)i + 1);
        }
    }
}

static void on_due(uv_timer_t *timer)
{
    struct server *server = timer->data;
    for (size_t i = 0; i < server->screens_count && !server->stopping; i++) {
        close_due(server, &server->screens[i]);
    }
    arm(server);
}

/* When the next announced close of an event is due; INT64_MAX: there is none. */
static int64_t next_close_ms(const struct screens *screens)
{
    int64_t next_ms = INT64_MAX;
    for (size_t i = 0; i < screens->poll_count; i++) {
        const struct running *running = &screens->polls[i].running;
        if (waits(running) && running->closes_ms < next_ms) {
            next_ms = running->closes_ms;
        }
    }
    return next_ms;
}

static void arm(struct server *server)
{
    int64_t next_ms = INT64_MAX;
    for (size_t i = 0; i < server->screens_count; i++) {
        int64_t one_ms = next_close_ms(&server->screens[i]);
        next_ms = one_ms < next_ms ? one_ms : next_ms;
    }
    if (next_ms == INT64_MAX || server->stopping) {
        uv_timer_stop(&server->close_timer);
        return;
    }
    int64_t wait_ms = next_ms - now_ms(server);
    uv_timer_start(&server->close_timer, on_due, wait_ms > 0 ? (uint64_t)wait_ms : 0, 0);
}

void running_announce(
    struct server *server, struct event *event, int64_t poll, int64_t moderator,
    int64_t in_ms)
{
    struct poll_screen *screen = results_screen(server, event, poll);
    if (screen == NULL || screen->running.closing) {
        return;
    }
    struct running *running = &screen->running;
    if (in_ms == 0) {
        running->closes_ms = 0;
    } else if (running->closes_ms == 0) {
        running->closes_ms = now_ms(server) + in_ms;
        running->closer = moderator;
    }
    arm(server);
    live_counters(server, event);
}

void running_follow(struct server *server, struct screens *screens)
{
    bool announced = false;
    for (size_t i = 0; i < screens->poll_count; i++) {
        const struct poll *poll = event_poll(screens->event, (int64_t)i + 1);
        struct running *running = &screens->polls[i].running;
        if (poll_check_voting(poll) != ERR_OK) {
            announced = announced || running->closes_ms != 0;
            running_forget(running);
        }
    }
    if (announced) {
        arm(server);
    }
}
