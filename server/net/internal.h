/* What the files of net share: the whole of a running network. */
#ifndef NET_INTERNAL_H
#define NET_INTERNAL_H

#include "net/channel.h"
#include "net/conn.h"
#include "net/listener.h"
#include "net/net.h"
#include "net/post.h"
#include "net/site.h"
#include "net/tls.h"

#include "base/bounds.h"

#include <uv.h>

struct lws_context;
struct lws_vhost;

#define TICK_MS_MAX     100
#define TICK_MS_MIN     5
#define FRAME_ROOM      16 /* before what is handed to lws_write */
#define LWS_HANDLES_MAX 4
#define COOKIE_NAME_MAX 32

struct net {
    uv_loop_t *loop;
    struct net_handlers handlers;
    void *ctx;
    struct net_waits waits; /* resolved: none is 0 */
    uint32_t sockets_max;
    uint32_t heartbeats_per_s;
    char cookie[COOKIE_NAME_MAX];        /* over http */
    char cookie_secure[COOKIE_NAME_MAX]; /* "__Host-" before it */
    struct tls *tls;                     /* owned; NULL: plain http */
    struct site *site;                   /* owned; NULL: no files */
    struct lws_context *lws;             /* becomes NULL when it is destroyed */
    struct lws_vhost *vhost;
    struct listener listener;
    struct conn_table conns;
    struct conn *adopting; /* for the moment in which libwebsockets makes its side */
    struct wheel wheel;
    uv_timer_t tick;
    int tick_ms;
    int64_t refilled_ms; /* the library's log budget */
    struct fanout fanout;
    struct conn
        *unsent;      /* the last that was sent something, if it is not written yet … */
    uv_idle_t turned; /* … which it is then; runs only until it has */
    struct upload *uploads; /* the first of those on their way */
    uint32_t upload_count;
    struct net_stats stats;
    void (*drained)(void *ctx);
    void *drained_ctx;
    int64_t drain_by_ms;
    bool draining;
    bool closing;
    /* Closing: libwebsockets' own handles in the loop, by address, and who waits for
     * them. */
    uv_handle_t *lws_handles[LWS_HANDLES_MAX];
    size_t lws_handle_count;
    uv_idle_t reaper;
    int own_handles; /* not closed yet */
    uint8_t piece[FRAME_ROOM + WRITE_PIECE_BYTES];
};

static inline int64_t net_now_ms(const struct net *net)
{
    return (int64_t)uv_now(net->loop);
}

/* One of net's own handles is closed; the last one frees net. */
void net_handle_closed(uv_handle_t *handle);

#endif
