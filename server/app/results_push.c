/* Results reach the screens when they may be seen, each once. */
#include "app/server.h"

#include "domain/publish.h"

#define RESULT_FIRST_SLOT 1 /* net_publish: behind the counters */

static uint32_t first_channel(const struct screens *screens)
{
    return (uint32_t)screens->event->id * CHANNELS_PER_EVENT;
}

static void free_slot(struct net *net, struct screens *screens, unsigned slot)
{
    screens->running[slot] = 0;
    for (uint32_t i = 0; i < CHANNELS_PER_EVENT; i++) {
        net_retract(net, first_channel(screens) + i, RESULT_FIRST_SLOT + slot);
    }
}

/* A slot whose poll runs no more is anybody's; a step that somebody was too slow for
 * would come behind the result. */
static void free_slots(struct net *net, struct screens *screens)
{
    for (unsigned i = 0; i < RESULT_SLOTS; i++) {
        const struct poll *poll = event_poll(screens->event, screens->running[i]);
        bool runs = poll != NULL && poll->state == POLL_OPEN;
        if (screens->running[i] != 0 && !runs) {
            free_slot(net, screens, i);
        }
    }
}

/* RESULT_SLOTS: all are others'. */
static unsigned slot_of(struct screens *screens, const struct poll *poll)
{
    unsigned taken = RESULT_SLOTS;
    for (unsigned i = 0; i < RESULT_SLOTS; i++) {
        if (screens->running[i] == poll->id) {
            return i;
        }
        taken = taken == RESULT_SLOTS && screens->running[i] == 0 ? i : taken;
    }
    if (taken < RESULT_SLOTS) {
        screens->running[taken] = poll->id;
    }
    return taken;
}

/* Of a live result only the newest matters, and none is lost since no other poll has its
 * slot. What is published comes to everybody, and so do live results beyond the slots. */
static void tell(
    struct net *net, struct screens *screens, const struct poll *poll,
    struct net_frame *result)
{
    unsigned slot = poll->state == POLL_OPEN ? slot_of(screens, poll) : RESULT_SLOTS;
    uint32_t channel = first_channel(screens);
    for (uint32_t i = 0; i < CHANNELS_PER_EVENT; i++) {
        if (slot < RESULT_SLOTS) {
            net_publish(net, channel + i, RESULT_FIRST_SLOT + slot, result);
        } else {
            net_broadcast(net, channel + i, result);
        }
    }
}

/* By the server before this one: whoever lacks it asks. */
static bool was_told(const struct screens *screens, const struct poll *poll)
{
    return poll->published && poll->published_pos <= screens->screen_pos;
}

static void push(struct server *server, struct screens *screens, const struct poll *poll)
{
    struct event *event = screens->event;
    struct net_frame *result;
    const struct result_make now = result_make_of(poll);
    struct poll_screen *screen = results_screen(server, event, poll->id);
    if (screen != NULL && !screen->pushed.is && was_told(screens, poll)) {
        screen->pushed = now;
    }
    if (screen == NULL || result_make_same(&screen->pushed, &now) ||
        result_of(server, event, poll, false, &result) != ERR_OK) {
        return;
    }
    tell(server->net, screens, poll, result);
    screen->pushed = screen->made;
}

void results_push(struct server *server, struct screens *screens)
{
    struct event *event = screens->event;
    free_slots(server->net, screens);
    for (size_t i = 0; i < event->poll_count; i++) {
        const struct poll *poll = event->polls[i];
        if (!poll->dropped && publish_result_public(poll)) {
            push(server, screens, poll);
        } else if (i < screens->poll_count) {
            /* taken back; told anew if it comes again */
            screens->polls[i].pushed = (struct result_make){0};
        }
    }
}

/* ---- a screen arrives ---- */

/* Of what was published since, the newest; NULL: nothing. */
static const struct poll *published_since(const struct event *event, int64_t pos)
{
    const struct poll *newest = NULL;
    for (size_t i = 0; i < event->poll_count; i++) {
        const struct poll *poll = event->polls[i];
        if (poll->published && poll->published_pos > pos) {
            newest = poll;
            pos = poll->published_pos;
        }
    }
    return newest;
}

/* The step that all others were told; what came since is told to all at the next tick.
 * NULL: none. */
static struct net_frame *step_told(const struct screens *screens, size_t i)
{
    const struct poll_screen *screen = &screens->polls[i];
    const struct poll *poll = event_poll(screens->event, (int64_t)i + 1);
    bool runs = poll != NULL && poll->state == POLL_OPEN && screen->pushed.live;
    return runs && result_make_same(&screen->made, &screen->pushed) ? screen->result
                                                                    : NULL;
}

static void
greet(struct net *net, struct net_conn conn, struct net_frame *result, size_t *left)
{
    size_t bytes = net_frame_text(result).bytes;
    if (bytes <= *left) {
        net_send(net, conn, result);
        *left -= bytes;
    }
}

void results_greet(
    struct server *server, struct event *event, struct net_conn conn, int64_t from)
{
    struct net_frame *result;
    size_t left = GREETING_RESULTS_BYTES_MAX;
    const struct poll *poll = from > 0 ? published_since(event, from) : NULL;
    if (poll != NULL && result_of(server, event, poll, false, &result) == ERR_OK) {
        greet(server->net, conn, result, &left);
    }
    const struct screens *screens = live_screens(server, event);
    for (size_t i = 0; screens != NULL && i < screens->poll_count; i++) {
        result = step_told(screens, i);
        if (result != NULL) {
            greet(server->net, conn, result, &left);
        }
    }
}
