/* The network, simulated: network.c defines the functions of net.h. A line is one
 * WebSocket; what a phone sends waits in the line until a step delivers it, what the
 * server sends waits in the line's outbox. A phone has two lines, so that it may come
 * back before the server has noticed that it went. */
#ifndef SIM_NETWORK_H
#define SIM_NETWORK_H

#include "base/bounds.h"
#include "base/buf.h"
#include "net/net.h"

#define LINES_PER_PHONE   2
#define LINE_QUEUE_MAX    16
#define ERRAND_PATH_BYTES 64

enum line_state {
    LINE_FREE,
    LINE_OPENING, /* the server does not know it yet */
    LINE_UP,
    LINE_GONE /* the phone's end is gone; the server does not know it yet */
};

struct line {
    enum line_state state;
    struct net_conn name;
    struct net_peer peer;
    bool greeted;
    bool cut;           /* the server has dropped it */
    uint16_t kick_code; /* … or will, when its outbox is empty */
    uint32_t channel;

    struct buf in[LINE_QUEUE_MAX]; /* owned; from the phone, on their way */
    size_t in_count;
    struct net_frame *out[OUTBOX_FRAMES_MAX]; /* owned references */
    size_t out_count;
    size_t out_bytes;
    size_t out_large;
    struct net_frame *latest[NET_LATEST_SLOTS]; /* owned; the newest it has not got */
};

/* An HTTP request on its way; one a phone. */
enum errand_state { ERRAND_NONE, ERRAND_ASKED, ERRAND_WAITING, ERRAND_ANSWERED };

struct errand {
    enum errand_state state;
    struct net_conn name;
    enum net_method method;
    char path[ERRAND_PATH_BYTES];
    struct buf body; /* owned */
    struct net_peer peer;
    int status; /* the answer */
    char err[32];
    char cookie[NET_COOKIE_BYTES_MAX];
};

struct world;

struct net {
    struct world *world;
    struct net_handlers handlers;
    void *ctx;
    struct line *lines; /* LINES_PER_PHONE a phone; owned */
    size_t line_count;
    struct errand *errands; /* one a phone; owned */
    size_t errand_count;
    uint32_t generation;
    bool deaf; /* of a life that has ended: nothing is heard of it */
};

void network_init(struct net *net, struct world *world, size_t phones);
void network_fini(struct net *net);

/* All lines are dead, and errands unanswered: the server is gone. */
void network_drop_all(struct net *net);

/* ---- the phone's side ---- */

/* NULL: both lines are still known to the server. */
struct line *network_dial(struct net *net, size_t phone, const struct net_peer *peer);
/* False: the line is full, or not there. Copies. */
bool network_say(struct line *line, struct span text);
/* The phone's end is gone: `arrive` messages that are on their way still come. */
void network_hang_up(struct line *line, size_t arrive);
/* The next frame for the phone, a reference of the caller's; NULL: none. */
struct net_frame *network_hear(struct line *line);
/* False: the one before is not over. */
bool network_post(
    struct net *net, size_t phone, const char *path, struct span body,
    const struct net_peer *peer);
/* Likewise. */
bool network_get(
    struct net *net, size_t phone, const char *path, const struct net_peer *peer);

/* The request is lost, or its answer will be. */
void network_lose_errand(struct net *net, size_t phone);

/* ---- the server's side: hands the next thing up; false if there was none ---- */

bool network_deliver(struct net *net, struct line *line);
bool network_deliver_errand(struct net *net, struct errand *errand);

#endif
