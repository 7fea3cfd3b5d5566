/* Raw clients: plain sockets and TLS, HTTP by hand. */
#include "harness.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define CLIENT_IN_MAX (64UL * 1024 * 1024)
#define READ_AT_ONCE  65536

static void client_init(struct client *client, struct server *server)
{
    *client = (struct client){.server = server};
    buf_init(&client->in, CLIENT_IN_MAX);
}

void client_open_narrow(struct client *client, struct server *server, int bytes)
{
    client_init(client, server);
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)net_port(server->net)),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert(client->fd >= 0);
    if (bytes > 0) {
        setsockopt(client->fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    }
    cr_assert_eq(connect(client->fd, (struct sockaddr *)&address, sizeof address), 0);
    fcntl(client->fd, F_SETFL, O_NONBLOCK);
}

void client_open(struct client *client, struct server *server)
{
    client_open_narrow(client, server, 0);
}

struct handshake {
    struct client *client;
    bool failed;
};

static bool has_shaken(void *ctx)
{
    struct handshake *handshake = ctx;
    int done = SSL_connect(handshake->client->ssl);
    int error = SSL_get_error(handshake->client->ssl, done);
    handshake->failed =
        done != 1 && error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE;
    return done == 1 || handshake->failed;
}

static void prepare_tls(struct client *client, struct server *server, int version_max)
{
    client_open(client, server);
    client->ssl_context = SSL_CTX_new(TLS_client_method());
    if (version_max != 0) {
        SSL_CTX_set_security_level(client->ssl_context, 0);
        SSL_CTX_set_min_proto_version(client->ssl_context, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(client->ssl_context, version_max);
    }
    client->ssl = SSL_new(client->ssl_context);
    static const unsigned char protocols[] = "\x02h2\x08http/1.1";
    SSL_set_alpn_protos(client->ssl, protocols, sizeof protocols - 1);
    SSL_set_fd(client->ssl, client->fd);
}

bool client_end_tls(struct client *client, struct server *server)
{
    struct handshake handshake = {.client = client};
    return server_until(server, has_shaken, &handshake) && !handshake.failed;
}

bool client_open_tls(struct client *client, struct server *server, int version_max)
{
    prepare_tls(client, server, version_max);
    return client_end_tls(client, server);
}

bool client_open_tls_by(struct client *client, struct server *server, const char *groups)
{
    prepare_tls(client, server, 0);
    cr_assert_eq(SSL_set1_groups_list(client->ssl, groups), 1);
    return client_end_tls(client, server);
}

bool client_open_alpn(struct client *client, struct server *server, const char *protocol)
{
    unsigned char wanted[32];
    int bytes =
        snprintf((char *)wanted, sizeof wanted, "%c%s", (char)strlen(protocol), protocol);
    prepare_tls(client, server, 0);
    cr_assert_eq(SSL_set_alpn_protos(client->ssl, wanted, (unsigned)bytes), 0);
    return client_end_tls(client, server);
}

static bool is_answered(void *ctx)
{
    char byte = 0;
    const struct client *client = ctx;
    return recv(client->fd, &byte, 1, MSG_PEEK) == 1;
}

void client_begin_tls(struct client *client, struct server *server)
{
    prepare_tls(client, server, 0);
    cr_assert_eq(SSL_connect(client->ssl), -1);
    cr_assert(server_until(server, is_answered, client));
}

void client_close(struct client *client)
{
    if (client->ssl != NULL) {
        SSL_free(client->ssl);
    }
    SSL_CTX_free(client->ssl_context);
    if (client->fd >= 0) {
        close(client->fd);
    }
    buf_fini(&client->in);
    *client = (struct client){.fd = -1};
}

struct sending {
    struct client *client;
    struct span left;
};

static bool has_sent(void *ctx)
{
    struct sending *sending = ctx;
    struct client *client = sending->client;
    if (sending->left.bytes == 0) {
        return true;
    }
    ssize_t sent =
        client->ssl != NULL
            ? SSL_write(client->ssl, sending->left.data, (int)sending->left.bytes)
            : send(client->fd, sending->left.data, sending->left.bytes, MSG_NOSIGNAL);
    if (sent < 0 && client->ssl == NULL && errno != EAGAIN) {
        return true; /* the server has closed: what it said is still to be read */
    }
    if (sent > 0) {
        sending->left =
            span_of(sending->left.data + sent, sending->left.bytes - (size_t)sent);
    }
    return sending->left.bytes == 0;
}

void client_send_bytes(struct client *client, struct span bytes)
{
    struct sending sending = {.client = client, .left = bytes};
    cr_assert(server_until(client->server, has_sent, &sending), "nobody reads");
}

void client_send(struct client *client, const char *text)
{
    client_send_bytes(client, span_of_string(text));
}

void client_read(struct client *client)
{
    static uint8_t bytes[READ_AT_ONCE];
    for (;;) {
        ssize_t got = client->ssl != NULL ? SSL_read(client->ssl, bytes, sizeof bytes)
                                          : recv(client->fd, bytes, sizeof bytes, 0);
        if (got <= 0) {
            bool later = client->ssl != NULL
                             ? SSL_get_error(client->ssl, (int)got) == SSL_ERROR_WANT_READ
                             : got < 0 && errno == EAGAIN;
            client->eof = client->eof || !later;
            return;
        }
        buf_bytes(&client->in, bytes, (size_t)got);
    }
}

struct wanting {
    struct client *client;
    size_t bytes;
};

static bool has_wanted(void *ctx)
{
    struct wanting *wanting = ctx;
    client_read(wanting->client);
    return wanting->client->eof ||
           wanting->client->in.bytes - wanting->client->taken >= wanting->bytes;
}

bool client_want(struct client *client, size_t bytes)
{
    struct wanting wanting = {.client = client, .bytes = bytes};
    return server_until(client->server, has_wanted, &wanting) &&
           client->in.bytes - client->taken >= bytes;
}

bool client_until_eof(struct client *client)
{
    struct wanting wanting = {.client = client, .bytes = SIZE_MAX / 2};
    return server_until(client->server, has_wanted, &wanting) && client->eof;
}

/* ---- HTTP ---- */

static char *head_end(const struct client *client)
{
    return client->in.data != NULL
               ? strstr((const char *)client->in.data + client->taken, "\r\n\r\n")
               : NULL;
}

struct answer client_answer(struct client *client, bool has_body)
{
    struct answer answer = {0};
    for (size_t bytes = 1; head_end(client) == NULL; bytes++) {
        bytes = client->in.bytes - client->taken + 1;
        if (!client_want(client, bytes)) {
            return answer;
        }
    }
    const char *start = (const char *)client->in.data + client->taken;
    size_t head_bytes = (size_t)(head_end(client) - start) + 4;
    answer.head = strndup(start, head_bytes);
    client->taken += head_bytes;
    if (strncmp(answer.head, "HTTP/1.", 7) == 0) {
        answer.status = (int)strtol(answer.head + 9, NULL, 10);
    }
    const char *length = answer_header(&answer, "Content-Length");
    if (has_body && length != NULL) {
        size_t bytes = (size_t)strtoul(length, NULL, 10);
        cr_assert(client_want(client, bytes), "the body is cut short");
        answer.body = malloc(bytes + 1);
        memcpy(answer.body, client->in.data + client->taken, bytes);
        answer.body[bytes] = '\0';
        answer.body_bytes = bytes;
        client->taken += bytes;
    }
    return answer;
}

void answer_free(struct answer *answer)
{
    free(answer->head);
    free(answer->body);
    *answer = (struct answer){0};
}

const char *answer_header(const struct answer *answer, const char *name)
{
    static char value[4096];
    size_t bytes = strlen(name);
    for (const char *line = answer->head; line != NULL; line = strstr(line, "\r\n")) {
        line += *line == '\r' ? 2 : 0;
        if (strncasecmp(line, name, bytes) == 0 && line[bytes] == ':') {
            const char *at = line + bytes + 1 + strspn(line + bytes + 1, " ");
            snprintf(value, sizeof value, "%.*s", (int)strcspn(at, "\r"), at);
            return value;
        }
    }
    return NULL;
}

bool answer_body_is(const struct answer *answer, const char *text)
{
    return answer->body != NULL &&
           span_equal(span_of(answer->body, answer->body_bytes), span_of_string(text));
}

struct answer client_ask(struct client *client, const char *request)
{
    client_send(client, request);
    return client_answer(client, strncmp(request, "HEAD ", 5) != 0);
}

struct answer client_get(struct client *client, const char *path, const char *more)
{
    char request[8192];
    snprintf(
        request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n", path,
        net_port(client->server->net), more);
    return client_ask(client, request);
}
