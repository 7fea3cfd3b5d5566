/* Frames from strangers: whatever is taken reads back as the same request. */
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
    struct wire_fault fault;
    char value[64];
    struct span frame = span_of(data, size);
    enum err err = wire_decode_request(frame, &request, &fault);
    if (err == ERR_OK) {
        expect_stable(&request);
    } else {
        answer(err, &fault);
    }
    (void)!wire_decode_single(frame, "code", value, sizeof value);
    return 0;
}
