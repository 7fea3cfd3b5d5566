/* Frames from strangers: whatever is taken reads back as the same request; and casts,
 * which have a reader of their own, are what the general one makes of them, which reads
 * what begins with a space. */
#include "fuzz.h"

#include "base/bounds.h"
#include "wire/wire.h"

#define FRAMES_BYTES ((size_t)FRAME_BYTES_MAX * 8)

static void expect_stable(const struct request *request)
{
    static struct request again;
    struct wire_fault fault;
    struct buf frame;
    struct buf twice;
    buf_init(&frame, FRAMES_BYTES);
    buf_init(&twice, FRAMES_BYTES);
    wire_encode_request(&frame, request);
    FUZZ_MUST(!buf_failed(&frame));
    enum err err = wire_decode_request(buf_span(&frame), &again, &fault);
    if (err == ERR_OK) {
        wire_encode_request(&twice, &again);
        FUZZ_MUST(span_equal(buf_span(&frame), buf_span(&twice)));
    } else {
        FUZZ_MUST(
            err == ERR_TOO_LARGE); /* escapes may take more room than they came in */
    }
    buf_fini(&twice);
    buf_fini(&frame);
}

static void expect_same_request(const struct request *a, const struct request *b)
{
    struct buf one;
    struct buf other;
    buf_init(&one, FRAMES_BYTES);
    buf_init(&other, FRAMES_BYTES);
    wire_encode_request(&one, a);
    wire_encode_request(&other, b);
    FUZZ_MUST(span_equal(buf_span(&one), buf_span(&other)));
    FUZZ_MUST(a->op != OP_CAST || uid_equal(&a->as.cast.cast.id, &b->as.cast.cast.id));
    buf_fini(&other);
    buf_fini(&one);
}

/* The frame must be a byte smaller than the least limit there is. */
static void expect_same_behind_a_space(
    struct span frame, enum err err, const struct request *request,
    const struct wire_fault *fault)
{
    static struct request general;
    struct wire_fault general_fault = {.has_id = false};
    struct buf spaced;
    buf_init(&spaced, FRAMES_BYTES);
    buf_char(&spaced, ' ');
    buf_bytes(&spaced, frame.data, frame.bytes);
    FUZZ_MUST(wire_decode_request(buf_span(&spaced), &general, &general_fault) == err);
    if (err == ERR_OK) {
        expect_same_request(request, &general);
    } else {
        FUZZ_MUST(memcmp(fault, &general_fault, sizeof general_fault) == 0);
    }
    buf_fini(&spaced);
}

static void answer(enum err err, const struct wire_fault *fault)
{
    struct buf out;
    buf_init(&out, 4096);
    wire_encode_refused(&out, NULL, err, 0, fault);
    FUZZ_MUST(!buf_failed(&out));
    buf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct request request;
    struct wire_fault fault = {.has_id = false};
    char value[64];
    struct span frame = span_of(data, size);
    enum err err = wire_decode_request(frame, &request, &fault);
    if (size < FRAME_CAST_BYTES_MAX) {
        expect_same_behind_a_space(frame, err, &request, &fault);
    }
    if (err == ERR_OK) {
        expect_stable(&request);
    } else {
        answer(err, &fault);
    }
    (void)!wire_decode_single(frame, "code", value, sizeof value);
    return 0;
}
