/* RFC 6455 frames, and nothing else: bytes in, frames out. */
#ifndef CLIENT_FRAME_H
#define CLIENT_FRAME_H

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

enum frame_opcode {
    FRAME_CONTINUATION = 0x0,
    FRAME_TEXT = 0x1,
    FRAME_BINARY = 0x2,
    FRAME_CLOSE = 0x8,
    FRAME_PING = 0x9,
    FRAME_PONG = 0xa
};

struct frame {
    uint8_t opcode;
    bool final;
    struct span payload;
};

/* Appends one masked frame, as a client must send it. */
void frame_encode(struct buf *out, const struct frame *frame, const uint8_t mask[4]);

/* Reads one frame of a server's. `ret_bytes` is what it took. ERR_BUSY: not all of it is
 * there; ERR_TOO_LARGE: the payload is above payload_max; ERR_BAD_VALUE: a server may not
 * say that (masked, reserved bits or opcode, long or fragmented control frame). */
MUST_CHECK enum err frame_decode(
    struct span data, size_t payload_max, struct frame *ret_frame, size_t *ret_bytes);

/* The code of a Close payload; 1005 if it has none. */
uint16_t frame_close_code(struct span payload);

#endif
