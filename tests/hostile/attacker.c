#include "attacker.h"

#include "child.h"
#include "client/client.h"
#include "client/url.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define OPENING_BYTES_MAX 2048
#define TURN_MS           5
#define READY_MS          20000
#define JOINS_PER_S       166 /* ten thousand a minute */
#define HEAD              "Host: %s\r\nOrigin: %s\r\n"
#define UPGRADE                                                                          \
    "GET /ws HTTP/1.1\r\n" HEAD "Upgrade: websocket\r\nConnection: Upgrade\r\n"          \
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: stimmwerk.v1\r\n"              \
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
#define POST(bytes)                                                                      \
    "POST /join HTTP/1.1\r\n" HEAD                                                       \
    "Content-Type: application/json\r\nContent-Length: " bytes "\r\n\r\n"

/* One way to do harm. `opening` is sent first, with host and origin (and the event's
 * code) filled in; `drip` again and again. */
struct harm {
    const char *name;
    const char *opening;
    const char *drip;
    size_t drip_bytes;
    int drip_ms;
    int rest_ms;      /* between being shut and the next line */
    size_t lines_max; /* 0: as many as the attack has of each */
    bool joins;       /* JOINS_PER_S of all lines together */
};

/* Masked with zeros; by turns text that is no JSON, no UTF-8, and an unknown opcode. */
static const char JUNK[] =
    "\x81\x85\0\0\0\0{\"op\x81\x82\0\0\0\0\xc3\x28\x83\x80\0\0\0\0";
static const char PINGS[] = "\x89\x84\0\0\0\0ping\x89\x84\0\0\0\0ping\x89\x84\0\0\0\0ping"
                            "\x89\x84\0\0\0\0ping\x89\x84\0\0\0\0ping";

static const struct harm PLAIN[] = {
    {.name = "says nothing", .rest_ms = 10},
    {.name = "drips headers",
     .opening = "GET / HTTP/1.1\r\n" HEAD "X: ",
     .drip = "x",
     .drip_bytes = 1,
     .drip_ms = 500,
     .rest_ms = 10},
    {.name = "drips a body",
     .opening = POST("4000"),
     .drip = " ",
     .drip_bytes = 1,
     .drip_ms = 500,
     .rest_ms = 10},
    {.name = "asks and stays",
     .opening = "GET /healthz HTTP/1.1\r\n" HEAD "\r\n",
     .rest_ms = 10},
    {.name = "never says hello", .opening = UPGRADE, .rest_ms = 10},
    {.name = "sends junk frames",
     .opening = UPGRADE,
     .drip = JUNK,
     .drip_bytes = sizeof JUNK - 1,
     .drip_ms = 100,
     .rest_ms = 100,
     .lines_max = 32},
    {.name = "pings without end",
     .opening = UPGRADE,
     .drip = PINGS,
     .drip_bytes = sizeof PINGS - 1,
     .drip_ms = 100,
     .rest_ms = 100,
     .lines_max = 32},
    {.name = "tries event codes",
     .opening = POST("17") "{\"code\":\"AAAAAA\"}",
     .rest_ms = 200,
     .lines_max = 32},
    {.name = "tries tickets",
     .opening = POST("21") "{\"code\":\"0000000000\"}",
     .rest_ms = 200,
     .lines_max = 32},
    {.name = "joins again and again",
     .opening = POST("17") "{\"code\":\"%s\"}",
     .rest_ms = 1,
     .lines_max = 32,
     .joins = true},
    {0},
};

static const struct harm SECURE[] = {
    {.name = "says nothing", .rest_ms = 10},
    {.name = "says half a hello", .opening = "half", .rest_ms = 10},
    {.name = "does not go on after hello", .opening = "whole", .rest_ms = 10},
    {.name = "drips a hello",
     .opening = "\x16\x03\x01\x02\x01\x01",
     .drip = "\x01",
     .drip_bytes = 1,
     .drip_ms = 500,
     .rest_ms = 10},
    {.name = "speaks no TLS",
     .opening = "GET / HTTP/1.1\r\n\r\n",
     .rest_ms = 500,
     .lines_max = 32},
    {0},
};

struct line {
    const struct harm *harm;
    struct harm_tally *tally;
    int fd; /* -1: rests until due_ms */
    bool greeted;
    int64_t due_ms;
};

struct attacker {
    struct url url;
    struct sockaddr_in address;
    char openings[HARMS_MAX][OPENING_BYTES_MAX];
    size_t opening_bytes[HARMS_MAX];
    const struct harm *harms;
    struct line *lines;
    size_t count;
    int epoll_fd;
    int64_t joins_from_ms;
    int64_t joins;
};

/* ---- what is said first ---- */

/* A ClientHello as browsers send it. */
static size_t write_client_hello(char *out)
{
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL *ssl = SSL_new(context);
    BIO *in = BIO_new(BIO_s_mem());
    BIO *hello = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl, in, hello);
    (void)SSL_connect(ssl);
    int bytes = BIO_read(hello, out, OPENING_BYTES_MAX);
    SSL_free(ssl);
    SSL_CTX_free(context);
    if (bytes <= 0) {
        die("no ClientHello");
    }
    return (size_t)bytes;
}

static size_t write_opening(
    const struct attacker *attacker, const struct harm *harm, const char *event,
    char *out)
{
    const char *text = harm->opening != NULL ? harm->opening : "";
    if (attacker->url.secure && strcmp(text, "half") == 0) {
        return write_client_hello(out) / 2;
    }
    if (attacker->url.secure && strcmp(text, "whole") == 0) {
        return write_client_hello(out);
    }
    if (attacker->url.secure) {
        snprintf(out, OPENING_BYTES_MAX, "%s", text);
        return strlen(text);
    }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    int bytes = snprintf(
        out, OPENING_BYTES_MAX, text, attacker->url.authority, attacker->url.origin,
        event);
#pragma GCC diagnostic pop
    return (size_t)bytes;
}

/* ---- lines ---- */

static void rest(struct line *line, int64_t now_ms)
{
    if (line->fd >= 0) {
        close(line->fd);
    }
    line->fd = -1;
    line->greeted = false;
    line->due_ms = now_ms + line->harm->rest_ms;
}

static void say(struct line *line, const char *data, size_t bytes, int64_t now_ms)
{
    if (bytes > 0 && send(line->fd, data, bytes, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 &&
        errno != EAGAIN) {
        line->tally->shut++;
        rest(line, now_ms);
    }
}

static void open_line(struct attacker *attacker, struct line *line, int64_t now_ms)
{
    line->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (line->fd < 0 || (connect(
                             line->fd, (const struct sockaddr *)&attacker->address,
                             sizeof attacker->address) != 0 &&
                         errno != EINPROGRESS)) {
        rest(line, now_ms);
        return;
    }
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = line};
    epoll_ctl(attacker->epoll_fd, EPOLL_CTL_ADD, line->fd, &event);
    line->tally->opened++;
    line->due_ms = INT64_MAX;
}

/* It is up: says what it has to say first. */
static void greet(struct attacker *attacker, struct line *line, int64_t now_ms)
{
    size_t i = (size_t)(line->harm - attacker->harms);
    line->greeted = true;
    line->due_ms = line->harm->drip != NULL ? now_ms + line->harm->drip_ms : INT64_MAX;
    say(line, attacker->openings[i], attacker->opening_bytes[i], now_ms);
}

static void
on_event(struct attacker *attacker, struct line *line, uint32_t events, int64_t now_ms)
{
    char heard[4096];
    if (line->fd >= 0 && !line->greeted && (events & EPOLLOUT) != 0) {
        greet(attacker, line, now_ms);
    }
    ssize_t got = 1;
    while (line->fd >= 0 && got > 0) {
        got = recv(line->fd, heard, sizeof heard, MSG_DONTWAIT);
    }
    if (line->fd >= 0 && (got == 0 || errno != EAGAIN)) {
        line->tally->shut++;
        rest(line, now_ms);
    }
}

static bool may_join(struct attacker *attacker, int64_t now_ms)
{
    bool may = attacker->joins * 1000 <= (now_ms - attacker->joins_from_ms) * JOINS_PER_S;
    attacker->joins += may ? 1 : 0;
    return may;
}

static void on_due(struct attacker *attacker, struct line *line, int64_t now_ms)
{
    if (line->fd < 0) {
        if (!line->harm->joins || may_join(attacker, now_ms)) {
            open_line(attacker, line, now_ms);
        }
        return;
    }
    line->due_ms = now_ms + line->harm->drip_ms;
    say(line, line->harm->drip, line->harm->drip_bytes, now_ms);
}

static void turn(struct attacker *attacker)
{
    static struct epoll_event events[512];
    int count = epoll_wait(attacker->epoll_fd, events, 512, TURN_MS);
    int64_t now_ms = client_now_ms();
    for (int i = 0; i < count; i++) {
        on_event(attacker, events[i].data.ptr, events[i].events, now_ms);
    }
    for (size_t i = 0; i < attacker->count; i++) {
        if (attacker->lines[i].due_ms <= now_ms) {
            on_due(attacker, &attacker->lines[i], now_ms);
        }
    }
}

/* ---- beginning ---- */

static void add_lines(struct attacker *attacker, const struct attack *attack)
{
    for (size_t i = 0; attacker->harms[i].name != NULL; i++) {
        const struct harm *harm = &attacker->harms[i];
        size_t count = attack->lines_each;
        count = harm->lines_max > 0 && harm->lines_max < count ? harm->lines_max : count;
        attack->tallies[i].name = harm->name;
        attacker->opening_bytes[i] =
            write_opening(attacker, harm, attack->event, attacker->openings[i]);
        for (size_t j = 0; j < count; j++) {
            attacker->lines[attacker->count++] =
                (struct line){.harm = harm, .tally = &attack->tallies[i], .fd = -1};
        }
    }
}

/* Until the honest have made their ideas: then the hall is about to fill. */
static void await_ideas(const struct attack *attack)
{
    static const struct client_handlers none;
    struct client_pool *pool = NULL;
    char path[64];
    int64_t end_ms = client_now_ms() + READY_MS;
    snprintf(path, sizeof path, "/snapshot/%s", attack->event);
    if (client_pool_new(attack->url, NULL, &none, &pool) != ERR_OK) {
        die("attacker: %s", attack->url);
    }
    for (bool ready = false; !ready;) {
        struct client_reply reply = {0};
        if (client_now_ms() > end_ms ||
            client_http(pool, "GET", path, NULL, NULL, &reply) != ERR_OK) {
            die("attacker: the hall does not begin");
        }
        ready = strstr(reply.body, "Rehearsal L") != NULL;
        free(reply.body);
        usleep(10000);
    }
    client_pool_free(pool);
}

void attacker_run(const struct attack *attack)
{
    struct attacker *attacker = calloc(1, sizeof *attacker);
    if (attacker == NULL || url_read(attack->url, &attacker->url) != ERR_OK) {
        die("attacker: %s", attack->url);
    }
    attacker->address = (struct sockaddr_in){
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)strtol(attacker->url.port, NULL, 10)),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    attacker->harms = attacker->url.secure ? SECURE : PLAIN;
    attacker->lines = calloc(HARMS_MAX * attack->lines_each, sizeof *attacker->lines);
    attacker->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    add_lines(attacker, attack);
    await_ideas(attack);
    attacker->joins_from_ms = client_now_ms();
    for (;;) {
        turn(attacker);
    }
}
