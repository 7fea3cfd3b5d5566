#include "harness.h"

#include <criterion/criterion.h>
#include <fts.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <poll.h>
#include <sys/stat.h>

#define PATIENCE_MS        60000
#define MESSAGES_BYTES_MAX (64UL * 1024 * 1024)

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
    buf_init(&server->messages, MESSAGES_BYTES_MAX);
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
