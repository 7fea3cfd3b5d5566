#include "net/lws_http.h"

#include "net/internal.h"
#include "net/lws_compat.h"
#include "net/lws_loop.h"

bool lws_http_write(struct conn *conn, uint8_t *piece, size_t bytes, bool last)
{
    enum lws_write_protocol kind = last ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP;
    return lws_write(conn->lws, piece, bytes, kind) >= 0;
}

/* Pitfall: its own timer would cut a slow download after timeout_secs. It rests; the
 * wheel watches the progress. */
void lws_http_go_on(struct conn *conn)
{
    lws_set_timeout(conn->lws, NO_PENDING_TIMEOUT, 0);
    lws_callback_on_writable(conn->lws);
}

/* Pitfall: while a POST waits for its answer libwebsockets takes what follows for its
 * body once more, and while a GET waits it leaves it unread in a loop that turns forever.
 * So no reading. Pitfall: then it does not write either, so only while there is nothing
 * to write. */
void lws_http_hold(struct conn *conn)
{
    lws_set_timeout(conn->lws, NO_PENDING_TIMEOUT, 0);
    lws_rx_flow_control(conn->lws, 0);
}

void lws_http_release(struct conn *conn)
{
    lws_rx_flow_control(conn->lws, 1);
}

/* The last piece may still be held back: libwebsockets then finishes when it is out, and
 * its own timer watches over that. */
bool lws_http_finish(struct conn *conn)
{
    int stuck_s = (conn->net->waits.stuck_ms + 999) / 1000;
    lws_set_timeout(conn->lws, PENDING_TIMEOUT_HTTP_CONTENT, stuck_s);
    if (lws_http_transaction_completed(conn->lws) != 0) {
        return false;
    }
    if (!lws_loop_holds_back(conn)) {
        lws_loop_rest_timer(conn);
    }
    return true;
}

void lws_http_close(struct conn *conn)
{
    lws_set_timeout(conn->lws, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_SYNC);
}

bool lws_http_has_read_ahead(const struct conn *conn)
{
    return lws_service_adjust_timeout(conn->net->lws, 1, 0) == 0;
}
