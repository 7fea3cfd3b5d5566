/* Fan-out: who listens to what, broadcasts that everybody gets in order, and latest
 * values of which only the newest matters. Done in slices of FANOUT_SLICE listeners a
 * loop turn, so that answers to single phones come through in between. */
#ifndef NET_CHANNEL_H
#define NET_CHANNEL_H

#include "net/conn.h"

#include "base/bounds.h"

#include <uv.h>

#define CHANNEL_BUCKETS 256

struct channel {
    uint32_t id;
    struct channel *next_in_bucket;
    struct channel *next_busy;
    struct conn *cursor; /* the next listener to visit; NULL: nobody listens */
    size_t count;        /* listeners, in a circle */
    size_t to_visit;     /* 0: not busy */
    struct net_frame *pending[OUTBOX_FRAMES_MAX]; /* broadcasts of this round; owned */
    uint32_t pending_count;
    uint32_t broadcasts;                        /* number of the last one */
    struct net_frame *latest[NET_LATEST_SLOTS]; /* owned; NULL: none */
    uint32_t versions[NET_LATEST_SLOTS];
};

struct fanout {
    struct channel *buckets[CHANNEL_BUCKETS];
    struct channel *first_busy;
    struct channel *last_busy;
    uv_idle_t idle; /* runs while some channel is busy */
};

void fanout_open(struct net *net);
void fanout_close(struct net *net);

/* Leaves the channel it is in, with everything that was broadcast there in its outbox. */
void channel_leave(struct conn *conn);

/* Puts the broadcasts into the outbox that came before whatever is sent next. */
void channel_catch_up(struct conn *conn);

/* How many latest values this listener has not been sent yet; 0 while it has to catch up,
 * since broadcasts come before them. */
size_t channel_newer(const struct conn *conn);

/* Takes the newest such value (a new reference); there must be one. */
struct net_frame *channel_take_newest(struct conn *conn);

#endif
