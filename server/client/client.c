#include "client/client.h"

#include "client/frame.h"
#include "client/pool.h"

#include <assert.h>
#include <stdlib.h>

#define CODE_NORMAL          1000
#define CODE_PROTOCOL        1002
#define CODE_NOT_TEXT        1003
#define CODE_VANISHED        1006
#define CODE_TOO_LARGE       1009
#define KEPT_BYTES           4096 /* an idle client keeps no larger buffer */
#define FRAME_HEAD_BYTES_MAX 14

void client_doom(struct client *client, uint16_t code)
{
    if (client->state == CLIENT_DOWN) {
        return;
    }
    stream_fini(&client->stream);
    client->state = CLIENT_DOWN;
    client->close_code = code;
    client->doomed = true;
    client->link = client->pool->doomed;
    client->pool->doomed = client;
}

/* Tells epoll what this line waits for, if that is new. */
static void watch(struct client *client)
{
    if (client->state == CLIENT_DOWN) {
        return;
    }
    uint32_t events =
        stream_events(&client->stream, client->out_sent < client->out.bytes);
    events &= client->deaf ? ~(uint32_t)EPOLLIN : ~0U;
    if (events == client->events) {
        return;
    }
    struct epoll_event event = {.events = events, .data.ptr = client};
    int how = client->events == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    client->events = events;
    if (epoll_ctl(client->pool->epoll_fd, how, client->stream.fd, &event) != 0) {
        client_doom(client, CODE_VANISHED);
    }
}

static void remind(struct client *client)
{
    SSL *tls = client->stream.tls;
    if (tls == NULL || client->memory == NULL) {
        return;
    }
    SSL_set_app_data(tls, client->memory);
    if (client->memory->session != NULL) {
        (void)SSL_set_session(tls, client->memory->session);
    }
}

void client_remember(struct client *client, struct client_memory *memory)
{
    client->memory = memory;
    remind(client);
}

static void connect_now(struct client *client)
{
    assert(client->state == CLIENT_DOWN && !client->doomed);
    buf_clear(&client->in);
    buf_clear(&client->message);
    buf_clear(&client->out);
    client->out_sent = 0;
    client->fragmented = false;
    client->events = 0;
    client->state = CLIENT_CONNECTING;
    if (stream_open(&client->pool->target, client->source, &client->stream) != ERR_OK) {
        client_doom(client, CODE_VANISHED);
    }
    remind(client);
    watch(client);
}

static struct client *make(struct client_pool *pool, void *ctx)
{
    struct client *client = calloc(1, sizeof *client);
    if (client == NULL) {
        return NULL;
    }
    client->pool = pool;
    client->ctx = ctx;
    client->stream.fd = -1;
    client->source = pool_next_source(pool);
    buf_init(
        &client->in, CLIENT_MESSAGE_BYTES_MAX + FRAME_HEAD_BYTES_MAX + CLIENT_READ_BYTES);
    buf_init(&client->message, CLIENT_MESSAGE_BYTES_MAX);
    buf_init(&client->out, CLIENT_OUTBOX_BYTES_MAX);
    buf_init(&client->request, CLIENT_OUTBOX_BYTES_MAX);
    client->next = pool->living;
    if (client->next != NULL) {
        client->next->prev = client;
    }
    pool->living = client;
    return client;
}

enum err client_open(
    struct client_pool *pool, const char *cookie, void *ctx, struct client **ret_client)
{
    if (cookie != NULL && strlen(cookie) >= POOL_COOKIE_BYTES_MAX) {
        return ERR_TOO_LARGE;
    }
    struct client *client = make(pool, ctx);
    if (client == NULL) {
        return ERR_NOMEM;
    }
    snprintf(client->cookie, sizeof client->cookie, "%s", cookie != NULL ? cookie : "");
    connect_now(client);
    *ret_client = client;
    return ERR_OK;
}

enum err client_fetch(
    struct client_pool *pool, const char *method, const char *path, const char *body,
    void *ctx, struct client **ret_client)
{
    struct client *client = make(pool, ctx);
    if (client == NULL) {
        return ERR_NOMEM;
    }
    request_write(&client->request, &pool->url, method, path, body, NULL);
    if (buf_failed(&client->request)) {
        client_free(client);
        return ERR_TOO_LARGE;
    }
    connect_now(client);
    *ret_client = client;
    return ERR_OK;
}

void client_reopen(struct client *client)
{
    connect_now(client);
}

static void unlink_living(struct client *client)
{
    if (client->prev != NULL) {
        client->prev->next = client->next;
    } else {
        client->pool->living = client->next;
    }
    if (client->next != NULL) {
        client->next->prev = client->prev;
    }
}

void client_free(struct client *client)
{
    if (client == NULL) {
        return;
    }
    unlink_living(client);
    stream_fini(&client->stream);
    client->state = CLIENT_DOWN;
    buf_fini(&client->in);
    buf_fini(&client->message);
    buf_fini(&client->out);
    buf_fini(&client->request);
    client->freed = true;
    if (!client->doomed) {
        client->link = client->pool->dead;
        client->pool->dead = client;
    }
}

/* Forgets the first bytes of a buffer. */
static void consume(struct buf *buf, size_t bytes)
{
    buf->bytes -= bytes;
    if (buf->bytes == 0 && buf->capacity > KEPT_BYTES) {
        buf_fini(buf);
    } else if (bytes > 0) {
        memmove(buf->data, buf->data + bytes, buf->bytes);
    }
}

/* Sends what the socket takes. */
static void flush(struct client *client)
{
    struct buf *out = &client->out;
    while (client->out_sent < out->bytes) {
        struct span rest =
            span_of(out->data + client->out_sent, out->bytes - client->out_sent);
        size_t sent = 0;
        enum err err = stream_write(&client->stream, rest, &sent);
        if (err == ERR_BUSY) {
            break;
        }
        if (err != ERR_OK) {
            client_doom(client, CODE_VANISHED);
            return;
        }
        client->out_sent += sent;
    }
    if (client->out_sent >= out->bytes / 2) {
        consume(out, client->out_sent);
        client->out_sent = 0;
    }
}

enum err
client_send_frame(struct client *client, uint8_t opcode, bool final, struct span payload)
{
    if (client->state != CLIENT_UP) {
        return ERR_CLOSED;
    }
    size_t room = CLIENT_OUTBOX_BYTES_MAX - client->out.bytes;
    if (room < FRAME_HEAD_BYTES_MAX || payload.bytes > room - FRAME_HEAD_BYTES_MAX) {
        return ERR_BUSY;
    }
    struct frame frame = {.opcode = opcode, .final = final, .payload = payload};
    uint8_t mask[4];
    pool_noise(client->pool, mask, sizeof mask);
    frame_encode(&client->out, &frame, mask);
    if (buf_failed(&client->out)) {
        client_doom(client, CODE_VANISHED);
        return ERR_CLOSED;
    }
    flush(client);
    watch(client);
    return client->state == CLIENT_UP ? ERR_OK : ERR_CLOSED;
}

enum err client_send_bytes(struct client *client, struct span bytes)
{
    if (client->state != CLIENT_UP) {
        return ERR_CLOSED;
    }
    buf_bytes(&client->out, bytes.data, bytes.bytes);
    if (buf_failed(&client->out)) {
        client_doom(client, CODE_VANISHED);
        return ERR_CLOSED;
    }
    flush(client);
    watch(client);
    return client->state == CLIENT_UP ? ERR_OK : ERR_CLOSED;
}

enum err client_send(struct client *client, struct span text)
{
    return client_send_frame(client, FRAME_TEXT, true, text);
}

static void send_close(struct client *client, uint16_t code)
{
    uint8_t payload[2] = {(uint8_t)(code >> 8), (uint8_t)code};
    (void)!client_send_frame(client, FRAME_CLOSE, true, span_of(payload, sizeof payload));
}

void client_close(struct client *client)
{
    if (client->state == CLIENT_UP) {
        send_close(client, CODE_NORMAL);
        client->state = client->state == CLIENT_UP ? CLIENT_CLOSING : client->state;
    } else if (client->state != CLIENT_CLOSING) {
        client_doom(client, CODE_VANISHED);
    }
}

void client_deafen(struct client *client)
{
    int bytes = 1; /* the system's smallest: what it doesn't read shall be felt early */
    client->deaf = true;
    (void)setsockopt(client->stream.fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    watch(client);
}

bool client_is_open(const struct client *client)
{
    return client->state == CLIENT_UP;
}

void *client_ctx(const struct client *client)
{
    return client->ctx;
}

/* The peer broke the protocol: says so and ends it. */
static void give_up(struct client *client, uint16_t code)
{
    if (client->state == CLIENT_UP) {
        send_close(client, code);
    }
    client_doom(client, code);
}

static void take_data(struct client *client, const struct frame *frame)
{
    bool goes_on = frame->opcode == FRAME_CONTINUATION;
    if (frame->opcode == FRAME_BINARY) {
        give_up(client, CODE_NOT_TEXT);
        return;
    }
    if (goes_on != client->fragmented) {
        give_up(client, CODE_PROTOCOL);
        return;
    }
    struct span text = frame->payload;
    if (goes_on || !frame->final) {
        buf_bytes(&client->message, frame->payload.data, frame->payload.bytes);
        text = buf_span(&client->message);
    }
    client->fragmented = !frame->final;
    if (buf_failed(&client->message)) {
        give_up(client, CODE_TOO_LARGE);
        return;
    }
    if (frame->final && client->state == CLIENT_UP) {
        client->pool->handlers.message(client->ctx, client, text);
    }
    if (frame->final && goes_on && client->state != CLIENT_DOWN) {
        buf_clear(&client->message);
    }
}

static void take_close(struct client *client, struct span payload)
{
    uint16_t code = frame_close_code(payload);
    if (client->state == CLIENT_UP) {
        send_close(client, payload.bytes < 2 ? CODE_NORMAL : code);
    }
    client_doom(client, code);
}

static void take_frame(struct client *client, const struct frame *frame)
{
    switch (frame->opcode) {
    case FRAME_CLOSE:
        take_close(client, frame->payload);
        break;
    case FRAME_PING:
        (void)!client_send_frame(client, FRAME_PONG, true, frame->payload);
        break;
    case FRAME_PONG:
        break;
    default:
        take_data(client, frame);
        break;
    }
}

static void take_frames(struct client *client)
{
    size_t at = 0;
    while (client->state == CLIENT_UP || client->state == CLIENT_CLOSING) {
        struct span rest = span_of(client->in.data + at, client->in.bytes - at);
        struct frame frame;
        size_t bytes = 0;
        enum err err = frame_decode(rest, CLIENT_MESSAGE_BYTES_MAX, &frame, &bytes);
        if (err == ERR_BUSY) {
            consume(&client->in, at);
            return;
        }
        if (err != ERR_OK) {
            give_up(client, err == ERR_TOO_LARGE ? CODE_TOO_LARGE : CODE_PROTOCOL);
            return;
        }
        at += bytes;
        take_frame(client, &frame);
    }
}

static void take_reply(struct client *client, bool ended)
{
    struct client_reply reply;
    enum err err = request_read_reply(buf_span(&client->in), ended, &reply);
    if (err == ERR_BUSY && !ended) {
        return;
    }
    if (err != ERR_OK) {
        client_doom(client, CODE_VANISHED);
        return;
    }
    stream_fini(&client->stream);
    client->state = CLIENT_DOWN;
    client->pool->handlers.replied(client->ctx, client, &reply);
    free(reply.body);
}

static void take_upgrade(struct client *client)
{
    size_t bytes = 0;
    int status = 0;
    enum err err = upgrade_check(client, &bytes, &status);
    if (err == ERR_BUSY) {
        return;
    }
    if (err != ERR_OK) {
        client_doom(client, status != 0 ? (uint16_t)status : CODE_VANISHED);
        return;
    }
    consume(&client->in, bytes);
    client->state = CLIENT_UP;
    client->pool->handlers.opened(client->ctx, client);
}

/* What came in; `ended`: nothing more will. */
static void take_input(struct client *client, bool ended)
{
    bool failed = buf_failed(&client->in);
    if (client->request.bytes > 0 && !failed) {
        take_reply(client, ended);
        return;
    }
    if (ended || failed) {
        client_doom(client, CODE_VANISHED);
        return;
    }
    if (client->state == CLIENT_UPGRADING) {
        take_upgrade(client);
    }
    if (client->state != CLIENT_UPGRADING) {
        take_frames(client);
    }
}

/* Reads once, and on while TLS holds more than the socket shows. */
static void read_some(struct client *client)
{
    struct client_pool *pool = client->pool;
    do {
        size_t bytes = 0;
        enum err err =
            stream_read(&client->stream, pool->scratch, sizeof pool->scratch, &bytes);
        if (err == ERR_BUSY) {
            return;
        }
        buf_bytes(&client->in, pool->scratch, err == ERR_OK ? bytes : 0);
        take_input(client, err != ERR_OK);
    } while (client->state != CLIENT_DOWN && stream_has_more(&client->stream));
}

static void go_on_connecting(struct client *client)
{
    enum err err = stream_shake(&client->stream);
    if (err == ERR_OK) {
        const SSL *tls = client->stream.tls;
        client->pool->resumed += tls != NULL && SSL_session_reused(tls) == 1 ? 1 : 0;
        client->state = CLIENT_UPGRADING;
        if (client->request.bytes > 0) {
            buf_bytes(&client->out, client->request.data, client->request.bytes);
        } else {
            upgrade_ask(client);
        }
        flush(client);
    } else if (err != ERR_BUSY) {
        client_doom(client, CODE_VANISHED);
    }
}

void client_handle(struct client *client, uint32_t events)
{
    if (client->state == CLIENT_CONNECTING) {
        go_on_connecting(client);
        watch(client);
        return;
    }
    if (client->state != CLIENT_DOWN && (events & EPOLLOUT) != 0) {
        flush(client);
    }
    if (client->state != CLIENT_DOWN && (events & ~(uint32_t)EPOLLOUT) != 0) {
        read_some(client);
    }
    watch(client);
}
