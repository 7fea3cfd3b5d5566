/* A real server in a loop, and raw clients beside it, all in the test's thread: whoever
 * waits turns the loop. */
#ifndef NET_HARNESS_H
#define NET_HARNESS_H

#include "base/buf.h"
#include "net/net.h"

#include <openssl/ssl.h>
#include <stdbool.h>
#include <uv.h>

#define PEERS_MAX 512

/* What the handlers saw and what they shall do. */
struct server {
    uv_loop_t loop;
    struct net *net; /* NULL: closed */
    struct net_options options;
    char folder[64]; /* for files; removed in the end */
    /* WebSockets */
    struct net_conn conns[PEERS_MAX]; /* in the order in which they came */
    size_t opened;
    size_t closed;
    struct net_peer peer; /* the last one's */
    struct buf messages;  /* each with a '\n' behind it */
    bool echo;
    bool greet;
    uint32_t channel;    /* that newcomers listen to */
    const char *welcome; /* sent in `opened` */
    /* HTTP */
    size_t requests;
    char path[256];
    char query[256];
    char body[256];
    char host[256];
    enum net_method method;
    struct net_peer asker;
    struct net_conn request;
    enum net_answer answer;
    bool respond_inside; /* with NET_LATER: net_respond before returning */
    struct net_response response;
    bool drained;
};

/* Handlers that echo and answer; listens on 127.0.0.1, any port. Change `options` between
 * the two calls. */
void server_init(struct server *server);
void server_start(struct server *server);
/* Closes, runs the loop dry, and insists that nothing is left in it. */
void server_stop(struct server *server);

/* Writes a file below server->folder. */
void server_file(const struct server *server, const char *name, const char *text);
/* The same with other bytes. */
void server_file_bytes(const struct server *server, const char *name, struct span bytes);
/* A key and a certificate signed with it, as cert.pem and key.pem; `name` is its CN. */
void server_certificate(struct server *server, const char *name);

/* Turns the loop until `done` says so; false after ten seconds. */
bool server_until(struct server *server, bool (*done)(void *ctx), void *ctx);
/* Until *count >= at_least. */
bool server_until_count(struct server *server, const size_t *count, size_t at_least);
/* Some turns, for what must not happen: everything that is ready happens. */
void server_settle(struct server *server);
int server_open_connections(struct server *server);

struct client {
    struct server *server;
    int fd; /* -1: closed by us */
    SSL_CTX *ssl_context;
    SSL *ssl; /* NULL: plain */
    struct buf in;
    size_t taken; /* of `in` */
    bool eof;     /* the server has closed */
};

void client_open(struct client *client, struct server *server);
/* With a receive buffer of so many bytes. */
void client_open_narrow(struct client *client, struct server *server, int bytes);
/* TLS; false if the handshake fails. `version_max` 0: any. */
bool client_open_tls(struct client *client, struct server *server, int version_max);
/* The same, offering only these groups. */
bool client_open_tls_by(struct client *client, struct server *server, const char *groups);
/* The same, speaking only this protocol (ALPN). */
bool client_open_alpn(struct client *client, struct server *server, const char *protocol);
/* The same in two halves: up to the server's answer to the first flight, and the rest. */
void client_begin_tls(struct client *client, struct server *server);
bool client_end_tls(struct client *client, struct server *server);
void client_close(struct client *client);

void client_send(struct client *client, const char *text);
void client_send_bytes(struct client *client, struct span bytes);
/* Reads what is there, without waiting. */
void client_read(struct client *client);
/* Reads until so many bytes are there that were not taken, or the end; false: not all. */
bool client_want(struct client *client, size_t bytes);
bool client_until_eof(struct client *client);

struct answer {
    int status; /* 0: none came */
    char *head; /* owned, NUL-terminated */
    uint8_t *body;
    size_t body_bytes;
};

/* The next answer; `has_body` false for HEAD. Free it. */
struct answer client_answer(struct client *client, bool has_body);
void answer_free(struct answer *answer);
/* Sends a whole request and reads its answer. */
struct answer client_ask(struct client *client, const char *request);
/* GET with the right Host and more header lines ("" or "A: b\r\n"). */
struct answer client_get(struct client *client, const char *path, const char *more);
/* The value of a header, or NULL; valid until the next call. */
const char *answer_header(const struct answer *answer, const char *name);
bool answer_body_is(const struct answer *answer, const char *text);

/* ---- WebSocket ---- */

enum {
    OP_CONTINUATION = 0,
    OP_TEXT = 1,
    OP_BINARY = 2,
    OP_CLOSE = 8,
    OP_PING = 9,
    OP_PONG = 10
};

/* A good upgrade, with header lines replaced or added by the caller. */
struct upgrade {
    const char *path;
    const char *host;     /* NULL: the right one */
    const char *origin;   /* NULL: the right one; "": none */
    const char *protocol; /* NULL: stimmwerk.v1; "": none */
    const char *upgrade;  /* NULL: websocket */
    const char *version;  /* NULL: 13 */
    const char *more;
};

/* The status that came back. */
int client_upgrade(struct client *client, const struct upgrade *upgrade);
/* Opens, upgrades, insists on 101. */
void client_join(struct client *client, struct server *server);

void client_frame(struct client *client, int opcode, bool final, struct span payload);
void client_text(struct client *client, const char *text);

struct frame {
    int opcode; /* -1: the connection ended */
    bool final;
    uint8_t *payload; /* owned */
    size_t bytes;
};

struct frame client_next(struct client *client);
void frame_free(struct frame *frame);
/* The next text message, whole, is this one. */
bool client_hears(struct client *client, const char *text);
/* The code of the Close that comes next (0: the end without one). */
int client_close_code(struct client *client);

#endif
