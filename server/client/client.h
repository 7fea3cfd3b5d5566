/* A phone without a screen: HTTP join and login, the WebSocket, TLS if asked. For replay,
 * demo, load and tests: many of them share one epoll loop on one thread. Speaks RFC 6455
 * itself, because it must also say what no honest library would send. */
#ifndef CLIENT_CLIENT_H
#define CLIENT_CLIENT_H

#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct client_pool; /* the loop and its clients */
struct client;

struct client_reply;

struct client_handlers {
    void (*opened)(void *ctx, struct client *client);
    void (*message)(void *ctx, struct client *client, struct span text);
    /* The line is gone (1006 if the peer just vanished, the HTTP status if it refused the
     * upgrade); the client can be opened again or freed. Comes from client_pool_run only.
     */
    void (*closed)(void *ctx, struct client *client, uint16_t code);
    /* A client of client_fetch got its answer (borrowed until the handler returns); its
     * line is gone, and it can only be freed. NULL where nothing is fetched. */
    void (*replied)(void *ctx, struct client *client, const struct client_reply *reply);
};

/* `url` is http://HOST:PORT or https://HOST:PORT; `ca_file` NULL: the certificate is not
 * checked. ERR_BAD_VALUE, ERR_NOT_FOUND (the host or the file), ERR_IO, ERR_NOMEM. A pool
 * for https makes the process ignore SIGPIPE. The handlers are copied. */
MUST_CHECK enum err client_pool_new(
    const char *url, const char *ca_file, const struct client_handlers *handlers,
    struct client_pool **ret_pool);
void client_pool_free(struct client_pool *pool); /* and its clients; NULL is fine */

/* From now on clients call from 127.0.0.1 … 127.0.0.`count` in turn (at most 254), so
 * that one machine can hold more lines than one address has ports. Without effect where
 * the server is not on 127.0.0.0/8. */
void client_pool_use_sources(struct client_pool *pool, unsigned count);

/* One blocking HTTP request. `cookie` may be NULL or a session ("name=value"); ret_cookie
 * (may be NULL) gets the one that was set, or "". ret_body is owned by the caller. */
struct client_reply {
    int status;
    char cookie[256];
    char *body; /* NUL-terminated; free() it */
    size_t body_bytes;
};
MUST_CHECK enum err client_http(
    struct client_pool *pool, const char *method, const char *path, const char *body,
    const char *cookie, struct client_reply *ret_reply);

/* Starts to connect; `opened` or `closed` follows from client_pool_run. `cookie` is
 * copied, may be NULL. ERR_NOMEM, ERR_TOO_LARGE (the cookie). */
MUST_CHECK enum err client_open(
    struct client_pool *pool, const char *cookie, void *ctx, struct client **ret_client);
/* The same again, after `closed`. */
void client_reopen(struct client *client);
/* Starts an HTTP request on a line of its own: `replied` follows, or `closed` if none
 * came. It waits as long as it takes: free the client to give up. Errors as client_open.
 */
MUST_CHECK enum err client_fetch(
    struct client_pool *pool, const char *method, const char *path, const char *body,
    void *ctx, struct client **ret_client);

/* What TLS remembers from one line to the next, as a browser does; all zero: nothing yet.
 * The caller's; outlives the clients it is given to. */
struct client_memory {
    void *session; /* owned */
};

void client_memory_fini(struct client_memory *memory);

/* Right after opening: the handshake is a short one if there is something to remember,
 * and what is new is remembered. Without TLS nothing happens. */
void client_remember(struct client *client, struct client_memory *memory);

/* From now on this client reads nothing, and does not see when its line ends. */
void client_deafen(struct client *client);
/* Cuts the line without a Close; no handler is called any more. Fine inside a handler;
 * NULL is fine. */
void client_free(struct client *client);

/* Sends one text message, or as much as the socket takes now; the rest waits. ERR_CLOSED
 * if the line is not up, ERR_BUSY if CLIENT_OUTBOX_BYTES_MAX wait. */
MUST_CHECK enum err client_send(struct client *client, struct span text);
/* The same for any frame, lawful or not; for tests. */
MUST_CHECK enum err
client_send_frame(struct client *client, uint8_t opcode, bool final, struct span payload);
/* Bytes as they are, which may be no frame at all. */
MUST_CHECK enum err client_send_bytes(struct client *client, struct span bytes);
void client_close(struct client *client); /* polite */
bool client_is_open(const struct client *client);
void *client_ctx(const struct client *client);

/* Runs the loop until something happened or `timeout_ms` passed; -1 waits. */
MUST_CHECK enum err client_pool_run(struct client_pool *pool, int timeout_ms);

/* The same by the microsecond; `timeout_us` is at least 0. */
MUST_CHECK enum err client_pool_run_us(struct client_pool *pool, int64_t timeout_us);

/* How far away the server is, by its address. */
enum client_reach {
    CLIENT_LOOPBACK,
    CLIENT_PRIVATE, /* RFC 1918, RFC 3927, RFC 4193, link-local */
    CLIENT_PUBLIC
};
enum client_reach client_pool_reach(const struct client_pool *pool);
/* Lines whose handshake was a short one. */
size_t client_pool_resumed(const struct client_pool *pool);
bool client_pool_is_secure(const struct client_pool *pool); /* does it speak TLS? */

/* Milliseconds and microseconds of a monotonic clock; for the callers' deadlines. */
int64_t client_now_ms(void);
int64_t client_now_us(void);

#endif
