#include "client/pool.h"

#include <errno.h>
#include <netdb.h>
#include <openssl/rand.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define SOURCE_FIRST 0x7f000001U /* 127.0.0.1 */
#define SOURCES_MAX  254U

int64_t client_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t client_now_ms(void)
{
    return client_now_us() / 1000;
}

void pool_noise(struct client_pool *pool, uint8_t *ret_data, size_t bytes)
{
    if (pool->noise_left < bytes) {
        if (RAND_bytes(pool->noise, POOL_NOISE_BYTES) != 1) {
            abort();
        }
        pool->noise_left = POOL_NOISE_BYTES;
    }
    pool->noise_left -= bytes;
    memcpy(ret_data, pool->noise + pool->noise_left, bytes);
}

uint32_t pool_next_source(struct client_pool *pool)
{
    if (pool->sources == 0) {
        return 0;
    }
    return SOURCE_FIRST + pool->next_source++ % pool->sources;
}

void client_pool_use_sources(struct client_pool *pool, unsigned count)
{
    bool near = pool->target.address.ss_family == AF_INET &&
                reach_of(&pool->target.address) == CLIENT_LOOPBACK;
    pool->sources = !near ? 0 : count < SOURCES_MAX ? count : SOURCES_MAX;
}

size_t client_pool_resumed(const struct client_pool *pool)
{
    return pool->resumed;
}

bool client_pool_is_secure(const struct client_pool *pool)
{
    return pool->tls != NULL;
}

static enum err find_address(const struct url *url, struct stream_target *target)
{
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    if (getaddrinfo(url->host, url->port, &hints, &found) != 0) {
        return ERR_NOT_FOUND;
    }
    memcpy(&target->address, found->ai_addr, found->ai_addrlen);
    target->address_bytes = found->ai_addrlen;
    freeaddrinfo(found);
    return ERR_OK;
}

/* A ticket came. With 1 we own it. */
static int on_session(SSL *ssl, SSL_SESSION *session)
{
    struct client_memory *memory = SSL_get_app_data(ssl);
    if (memory == NULL) {
        return 0;
    }
    client_memory_fini(memory);
    memory->session = session;
    return 1;
}

void client_memory_fini(struct client_memory *memory)
{
    SSL_SESSION_free(memory->session);
    memory->session = NULL;
}

static enum err make_tls(const char *ca_file, SSL_CTX **ret_tls)
{
    SSL_CTX *tls = SSL_CTX_new(TLS_client_method());
    if (tls == NULL) {
        return ERR_NOMEM;
    }
    SSL_CTX_set_mode(
        tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(
        tls, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(tls, on_session);
    if (SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION) != 1) {
        SSL_CTX_free(tls);
        return ERR_IO;
    }
    if (ca_file != NULL && SSL_CTX_load_verify_locations(tls, ca_file, NULL) != 1) {
        SSL_CTX_free(tls);
        return ERR_NOT_FOUND;
    }
    SSL_CTX_set_verify(tls, ca_file != NULL ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, NULL);
    *ret_tls = tls;
    return ERR_OK;
}

static enum err fill_pool(struct client_pool *pool, const char *url, const char *ca_file)
{
    enum err err = url_read(url, &pool->url);
    if (err == ERR_OK) {
        err = find_address(&pool->url, &pool->target);
    }
    if (err == ERR_OK && pool->url.secure) {
        (void)signal(SIGPIPE, SIG_IGN);
        err = make_tls(ca_file, &pool->tls);
    }
    if (err != ERR_OK) {
        return err;
    }
    pool->target.host = pool->url.host;
    pool->target.tls = pool->tls;
    pool->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    return pool->epoll_fd >= 0 ? ERR_OK : ERR_IO;
}

enum err client_pool_new(
    const char *url, const char *ca_file, const struct client_handlers *handlers,
    struct client_pool **ret_pool)
{
    struct client_pool *pool = calloc(1, sizeof *pool);
    if (pool == NULL) {
        return ERR_NOMEM;
    }
    pool->handlers = *handlers;
    pool->epoll_fd = -1;
    enum err err = fill_pool(pool, url, ca_file);
    if (err != ERR_OK) {
        client_pool_free(pool);
        return err;
    }
    *ret_pool = pool;
    return ERR_OK;
}

static void bury(struct client_pool *pool)
{
    while (pool->dead != NULL) {
        struct client *client = pool->dead;
        pool->dead = client->link;
        free(client);
    }
}

/* Calls `closed` for those that were doomed up to now. */
static bool deliver_doomed(struct client_pool *pool)
{
    struct client *batch = pool->doomed;
    pool->doomed = NULL;
    bool any = batch != NULL;
    while (batch != NULL) {
        struct client *client = batch;
        batch = client->link;
        client->doomed = false;
        if (client->freed) {
            client->link = pool->dead;
            pool->dead = client;
        } else {
            pool->handlers.closed(client->ctx, client, client->close_code);
        }
    }
    return any;
}

void client_pool_free(struct client_pool *pool)
{
    if (pool == NULL) {
        return;
    }
    while (pool->living != NULL) {
        client_free(pool->living);
    }
    (void)deliver_doomed(pool);
    bury(pool);
    if (pool->epoll_fd >= 0) {
        close(pool->epoll_fd);
    }
    SSL_CTX_free(pool->tls);
    free(pool);
}

static enum err run(struct client_pool *pool, const struct timespec *timeout)
{
    static const struct timespec at_once = {0, 0};
    bool any = deliver_doomed(pool);
    int count = epoll_pwait2(
        pool->epoll_fd, pool->events, CLIENT_EVENTS_MAX, any ? &at_once : timeout, NULL);
    if (count < 0 && errno != EINTR) {
        return ERR_IO;
    }
    for (int i = 0; i < count; i++) {
        struct client *client = pool->events[i].data.ptr;
        client_handle(client, pool->events[i].events);
    }
    (void)deliver_doomed(pool);
    bury(pool);
    return ERR_OK;
}

enum err client_pool_run_us(struct client_pool *pool, int64_t timeout_us)
{
    struct timespec timeout = {timeout_us / 1000000, timeout_us % 1000000 * 1000};
    return run(pool, &timeout);
}

enum err client_pool_run(struct client_pool *pool, int timeout_ms)
{
    return timeout_ms < 0 ? run(pool, NULL)
                          : client_pool_run_us(pool, (int64_t)timeout_ms * 1000);
}
