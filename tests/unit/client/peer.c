#include "peer.h"

#include <arpa/inet.h>
#include <assert.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void listen_anywhere(struct peer *peer, const char *scheme)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t bytes = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    peer->listen_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert(peer->listen_fd >= 0);
    int ok = bind(peer->listen_fd, (struct sockaddr *)&address, sizeof address);
    ok |= listen(peer->listen_fd, 64);
    ok |= getsockname(peer->listen_fd, (struct sockaddr *)&address, &bytes);
    assert(ok == 0);
    snprintf(
        peer->url, sizeof peer->url, "%s://127.0.0.1:%d", scheme,
        ntohs(address.sin_port));
}

static void serve_line(struct peer *peer, int fd)
{
    struct peer_line line = {.fd = fd};
    if (peer->tls != NULL) {
        line.tls = SSL_new(peer->tls);
        SSL_set_fd(line.tls, fd);
        if (SSL_accept(line.tls) != 1) {
            SSL_free(line.tls);
            close(fd);
            return;
        }
    }
    peer->script(&line, peer->ctx);
    if (line.tls != NULL) {
        SSL_shutdown(line.tls);
    }
    SSL_free(line.tls);
    close(fd);
}

static void *serve(void *ctx)
{
    struct peer *peer = ctx;
    for (int i = 0; i < peer->lines; i++) {
        int fd = accept(peer->listen_fd, NULL, NULL);
        assert(fd >= 0);
        serve_line(peer, fd);
    }
    return NULL;
}

static void start(struct peer *peer, int lines, peer_script *script, void *ctx)
{
    peer->lines = lines;
    peer->script = script;
    peer->ctx = ctx;
    pthread_t thread;
    int ok = pthread_create(&thread, NULL, serve, peer);
    assert(ok == 0);
    peer->thread = thread;
}

void peer_start(struct peer *peer, int lines, peer_script *script, void *ctx)
{
    *peer = (struct peer){0};
    listen_anywhere(peer, "http");
    start(peer, lines, script, ctx);
}

static X509 *make_certificate(EVP_PKEY *key)
{
    X509 *certificate = X509_new();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME *name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(
        name, "CN", MBSTRING_ASC, (const unsigned char *)"peer", -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_EXTENSION *alt =
        X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, "IP:127.0.0.1");
    X509_add_ext(certificate, alt, -1);
    X509_EXTENSION_free(alt);
    assert(X509_sign(certificate, key, EVP_sha256()) > 0);
    return certificate;
}

void peer_start_tls(struct peer *peer, int lines, peer_script *script, void *ctx)
{
    *peer = (struct peer){.ca_file = "/tmp/stimmwerk-peer-XXXXXX"};
    signal(SIGPIPE, SIG_IGN);
    listen_anywhere(peer, "https");
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = make_certificate(key);
    peer->tls = SSL_CTX_new(TLS_server_method());
    SSL_CTX_use_certificate(peer->tls, certificate);
    SSL_CTX_use_PrivateKey(peer->tls, key);
    FILE *file = fdopen(mkstemp(peer->ca_file), "w");
    assert(file != NULL);
    PEM_write_X509(file, certificate);
    fclose(file);
    X509_free(certificate);
    EVP_PKEY_free(key);
    start(peer, lines, script, ctx);
}

void peer_stop(struct peer *peer)
{
    pthread_join((pthread_t)peer->thread, NULL);
    close(peer->listen_fd);
    SSL_CTX_free(peer->tls);
    if (peer->ca_file[0] != '\0') {
        unlink(peer->ca_file);
    }
}

size_t peer_read(struct peer_line *line, void *data, size_t bytes_max)
{
    ssize_t got = line->tls != NULL ? SSL_read(line->tls, data, (int)bytes_max)
                                    : read(line->fd, data, bytes_max);
    return got > 0 ? (size_t)got : 0;
}

void peer_read_exactly(struct peer_line *line, void *data, size_t bytes)
{
    for (size_t got = 0; got < bytes;) {
        size_t more = peer_read(line, (char *)data + got, bytes - got);
        assert(more > 0);
        got += more;
    }
}

void peer_write(struct peer_line *line, const void *data, size_t bytes)
{
    for (size_t sent = 0; sent < bytes;) {
        const char *at = (const char *)data + sent;
        ssize_t more = line->tls != NULL ? SSL_write(line->tls, at, (int)(bytes - sent))
                                         : send(line->fd, at, bytes - sent, MSG_NOSIGNAL);
        if (more <= 0) {
            return;
        }
        sent += (size_t)more;
    }
}

void peer_write_text(struct peer_line *line, const char *text)
{
    peer_write(line, text, strlen(text));
}

void peer_read_head(struct peer_line *line, char *head, size_t bytes_max)
{
    size_t bytes = 0;
    head[0] = '\0';
    while (strstr(head, "\r\n\r\n") == NULL) {
        assert(bytes + 1 < bytes_max);
        size_t more = peer_read(line, head + bytes, 1);
        assert(more == 1);
        bytes += more;
        head[bytes] = '\0';
    }
}

void peer_upgrade(struct peer_line *line, char *head, size_t bytes_max)
{
    peer_read_head(line, head, bytes_max);
    const char *key = strstr(head, "Sec-WebSocket-Key: ");
    assert(key != NULL);
    char text[64];
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int digest_bytes = 0;
    char accept[64];
    snprintf(
        text, sizeof text, "%.24s%s", key + strlen("Sec-WebSocket-Key: "),
        "258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    EVP_Digest(text, strlen(text), digest, &digest_bytes, EVP_sha1(), NULL);
    EVP_EncodeBlock((unsigned char *)accept, digest, (int)digest_bytes);
    char answer[512];
    snprintf(
        answer, sizeof answer,
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: "
        "Upgrade\r\n"
        "sec-websocket-accept: %s\r\nsec-websocket-protocol: stimmwerk.v1\r\n\r\n",
        accept);
    peer_write_text(line, answer);
}

uint8_t peer_read_frame(struct peer_line *line, char payload[126])
{
    uint8_t head[6];
    peer_read_exactly(line, head, sizeof head);
    assert((head[1] & 0x80) != 0 && (head[1] & 0x7f) < 126);
    size_t bytes = head[1] & 0x7f;
    peer_read_exactly(line, payload, bytes);
    for (size_t i = 0; i < bytes; i++) {
        payload[i] = (char)((uint8_t)payload[i] ^ head[2 + i % 4]);
    }
    payload[bytes] = '\0';
    return head[0];
}

void peer_await_end(struct peer_line *line)
{
    char some[256];
    while (peer_read(line, some, sizeof some) > 0) {
    }
}
