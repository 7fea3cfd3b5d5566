#include "net/lws_http.h"

#include "net/internal.h"
#include "net/lws_compat.h"

bool lws_http_write(struct conn *conn, uint8_t *piece, size_t bytes, bool last)
{
    enum lws_write_protocol kind = last ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP;
    return lws_write(conn->lws, piece, bytes, kind) >= 0;
}

/* Pitfall: while an answer is on its way libwebsockets leaves what arrives unread, or
 * takes a POST's next request for its body once more; and a poll that nobody reads for
 * turns forever. So no reading. Its own timer (pitfall: it would cut a slow download
 * after timeout_secs) rests; the wheel watches the progress. */
void lws_http_hold(struct conn *conn)
{
    lws_rx_flow_control(conn->lws, 0);
    lws_set_timeout(conn->lws, NO_PENDING_TIMEOUT, 0);
}

void lws_http_go_on(struct conn *conn)
{
    lws_http_hold(conn);
    lws_callback_on_writable(conn->lws);
}

/* The last piece may still be held back: libwebsockets then finishes when it is out, and
 * its own timer watches over that. */
bool lws_http_finish(struct conn *conn)
{
    int stuck_s = (conn->net->waits.stuck_ms + 999) / 1000;
    lws_rx_flow_control(conn->lws, 1);
    lws_set_timeout(conn->lws, PENDING_TIMEOUT_HTTP_CONTENT, stuck_s);
    return lws_http_transaction_completed(conn->lws) == 0;
}
