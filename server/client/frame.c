#include "client/frame.h"

#define BIT_FINAL             0x80
#define BITS_RESERVED         0x70
#define BIT_MASKED            0x80
#define LENGTH_16             126
#define LENGTH_64             127
#define CONTROL_BYTES_MAX_RFC 125
#define CLOSE_NO_CODE         1005

static void put_length(struct buf *out, size_t bytes)
{
    size_t digits = 0;
    if (bytes < LENGTH_16) {
        buf_char(out, (char)(BIT_MASKED | bytes));
    } else if (bytes <= UINT16_MAX) {
        buf_char(out, (char)(BIT_MASKED | LENGTH_16));
        digits = 2;
    } else {
        buf_char(out, (char)(BIT_MASKED | LENGTH_64));
        digits = 8;
    }
    for (; digits > 0; digits--) {
        buf_char(out, (char)(((uint64_t)bytes >> (8 * (digits - 1))) & 0xff));
    }
}

void frame_encode(struct buf *out, const struct frame *frame, const uint8_t mask[4])
{
    buf_char(out, (char)((frame->final ? BIT_FINAL : 0) | frame->opcode));
    put_length(out, frame->payload.bytes);
    buf_bytes(out, mask, 4);
    size_t start = out->bytes;
    buf_bytes(out, frame->payload.data, frame->payload.bytes);
    if (buf_failed(out)) {
        return;
    }
    for (size_t i = 0; i < frame->payload.bytes; i++) {
        out->data[start + i] ^= mask[i % 4];
    }
}

/* May a server send this first pair of bytes? */
static bool is_lawful(uint8_t first, uint8_t second)
{
    uint8_t opcode = first & 0x0f;
    bool known =
        opcode <= FRAME_BINARY || (opcode >= FRAME_CLOSE && opcode <= FRAME_PONG);
    bool control = opcode >= FRAME_CLOSE;
    bool whole = (first & BIT_FINAL) != 0 && (second & 0x7f) <= CONTROL_BYTES_MAX_RFC;
    return known && (first & BITS_RESERVED) == 0 && (second & BIT_MASKED) == 0 &&
           (!control || whole);
}

static uint64_t get_number(const uint8_t *data, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++) {
        value = value << 8 | data[i];
    }
    return value;
}

enum err frame_decode(
    struct span data, size_t payload_max, struct frame *ret_frame, size_t *ret_bytes)
{
    if (data.bytes < 2) {
        return ERR_BUSY;
    }
    if (!is_lawful(data.data[0], data.data[1])) {
        return ERR_BAD_VALUE;
    }
    uint64_t length = data.data[1];
    size_t extra = length < LENGTH_16 ? 0 : length == LENGTH_16 ? 2 : 8;
    if (data.bytes < 2 + extra) {
        return ERR_BUSY;
    }
    length = extra == 0 ? length : get_number(data.data + 2, extra);
    if (length > payload_max) {
        return ERR_TOO_LARGE;
    }
    if (data.bytes - 2 - extra < length) {
        return ERR_BUSY;
    }
    *ret_frame = (struct frame){
        .opcode = data.data[0] & 0x0f,
        .final = (data.data[0] & BIT_FINAL) != 0,
        .payload = span_of(data.data + 2 + extra, (size_t)length),
    };
    *ret_bytes = 2 + extra + (size_t)length;
    return ERR_OK;
}

uint16_t frame_close_code(struct span payload)
{
    return payload.bytes < 2 ? CLOSE_NO_CODE : (uint16_t)get_number(payload.data, 2);
}
