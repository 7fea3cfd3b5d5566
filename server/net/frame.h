/* Frames from the inside: bytes with room before them, where libwebsockets writes a
 * WebSocket header. It may scribble there: sharing is fine because writes are one after
 * the other. */
#ifndef NET_FRAME_H
#define NET_FRAME_H

#include "net/net.h"

#define FRAME_HEADROOM 16 /* at least LWS_PRE */

struct net_frame {
    uint32_t references;
    size_t bytes;
    uint8_t data[]; /* FRAME_HEADROOM, then the text */
};

/* What a frame counts for in an outbox. */
static inline size_t frame_cost(const struct net_frame *frame)
{
    return sizeof *frame + FRAME_HEADROOM + frame->bytes;
}

#endif
