/* What is told of a poll that runs and stands in no log: a ballot was begun, the close is
 * announced. */
#include "app/story.h"
#include "domain/fold.h"
#include "domain/shares.h"

/* Who never votes has still begun: nothing of it may be kept but a count. */
void story_begin(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct event *event = visitor->event;
    int64_t poll = request->as.poll_act.poll;
    enum err err = poll_check_voting(event_poll(event, poll));
    if (err == ERR_OK) {
        err = poll_check_share(
            event_poll(event, poll), event_participant(event, visitor->participant));
    }
    struct poll_screen *screen =
        err == ERR_OK ? results_screen(server, event, poll) : NULL;
    bool news = false;
    if (screen != NULL) {
        err = running_begin(&screen->running, visitor->participant, &news);
    } else if (err == ERR_OK) {
        err = ERR_NOMEM;
    }
    if (err != ERR_OK) {
        reply_refused(server, visitor->conn, &request->id, err, 0, NULL);
        return;
    }
    if (news) {
        live_counters(server, event);
    }
    reply_done(server, visitor->conn, &request->id);
}

/* It may have waited for a line until the poll was closed and reopened. */
static bool is_of_another_round(const struct poll *poll, const struct request *request)
{
    int64_t round = request->as.poll_act.round;
    return round != 0 && round != poll->reopened + 1;
}

/* The moderator may be gone when the time comes: the server keeps it. */
void story_countdown(
    struct server *server, struct visitor *visitor, const struct request *request)
{
    struct event *event = visitor->event;
    int64_t poll = request->as.poll_act.poll;
    struct poll_screen *screen =
        event_poll(event, poll) != NULL ? results_screen(server, event, poll) : NULL;
    if (screen != NULL && running_was_asked(&screen->running, &request->id)) {
        reply_done(server, visitor->conn, &request->id);
        return;
    }
    enum err err = poll_check_voting(event_poll(event, poll));
    if (err == ERR_OK && (screen == NULL || screen->running.closing)) {
        err = screen == NULL ? ERR_NOMEM : ERR_CLOSED;
    }
    if (err == ERR_OK && is_of_another_round(event_poll(event, poll), request)) {
        err = ERR_CLOSED;
    }
    if (err != ERR_OK) {
        reply_refused(server, visitor->conn, &request->id, err, 0, NULL);
        return;
    }
    running_announce(
        server, event, poll, visitor->participant, request->as.poll_act.in_ms);
    running_keep_asked(&screen->running, &request->id);
    reply_done(server, visitor->conn, &request->id);
}
