#include "client/stream.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/epoll.h>
#include <unistd.h>

static enum err bind_source(int fd, uint32_t source)
{
    struct sockaddr_in from = {.sin_family = AF_INET};
    from.sin_addr.s_addr = htonl(source);
    int on = 1;
    if (source == 0) {
        return ERR_OK;
    }
    /* The port is chosen at connect, where the whole four-tuple is known. */
    (void)setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    return bind(fd, (const struct sockaddr *)&from, sizeof from) == 0 ? ERR_OK : ERR_IO;
}

static enum err
start_connect(const struct stream_target *target, uint32_t source, int *ret_fd)
{
    int fd =
        socket(target->address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return ERR_IO;
    }
    int on = 1;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const struct sockaddr *address = (const struct sockaddr *)&target->address;
    if (bind_source(fd, source) != ERR_OK ||
        (connect(fd, address, target->address_bytes) != 0 && errno != EINPROGRESS)) {
        close(fd);
        return ERR_IO;
    }
    *ret_fd = fd;
    return ERR_OK;
}

static enum err start_tls(const struct stream_target *target, int fd, SSL **ret_tls)
{
    SSL *tls = SSL_new(target->tls);
    if (tls == NULL) {
        return ERR_NOMEM;
    }
    /* An address is no server name (RFC 6066, 3); a check by address goes by X509. */
    struct in6_addr numeric;
    bool named = inet_pton(AF_INET, target->host, &numeric) != 1 &&
                 inet_pton(AF_INET6, target->host, &numeric) != 1;
    bool ready = SSL_set_fd(tls, fd) == 1;
    if (named) {
        ready = ready && SSL_set_tlsext_host_name(tls, target->host) == 1 &&
                SSL_set1_host(tls, target->host) == 1;
    } else {
        X509_VERIFY_PARAM *param = SSL_get0_param(tls);
        ready = ready && X509_VERIFY_PARAM_set1_ip_asc(param, target->host) == 1;
    }
    if (!ready) {
        SSL_free(tls);
        return ERR_IO;
    }
    SSL_set_connect_state(tls);
    *ret_tls = tls;
    return ERR_OK;
}

enum err stream_open(
    const struct stream_target *target, uint32_t source, struct stream *ret_stream)
{
    struct stream stream = {.fd = -1};
    enum err err = start_connect(target, source, &stream.fd);
    if (err == ERR_OK && target->tls != NULL) {
        err = start_tls(target, stream.fd, &stream.tls);
    }
    if (err != ERR_OK) {
        stream_fini(&stream);
        return err;
    }
    *ret_stream = stream;
    return ERR_OK;
}

void stream_fini(struct stream *stream)
{
    if (stream->tls != NULL) { /* or OpenSSL holds the session to be a bad one */
        SSL_set_shutdown(stream->tls, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    }
    SSL_free(stream->tls);
    if (stream->fd >= 0) {
        close(stream->fd);
    }
    *stream = (struct stream){.fd = -1};
}

/* OpenSSL's word for what happened, as ours. */
static enum err tls_outcome(struct stream *stream, int result)
{
    int why = SSL_get_error(stream->tls, result);
    ERR_clear_error();
    stream->wants_out = why == SSL_ERROR_WANT_WRITE;
    if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) {
        return ERR_BUSY;
    }
    return why == SSL_ERROR_ZERO_RETURN ? ERR_CLOSED : ERR_IO;
}

/* Is the TCP connection there? A socket that is still connecting has no peer. */
static enum err check_connected(struct stream *stream)
{
    int failure = 0;
    socklen_t bytes = sizeof failure;
    if (getsockopt(stream->fd, SOL_SOCKET, SO_ERROR, &failure, &bytes) != 0 ||
        failure != 0) {
        return ERR_IO;
    }
    struct sockaddr_storage peer;
    socklen_t peer_bytes = sizeof peer;
    if (getpeername(stream->fd, (struct sockaddr *)&peer, &peer_bytes) != 0) {
        return errno == ENOTCONN ? ERR_BUSY : ERR_IO;
    }
    stream->connected = true;
    return ERR_OK;
}

enum err stream_shake(struct stream *stream)
{
    if (!stream->connected) {
        enum err err = check_connected(stream);
        if (err != ERR_OK) {
            return err;
        }
    }
    if (stream->tls != NULL && !stream->shaken) {
        int result = SSL_do_handshake(stream->tls);
        if (result != 1) {
            enum err err = tls_outcome(stream, result);
            return err == ERR_BUSY ? ERR_BUSY : ERR_IO;
        }
    }
    stream->shaken = true;
    stream->wants_out = false;
    return ERR_OK;
}

static enum err
read_plain(struct stream *stream, void *data, size_t bytes_max, size_t *ret_bytes)
{
    ssize_t got = recv(stream->fd, data, bytes_max, 0);
    if (got > 0) {
        *ret_bytes = (size_t)got;
        return ERR_OK;
    }
    if (got == 0) {
        return ERR_CLOSED;
    }
    return errno == EAGAIN || errno == EINTR ? ERR_BUSY : ERR_IO;
}

enum err
stream_read(struct stream *stream, void *data, size_t bytes_max, size_t *ret_bytes)
{
    if (stream->tls == NULL) {
        return read_plain(stream, data, bytes_max, ret_bytes);
    }
    int asked = bytes_max > INT_MAX ? INT_MAX : (int)bytes_max;
    int got = SSL_read(stream->tls, data, asked);
    if (got <= 0) {
        return tls_outcome(stream, got);
    }
    *ret_bytes = (size_t)got;
    return ERR_OK;
}

enum err stream_write(struct stream *stream, struct span data, size_t *ret_bytes)
{
    if (stream->tls != NULL) {
        int asked = data.bytes > INT_MAX ? INT_MAX : (int)data.bytes;
        int sent = SSL_write(stream->tls, data.data, asked);
        if (sent <= 0) {
            return tls_outcome(stream, sent);
        }
        *ret_bytes = (size_t)sent;
        return ERR_OK;
    }
    ssize_t sent = send(stream->fd, data.data, data.bytes, MSG_NOSIGNAL);
    if (sent >= 0) {
        *ret_bytes = (size_t)sent;
        return ERR_OK;
    }
    return errno == EAGAIN || errno == EINTR ? ERR_BUSY : ERR_IO;
}

bool stream_has_more(const struct stream *stream)
{
    return stream->tls != NULL && SSL_pending(stream->tls) > 0;
}

uint32_t stream_events(const struct stream *stream, bool sending)
{
    bool out = sending || stream->wants_out || !stream->connected;
    return EPOLLIN | (out ? EPOLLOUT : 0U);
}
