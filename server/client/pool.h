/* The inside of a pool: the loop, its clients, and what the files of this layer share. */
#ifndef CLIENT_POOL_H
#define CLIENT_POOL_H

#include "base/bounds.h"
#include "base/buf.h"
#include "client/client.h"
#include "client/stream.h"
#include "client/url.h"

#include <sys/epoll.h>

#define POOL_COOKIE_BYTES_MAX 256
#define POOL_NOISE_BYTES      4096

enum client_state {
    CLIENT_DOWN,
    CLIENT_CONNECTING, /* TCP and TLS */
    CLIENT_UPGRADING,  /* the request is out */
    CLIENT_UP,
    CLIENT_CLOSING /* our Close is out */
};

struct client {
    struct client_pool *pool;
    struct client *prev; /* among the pool's living clients */
    struct client *next;
    struct client *link; /* among the doomed or the dead */
    enum client_state state;
    bool doomed; /* `closed` is due */
    bool freed;
    uint16_t close_code;
    uint32_t source;
    uint32_t events; /* what epoll was told; 0: nothing yet */
    struct stream stream;
    struct buf in;      /* bytes that are no whole frame yet */
    struct buf message; /* fragments so far */
    bool fragmented;
    struct buf out;
    size_t out_sent;
    struct buf request; /* of client_fetch; empty: this is a WebSocket */
    bool deaf;
    struct client_memory *memory; /* borrowed; NULL: forgets */
    char cookie[POOL_COOKIE_BYTES_MAX];
    char accept[32]; /* what the server must answer to our key */
    void *ctx;
};

struct client_pool {
    struct client_handlers handlers;
    struct url url;
    struct stream_target target;
    SSL_CTX *tls; /* owned; NULL: plain */
    int epoll_fd;
    struct client *living;
    struct client *doomed; /* in no order */
    struct client *dead;   /* freed, but an event may still point to them */
    unsigned sources;      /* 0: the system chooses */
    unsigned next_source;
    size_t resumed;                  /* handshakes */
    uint8_t noise[POOL_NOISE_BYTES]; /* randomness for masks, fetched in bulk */
    size_t noise_left;
    uint8_t scratch[CLIENT_READ_BYTES];
    struct epoll_event events[CLIENT_EVENTS_MAX];
};

/* Random bytes; at most POOL_NOISE_BYTES. */
void pool_noise(struct client_pool *pool, uint8_t *ret_data, size_t bytes);
/* The next client's source address in host order, 0: any. */
uint32_t pool_next_source(struct client_pool *pool);

/* Of any IPv4 or IPv6 address. */
enum client_reach reach_of(const struct sockaddr_storage *address);

/* The socket is ready. */
void client_handle(struct client *client, uint32_t events);
/* Ends the line now; `closed` follows with `code`. */
void client_doom(struct client *client, uint16_t code);

/* Appends a whole HTTP request. `body` and `cookie` may be NULL. */
void request_write(
    struct buf *out, const struct url *url, const char *method, const char *path,
    const char *body, const char *cookie);
/* Reads the whole answer from `in`; `ended`: nothing more will come. ERR_BUSY: not all
 * there. ret_reply->body is owned by the caller. */
MUST_CHECK enum err
request_read_reply(struct span in, bool ended, struct client_reply *ret_reply);

/* Appends the upgrade request to client->out and notes the answer it expects. */
void upgrade_ask(struct client *client);
/* Reads the answer from client->in. ERR_OK: the WebSocket is up, *ret_bytes were its
 * head; ERR_BUSY: not all there; else refused: *ret_status is HTTP's, or 0. */
MUST_CHECK enum err
upgrade_check(const struct client *client, size_t *ret_bytes, int *ret_status);

#endif
