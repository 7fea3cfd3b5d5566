#include "flood.h"

#include "child.h"
#include "measure.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define IN_BYTES      (1 << 18)
#define FRAME_BYTES   1024
#define OUT_BYTES     (64 * FRAME_BYTES)
#define FLIGHT_MAX    64
#define HEAD_BYTES    8 /* of a client's frame with a 16-bit length */
#define COUNTER_FIRST 100000
#define EVENTS_MAX    256
#define STALL_US      20000000

struct line {
    int fd;
    SSL *ssl;      /* NULL: plain */
    uint32_t sent; /* since the poll was set: none is sent twice */
    uint32_t answered;
    uint32_t due;            /* to be sent in all */
    char frame[FRAME_BYTES]; /* a whole frame; id and counter are written over */
    size_t frame_bytes;
    size_t id_at;
    size_t counter_at;
    uint8_t *in;
    size_t in_bytes;
};

struct flood {
    struct flood_target target;
    struct line *lines;
    size_t count;
    int epoll_fd;
    SSL_CTX *tls;   /* NULL: plain */
    uint32_t round; /* goes into the ids */
    size_t answers; /* since the run began */
    size_t frames;  /* of any kind, since flood_hear began */
    size_t answer_bytes;
    size_t in_flight;
};

/* ---- connecting: blocking, once ---- */

/* −1: not now. */
static ssize_t line_send(struct line *line, const void *data, size_t bytes)
{
    if (line->ssl == NULL) {
        return send(line->fd, data, bytes, MSG_NOSIGNAL);
    }
    int sent = SSL_write(line->ssl, data, (int)bytes);
    bool later = SSL_get_error(line->ssl, sent) == SSL_ERROR_WANT_WRITE;
    errno = later ? EAGAIN : errno;
    return sent > 0 ? sent : later ? -1 : 0;
}

/* 0: it is gone; −1: not now. */
static ssize_t line_recv(struct line *line, void *data, size_t bytes)
{
    if (line->ssl == NULL) {
        ssize_t got = recv(line->fd, data, bytes, 0);
        return got >= 0 || errno == EAGAIN ? got : 0;
    }
    int got = SSL_read(line->ssl, data, (int)bytes);
    return got > 0 ? got : SSL_get_error(line->ssl, got) == SSL_ERROR_WANT_READ ? -1 : 0;
}

static void send_all(struct line *line, const void *data, size_t bytes)
{
    for (size_t sent = 0; sent < bytes;) {
        ssize_t more = line_send(line, (const char *)data + sent, bytes - sent);
        if (more < 0 && errno == EAGAIN) {
            continue; /* bounded by what is in flight */
        }
        if (more <= 0) {
            die("the load's line broke: %s", strerror(errno));
        }
        sent += (size_t)more;
    }
}

static void shake_hands(struct line *line, SSL_CTX *tls)
{
    line->ssl = SSL_new(tls);
    if (line->ssl == NULL || SSL_set_fd(line->ssl, line->fd) != 1 ||
        SSL_connect(line->ssl) != 1) {
        die("the load's handshake failed");
    }
}

static int connect_to(const char *url)
{
    const char *port = strrchr(url, ':');
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((uint16_t)strtoul(port + 1, NULL, 10));
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int on = 1;
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        die("%s: %s", url, strerror(errno));
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

/* One masked text frame with the mask 0 (lawful, and nothing to compute). */
static size_t make_frame(char *frame, const char *text)
{
    size_t bytes = strlen(text);
    char head[HEAD_BYTES] = {
        (char)0x81, (char)(0x80 | 126), (char)(bytes >> 8), (char)bytes};
    memcpy(frame, head, HEAD_BYTES);
    memcpy(frame + HEAD_BYTES, text, bytes);
    return HEAD_BYTES + bytes;
}

static void read_until(struct line *line, const char *words)
{
    line->in_bytes = 0;
    line->in[0] = '\0';
    while (memmem(line->in, line->in_bytes, words, strlen(words)) == NULL) {
        ssize_t got =
            line_recv(line, line->in + line->in_bytes, IN_BYTES - line->in_bytes);
        if (got <= 0) {
            die("the load got no %s", words);
        }
        line->in_bytes += (size_t)got;
    }
}

static void upgrade(struct line *line, const char *url, const char *cookie)
{
    char request[1024];
    const char *host = strstr(url, "://") + 3;
    int bytes = snprintf(
        request, sizeof request,
        "GET /ws HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: stimmwerk.v1\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s%s%s\r\n",
        host, url, cookie != NULL ? "Cookie: " : "", cookie != NULL ? cookie : "",
        cookie != NULL ? "\r\n" : "");
    send_all(line, request, (size_t)bytes);
    read_until(line, "\r\n\r\n");
    if (memmem(line->in, line->in_bytes, " 101 ", 5) == NULL) {
        die("the load was not upgraded");
    }
}

static void say_hello(struct line *line, const char *event)
{
    char text[256];
    char frame[FRAME_BYTES];
    snprintf(
        text, sizeof text,
        "{\"op\":\"hello\",\"id\":\"00000000000000000000000000000001\",\"event\":\"%s\","
        "\"role\":\"participant\"}",
        event);
    send_all(line, frame, make_frame(frame, text));
    read_until(line, "{\"op\":\"change\"");
}

/* The frame that this line sends again and again. */
static void make_cast(struct flood *flood, struct line *line)
{
    char text[FRAME_BYTES - HEAD_BYTES];
    const struct flood_target *target = &flood->target;
    snprintf(
        text, sizeof text,
        "{\"op\":\"cast\",\"id\":\"%08x%08x%08xffffffff\",\"poll\":\"%lld\",\"counter\":%"
        "d,"
        "\"ballot\":{\"ranking\":[[\"%lld\"],[\"%lld\"],[\"%lld\"]]},"
        "\"nonce\":\"000102030405060708090a0b0c0d0e0f\",\"lock\":\""
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\"}",
        (unsigned)(line - flood->lines), (unsigned)flood->round, 0U,
        (long long)target->poll, COUNTER_FIRST, (long long)target->ideas[0],
        (long long)target->ideas[1], (long long)target->ideas[2]);
    line->frame_bytes = make_frame(line->frame, text);
    line->id_at = (size_t)(strstr(text, "\"id\":\"") - text) + HEAD_BYTES + 6 + 16;
    line->counter_at = (size_t)(strstr(text, "counter\":") - text) + HEAD_BYTES + 9;
    line->sent = 0;
    line->answered = 0;
    line->due = 0;
}

void flood_set_poll(struct flood *flood, int64_t poll)
{
    flood->target.poll = poll;
    flood->round++;
    for (size_t i = 0; i < flood->count; i++) {
        make_cast(flood, &flood->lines[i]);
    }
}

struct flood *
flood_open(const struct flood_target *target, const char *const *cookies, size_t count)
{
    struct flood *flood = calloc(1, sizeof *flood);
    *flood = (struct flood){.target = *target, .count = count};
    flood->lines = calloc(count, sizeof *flood->lines);
    flood->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (strncmp(target->url, "https:", strlen("https:")) == 0) {
        flood->tls = SSL_CTX_new(TLS_client_method());
    }
    for (size_t i = 0; i < count; i++) {
        struct line *line = &flood->lines[i];
        line->in = malloc(IN_BYTES);
        line->fd = connect_to(target->url);
        if (flood->tls != NULL) {
            shake_hands(line, flood->tls);
        }
        upgrade(line, target->url, cookies != NULL ? cookies[i] : NULL);
        if (target->event != NULL) {
            say_hello(line, target->event);
        }
        line->in_bytes = 0;
        fcntl(line->fd, F_SETFL, O_NONBLOCK);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = line};
        epoll_ctl(flood->epoll_fd, EPOLL_CTL_ADD, line->fd, &event);
    }
    flood_set_poll(flood, target->poll);
    return flood;
}

void flood_close(struct flood *flood)
{
    for (size_t i = 0; i < flood->count; i++) {
        SSL_free(flood->lines[i].ssl);
        close(flood->lines[i].fd);
        free(flood->lines[i].in);
    }
    SSL_CTX_free(flood->tls);
    close(flood->epoll_fd);
    free(flood->lines);
    free(flood);
}

size_t flood_answer_bytes(const struct flood *flood)
{
    return flood->answer_bytes;
}

/* ---- casting ---- */

static void put_hex(char *at, uint32_t value)
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 7; i >= 0; i--, value >>= 4) {
        at[i] = digits[value & 15];
    }
}

static void put_decimal(char *at, uint32_t value)
{
    for (int i = 5; i >= 0; i--, value /= 10) {
        at[i] = (char)('0' + value % 10);
    }
}

/* Sends the line's next `count` ballots in one write. */
static void send_ballots(struct line *line, size_t count)
{
    static char out[OUT_BYTES];
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        put_hex(line->frame + line->id_at, line->sent);
        put_decimal(line->frame + line->counter_at, COUNTER_FIRST + line->sent);
        memcpy(out + bytes, line->frame, line->frame_bytes);
        bytes += line->frame_bytes;
        line->sent++;
    }
    if (bytes > 0) {
        send_all(line, out, bytes);
    }
}

static void
take_answer(struct flood *flood, struct line *line, const char *text, size_t bytes)
{
    static const char stored[] = "{\"op\":\"stored\",\"id\":\"";
    static const char echoed[] = "{\"op\":\"cast\",\"id\":\"";
    static const char refused[] = "{\"op\":\"refused\"";
    if (bytes < 64 || memcmp(text, stored, strlen(stored)) != 0) {
        if (bytes >= strlen(refused) && memcmp(text, refused, strlen(refused)) == 0) {
            die("refused: %.*s", (int)bytes, text);
        }
        if (bytes < 64 || memcmp(text, echoed, strlen(echoed)) != 0) {
            return; /* live, change */
        }
    }
    line->answered++;
    flood->answer_bytes = bytes;
    flood->answers++;
}

/* Takes the whole frames out of what came in. */
static void take_frames(struct flood *flood, struct line *line)
{
    size_t at = 0;
    while (line->in_bytes - at >= 2) {
        const uint8_t *head = line->in + at;
        size_t length = head[1] & 0x7f;
        size_t extra = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (line->in_bytes - at < 2 + extra) {
            break;
        }
        for (size_t i = 0; i < extra; i++) {
            length = (i == 0 ? 0 : length << 8) | head[2 + i];
        }
        if (line->in_bytes - at < 2 + extra + length) {
            break;
        }
        if ((head[0] & 0x0f) == 8) {
            die("the other end closed a line");
        }
        flood->frames++;
        take_answer(flood, line, (const char *)head + 2 + extra, length);
        at += 2 + extra + length;
    }
    line->in_bytes -= at;
    memmove(line->in, line->in + at, line->in_bytes);
}

/* TLS may hold more than the socket shows. */
static void read_line(struct flood *flood, struct line *line)
{
    do {
        ssize_t got =
            line_recv(line, line->in + line->in_bytes, IN_BYTES - line->in_bytes);
        if (got == 0) {
            die("the other end is gone");
        }
        line->in_bytes += got > 0 ? (size_t)got : 0;
        take_frames(flood, line);
    } while (line->ssl != NULL && SSL_pending(line->ssl) > 0);
}

/* Keeps in_flight ballots on the way. */
static void top_up(const struct flood *flood, struct line *line)
{
    size_t want = line->answered + flood->in_flight;
    want = want < line->due ? want : line->due;
    send_ballots(line, want > line->sent ? want - line->sent : 0);
}

int64_t flood_closed(struct flood *flood, size_t each, size_t in_flight)
{
    struct epoll_event events[EVENTS_MAX];
    int64_t start_us = now_us();
    flood->in_flight = in_flight < FLIGHT_MAX ? in_flight : FLIGHT_MAX;
    flood->answers = 0;
    for (size_t i = 0; i < flood->count; i++) {
        flood->lines[i].due += (uint32_t)each;
        top_up(flood, &flood->lines[i]);
    }
    while (flood->answers < each * flood->count) {
        int count = epoll_wait(flood->epoll_fd, events, EVENTS_MAX, 1000);
        for (int i = 0; i < count; i++) {
            read_line(flood, events[i].data.ptr);
            top_up(flood, events[i].data.ptr);
        }
        if (now_us() - start_us > STALL_US) {
            die("stalled at %zu answers", flood->answers);
        }
    }
    return now_us() - start_us;
}

void flood_hear(struct flood *flood, size_t count)
{
    struct epoll_event events[EVENTS_MAX];
    int64_t start_us = now_us();
    for (flood->frames = 0; flood->frames < count;) {
        int ready = epoll_wait(flood->epoll_fd, events, EVENTS_MAX, 1000);
        for (int i = 0; i < ready; i++) {
            read_line(flood, events[i].data.ptr);
        }
        if (now_us() - start_us > STALL_US) {
            die("stalled at %zu frames", flood->frames);
        }
    }
}
