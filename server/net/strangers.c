#include "net/strangers.h"

#include "net/http.h"
#include "net/internal.h"
#include "net/lws_loop.h"

#define LOOKS_MAX 32 /* a dismissal: the others are looked at next time */

/* A step in good faith takes as many times as long as a silence in it. */
#define STEP_STILLS 3

void strangers_leave(struct conn *conn)
{
    struct strangers *all = &conn->net->conns.strangers;
    if (!conn->stranger) {
        return;
    }
    struct conn **from_prev =
        conn->stranger_prev != NULL ? &conn->stranger_prev->stranger_next : &all->first;
    struct conn **from_next =
        conn->stranger_next != NULL ? &conn->stranger_next->stranger_prev : &all->last;
    *from_prev = conn->stranger_next;
    *from_next = conn->stranger_prev;
    conn->stranger = false;
    all->count--;
}

static void put_last(struct conn *conn)
{
    struct strangers *all = &conn->net->conns.strangers;
    conn->stranger_prev = all->last;
    conn->stranger_next = NULL;
    *(all->last != NULL ? &all->last->stranger_next : &all->first) = conn;
    all->last = conn;
    conn->stranger = true;
    all->count++;
}

void strangers_step(struct conn *conn)
{
    if (conn->killed) {
        return;
    }
    strangers_leave(conn);
    conn->step_ms = net_now_ms(conn->net);
    put_last(conn);
}

bool strangers_are_many(const struct net *net)
{
    return net->conns.strangers.count >= net->conns.strangers.count_max;
}

/* A TLS handshake has cost us something, so nobody makes very many of them at a time; and
 * the phone's half of it takes a while. Whoever drips everything else has three times as
 * long as whoever is silent. */
static bool is_waited_for_in_vain(const struct conn *conn)
{
    const struct net *net = conn->net;
    int64_t patience_ms = net->waits.still_ms;
    if (http_is_answering(conn)) {
        return http_is_stuck(conn, patience_ms);
    }
    if (lws_loop_has_unread(conn)) {
        return false;
    }
    int64_t step_ms = net_now_ms(net) - conn->step_ms;
    int64_t still_ms = lws_loop_still_ms(conn);
    return lws_loop_is_shaking(conn)
               ? still_ms >= patience_ms * STEP_STILLS
               : still_ms >= patience_ms || step_ms >= patience_ms * STEP_STILLS;
}

/* Who stands behind somebody young is younger still, but for those that were looked at
 * before and spared: they stand last again, and their turn comes. */
void strangers_dismiss_one(struct net *net)
{
    const struct strangers *all = &net->conns.strangers;
    for (int looks = 0; looks < LOOKS_MAX && all->first != NULL; looks++) {
        struct conn *conn = all->first;
        if (net_now_ms(net) - conn->step_ms < net->waits.still_ms) {
            return;
        }
        if (is_waited_for_in_vain(conn)) {
            conn_cut(conn);
            return;
        }
        strangers_leave(conn);
        put_last(conn);
    }
}
