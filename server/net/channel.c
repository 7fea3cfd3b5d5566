#include "net/channel.h"

#include "net/internal.h"
#include "net/outbox.h"

#include <assert.h>
#include <stdlib.h>

/* ---- which channels there are: those that somebody listens to ---- */

static struct channel **find(struct net *net, uint32_t id)
{
    struct channel **link = &net->fanout.buckets[id % CHANNEL_BUCKETS];
    while (*link != NULL && (*link)->id != id) {
        link = &(*link)->next_in_bucket;
    }
    return link;
}

static void forget_pending(struct channel *channel)
{
    for (uint32_t i = 0; i < channel->pending_count; i++) {
        net_frame_unref(channel->pending[i]);
    }
    channel->pending_count = 0;
}

static void drop_busy(struct fanout *fanout, struct channel *channel)
{
    struct channel *before = NULL;
    struct channel *at = fanout->first_busy;
    while (at != channel) {
        before = at;
        at = at->next_busy;
    }
    *(before != NULL ? &before->next_busy : &fanout->first_busy) = channel->next_busy;
    if (fanout->last_busy == channel) {
        fanout->last_busy = before;
    }
    channel->next_busy = NULL;
}

/* The idle handle turns only while there is somebody to visit. */
static void rest_if_idle(struct fanout *fanout)
{
    if (fanout->first_busy == NULL) {
        uv_idle_stop(&fanout->idle);
    }
}

static void channel_free(struct net *net, struct channel *channel)
{
    if (channel->to_visit > 0) {
        drop_busy(&net->fanout, channel);
        rest_if_idle(&net->fanout);
    }
    forget_pending(channel);
    for (size_t slot = 0; slot < NET_LATEST_SLOTS; slot++) {
        net_frame_unref(channel->latest[slot]);
    }
    *find(net, channel->id) = channel->next_in_bucket;
    free(channel);
}

static struct channel *find_or_new(struct net *net, uint32_t id)
{
    struct channel **link = find(net, id);
    if (*link == NULL) {
        *link = calloc(1, sizeof **link);
        if (*link != NULL) {
            (*link)->id = id;
        }
    }
    return *link;
}

/* ---- listeners ---- */

static void join(struct channel *channel, struct conn *conn)
{
    struct listening *listening = &conn->listening;
    listening->channel = channel;
    listening->seen = channel->broadcasts;
    memcpy(listening->versions, channel->versions, sizeof listening->versions);
    struct conn *after = channel->cursor;
    if (after == NULL) {
        listening->prev = conn;
        listening->next = conn;
        channel->cursor = conn;
    } else {
        listening->next = after;
        listening->prev = after->listening.prev;
        after->listening.prev->listening.next = conn;
        after->listening.prev = conn;
    }
    channel->count++;
}

void channel_leave(struct conn *conn)
{
    struct listening *listening = &conn->listening;
    struct channel *channel = listening->channel;
    if (channel == NULL) {
        return;
    }
    channel_catch_up(conn);
    listening->prev->listening.next = listening->next;
    listening->next->listening.prev = listening->prev;
    if (channel->cursor == conn) {
        channel->cursor = listening->next != conn ? listening->next : NULL;
    }
    channel->count--;
    *listening = (struct listening){0};
    if (channel->count == 0) {
        channel_free(conn->net, channel);
    }
}

void channel_catch_up(struct conn *conn)
{
    struct listening *listening = &conn->listening;
    struct channel *channel = listening->channel;
    if (channel == NULL || listening->seen == channel->broadcasts) {
        return;
    }
    outbox_flush(conn->net); /* its outbox may need the room */
    uint32_t missing = channel->broadcasts - listening->seen;
    assert(missing <= channel->pending_count);
    listening->seen = channel->broadcasts;
    for (uint32_t i = channel->pending_count - missing; i < channel->pending_count; i++) {
        outbox_push(conn, channel->pending[i]);
    }
}

static bool is_news(const struct conn *conn, size_t slot)
{
    const struct channel *channel = conn->listening.channel;
    return channel->latest[slot] != NULL &&
           channel->versions[slot] != conn->listening.versions[slot];
}

size_t channel_newer(const struct conn *conn)
{
    const struct channel *channel = conn->listening.channel;
    size_t newer = 0;
    if (channel == NULL || conn->listening.seen != channel->broadcasts) {
        return 0;
    }
    for (size_t slot = 0; slot < NET_LATEST_SLOTS; slot++) {
        newer += is_news(conn, slot) ? 1 : 0;
    }
    return newer;
}

struct net_frame *channel_take_newest(struct conn *conn)
{
    const struct channel *channel = conn->listening.channel;
    uint32_t *seen = conn->listening.versions;
    size_t slot = 0;
    while (!is_news(conn, slot)) {
        slot++;
        assert(slot < NET_LATEST_SLOTS);
    }
    conn->net->stats.frames_skipped_total += channel->versions[slot] - seen[slot] - 1;
    seen[slot] = channel->versions[slot];
    return net_frame_ref(channel->latest[slot]);
}

/* ---- rounds ---- */

static void visit_next(struct channel *channel)
{
    struct conn *conn = channel->cursor;
    channel->cursor = conn->listening.next;
    channel->to_visit--;
    channel_catch_up(conn);
    if (!conn->waiting) { /* a waiting one comes for it itself */
        outbox_pump(conn);
    }
}

static void on_turn(uv_idle_t *idle)
{
    struct net *net = idle->data;
    struct fanout *fanout = &net->fanout;
    struct channel *channel = fanout->first_busy;
    if (channel->to_visit > channel->count) {
        channel->to_visit = channel->count; /* some have left */
    }
    for (int i = 0; i < FANOUT_SLICE && channel->to_visit > 0; i++) {
        visit_next(channel);
    }
    drop_busy(fanout, channel);
    if (channel->to_visit == 0) {
        forget_pending(channel);
    } else if (fanout->last_busy != NULL) {
        fanout->last_busy->next_busy = channel; /* the others' turn */
        fanout->last_busy = channel;
    } else {
        fanout->first_busy = channel;
        fanout->last_busy = channel;
    }
    rest_if_idle(fanout);
}

/* Everybody is to be visited (once more). */
static void start_round(struct net *net, struct channel *channel)
{
    struct fanout *fanout = &net->fanout;
    if (channel->to_visit == 0) {
        *(fanout->last_busy != NULL ? &fanout->last_busy->next_busy
                                    : &fanout->first_busy) = channel;
        fanout->last_busy = channel;
    }
    channel->to_visit = channel->count;
    uv_idle_start(&fanout->idle, on_turn);
}

/* Broadcasts came faster than the rounds: all at once then. */
static void finish_round(struct channel *channel)
{
    size_t left = channel->to_visit < channel->count ? channel->to_visit : channel->count;
    channel->to_visit = left + 1; /* busy still: the turn that comes finds nothing new */
    for (; left > 0; left--) {
        visit_next(channel);
    }
    forget_pending(channel);
}

void net_broadcast(struct net *net, uint32_t channel, struct net_frame *frame)
{
    struct channel *heard = *find(net, channel);
    if (heard == NULL) {
        return;
    }
    if (heard->pending_count == OUTBOX_FRAMES_MAX) {
        finish_round(heard);
    }
    heard->pending[heard->pending_count++] = net_frame_ref(frame);
    heard->broadcasts++;
    start_round(net, heard);
}

void net_publish(
    struct net *net, uint32_t channel, unsigned slot, struct net_frame *frame)
{
    assert(slot < NET_LATEST_SLOTS);
    struct channel *heard = *find(net, channel);
    if (heard == NULL) {
        return;
    }
    struct net_frame *old = heard->latest[slot];
    heard->latest[slot] = net_frame_ref(frame);
    heard->versions[slot]++;
    net_frame_unref(old);
    start_round(net, heard);
}

void net_retract(struct net *net, uint32_t channel, unsigned slot)
{
    assert(slot < NET_LATEST_SLOTS);
    struct channel *heard = *find(net, channel);
    if (heard != NULL) {
        net_frame_unref(heard->latest[slot]);
        heard->latest[slot] = NULL;
    }
}

void net_listen_channel(struct net *net, struct net_conn conn, uint32_t channel)
{
    struct conn *listener = conn_find(net, conn);
    if (listener == NULL || listener->phase != CONN_SOCKET || listener->kick_code != 0) {
        return;
    }
    channel_leave(listener);
    outbox_pump(listener);
    if (channel == NET_CHANNEL_NONE) {
        return;
    }
    struct channel *heard = find_or_new(net, channel);
    if (heard == NULL) {
        conn_cut(listener); /* it would wait for news in vain */
        return;
    }
    join(heard, listener);
}

void fanout_open(struct net *net)
{
    uv_idle_init(net->loop, &net->fanout.idle);
    net->fanout.idle.data = net;
    net->own_handles++;
}

void fanout_close(struct net *net)
{
    uv_close((uv_handle_t *)&net->fanout.idle, net_handle_closed);
}
