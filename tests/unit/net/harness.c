#include "harness.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATIENCE_MS   10000
#define CLIENT_IN_MAX (64UL * 1024 * 1024)
#define READ_AT_ONCE  65536

/* ---- the server ---- */

static enum net_answer
on_http(void *ctx, const struct net_request *request, struct net_response *ret_response)
{
    struct server *server = ctx;
    server->requests++;
    snprintf(server->path, sizeof server->path, "%s", request->path);
    snprintf(server->query, sizeof server->query, "%s", request->query);
    snprintf(server->host, sizeof server->host, "%s", request->host);
    snprintf(
        server->body, sizeof server->body, "%.*s", (int)request->body.bytes,
        request->body.data != NULL ? (const char *)request->body.data : "");
    server->method = request->method;
    server->asker = request->peer;
    server->request = request->id;
    if (server->respond_inside) {
        net_respond(server->net, request->id, &server->response);
    }
    *ret_response = server->response;
    return server->answer;
}

static void on_opened(void *ctx, struct net_conn conn, const struct net_peer *peer)
{
    struct server *server = ctx;
    server->peer = *peer;
    server->conns[server->opened++ % PEERS_MAX] = conn;
    if (server->greet) {
        net_greeted(server->net, conn);
    }
    if (server->channel != NET_CHANNEL_NONE) {
        net_listen_channel(server->net, conn, server->channel);
    }
    if (server->welcome != NULL) {
        struct net_frame *frame = net_frame_new(span_of_string(server->welcome));
        net_send(server->net, conn, frame);
        net_frame_unref(frame);
    }
}

static void on_message(void *ctx, struct net_conn conn, struct span text)
{
    struct server *server = ctx;
    buf_bytes(&server->messages, text.data, text.bytes);
    buf_char(&server->messages, '\n');
    if (server->echo) {
        struct net_frame *frame = net_frame_new(text);
        net_send(server->net, conn, frame);
        net_frame_unref(frame);
    }
}

static void on_closed(void *ctx, struct net_conn conn)
{
    (void)conn;
    struct server *server = ctx;
    server->closed++;
}

void server_init(struct server *server)
{
    *server = (struct server){.echo = true, .greet = true, .answer = NET_UNKNOWN};
    snprintf(server->folder, sizeof server->folder, "/tmp/stimmwerk-net-XXXXXX");
    cr_assert_not_null(mkdtemp(server->folder));
    buf_init(&server->messages, CLIENT_IN_MAX);
    cr_assert_eq(uv_loop_init(&server->loop), 0);
    server->options = (struct net_options){
        .loop = &server->loop,
        .listen = "127.0.0.1:0",
        .session_cookie = "s",
        .handlers =
            {
                .http = on_http,
                .opened = on_opened,
                .message = on_message,
                .closed = on_closed,
            },
        .ctx = server,
    };
}

void server_start(struct server *server)
{
    cr_assert_eq(net_open(&server->options, &server->net), ERR_OK);
    cr_assert(net_port(server->net) > 0);
}

static void remove_folder(char *folder)
{
    char *const roots[] = {folder, NULL};
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *entry = fts_read(walk); entry != NULL; entry = fts_read(walk)) {
        if (entry->fts_info != FTS_D) {
            remove(entry->fts_accpath);
        }
    }
    fts_close(walk);
}

void server_stop(struct server *server)
{
    net_close(server->net);
    server->net = NULL;
    uv_run(&server->loop, UV_RUN_DEFAULT);
    cr_assert_eq(uv_loop_close(&server->loop), 0, "something is left in the loop");
    buf_fini(&server->messages);
    remove_folder(server->folder);
}

void server_file_bytes(const struct server *server, const char *name, struct span bytes)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", server->folder, name);
    for (char *slash = strchr(path + strlen(server->folder) + 1, '/'); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file);
    cr_assert_eq(fwrite(bytes.data, 1, bytes.bytes, file), bytes.bytes);
    fclose(file);
}

void server_file(const struct server *server, const char *name, const char *text)
{
    server_file_bytes(server, name, span_of_string(text));
}

void server_certificate(struct server *server, const char *name)
{
    char path[128];
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *cert = X509_new();
    X509_set_version(cert, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert), -3600);
    X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
    X509_set_pubkey(cert, key);
    X509_NAME *subject = X509_get_subject_name(cert);
    X509_NAME_add_entry_by_txt(
        subject, "CN", MBSTRING_ASC, (const unsigned char *)name, -1, -1, 0);
    X509_set_issuer_name(cert, subject);
    cr_assert(X509_sign(cert, key, EVP_sha256()) > 0);
    snprintf(path, sizeof path, "%s/cert.pem", server->folder);
    FILE *file = fopen(path, "w");
    PEM_write_X509(file, cert);
    fclose(file);
    snprintf(path, sizeof path, "%s/key.pem", server->folder);
    file = fopen(path, "w");
    PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL);
    fclose(file);
    X509_free(cert);
    EVP_PKEY_free(key);
}

/* ---- waiting ---- */

static int64_t now_ms(void)
{
    return (int64_t)(uv_hrtime() / 1000000);
}

static void turn(struct server *server)
{
    if (uv_run(&server->loop, UV_RUN_NOWAIT) == 0 || server->net == NULL) {
        return;
    }
    poll(NULL, 0, 0);
}

bool server_until(struct server *server, bool (*done)(void *ctx), void *ctx)
{
    int64_t until = now_ms() + PATIENCE_MS;
    while (!done(ctx)) {
        if (now_ms() > until) {
            return false;
        }
        turn(server);
    }
    return true;
}

struct counted {
    const size_t *count;
    size_t at_least;
};

static bool has_count(void *ctx)
{
    const struct counted *counted = ctx;
    return *counted->count >= counted->at_least;
}

bool server_until_count(struct server *server, const size_t *count, size_t at_least)
{
    struct counted counted = {.count = count, .at_least = at_least};
    return server_until(server, has_count, &counted);
}

void server_settle(struct server *server)
{
    for (int i = 0; i < 50; i++) {
        turn(server);
    }
}

int server_open_connections(struct server *server)
{
    struct net_stats stats;
    net_stats(server->net, &stats);
    return (int)stats.connections;
}

/* ---- clients ---- */

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

bool client_open_tls(struct client *client, struct server *server, int version_max)
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
    struct handshake handshake = {.client = client};
    return server_until(server, has_shaken, &handshake) && !handshake.failed;
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
    sscanf(answer.head, "HTTP/1.%*1[01] %d", &answer.status);
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

/* ---- WebSocket ---- */

int client_upgrade(struct client *client, const struct upgrade *upgrade)
{
    char host[64];
    char text[4096];
    char origin[256] = "";
    char protocol[256] = "";
    snprintf(host, sizeof host, "127.0.0.1:%d", net_port(client->server->net));
    if (upgrade->origin == NULL) {
        snprintf(
            origin, sizeof origin, "Origin: %s://%s\r\n",
            client->ssl != NULL ? "https" : "http", host);
    } else if (upgrade->origin[0] != '\0') {
        snprintf(origin, sizeof origin, "Origin: %s\r\n", upgrade->origin);
    }
    const char *name = upgrade->protocol != NULL ? upgrade->protocol : "stimmwerk.v1";
    if (name[0] != '\0') {
        snprintf(protocol, sizeof protocol, "Sec-WebSocket-Protocol: %s\r\n", name);
    }
    snprintf(
        text, sizeof text,
        "GET %s HTTP/1.1\r\nHost: %s\r\n%s%sUpgrade: %s\r\nConnection: keep-alive, "
        "Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: "
        "%s\r\n%s\r\n",
        upgrade->path != NULL ? upgrade->path : "/ws",
        upgrade->host != NULL ? upgrade->host : host, origin, protocol,
        upgrade->upgrade != NULL ? upgrade->upgrade : "websocket",
        upgrade->version != NULL ? upgrade->version : "13",
        upgrade->more != NULL ? upgrade->more : "");
    client_send(client, text);
    struct answer answer = client_answer(client, true);
    int status = answer.status;
    answer_free(&answer);
    return status;
}

void client_join(struct client *client, struct server *server)
{
    size_t before = server->opened;
    client_open(client, server);
    cr_assert_eq(client_upgrade(client, &(struct upgrade){0}), 101);
    cr_assert(server_until_count(server, &server->opened, before + 1));
}

void client_frame(struct client *client, int opcode, bool final, struct span payload)
{
    static const uint8_t mask[4] = {0x12, 0x34, 0x56, 0x78};
    uint8_t *bytes = malloc(payload.bytes + 16);
    size_t at = 0;
    bytes[at++] = (uint8_t)((final ? 0x80 : 0) | opcode);
    if (payload.bytes < 126) {
        bytes[at++] = (uint8_t)(0x80 | payload.bytes);
    } else if (payload.bytes < 65536) {
        bytes[at++] = 0x80 | 126;
        bytes[at++] = (uint8_t)(payload.bytes >> 8);
        bytes[at++] = (uint8_t)payload.bytes;
    } else {
        bytes[at++] = 0x80 | 127;
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[at++] = (uint8_t)((uint64_t)payload.bytes >> shift);
        }
    }
    memcpy(bytes + at, mask, 4);
    at += 4;
    for (size_t i = 0; i < payload.bytes; i++) {
        bytes[at++] = payload.data[i] ^ mask[i % 4];
    }
    client_send_bytes(client, span_of(bytes, at));
    free(bytes);
}

void client_text(struct client *client, const char *text)
{
    client_frame(client, OP_TEXT, true, span_of_string(text));
}

struct frame client_next(struct client *client)
{
    struct frame frame = {.opcode = -1};
    if (!client_want(client, 2)) {
        return frame;
    }
    const uint8_t *head = client->in.data + client->taken;
    size_t length = head[1] & 0x7f;
    size_t head_bytes = length == 126 ? 4 : length == 127 ? 10 : 2;
    if (!client_want(client, head_bytes)) {
        return frame;
    }
    head = client->in.data + client->taken;
    if (head_bytes > 2) {
        length = 0;
        for (size_t i = 2; i < head_bytes; i++) {
            length = length << 8 | head[i];
        }
    }
    if (!client_want(client, head_bytes + length)) {
        return frame;
    }
    head = client->in.data + client->taken;
    frame.opcode = head[0] & 0x0f;
    frame.final = (head[0] & 0x80) != 0;
    frame.bytes = length;
    frame.payload = malloc(length + 1);
    memcpy(frame.payload, head + head_bytes, length);
    frame.payload[length] = '\0';
    client->taken += head_bytes + length;
    return frame;
}

void frame_free(struct frame *frame)
{
    free(frame->payload);
    *frame = (struct frame){0};
}

bool client_hears(struct client *client, const char *text)
{
    struct buf whole;
    buf_init(&whole, CLIENT_IN_MAX);
    bool last = false;
    while (!last) {
        struct frame frame = client_next(client);
        last =
            frame.final || (frame.opcode != OP_TEXT && frame.opcode != OP_CONTINUATION);
        if (frame.payload != NULL) {
            buf_bytes(&whole, frame.payload, frame.bytes);
        }
        frame_free(&frame);
    }
    bool same = span_equal(buf_span(&whole), span_of_string(text));
    buf_fini(&whole);
    return same;
}

int client_close_code(struct client *client)
{
    for (;;) {
        struct frame frame = client_next(client);
        int opcode = frame.opcode;
        int code = opcode == OP_CLOSE && frame.bytes >= 2
                       ? frame.payload[0] << 8 | frame.payload[1]
                       : 0;
        frame_free(&frame);
        if (opcode == OP_CLOSE || opcode == -1) {
            return code;
        }
    }
}
