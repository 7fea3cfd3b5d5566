/* What libwebsockets tells us, handed to who is concerned: requests to net/http.h,
 * upgrades to net/upgrade.h, messages to net/websocket.h. */
#ifndef NET_LWS_CALLBACK_H
#define NET_LWS_CALLBACK_H

#include "net/lws_compat.h"

#define SUBPROTOCOL "stimmwerk.v1"

/* Non-zero: libwebsockets closes that connection. */
int lws_callback_http(
    struct lws *lws, enum lws_callback_reasons reason, void *user, void *in,
    size_t bytes);
int lws_callback_socket(
    struct lws *lws, enum lws_callback_reasons reason, void *user, void *in,
    size_t bytes);

#endif
