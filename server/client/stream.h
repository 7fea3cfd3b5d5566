/* One non-blocking line to the server, plain or TLS. */
#ifndef CLIENT_STREAM_H
#define CLIENT_STREAM_H

#include "base/err.h"
#include "base/span.h"

#include <netinet/in.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

/* Whom to call and how; made once a pool, shared by its lines. */
struct stream_target {
    struct sockaddr_storage address;
    socklen_t address_bytes;
    char *host;   /* for the certificate's name; borrowed; OpenSSL's macro drops const */
    SSL_CTX *tls; /* NULL: plain; borrowed */
};

struct stream {
    int fd; /* -1: no line */
    SSL *tls;
    bool connected; /* TCP is up */
    bool shaken;    /* TLS is up too, or there is none */
    bool wants_out; /* TLS waits for room to write */
};

/* Starts to connect from `source` (IPv4 in host order, 0: any). ERR_IO, ERR_NOMEM:
 * nothing is left open. */
MUST_CHECK enum err stream_open(
    const struct stream_target *target, uint32_t source, struct stream *ret_stream);
/* Closes the line at once; a line that is not open is fine. */
void stream_fini(struct stream *stream);

/* Goes on connecting. ERR_OK: the line is up; ERR_BUSY: call again when the socket is
 * ready; ERR_IO: it failed. */
MUST_CHECK enum err stream_shake(struct stream *stream);

/* ERR_OK with at least one byte; ERR_BUSY: not now; ERR_CLOSED: the peer ended it;
 * ERR_IO. */
MUST_CHECK enum err
stream_read(struct stream *stream, void *data, size_t bytes_max, size_t *ret_bytes);
MUST_CHECK enum err
stream_write(struct stream *stream, struct span data, size_t *ret_bytes);

/* Bytes that TLS has read but nobody has taken: the socket will not say so. */
bool stream_has_more(const struct stream *stream);

/* What to wait for: EPOLLIN and, with `sending` or while shaking, EPOLLOUT. */
uint32_t stream_events(const struct stream *stream, bool sending);

#endif
