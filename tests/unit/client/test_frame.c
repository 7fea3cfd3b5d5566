#include "client/frame.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static const uint8_t MASK[4] = {0x37, 0xfa, 0x21, 0x3d};

/* RFC 6455, 5.7: a single-frame masked text message. */
Test(frame, encodes_the_example_of_the_standard)
{
    static const uint8_t expected[] = {0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d,
                                       0x7f, 0x9f, 0x4d, 0x51, 0x58};
    struct buf out;
    buf_init(&out, 100);
    struct frame hello = {FRAME_TEXT, true, span_of_string("Hello")};
    frame_encode(&out, &hello, MASK);
    cr_assert(span_equal(buf_span(&out), span_of(expected, sizeof expected)));
    buf_fini(&out);
}

Test(frame, decodes_the_example_of_the_standard)
{
    static const uint8_t fragment[] = {0x01, 0x03, 0x48, 0x65, 0x6c};
    struct frame frame;
    size_t bytes = 0;
    cr_assert_eq(
        frame_decode(span_of(fragment, sizeof fragment), 100, &frame, &bytes), ERR_OK);
    cr_assert_eq(bytes, sizeof fragment);
    cr_assert_eq(frame.opcode, FRAME_TEXT);
    cr_assert_not(frame.final);
    cr_assert(span_equal(frame.payload, span_of_string("Hel")));
}

/* A server's frame: what we encode, without the mask. */
static void encode_as_server(struct buf *out, size_t bytes)
{
    static const uint8_t zero[4] = {0};
    uint8_t *payload = calloc(1, bytes + 1);
    struct frame frame = {FRAME_TEXT, true, span_of(payload, bytes)};
    size_t digits = bytes < 126 ? 0 : bytes <= UINT16_MAX ? 2 : 8;
    frame_encode(out, &frame, zero);
    out->data[1] &= 0x7f;
    memmove(out->data + 2 + digits, out->data + 6 + digits, bytes);
    out->bytes -= 4;
    free(payload);
}

Test(frame, carries_every_length)
{
    static const size_t lengths[] = {0, 1, 125, 126, 127, 65535, 65536, 70000};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        struct buf out;
        struct frame frame;
        size_t bytes = 0;
        buf_init(&out, 100000);
        encode_as_server(&out, lengths[i]);
        cr_assert_eq(frame_decode(buf_span(&out), 70000, &frame, &bytes), ERR_OK);
        cr_assert_eq(frame.payload.bytes, lengths[i]);
        cr_assert_eq(bytes, out.bytes);
        buf_fini(&out);
    }
}

Test(frame, waits_until_all_of_it_is_there)
{
    struct buf out;
    struct frame frame;
    size_t bytes = 77;
    buf_init(&out, 1000);
    encode_as_server(&out, 300);
    for (size_t i = 0; i < out.bytes; i++) {
        cr_assert_eq(frame_decode(span_of(out.data, i), 1000, &frame, &bytes), ERR_BUSY);
    }
    cr_assert_eq(bytes, 77);
    buf_fini(&out);
}

Test(frame, refuses_what_a_server_may_not_say)
{
    static const uint8_t bad[][2] = {
        {0x81, 0x80},               /* masked */
        {0xc1, 0x00},               /* a reserved bit */
        {0x83, 0x00},               /* reserved opcodes */
        {0x8b, 0x00}, {0x09, 0x00}, /* a ping in pieces */
        {0x89, 0x7e},               /* a long ping */
    };
    struct frame frame;
    size_t bytes = 0;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        cr_assert_eq(
            frame_decode(span_of(bad[i], 2), 100, &frame, &bytes), ERR_BAD_VALUE, "%zu",
            i);
    }
}

Test(frame, refuses_a_payload_above_the_limit_from_its_head)
{
    static const uint8_t huge[] = {0x81, 127, 0, 0, 1, 0, 0, 0, 0, 0};
    static const uint8_t wild[] = {0x81, 127,  0xff, 0xff, 0xff,
                                   0xff, 0xff, 0xff, 0xff, 0xff};
    struct frame frame;
    size_t bytes = 0;
    cr_assert_eq(
        frame_decode(span_of(huge, sizeof huge), 1 << 20, &frame, &bytes), ERR_TOO_LARGE);
    cr_assert_eq(
        frame_decode(span_of(wild, sizeof wild), 1 << 20, &frame, &bytes), ERR_TOO_LARGE);
}

Test(frame, reads_the_code_of_a_close)
{
    cr_assert_eq(frame_close_code(span_of_string("")), 1005);
    cr_assert_eq(frame_close_code(span_of("\x03\xe9why", 5)), 1001);
}
