/* The few things that HTTP asks of libwebsockets. */
#ifndef NET_LWS_HTTP_H
#define NET_LWS_HTTP_H

#include "net/conn.h"

/* Writes a piece of an answer; false: the connection is lost. */
bool lws_http_write(struct conn *conn, uint8_t *piece, size_t bytes, bool last);

/* More is to be written: http_on_writable is called when the socket takes it. */
void lws_http_go_on(struct conn *conn);

/* Nothing is read (nor can be written) until the answer comes. */
void lws_http_hold(struct conn *conn);
void lws_http_release(struct conn *conn);

/* The answer is through; false: close. */
bool lws_http_finish(struct conn *conn);

/* Closes after what was written; not from inside the connection's own callback. */
void lws_http_close(struct conn *conn);

/* Some connection's bytes (perhaps this one's) were read ahead of their turn. */
bool lws_http_has_read_ahead(const struct conn *conn);

#endif
