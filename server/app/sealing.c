/* A closed poll is sealed by itself after SEAL_AFTER_MS of this server's running time:
 * until then a slip can be undone, after it nothing joins a person to a ballot. Who
 * counts paper has as long again after each batch. */
#include "app/server.h"

#include "base/log.h"

#include <inttypes.h>

#define SEAL_LOOK_MS 10000

static void on_sealed(void *ctx, const struct outcome *outcome)
{
    (void)ctx;
    if (outcome->err != ERR_OK) {
        log_line(LOG_WARN, "a poll could not be sealed: %s", err_code(outcome->err));
    }
}

static void seal(struct server *server, struct event *event, int64_t poll)
{
    struct entry entry = {
        .kind = ENTRY_POLL_SEAL, .role = ROLE_OFFICE, .as.poll_act.poll = poll};
    trust_random_uid(&entry.command);
    backups_sweep(server->options.store, false);
    log_line(LOG_INFO, "event %s: poll %" PRId64 " is sealed", event->code, poll);
    hall_submit(server->hall, event, &entry, hall_no_docs(), on_sealed, server);
}

/* Counts up while the poll stands closed; anything else starts over. */
static bool due(struct poll_screen *screen, const struct poll *poll)
{
    if (poll->dropped || poll->state != POLL_CLOSED) {
        screen->closed_for_ms = 0;
        return false;
    }
    bool again = screen->closed_round != poll->reopened; /* open between two looks */
    if (again || screen->closed_paper != poll->paper_pos) {
        screen->closed_round = poll->reopened;
        screen->closed_paper = poll->paper_pos;
        screen->closed_for_ms = 0;
    }
    screen->closed_for_ms += SEAL_LOOK_MS;
    return screen->closed_for_ms > SEAL_AFTER_MS;
}

static void look_at(struct server *server, struct event *event)
{
    for (size_t i = 0; i < event->poll_count; i++) {
        const struct poll *poll = event->polls[i];
        struct poll_screen *screen = results_screen(server, event, poll->id);
        if (screen != NULL && due(screen, poll)) {
            screen->closed_for_ms = 0;
            seal(server, event, poll->id);
        }
    }
}

static void on_look(uv_timer_t *timer)
{
    struct server *server = timer->data;
    staging_sweep(&server->staging, (int64_t)uv_now(&server->loop));
    hall_pictures_sweep(server->hall);
    for (size_t i = 0; i < hall_event_count(server->hall); i++) {
        look_at(server, hall_event_at(server->hall, i));
    }
}

void sealing_start(struct server *server)
{
    uv_timer_start(&server->seal_timer, on_look, SEAL_LOOK_MS, SEAL_LOOK_MS);
}
