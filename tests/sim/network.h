/* The network, simulated: lines.c stands where libwebsockets does, under the server's own
 * outboxes, channels and deadlines; network.c is what phones do with their lines. A line
 * is one WebSocket and the socket under it, which takes `room` bytes that nobody has read
 * yet; what a phone sends waits in the line until a step delivers it. A phone has two
 * lines, so that it may come back before the server has noticed that it went. */
#ifndef SIM_NETWORK_H
#define SIM_NETWORK_H

#include "base/bounds.h"
#include "base/buf.h"
#include "base/uid.h"
#include "chance.h"
#include "net/net.h"

#include <uv.h>

#define LINES_PER_PHONE   2
#define LINE_QUEUE_MAX    16
#define ERRAND_PATH_BYTES 96

enum line_state {
    LINE_FREE,
    LINE_OPENING, /* the server does not know it yet */
    LINE_UP,
    LINE_GONE /* the phone's end is gone; the server does not know it yet */
};

/* A frame that waits in the socket, and how many bytes of it do. */
struct unread {
    struct net_frame *frame; /* owned reference */
    size_t bytes;
};

struct conn;
struct network;

struct line {
    struct network *network;
    enum line_state state;
    struct net_conn name; /* as its phone knows it */
    struct net_peer peer;
    struct conn *conn; /* the server's end; NULL: there is none */
    bool silent;       /* gone without a word: no packet will ever tell the server */
    bool writable;     /* the server wants to know when the socket takes more */
    bool held;   /* it was given more than it took, until it is told that it takes more */
    bool killed; /* the server drops it */
    bool closing; /* the server has said Close */

    struct buf in[LINE_QUEUE_MAX]; /* owned; from the phone, on their way */
    size_t in_count;
    struct unread *out; /* owned; in the socket, whole */
    size_t out_count;
    size_t out_capacity;
    struct buf begun;   /* owned; the first pieces of a frame … */
    size_t begun_bytes; /* … of which so many are not read */
    size_t bytes;       /* not read, of all */
    size_t room;

    int64_t opened_ms; /* by the loop's clock, likewise below */
    int64_t said_ms;   /* the last word that reached the server */
    int64_t moved_ms;  /* the last byte that was written, or read out of a full socket */
    int64_t closed_ms; /* the server said Close */
    int beat_ms;       /* how often the phone is to ping; 0: it was not greeted */
};

/* An HTTP request on its way; one a phone. */
enum errand_state { ERRAND_NONE, ERRAND_ASKED, ERRAND_WAITING, ERRAND_ANSWERED };

struct errand {
    enum errand_state state;
    struct net_conn name;
    enum net_method method;
    char path[ERRAND_PATH_BYTES];
    char query[32];
    const char *content_type;
    struct buf body; /* owned */
    struct net_peer peer;
    int status; /* the answer */
    char err[32];
    char found[UID_HEX + 1]; /* what an upload is called */
    char cookie[NET_COOKIE_BYTES_MAX];
};

/* Why lines were dropped. */
struct network_stats {
    int64_t full;   /* an outbox was */
    int64_t stuck;  /* a write did not go on */
    int64_t silent; /* no ping */
    int64_t mute;   /* no hello */
    int64_t told;   /* Close was not answered */
};

struct world;

struct network {
    struct net *net; /* owned: the server's; NULL: none runs */
    struct world *world;
    struct trace *trace;
    struct line *lines; /* LINES_PER_PHONE a phone; owned */
    size_t line_count;
    struct errand *errands; /* one a phone; owned */
    size_t errand_count;
    uint32_t generation;
    uint32_t heartbeats_per_s; /* of all lines together */
    struct network_stats stats;
    const char *broken; /* what is broken on purpose; NULL: nothing */
    unsigned pieces;    /* written, for what is broken */
    enum net_answer (*http)(
        void *ctx, const struct net_request *request, struct net_response *ret_response);
    bool (*admits)(
        void *ctx, const struct net_request *request, struct net_response *ret_response);
    void *http_ctx;
    bool deaf; /* of a life that has ended: nothing is heard of it */
};

void network_init(
    struct network *network, struct world *world, struct trace *trace, size_t phones);
void network_fini(struct network *network);

/* ---- lines.c: a server's network, from its start to its end ---- */

void network_start(
    struct network *network, uv_loop_t *loop, const struct net_handlers *handlers,
    void *ctx);
/* Every line is dead, and the server is told of nothing any more; then, once the server
 * is gone, its network goes. */
void network_stop(struct network *network);
void network_end(struct network *network);
/* The server's end of a line begins; ends. */
void line_open(struct line *line);
void line_end(struct line *line);
/* Hands the next thing up; false if there was none. */
bool line_deliver(struct line *line);
/* Close 1012 to everybody, as a server does that is stopped. */
void network_say_restart(struct network *network);
/* No outbox is too large, and nobody is still there who is overdue. */
void network_check(struct network *network);
/* The server's name of a line; generation 0: it has none. */
struct net_conn line_server_name(const struct line *line);
/* The socket takes no more until somebody reads. */
bool line_is_choked(const struct line *line);

/* ---- the phone's side ---- */

/* NULL: both lines are still known to the server. The socket takes `room` bytes. */
struct line *network_dial(
    struct network *network, size_t phone, const struct net_peer *peer, size_t room);
/* False: the line is full, or not there. Copies. */
bool network_say(struct line *line, struct span text);
/* The phone's end is gone: `arrive` messages that are on their way still come. `silent`:
 * the server does not hear of it. */
void network_hang_up(struct line *line, size_t arrive, bool silent);
/* Reads: false if there is nothing. A frame that is whole is in *ret_frame, a reference
 * of the caller's; else NULL. */
bool network_hear(struct line *line, struct net_frame **ret_frame);
/* False: the one before is not over. */
bool network_post(
    struct network *network, size_t phone, const char *path, struct span body,
    const struct net_peer *peer);
/* Likewise. */
bool network_get(
    struct network *network, size_t phone, const char *path, const struct net_peer *peer);

/* The request is lost, or its answer will be. */
void network_lose_errand(struct network *network, size_t phone);

/* All lines are forgotten. */
void network_forget_line(struct line *line);

/* ---- the server's side: hands the next thing up; false if there was none ---- */

bool network_deliver(struct network *network, struct line *line);
bool network_deliver_errand(struct network *network, struct errand *errand);
/* An answer that came later; net.h's net_respond. */
void network_respond(
    struct network *network, struct net_conn id, const struct net_response *response);

#endif
