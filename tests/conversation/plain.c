#include "plain.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define PATIENCE_S      60
#define REPLY_BYTES_MAX (4UL * 1024 * 1024)

static int port_of(const struct hall_server *server)
{
    return atoi(strrchr(server->url, ':') + 1);
}

static int call(const struct hall_server *server)
{
    const struct timeval patience = {.tv_sec = PATIENCE_S};
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port_of(server))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int line = socket(AF_INET, SOCK_STREAM, 0);
    cr_assert_geq(line, 0);
    setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(line, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    cr_assert_eq(connect(line, (struct sockaddr *)&address, sizeof address), 0);
    return line;
}

static void send_all(int line, struct span bytes)
{
    size_t at = 0;
    while (at < bytes.bytes) {
        ssize_t n = send(line, bytes.data + at, bytes.bytes - at, MSG_NOSIGNAL);
        if (n <= 0) {
            return; /* refused before it was heard: the answer tells */
        }
        at += (size_t)n;
    }
}

int plain_send(const struct hall_server *server, const struct plain_ask *ask)
{
    char own[64];
    snprintf(own, sizeof own, "http://127.0.0.1:%d", port_of(server));
    return plain_send_from(server, ask, own);
}

int plain_send_from(
    const struct hall_server *server, const struct plain_ask *ask, const char *origin)
{
    char head[2048];
    int port = port_of(server);
    int line = call(server);
    int bytes = snprintf(
        head, sizeof head, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n", ask->method,
        ask->path, port);
    if (ask->cookie != NULL && ask->cookie[0] != '\0') {
        bytes += snprintf(
            head + bytes, sizeof head - (size_t)bytes, "Cookie: %s\r\n", ask->cookie);
    }
    if (ask->type != NULL) {
        bytes += snprintf(
            head + bytes, sizeof head - (size_t)bytes,
            "Origin: %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n", origin,
            ask->type, ask->body.bytes);
    }
    bytes += snprintf(head + bytes, sizeof head - (size_t)bytes, "\r\n");
    send_all(line, span_of(head, (size_t)bytes));
    send_all(line, ask->body);
    return line;
}

/* The value of Content-Length; 0 if there is none. */
static size_t length_in(const char *head)
{
    const char *at = strstr(head, "\r\nContent-Length:");
    return at != NULL ? strtoul(strchr(at, ':') + 1, NULL, 10) : 0;
}

struct plain_reply plain_read(int line)
{
    struct plain_reply reply = {.head = calloc(1, REPLY_BYTES_MAX + 1)};
    cr_assert_not_null(reply.head);
    size_t bytes = 0;
    char *end = NULL;
    size_t wanted = SIZE_MAX;
    while (bytes < wanted && bytes < REPLY_BYTES_MAX) {
        ssize_t n = recv(line, reply.head + bytes, REPLY_BYTES_MAX - bytes, 0);
        if (n <= 0) {
            break;
        }
        bytes += (size_t)n;
        reply.head[bytes] = '\0';
        end = end != NULL ? end : strstr(reply.head, "\r\n\r\n");
        if (end != NULL) {
            wanted = (size_t)(end + 4 - reply.head) + length_in(reply.head);
        }
    }
    close(line);
    cr_assert_eq(bytes, wanted, "half an answer: %zu of %zu bytes", bytes, wanted);
    reply.bytes = length_in(reply.head);
    reply.body = calloc(1, reply.bytes + 1);
    cr_assert_not_null(reply.body);
    memcpy(reply.body, end + 4, reply.bytes);
    end[2] = '\0';
    reply.status = atoi(reply.head + 9);
    return reply;
}

struct plain_reply
plain_talk(const struct hall_server *server, const struct plain_ask *ask)
{
    return plain_read(plain_send(server, ask));
}

void plain_free(struct plain_reply *reply)
{
    free(reply->head);
    free(reply->body);
    *reply = (struct plain_reply){0};
}

bool plain_has(const struct plain_reply *reply, const char *line)
{
    char whole[512];
    snprintf(whole, sizeof whole, "\r\n%s\r\n", line);
    return strstr(reply->head, whole) != NULL;
}
