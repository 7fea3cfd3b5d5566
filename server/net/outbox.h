/* What a WebSocket still has to send: a bounded queue, then a channel's latest values.
 * Written directly when the socket takes it, else when libwebsockets says it does. What
 * is sent to one connection without another in between leaves together, at the latest
 * when the loop has turned. */
#ifndef NET_OUTBOX_H
#define NET_OUTBOX_H

#include "net/conn.h"

/* Appends (takes a reference of its own). A full outbox cuts the connection. */
void outbox_push(struct conn *conn, struct net_frame *frame);

/* The same, and sees to it that it is written soon. */
void outbox_send(struct conn *conn, struct net_frame *frame);

/* Writes what was left for going together. */
void outbox_flush(struct net *net);

/* Writes what the socket takes. */
void outbox_pump(struct conn *conn);

void outbox_open(struct net *net);
void outbox_close(struct net *net);

/* The socket takes something: writes one piece at most. */
void outbox_on_writable(struct conn *conn);

void outbox_clear(struct conn *conn);

#endif
