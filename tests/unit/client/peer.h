/* A server of one connection at a time, on a thread: it does what its script says. */
#ifndef CLIENT_PEER_H
#define CLIENT_PEER_H

#include <openssl/ssl.h>
#include <stddef.h>
#include <stdint.h>

struct peer_line {
    int fd;
    SSL *tls; /* NULL: plain */
};

typedef void peer_script(struct peer_line *line, void *ctx);

struct peer {
    int listen_fd;
    char url[64];
    char ca_file[64]; /* "" without TLS */
    SSL_CTX *tls;
    peer_script *script;
    void *ctx;
    int lines; /* how many connections it serves before it ends */
    unsigned long thread;
};

/* Serves `lines` connections on 127.0.0.1, one after another. */
void peer_start(struct peer *peer, int lines, peer_script *script, void *ctx);
void peer_start_tls(struct peer *peer, int lines, peer_script *script, void *ctx);
/* Waits for the thread. */
void peer_stop(struct peer *peer);

/* For scripts. Reading gives up at the end of the line; returns what came. */
size_t peer_read(struct peer_line *line, void *data, size_t bytes_max);
void peer_read_exactly(struct peer_line *line, void *data, size_t bytes);
void peer_write(struct peer_line *line, const void *data, size_t bytes);
void peer_write_text(struct peer_line *line, const char *text);
/* Reads up to the empty line; NUL-terminated. */
void peer_read_head(struct peer_line *line, char *head, size_t bytes_max);
/* Reads the upgrade request into `head` and answers it as RFC 6455 says. */
void peer_upgrade(struct peer_line *line, char *head, size_t bytes_max);
/* Reads one masked frame of at most 125 bytes; returns the first byte, fills the payload.
 */
uint8_t peer_read_frame(struct peer_line *line, char payload[126]);
/* Waits until the other end is gone. */
void peer_await_end(struct peer_line *line);

#endif
