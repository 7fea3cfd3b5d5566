#include "net/net.h"

#include "net/address.h"
#include "net/internal.h"
#include "net/lws_loop.h"
#include "net/outbox.h"

#include "base/log.h"

#include <assert.h>
#include <stdlib.h>

/* ---- opening ---- */

static void resolve(int *wait_ms, int otherwise_ms)
{
    *wait_ms = *wait_ms != 0 ? *wait_ms : otherwise_ms;
}

static void resolve_waits(struct net *net)
{
    struct net_waits *waits = &net->waits;
    resolve(&waits->header_ms, HEADER_WAIT_MS);
    resolve(&waits->body_ms, BODY_WAIT_MS);
    resolve(&waits->upload_ms, PHOTO_WAIT_MS);
    resolve(&waits->hello_ms, HELLO_WAIT_MS);
    resolve(&waits->dead_ms, HEARTBEAT_DEAD_MS + HEARTBEAT_DEAD_MS / 2);
    resolve(&waits->stuck_ms, WRITE_STUCK_MS);
    resolve(&waits->close_ms, CLOSE_WAIT_MS);
    resolve(&waits->still_ms, STRANGER_STILL_MS);
    const int all[] = {waits->header_ms, waits->body_ms,  waits->hello_ms, waits->dead_ms,
                       waits->stuck_ms,  waits->close_ms, waits->still_ms};
    int tick_ms = TICK_MS_MAX;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        tick_ms = all[i] / 8 < tick_ms ? all[i] / 8 : tick_ms;
    }
    net->tick_ms = tick_ms > TICK_MS_MIN ? tick_ms : TICK_MS_MIN;
}

/* Half of all sockets are for people who have said who they are. */
static uint32_t strangers_max(const struct net *net)
{
    uint32_t half = net->sockets_max / 2;
    return half < 1 ? 1 : half < STRANGERS_MAX ? half : STRANGERS_MAX;
}

static void resolve_sockets(struct net *net, uint32_t wanted)
{
    uint32_t possible = listener_sockets_max();
    possible = possible < CONNECTIONS_MAX ? possible : CONNECTIONS_MAX;
    net->sockets_max = wanted != 0 && wanted < possible ? wanted : possible;
    net->conns.strangers.count_max = strangers_max(net);
    if (possible < CONNECTIONS_MAX) {
        log_line(
            LOG_INFO, "room for %u connections (the limit of open files)",
            (unsigned)possible);
    }
}

static enum err load_certificate(struct net *net, const struct net_options *options)
{
    if (options->tls_cert == NULL) {
        return ERR_OK;
    }
    enum err err = options->tls_key != NULL
                       ? tls_new(options->tls_cert, options->tls_key, &net->tls)
                       : ERR_NOT_FOUND;
    if (err != ERR_OK) {
        log_line(
            LOG_ERROR, "certificate %s with key %s: %s", options->tls_cert,
            options->tls_key != NULL ? options->tls_key : "(none)", err_code(err));
    }
    return err;
}

static enum err load_site(struct net *net, const struct net_options *options)
{
    if (options->web_dir == NULL) {
        return ERR_OK;
    }
    enum err err = site_load(options->web_dir, &net->site);
    if (err != ERR_OK) {
        log_line(LOG_ERROR, "web folder %s: %s", options->web_dir, err_code(err));
    }
    return err;
}

static void free_net(struct net *net)
{
    conn_table_fini(&net->conns);
    tls_free(net->tls);
    site_free(net->site);
    free(net);
}

static struct net *new_net(const struct net_options *options)
{
    struct net *net = calloc(1, sizeof *net);
    if (net == NULL) {
        return NULL;
    }
    net->loop = options->loop;
    net->handlers = options->handlers;
    net->ctx = options->ctx;
    net->waits = options->waits;
    net->listener.fd = -1;
    const char *cookie = options->session_cookie;
    snprintf(net->cookie, sizeof net->cookie, "%s", cookie);
    snprintf(net->cookie_secure, sizeof net->cookie_secure, "__Host-%s", cookie);
    conn_table_init(&net->conns);
    wheel_init(&net->wheel);
    resolve_waits(net);
    resolve_sockets(net, options->sockets_max);
    net->heartbeats_per_s =
        options->heartbeats_per_s != 0 ? options->heartbeats_per_s : HEARTBEATS_PER_S;
    return net;
}

static void on_tick(uv_timer_t *timer);

/* From here on net lives until its handles are closed. The reaper's handle comes last:
 * libwebsockets' own are those after it. */
static void enter_loop(struct net *net)
{
    uv_timer_init(net->loop, &net->tick);
    net->tick.data = net;
    net->own_handles++;
    fanout_open(net);
    outbox_open(net);
    uv_idle_init(net->loop, &net->reaper);
    net->reaper.data = net;
    net->own_handles++;
    uint64_t tick_ms = (uint64_t)net->tick_ms;
    uv_timer_start(&net->tick, on_tick, tick_ms, tick_ms);
}

enum err net_open(const struct net_options *options, struct net **ret_net)
{
    struct net *net = new_net(options);
    if (net == NULL) {
        return ERR_NOMEM;
    }
    enum err err = load_certificate(net, options);
    if (err == ERR_OK) {
        err = load_site(net, options);
    }
    if (err == ERR_OK) {
        err = listener_bind(net, options->listen);
    }
    if (err != ERR_OK) {
        free_net(net);
        return err;
    }
    enter_loop(net);
    err = lws_loop_open(net);
    if (err == ERR_OK) {
        err = listener_start(net);
    }
    if (err != ERR_OK) {
        net_close(net);
        return err;
    }
    *ret_net = net;
    return ERR_OK;
}

int net_port(const struct net *net)
{
    return address_port(net->listener.fd);
}

enum err net_reload_certificate(struct net *net)
{
    return net->tls != NULL ? tls_reload(net->tls) : ERR_NOT_FOUND;
}

void net_stats(const struct net *net, struct net_stats *ret_stats)
{
    *ret_stats = net->stats;
}

/* ---- the tick ---- */

static bool is_drained(const struct net *net)
{
    for (uint32_t i = 0; i < net->conns.count; i++) {
        const struct conn *conn = net->conns.slots[i].conn;
        if (conn != NULL && (conn->phase == CONN_SOCKET || conn->exchange != NULL)) {
            return false;
        }
    }
    return true;
}

static void on_tick(uv_timer_t *timer)
{
    struct net *net = timer->data;
    int64_t now_ms = net_now_ms(net);
    conn_sweep(net);
    listener_tick(net);
    if (now_ms - net->refilled_ms >= 1000) {
        net->refilled_ms = now_ms;
        lws_loop_refill_log();
    }
    if (net->drained != NULL && (now_ms >= net->drain_by_ms || is_drained(net))) {
        void (*drained)(void *) = net->drained;
        net->drained = NULL;
        drained(net->drained_ctx); /* may close net */
    }
}

/* ---- closing ---- */

/* Pitfall: destroying libwebsockets' context sends no Close; so each WebSocket is closed
 * first, in its turn to write. */
void net_drain(struct net *net, void (*drained)(void *ctx), void *ctx)
{
    listener_close(net);
    net->draining = true;
    net->drained = drained;
    net->drained_ctx = ctx;
    net->drain_by_ms = net_now_ms(net) + net->waits.close_ms;
    for (uint32_t i = 0; i < net->conns.count; i++) {
        struct conn *conn = net->conns.slots[i].conn;
        if (conn != NULL) {
            net_kick(net, conn->name, 1012);
        }
    }
}

static void on_reap(uv_idle_t *reaper)
{
    if (lws_loop_gone(reaper->data)) {
        uv_close((uv_handle_t *)reaper, net_handle_closed);
    }
}

void net_handle_closed(uv_handle_t *handle)
{
    struct net *net = handle->data;
    if (--net->own_handles == 0) {
        free_net(net);
    }
}

void net_close(struct net *net)
{
    if (net == NULL) {
        return;
    }
    assert(!net->closing);
    net->closing = true;
    listener_close(net);
    uv_close((uv_handle_t *)&net->tick, net_handle_closed);
    fanout_close(net);
    outbox_close(net);
    lws_loop_close(net);
    uv_idle_start(&net->reaper, on_reap);
}
