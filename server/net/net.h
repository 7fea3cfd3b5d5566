/* The network: one libuv loop, HTTP/1.1 and the WebSocket subprotocol stimmwerk.v1, TLS,
 * static files, security headers, limits, bounded outboxes. Knows nothing of votes: it
 * hands whole frames up and carries frames down. All calls on the loop's thread. */
#ifndef NET_NET_H
#define NET_NET_H

#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct uv_loop_s;
struct net;

/* Names a WebSocket connection; a closed one's name is never valid again. */
struct net_conn {
    uint32_t slot;
    uint32_t generation; /* from 1; 0: no connection */
};

/* An immutable message, encoded once, shared by every outbox that holds it. */
struct net_frame;
struct net_frame *
net_frame_new(struct span text); /* copies; NULL: no memory; one reference */
struct net_frame *net_frame_ref(struct net_frame *frame);
void net_frame_unref(struct net_frame *frame);             /* NULL is fine */
struct span net_frame_text(const struct net_frame *frame); /* borrowed */

#define NET_COOKIE_BYTES_MAX 128

/* Who is at the other end. Addresses stay inside net. */
struct net_peer {
    bool loopback;                      /* the peer's address is 127.0.0.0/8 or ::1 */
    bool secure;                        /* TLS */
    char session[NET_COOKIE_BYTES_MAX]; /* the session cookie's value, "" if none */
    char office[NET_COOKIE_BYTES_MAX];  /* the office's, which comes to /office only */
};

enum net_method { NET_GET, NET_POST };

enum net_answer { NET_NOW, NET_LATER, NET_UNKNOWN };

struct net_request {
    struct net_conn id; /* for net_respond */
    enum net_method method;
    const char *path;         /* "/snapshot/ABC123", decoded never */
    const char *query;        /* "a=b&c=d" or "" */
    struct span body;         /* of a POST; whole */
    const char *content_type; /* of that: "image/jpeg"; "" if none */
    struct net_peer peer;
    const char *host; /* as the browser wrote it, for links */
};

/* What to answer. Strings are copied. */
struct net_response {
    int status;
    const char *content_type;
    struct span body;          /* copied; or, shared by many answers: */
    struct net_frame *frame;   /* its text is the body; gets a reference. NULL: `body` */
    const char *policy;        /* Content-Security-Policy of its own; NULL: the pages' */
    const char *etag;          /* or NULL; a matching If-None-Match makes it a 304 */
    const char *cache_control; /* NULL: "no-store" */
    const char *set_session;   /* new session cookie value, or NULL */
    int64_t session_s;         /* its life in seconds */
    const char *set_office;    /* the same of the office; "" takes it away. One of both */
    int64_t office_s;
    const char *file_name; /* Content-Disposition: attachment, or NULL */
    int retry_after_s;     /* 0: none */
};

/* Called by net; `ctx` is options->ctx. */
struct net_handlers {
    /* A request that is no static file. NET_NOW: *ret_response is filled, what it borrows
     * must live until the function returns. NET_LATER: net_respond follows (a command
     * that is answered after its commit); `request->id` names it, and a browser that went
     * away meanwhile makes net_respond do nothing. NET_UNKNOWN: 404. */
    enum net_answer (*http)(
        void *ctx, const struct net_request *request, struct net_response *ret_response);
    /* The head of an upload, or of what the office asks, is there (PROTOCOL.md, POST
     * /media, /office/ask); `request` has no body yet, and will come to `http` with it.
     * False: *ret_response says why not, which is sent once the body was heard and thrown
     * away. NULL: none may come. */
    bool (*admits)(
        void *ctx, const struct net_request *request, struct net_response *ret_response);
    /* A WebSocket is up (right path, subprotocol and Origin). */
    void (*opened)(void *ctx, struct net_conn conn, const struct net_peer *peer);
    /* One whole, valid UTF-8 text message of at most FRAME_BYTES_MAX. */
    void (*message)(void *ctx, struct net_conn conn, struct span text);
    void (*closed)(void *ctx, struct net_conn conn);
};

/* How long net waits for others, in milliseconds; 0: as bounds.h says. */
struct net_waits {
    int header_ms; /* TLS and the first request's headers */
    int body_ms;   /* of a POST … */
    int upload_ms; /* … and of an upload */
    int hello_ms;  /* until net_greeted */
    int dead_ms;   /* a WebSocket's silence where it pings every HEARTBEAT_MS */
    int stuck_ms;  /* a write that does not go on */
    int close_ms;  /* net_drain's patience */
    int still_ms;  /* a stranger's silence while others knock */
};

struct net_options {
    struct uv_loop_s *loop;
    const char *listen;   /* "127.0.0.1:8080", "[::]:443" */
    const char *tls_cert; /* PEM chain; NULL: plain http */
    const char *tls_key;
    const char *web_dir;        /* built web files; NULL: none are served */
    const char *session_cookie; /* "s"; on https its name is "__Host-s" */
    struct net_handlers handlers;
    void *ctx;
    struct net_waits waits; /* for tests */
    uint32_t sockets_max;   /* for tests; 0: CONNECTIONS_MAX, or what the system allows */
    uint32_t heartbeats_per_s; /* for tests; 0: HEARTBEATS_PER_S */
};

/* Binds and starts to serve. Raises the process's limit of open files. Whoever comes
 * through a reverse proxy on this machine (X-Forwarded-For, X-Forwarded-Proto from
 * loopback) is not "loopback", and "secure" if it came by https. ERR_IO (address in use,
 * no permission), ERR_BAD_VALUE (listen does not parse; certificate and key do not
 * match), ERR_NOT_FOUND (web_dir or its index.html, certificate). A line in the log says
 * which. */
MUST_CHECK enum err net_open(const struct net_options *options, struct net **ret_net);

/* The port that was bound (listen may say port 0). */
int net_port(const struct net *net);

/* Answers a request for which the handler said NET_LATER; once; also from inside that
 * handler, before it has returned. Everything is copied. A
 * stale name is ignored. */
void net_respond(
    struct net *net, struct net_conn id, const struct net_response *response);

/* Loads the certificate anew (SIGHUP); on error the old one stays. */
MUST_CHECK enum err net_reload_certificate(struct net *net);

/* Stops accepting, sends Close 1012 to everybody, waits at most CLOSE_WAIT_MS for their
 * outboxes, then calls `drained` on the loop. */
void net_drain(struct net *net, void (*drained)(void *ctx), void *ctx);

/* Ends every connection without a word, calls no handler any more, and frees everything:
 * the loop must run until net's handles, and libwebsockets', have left it of their own
 * accord (nobody else may uv_close them). Not from inside a handler. NULL is fine. */
void net_close(struct net *net);

/* Puts a frame into one outbox, in order. A full outbox (OUTBOX_*_MAX) drops that
 * connection: the phone comes back and resumes. Frames larger than OUTBOX_BYTES_MAX do
 * not count against it; there may be OUTBOX_LARGE_MAX of them. A stale name is ignored.
 */
void net_send(struct net *net, struct net_conn conn, struct net_frame *frame);

/* Ends a connection with a WebSocket close code after its outbox went out. */
void net_kick(struct net *net, struct net_conn conn, uint16_t code);

/* ---- fan-out: a connection listens to at most one channel ---- */

#define NET_CHANNEL_NONE 0
#define NET_LATEST_SLOTS 4

/* From now on; what was published before is not sent again. */
void net_listen_channel(struct net *net, struct net_conn conn, uint32_t channel);

/* Puts a frame into the outbox of each listener, in order with net_send; in slices of
 * FANOUT_SLICE connections a loop turn. */
void net_broadcast(struct net *net, uint32_t channel, struct net_frame *frame);

/* Sets a channel's latest value in `slot`: each listener gets the newest one as soon as
 * its socket takes it; values it was too slow for are skipped. */
void net_publish(
    struct net *net, uint32_t channel, unsigned slot, struct net_frame *frame);

/* The slot's value is nobody's news any more: who was too slow for it is not sent it. */
void net_retract(struct net *net, uint32_t channel, unsigned slot);

struct net_stats {
    int64_t connections;
    int64_t opened_total;
    int64_t closed_total;
    int64_t refused_total; /* upgrades refused: path, Origin, subprotocol, h2c */
    int64_t messages_total;
    int64_t frames_sent_total;
    int64_t frames_skipped_total; /* stale latest values */
    int64_t cut_total;            /* full outbox, stuck writer, no hello, silence */
    int64_t http_total;
};

void net_stats(const struct net *net, struct net_stats *ret_stats);

/* The connection has said who it is: HELLO_WAIT_MS no longer runs. Returns how often it
 * is to ping from now on, in milliseconds: every HEARTBEAT_MS, in a crowd more rarely, so
 * that all of them ping HEARTBEATS_PER_S times a second, but no more rarely than every
 * HEARTBEAT_SLOW_MS. Its silence is borne so much longer. */
int net_greeted(struct net *net, struct net_conn conn);

#endif
