#include "net/outbox.h"

#include "net/frame.h"
#include "net/internal.h"
#include "net/lws_loop.h"

#include <assert.h>
#include <stdlib.h>

/* The queue; there only while something is in it, since most phones have nothing
 * waiting. */
struct outbox_ring {
    struct net_frame *frames[OUTBOX_FRAMES_MAX];
};

/* What is large has places of its own: what a desk must know of a large event would leave
 * no room for the small news behind it. */
static bool is_large(const struct net_frame *frame)
{
    return frame_cost(frame) > OUTBOX_BYTES_MAX;
}

static void charge(struct outbox *outbox, const struct net_frame *frame)
{
    if (is_large(frame)) {
        outbox->large++;
    } else {
        outbox->bytes += frame_cost(frame);
    }
}

static void discharge(struct outbox *outbox, const struct net_frame *frame)
{
    if (is_large(frame)) {
        outbox->large--;
    } else {
        outbox->bytes -= frame_cost(frame);
    }
}

static bool append(struct outbox *outbox, struct net_frame *frame)
{
    if (outbox->ring == NULL) {
        outbox->ring = malloc(sizeof *outbox->ring);
        if (outbox->ring == NULL) {
            return false;
        }
    }
    uint32_t at = (outbox->first + outbox->count) % OUTBOX_FRAMES_MAX;
    outbox->ring->frames[at] = net_frame_ref(frame);
    outbox->count++;
    charge(outbox, frame);
    return true;
}

static struct net_frame *pop(struct outbox *outbox)
{
    if (outbox->count == 0) {
        return NULL;
    }
    struct net_frame *frame = outbox->ring->frames[outbox->first];
    outbox->first = (outbox->first + 1) % OUTBOX_FRAMES_MAX;
    if (--outbox->count == 0) {
        free(outbox->ring);
        outbox->ring = NULL;
    }
    return frame;
}

static bool has_room(const struct outbox *outbox, const struct net_frame *frame)
{
    if (outbox->count == OUTBOX_FRAMES_MAX) {
        return false;
    }
    return is_large(frame) ? outbox->large < OUTBOX_LARGE_MAX
                           : outbox->bytes <= OUTBOX_BYTES_MAX - frame_cost(frame);
}

void outbox_push(struct conn *conn, struct net_frame *frame)
{
    struct outbox *outbox = &conn->outbox;
    if (conn->killed || conn->deaf || conn->kick_code != 0) {
        return;
    }
    if (!has_room(outbox, frame) || !append(outbox, frame)) {
        conn_cut(conn);
    }
}

void outbox_clear(struct conn *conn)
{
    struct outbox *outbox = &conn->outbox;
    struct net_frame *frame = NULL;
    if (conn->net->unsent == conn) {
        conn->net->unsent = NULL;
    }
    while ((frame = pop(outbox)) != NULL) {
        net_frame_unref(frame);
    }
    net_frame_unref(outbox->current);
    *outbox = (struct outbox){0};
}

/* ---- writing ---- */

static bool is_empty(const struct outbox *outbox)
{
    return outbox->count == 0 && outbox->current == NULL;
}

/* Waits for the socket. The first time, its patience begins. */
static void wait(struct conn *conn)
{
    if (!conn->waiting) {
        conn->waiting = true;
        conn->progress_ms = net_now_ms(conn->net);
        conn_watch(conn);
    }
    lws_loop_want_writable(conn);
}

/* The next frame becomes the current one; false: there is none that should go now. A
 * latest value only goes to a socket that takes it at once: queued, it would grow old. */
static bool take_next(struct conn *conn)
{
    struct outbox *outbox = &conn->outbox;
    if (outbox->current != NULL) {
        return true;
    }
    outbox->current = pop(outbox);
    if (outbox->current == NULL && channel_newer(conn) > 0) {
        if (lws_loop_is_choked(conn)) {
            return false;
        }
        outbox->current = channel_take_newest(conn);
        charge(outbox, outbox->current);
    }
    outbox->current_sent = 0;
    return outbox->current != NULL;
}

/* Writes the next piece of the current frame; false: the connection is lost. */
static bool write_piece(struct conn *conn)
{
    struct outbox *outbox = &conn->outbox;
    struct net_frame *frame = outbox->current;
    size_t left = frame->bytes - outbox->current_sent;
    size_t bytes = left < WRITE_PIECE_BYTES ? left : WRITE_PIECE_BYTES;
    const struct lws_piece piece = {
        .data = frame->data + FRAME_HEADROOM + outbox->current_sent,
        .bytes = bytes,
        .first = outbox->current_sent == 0,
        .last = bytes == left,
    };
    if (!lws_loop_write_text(conn, &piece)) {
        conn_kill(conn);
        return false;
    }
    conn->progress_ms = net_now_ms(conn->net);
    outbox->current_sent += bytes;
    if (piece.last) {
        discharge(outbox, frame);
        outbox->current = NULL;
        net_frame_unref(frame);
        conn->net->stats.frames_sent_total++;
    }
    return true;
}

/* Pitfall: a direct write is allowed only while libwebsockets holds nothing back, the
 * connection is up and the other end has not said Close. */
static bool may_write(const struct conn *conn)
{
    return conn->phase == CONN_SOCKET && conn->lws != NULL && !conn->killed &&
           !conn->deaf && !lws_loop_holds_back(conn);
}

/* False: the connection is lost. */
static bool write_all(struct conn *conn)
{
    while (may_write(conn) && take_next(conn)) {
        if (!write_piece(conn)) {
            return false;
        }
    }
    return true;
}

static bool has_several(const struct conn *conn)
{
    return conn->outbox.count + channel_newer(conn) > 1;
}

static bool write_together(struct conn *conn)
{
    lws_loop_gather(conn, true);
    bool there = write_all(conn);
    lws_loop_gather(conn, false);
    return there;
}

void outbox_pump(struct conn *conn)
{
    if (conn->killed || conn->deaf || conn->phase != CONN_SOCKET) {
        return;
    }
    if (!(has_several(conn) ? write_together(conn) : write_all(conn))) {
        return;
    }
    bool more = !is_empty(&conn->outbox) || channel_newer(conn) > 0;
    if (more || conn->kick_code != 0 || lws_loop_holds_back(conn)) {
        wait(conn);
    }
}

void outbox_on_writable(struct conn *conn)
{
    if (conn->killed || conn->deaf) {
        return;
    }
    conn->progress_ms = net_now_ms(conn->net);
    conn->waiting = false;
    if (take_next(conn)) {
        if (write_piece(conn)) {
            wait(conn); /* one write a callback; the rest, if any, in the next */
        }
        return;
    }
    if (conn->kick_code != 0) { /* everything is out */
        conn->deaf = true;
        lws_loop_say_close(conn, conn->kick_code);
        conn_watch(conn);
    }
}

/* ---- sending ---- */

/* Whoever waits for the socket is written to when it takes something. */
void outbox_flush(struct net *net)
{
    struct conn *conn = net->unsent;
    net->unsent = NULL;
    if (conn != NULL && !conn->waiting) {
        outbox_pump(conn);
    }
}

/* The loop has turned; an idle handle kept it from waiting meanwhile. */
static void on_turned(uv_idle_t *turned)
{
    outbox_flush(turned->data);
    uv_idle_stop(turned);
}

static bool fits_behind(const struct outbox *outbox, const struct net_frame *frame)
{
    return outbox->count < SEND_TOGETHER_MAX && has_room(outbox, frame);
}

void outbox_send(struct conn *conn, struct net_frame *frame)
{
    struct net *net = conn->net;
    channel_catch_up(conn); /* what was broadcast before comes before */
    if (net->unsent != conn || !fits_behind(&conn->outbox, frame)) {
        outbox_flush(net);
        net->unsent = conn;
        uv_idle_start(&net->turned, on_turned);
    }
    outbox_push(conn, frame);
}

void outbox_open(struct net *net)
{
    uv_idle_init(net->loop, &net->turned);
    net->turned.data = net;
    net->own_handles++;
}

void outbox_close(struct net *net)
{
    uv_close((uv_handle_t *)&net->turned, net_handle_closed);
}
