#include "net/frame.h"

#include <assert.h>
#include <stdlib.h>

struct net_frame *net_frame_new(struct span text)
{
    struct net_frame *frame = malloc(sizeof *frame + FRAME_HEADROOM + text.bytes);
    if (frame == NULL) {
        return NULL;
    }
    frame->references = 1;
    frame->bytes = text.bytes;
    if (text.bytes > 0) {
        memcpy(frame->data + FRAME_HEADROOM, text.data, text.bytes);
    }
    return frame;
}

struct net_frame *net_frame_ref(struct net_frame *frame)
{
    assert(frame->references > 0 && frame->references < UINT32_MAX);
    frame->references++;
    return frame;
}

void net_frame_unref(struct net_frame *frame)
{
    if (frame == NULL) {
        return;
    }
    assert(frame->references > 0);
    if (--frame->references == 0) {
        free(frame);
    }
}

struct span net_frame_text(const struct net_frame *frame)
{
    return span_of(frame->data + FRAME_HEADROOM, frame->bytes);
}
