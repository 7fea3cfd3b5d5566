#include "net/conn.h"

#include "net/http.h"
#include "net/internal.h"
#include "net/lws_loop.h"
#include "net/outbox.h"

#include "base/vec.h"

#include <assert.h>
#include <stdlib.h>

void conn_table_init(struct conn_table *table)
{
    *table = (struct conn_table){.first_free = CONN_NO_SLOT};
}

void conn_table_fini(struct conn_table *table)
{
    for (uint32_t i = 0; i < table->count; i++) {
        if (table->slots[i].conn != NULL) {
            conn_free(table->slots[i].conn);
        }
    }
    free(table->slots);
    conn_table_init(table);
}

static uint32_t take_slot(struct conn_table *table, size_t count_max)
{
    uint32_t slot = table->first_free;
    if (slot != CONN_NO_SLOT) {
        table->first_free = table->slots[slot].next_free;
        return slot;
    }
    void *slots = table->slots;
    enum err err = vec_reserve(
        &slots, &table->capacity, (size_t)table->count + 1, sizeof *table->slots,
        count_max);
    table->slots = slots;
    return err == ERR_OK ? table->count++ : CONN_NO_SLOT;
}

struct conn *conn_new(struct net *net, bool loopback)
{
    struct conn *conn = calloc(1, sizeof *conn);
    uint32_t slot =
        conn != NULL ? take_slot(&net->conns, net->sockets_max) : CONN_NO_SLOT;
    if (slot == CONN_NO_SLOT) {
        free(conn);
        return NULL;
    }
    conn->net = net;
    conn->loopback = loopback;
    conn->accepted_ms = net_now_ms(net);
    conn->beat_ms = HEARTBEAT_MS;
    conn->name.slot = slot;
    buf_init(&conn->text, FRAME_BYTES_MAX);
    net->conns.slots[slot].conn = conn;
    net->conns.live++;
    strangers_step(conn);
    conn_rename(conn);
    conn_watch(conn);
    return conn;
}

void conn_free(struct conn *conn)
{
    struct net *net = conn->net;
    conn_end(conn);
    wheel_drop(&conn->watch);
    http_drop(conn);
    buf_fini(&conn->text);
    struct conn_slot *slot = &net->conns.slots[conn->name.slot];
    assert(slot->conn == conn);
    slot->conn = NULL;
    slot->next_free = net->conns.first_free;
    net->conns.first_free = conn->name.slot;
    net->conns.live--;
    free(conn);
    listener_resume(net);
}

struct conn *conn_find(const struct net *net, struct net_conn name)
{
    if (name.slot >= net->conns.count || name.generation == 0) {
        return NULL;
    }
    struct conn *conn = net->conns.slots[name.slot].conn;
    return conn != NULL && conn->name.generation == name.generation &&
                   conn->phase != CONN_ENDED
               ? conn
               : NULL;
}

void conn_rename(struct conn *conn)
{
    struct conn_slot *slot = &conn->net->conns.slots[conn->name.slot];
    slot->generation++;
    if (slot->generation == 0) {
        slot->generation = 1;
    }
    conn->name.generation = slot->generation;
}

void conn_set_phase(struct conn *conn, enum conn_phase phase)
{
    conn->phase = phase;
    if (phase == CONN_ENDED) {
        strangers_leave(conn);
        listener_resume(conn->net);
    } else {
        strangers_step(conn);
    }
    conn_watch(conn);
}

/* ---- deadlines ---- */

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t socket_by(const struct conn *conn)
{
    const struct net_waits *waits = &conn->net->waits;
    if (conn->deaf) { /* the other end's Close is awaited */
        return conn->progress_ms + waits->close_ms;
    }
    int64_t by = conn->heard_ms + (int64_t)waits->dead_ms * conn->beat_ms / HEARTBEAT_MS;
    if (!conn->greeted) {
        by = earlier(by, conn->accepted_ms + waits->hello_ms);
    }
    if (conn->waiting) {
        by = earlier(by, conn->progress_ms + waits->stuck_ms);
    }
    return by;
}

/* When somebody must have done something; INT64_MAX: nobody is waited for. */
static int64_t due_ms(const struct conn *conn)
{
    switch (conn->phase) {
    case CONN_SHAKING:
        return conn->accepted_ms + conn->net->waits.header_ms;
    case CONN_HTTP:
        return http_due_ms(conn);
    case CONN_SOCKET:
        return socket_by(conn);
    case CONN_ENDED:
        break;
    }
    return INT64_MAX;
}

void conn_watch(struct conn *conn)
{
    struct net *net = conn->net;
    int64_t due = due_ms(conn);
    if (due == INT64_MAX) {
        return;
    }
    int64_t wait = due - net_now_ms(net);
    if (conn->stranger) {
        wait = earlier(wait, STRANGER_STILL_MS); /* for lws_loop_rest_timer */
    }
    wheel_put(&net->wheel, &conn->watch, wait / net->tick_ms + 1);
}

/* Its time is up. Is it its fault? Of a newcomer whose words wait to be read it is ours:
 * thousands shake hands at once, and each takes a while. */
static bool is_overdue(struct conn *conn)
{
    const struct net *net = conn->net;
    bool newcomer =
        conn->phase == CONN_SHAKING || (conn->phase == CONN_SOCKET && !conn->greeted);
    if (conn->phase == CONN_HTTP) {
        return http_is_overdue(conn);
    }
    return !newcomer || !lws_loop_has_unread(conn) ||
           net_now_ms(net) - conn->accepted_ms >= NEWCOMER_MS_MAX;
}

/* Of whoever says nothing; an answer's is http's. */
static void rest_timer(struct conn *conn)
{
    if (conn->phase == CONN_SHAKING ||
        (conn->phase == CONN_HTTP && conn->exchange == NULL)) {
        lws_loop_rest_timer(conn);
    }
}

void conn_sweep(struct net *net)
{
    struct wheel_entry *entry = NULL;
    wheel_advance(&net->wheel);
    while ((entry = wheel_take(&net->wheel)) != NULL) {
        struct conn *conn =
            (struct conn *)(void *)((char *)entry - offsetof(struct conn, watch));
        if (due_ms(conn) <= net_now_ms(net) && is_overdue(conn)) {
            conn_cut(conn);
        } else {
            rest_timer(conn);
            conn_watch(conn);
        }
    }
}

/* ---- the end ---- */

void conn_kill(struct conn *conn)
{
    if (!conn->killed && conn->lws != NULL) {
        conn->killed = true;
        strangers_leave(conn);
        lws_loop_kill(conn);
    }
}

void conn_cut(struct conn *conn)
{
    if (!conn->killed && conn->lws != NULL) {
        conn->net->stats.cut_total++;
        conn_kill(conn);
    }
}

void conn_end(struct conn *conn)
{
    struct net *net = conn->net;
    if (conn->phase == CONN_ENDED) {
        return;
    }
    bool was_socket = conn->phase == CONN_SOCKET;
    conn->lws = NULL;
    conn->deaf = true;
    channel_leave(conn);
    outbox_clear(conn);
    http_drop(conn);
    conn_set_phase(conn, CONN_ENDED);
    wheel_drop(&conn->watch);
    if (!was_socket) {
        return;
    }
    net->stats.connections--;
    net->stats.closed_total++;
    if (!net->closing) {
        net->handlers.closed(net->ctx, conn->name);
    }
}
