#include "net/lws_callback.h"

#include "net/http.h"
#include "net/internal.h"
#include "net/outbox.h"
#include "net/upgrade.h"
#include "net/websocket.h"

#include <openssl/ssl.h>

static struct net *net_of(struct lws *lws)
{
    return lws_context_user(lws_get_context(lws));
}

/* One of the two ends says Close. What was asked before has its answer; nothing follows.
 */
static void fall_silent(struct conn *conn)
{
    outbox_flush(conn->net);
    conn->deaf = true;
    conn->progress_ms = net_now_ms(conn->net);
    conn_watch(conn);
}

static int close_with(struct lws *lws, uint16_t code)
{
    lws_close_reason(lws, (enum lws_close_status)code, NULL, 0);
    return -1;
}

/* What happens to a socket whatever it speaks. */
static int on_life(struct lws *lws, enum lws_callback_reasons reason, void *ssl_context)
{
    struct net *net = net_of(lws);
    struct conn *conn = NULL;
    switch ((int)reason) {
    case LWS_CALLBACK_WSI_CREATE:
        if (net->adopting != NULL) {
            net->adopting->lws = lws;
            net->adopting = NULL;
        }
        break;
    case LWS_CALLBACK_WSI_DESTROY:
        conn = lws_get_opaque_user_data(lws);
        if (conn != NULL) {
            lws_set_opaque_user_data(lws, NULL);
            conn_free(conn);
        }
        break;
    case LWS_CALLBACK_OPENSSL_LOAD_EXTRA_SERVER_VERIFY_CERTS:
        return tls_prepare(net->tls, ssl_context) == ERR_OK ? 0 : -1;
    case LWS_CALLBACK_RAW_ADOPT: /* CONNECT */
    case LWS_CALLBACK_RAW_RX:
        return -1;
    default:
        break;
    }
    return 0;
}

int lws_callback_http(
    struct lws *lws, enum lws_callback_reasons reason, void *user, void *in, size_t bytes)
{
    struct conn *conn = lws_get_opaque_user_data(lws);
    if (conn == NULL || conn->lws != lws) {
        return on_life(lws, reason, user);
    }
    switch ((int)reason) {
    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
        /* Pitfall (CVE-2025-11677): `in` may dangle; only the headers are read. */
        return upgrade_confirm(conn) ? 0 : -1;
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
        return -1; /* a WebSocket without our subprotocol */
    case LWS_CALLBACK_HTTP:
        return http_on_request(conn) ? 0 : -1;
    case LWS_CALLBACK_HTTP_BODY:
        return http_on_body(conn, span_of(in, bytes)) ? 0 : -1;
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
        return http_on_body_complete(conn) ? 0 : -1;
    case LWS_CALLBACK_HTTP_WRITEABLE:
        return http_on_writable(conn) ? 0 : -1;
    case LWS_CALLBACK_CLOSED_HTTP:
        conn_end(conn);
        return 0;
    default:
        return on_life(lws, reason, user);
    }
}

static int on_receive(struct conn *conn, struct lws *lws, struct span part)
{
    const struct websocket_part received = {
        .data = part,
        .binary = lws_frame_is_binary(lws) != 0,
        .last = lws_is_final_fragment(lws) != 0,
        .bytes_to_come = lws_remaining_packet_payload(lws),
    };
    uint16_t code = websocket_on_part(conn, &received);
    if (code == 0) {
        return 0;
    }
    fall_silent(conn);
    return close_with(lws, code);
}

int lws_callback_socket(
    struct lws *lws, enum lws_callback_reasons reason, void *user, void *in, size_t bytes)
{
    struct conn *conn = lws_get_opaque_user_data(lws);
    if (conn == NULL || conn->lws != lws) {
        return on_life(lws, reason, user);
    }
    switch ((int)reason) {
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
        return upgrade_is_allowed(conn) ? 0 : -1;
    case LWS_CALLBACK_ESTABLISHED:
        return websocket_on_open(conn) ? 0 : -1;
    case LWS_CALLBACK_RECEIVE:
        return on_receive(conn, lws, span_of(in, bytes));
    case LWS_CALLBACK_RECEIVE_PONG:
        conn->heard_ms = net_now_ms(conn->net);
        return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE:
        outbox_on_writable(conn);
        return 0;
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        fall_silent(conn); /* pitfall: nothing may be written after it */
        return 0;
    case LWS_CALLBACK_CLOSED:
        conn_end(conn);
        return 0;
    default:
        return on_life(lws, reason, user);
    }
}
