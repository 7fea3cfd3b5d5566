/* A connection: one accepted socket, first HTTP, then perhaps a WebSocket. Connections
 * live in a table under (slot, generation) names; each request and each WebSocket is a
 * generation of its own, so that a late answer never reaches a stranger. */
#ifndef NET_CONN_H
#define NET_CONN_H

#include "net/net.h"
#include "net/strangers.h"
#include "net/wheel.h"

#include "base/buf.h"

struct lws;
struct channel;
struct exchange;

enum conn_phase {
    CONN_SHAKING, /* TLS and the first request's headers */
    CONN_HTTP,
    CONN_SOCKET, /* a WebSocket is up */
    CONN_ENDED,  /* libwebsockets said goodbye; nothing may touch `lws` */
};

/* Frames on their way out. */
struct outbox {
    struct outbox_ring *ring; /* owned; NULL: empty */
    uint32_t first;
    uint32_t count;
    uint32_t large;            /* frames above OUTBOX_BYTES_MAX, `current` included … */
    size_t bytes;              /* … and the bytes of all others */
    struct net_frame *current; /* being written; owned reference */
    size_t current_sent;
};

/* What fan-out remembers of a listener. */
struct listening {
    struct channel *channel; /* NULL: none */
    struct conn *prev;
    struct conn *next;
    uint32_t seen; /* the last broadcast in the outbox */
    uint32_t versions[NET_LATEST_SLOTS];
};

struct conn {
    struct net *net;
    struct lws *lws; /* NULL before adoption and once ended */
    struct net_conn name;
    enum conn_phase phase;
    struct wheel_entry watch;
    int64_t accepted_ms;
    int64_t heard_ms;    /* a WebSocket's last message … */
    int beat_ms;         /* … and how often it is to say something */
    int64_t progress_ms; /* the last write that went on */
    int64_t looked_ms;   /* the last look after an answer */
    struct conn *stranger_prev;
    struct conn *stranger_next;
    int64_t step_ms; /* a stranger's last step */
    bool stranger;   /* stands among the strangers */
    bool loopback;
    bool reused;  /* for a second HTTP request */
    bool waiting; /* something is to be written and the socket does not take it */
    bool greeted;
    bool killed;               /* libwebsockets has been told to drop it */
    bool deaf;                 /* one of the two ends has said Close */
    uint16_t kick_code;        /* to be closed with that once the outbox is empty */
    struct exchange *exchange; /* owned; the HTTP request that is being answered */
    struct outbox outbox;
    struct listening listening;
    struct buf text; /* a message's fragments so far */
};

struct conn_slot {
    struct conn *conn; /* owned; NULL: free */
    uint32_t generation;
    uint32_t next_free;
};

struct conn_table {
    struct conn_slot *slots; /* owned */
    size_t capacity;
    uint32_t count;      /* slots ever used */
    uint32_t first_free; /* or CONN_NO_SLOT */
    uint32_t live;
    struct strangers strangers;
};

#define CONN_NO_SLOT UINT32_MAX

void conn_table_init(struct conn_table *table);
void conn_table_fini(struct conn_table *table); /* frees what still lives */

/* A new connection in phase CONN_SHAKING; NULL: no memory or table full. */
struct conn *conn_new(struct net *net, bool loopback);
void conn_free(struct conn *conn);

/* NULL if nobody has that name now. */
struct conn *conn_find(const struct net *net, struct net_conn name);

/* A new name: what was meant for the old one is stale from now on. */
void conn_rename(struct conn *conn);

void conn_set_phase(struct conn *conn, enum conn_phase phase);

/* Looks again when the next deadline is due. Call it when a deadline may have come
 * nearer. */
void conn_watch(struct conn *conn);

/* Cuts what is overdue among the connections that the wheel brings up. Once a tick. */
void conn_sweep(struct net *net);

/* Drops the connection without a word, from the loop, soon. */
void conn_kill(struct conn *conn);

/* The same, counted as cut. */
void conn_cut(struct conn *conn);

/* libwebsockets is done with it: says `closed` if it was a WebSocket. More than once is
 * fine. */
void conn_end(struct conn *conn);

#endif
