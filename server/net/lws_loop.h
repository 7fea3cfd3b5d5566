/* libwebsockets in our loop: its context, the sockets it is given, and the few things we
 * ask of it. What it calls back is in net/lws_callback.c. */
#ifndef NET_LWS_LOOP_H
#define NET_LWS_LOOP_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct net;
struct conn;

MUST_CHECK enum err lws_loop_open(struct net *net);

/* Closes every connection; `lws_loop_gone` becomes true in later turns of the loop. */
void lws_loop_close(struct net *net);

/* Frees the context once its handles have left the loop; true when that is done. */
bool lws_loop_gone(struct net *net);

/* Gives an accepted socket away; `conn` is freed if that fails. */
void lws_loop_adopt(struct net *net, struct conn *conn, int fd);

/* A part of a text message. FRAME_HEADROOM bytes before `data` may be written to; they
 * are put back. */
struct lws_piece {
    uint8_t *data;
    size_t bytes;
    bool first;
    bool last;
};

/* False: the connection is lost. Only on the loop's thread, without extensions, while
 * nothing is held back. */
bool lws_loop_write_text(struct conn *conn, const struct lws_piece *piece);

/* Between true and false the socket gathers what is written, and lets it go together: a
 * packet costs more than all else of a small message. */
void lws_loop_gather(const struct conn *conn, bool gather);

/* Starts the closing handshake, while nothing is held back. Only from the connection's
 * own turn to write. */
void lws_loop_say_close(struct conn *conn, uint16_t code);

/* Some of what was written is still in libwebsockets' own hands. */
bool lws_loop_holds_back(const struct conn *conn);

/* The socket would not take more now. */
bool lws_loop_is_choked(const struct conn *conn);

/* Something lies in the socket that we have not read yet. */
bool lws_loop_has_unread(const struct conn *conn);

/* For how long nothing was sent or received, as the kernel knows. */
int64_t lws_loop_still_ms(const struct conn *conn);

/* The TLS handshake is under way: the other end has said something we answered. */
bool lws_loop_is_shaking(const struct conn *conn);

void lws_loop_want_writable(struct conn *conn);

/* Lets libwebsockets' own timer of this connection rest: ours watch it. */
void lws_loop_rest_timer(struct conn *conn);

/* Drops the connection from the loop, soon. */
void lws_loop_kill(struct conn *conn);

/* Lets libwebsockets' log lines through again, some a second. */
void lws_loop_refill_log(void);

#endif
