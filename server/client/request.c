/* HTTP requests: their text, their answers, and one that blocks, on a line of its own. */
#include "client/http.h"
#include "client/pool.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

struct exchange {
    struct stream stream;
    int64_t deadline_ms;
    struct buf in;
};

/* Waits until the socket is ready or the time is up (ERR_IO). */
static enum err wait_ready(const struct exchange *exchange, bool sending)
{
    int64_t left_ms = exchange->deadline_ms - client_now_ms();
    if (left_ms <= 0) {
        return ERR_IO;
    }
    uint32_t events = stream_events(&exchange->stream, sending);
    struct pollfd poll_fd = {
        .fd = exchange->stream.fd,
        .events =
            (short)((sending ? 0 : POLLIN) | ((events & EPOLLOUT) != 0 ? POLLOUT : 0)),
    };
    return poll(&poll_fd, 1, (int)left_ms) < 0 && errno != EINTR ? ERR_IO : ERR_OK;
}

static enum err shake(struct exchange *exchange)
{
    enum err err = stream_shake(&exchange->stream);
    while (err == ERR_BUSY) {
        err = wait_ready(exchange, false);
        if (err == ERR_OK) {
            err = stream_shake(&exchange->stream);
        }
    }
    return err;
}

static enum err send_all(struct exchange *exchange, struct span data)
{
    while (data.bytes > 0) {
        size_t sent = 0;
        enum err err = stream_write(&exchange->stream, data, &sent);
        if (err == ERR_BUSY) {
            err = wait_ready(exchange, true);
        }
        if (err != ERR_OK) {
            return err;
        }
        data = span_of(data.data + sent, data.bytes - sent);
    }
    return ERR_OK;
}

/* Reads more; *ret_ended: there will be no more. */
static enum err
read_more(struct client_pool *pool, struct exchange *exchange, bool *ret_ended)
{
    size_t bytes = 0;
    enum err err =
        stream_read(&exchange->stream, pool->scratch, sizeof pool->scratch, &bytes);
    if (err == ERR_BUSY) {
        return wait_ready(exchange, false);
    }
    if (err == ERR_CLOSED) {
        *ret_ended = true;
        return ERR_OK;
    }
    buf_bytes(&exchange->in, pool->scratch, bytes);
    return err == ERR_OK && buf_failed(&exchange->in) ? ERR_TOO_LARGE : err;
}

void request_write(
    struct buf *out, const struct url *url, const char *method, const char *path,
    const char *body, const char *cookie)
{
    buf_text(out, method);
    buf_char(out, ' ');
    buf_text(out, path);
    buf_printf(out, " HTTP/1.1\r\nHost: %s\r\n", url->authority);
    buf_printf(out, "Origin: %s\r\nConnection: close\r\n", url->origin);
    if (cookie != NULL && cookie[0] != '\0') {
        buf_printf(out, "Cookie: %s\r\n", cookie);
    }
    if (body != NULL) {
        buf_printf(
            out, "Content-Type: application/json\r\nContent-Length: %zu\r\n",
            strlen(body));
    }
    buf_text(out, "\r\n");
    buf_text(out, body != NULL ? body : "");
}

static void copy_cookie(const struct http_head *head, char *ret_cookie, size_t bytes_max)
{
    struct span value;
    ret_cookie[0] = '\0';
    if (!http_find_field(head, "set-cookie", &value)) {
        return;
    }
    size_t length = 0;
    while (length < value.bytes && value.data[length] != ';') {
        length++;
    }
    if (length < bytes_max) {
        memcpy(ret_cookie, value.data, length);
        ret_cookie[length] = '\0';
    }
}

enum err request_read_reply(struct span in, bool ended, struct client_reply *ret_reply)
{
    struct http_head head;
    struct buf body;
    enum err err = http_read_head(in, &head);
    if (err != ERR_OK) {
        return err;
    }
    buf_init(&body, CLIENT_BODY_BYTES_MAX);
    struct span rest = span_of(in.data + head.bytes, in.bytes - head.bytes);
    err = http_read_body(&head, rest, ended, &body);
    buf_bytes(&body, "", 0); /* even an empty body is a string */
    if (err == ERR_OK && buf_failed(&body)) {
        err = ERR_TOO_LARGE;
    }
    if (err != ERR_OK) {
        buf_fini(&body);
        return err;
    }
    ret_reply->status = head.status;
    copy_cookie(&head, ret_reply->cookie, sizeof ret_reply->cookie);
    ret_reply->body = (char *)body.data;
    ret_reply->body_bytes = body.bytes;
    return ERR_OK;
}

static enum err talk(
    struct client_pool *pool, struct exchange *exchange, struct span request,
    struct client_reply *ret_reply)
{
    bool ended = false;
    enum err err = shake(exchange);
    if (err == ERR_OK) {
        err = send_all(exchange, request);
    }
    if (err != ERR_OK) {
        return err;
    }
    err = ERR_BUSY;
    while (err == ERR_BUSY && !ended) {
        err = read_more(pool, exchange, &ended);
        if (err == ERR_OK) {
            err = request_read_reply(buf_span(&exchange->in), ended, ret_reply);
        }
    }
    return err == ERR_BUSY ? ERR_IO : err;
}

enum err client_http(
    struct client_pool *pool, const char *method, const char *path, const char *body,
    const char *cookie, struct client_reply *ret_reply)
{
    struct exchange exchange = {.deadline_ms = client_now_ms() + CLIENT_HTTP_WAIT_MS};
    struct buf request;
    buf_init(&request, CLIENT_OUTBOX_BYTES_MAX);
    buf_init(&exchange.in, CLIENT_BODY_BYTES_MAX);
    request_write(&request, &pool->url, method, path, body, cookie);
    enum err err = buf_failed(&request) ? ERR_TOO_LARGE : ERR_OK;
    if (err == ERR_OK) {
        err = stream_open(&pool->target, pool_next_source(pool), &exchange.stream);
    }
    if (err == ERR_OK) {
        err = talk(pool, &exchange, buf_span(&request), ret_reply);
        stream_fini(&exchange.stream);
    }
    buf_fini(&exchange.in);
    buf_fini(&request);
    return err;
}
