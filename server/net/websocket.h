/* WebSockets: opening, fragments into messages, and what a client may not send. */
#ifndef NET_WEBSOCKET_H
#define NET_WEBSOCKET_H

#include "net/conn.h"

/* False: no. */
bool websocket_on_open(struct conn *conn);

/* A part of a message, as libwebsockets cuts them. */
struct websocket_part {
    struct span data;
    bool binary;
    bool last;            /* of its message */
    size_t bytes_to_come; /* of the frame it is from */
};

/* 0, or the code to close with. */
uint16_t websocket_on_part(struct conn *conn, const struct websocket_part *part);

#endif
