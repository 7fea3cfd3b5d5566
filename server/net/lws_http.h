/* The few things that HTTP asks of libwebsockets. */
#ifndef NET_LWS_HTTP_H
#define NET_LWS_HTTP_H

#include "net/conn.h"

/* Writes a piece of an answer; false: the connection is lost. */
bool lws_http_write(struct conn *conn, uint8_t *piece, size_t bytes, bool last);

/* More is to be written: http_on_writable is called when the socket takes it. */
void lws_http_go_on(struct conn *conn);

/* Nothing is read until the answer is through. */
void lws_http_hold(struct conn *conn);

/* The answer is through; false: close. */
bool lws_http_finish(struct conn *conn);

#endif
