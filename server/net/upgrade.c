#include "net/upgrade.h"

#include "net/http.h"
#include "net/internal.h"
#include "net/lws_callback.h"
#include "net/request.h"

#include <strings.h>

#define VALUE_BYTES_MAX 256

/* Pitfall (CVE-2025-11677): after an unknown Upgrade libwebsockets has answered, freed
 * the headers and asks us all the same: then there is no Upgrade header any more.
 * Pitfall: h2c is offered whatever ALPN says, and HTTP/2 there is unsafe: only
 * "websocket". */
static bool asks_for_websocket(struct conn *conn)
{
    char value[VALUE_BYTES_MAX];
    return request_header(conn, WSI_TOKEN_UPGRADE, value, sizeof value) &&
           strcasecmp(value, "websocket") == 0 &&
           request_header(conn, WSI_TOKEN_CONNECTION, value, sizeof value) &&
           request_list_has(value, "upgrade") &&
           request_header(conn, WSI_TOKEN_KEY, value, sizeof value) &&
           strlen(value) == 24;
}

/* A browser always names the Origin of a page that opens a WebSocket; what comes without
 * one is a program, which could name any. The session cookie is SameSite=Strict besides:
 * a foreign page's connection would be nobody's. */
static int status_of(struct conn *conn)
{
    char value[VALUE_BYTES_MAX];
    struct request request;
    int status = request_read(conn, &request);
    if (status != 0) {
        return status;
    }
    if (request.method != REQUEST_GET || !asks_for_websocket(conn)) {
        return 400;
    }
    if (strcmp(request.path, "/ws") != 0) {
        return 404;
    }
    if (!request_is_same_origin(&request, true)) {
        return 403;
    }
    if (!request_header(conn, WSI_TOKEN_VERSION, value, sizeof value) ||
        strcmp(value, "13") != 0) {
        return 426;
    }
    if (!request_header(conn, WSI_TOKEN_PROTOCOL, value, sizeof value) ||
        !request_list_has(value, SUBPROTOCOL)) {
        return 400;
    }
    return conn->net->draining ? 503 : 0;
}

bool upgrade_is_allowed(struct conn *conn)
{
    return status_of(conn) == 0;
}

bool upgrade_confirm(struct conn *conn)
{
    if (lws_hdr_total_length(conn->lws, WSI_TOKEN_UPGRADE) <= 0) {
        conn->net->stats.refused_total++;
        return false; /* it has been answered */
    }
    int status = status_of(conn);
    if (status != 0) {
        conn->net->stats.refused_total++;
        http_refuse_upgrade(conn, status);
        return false;
    }
    return true;
}
