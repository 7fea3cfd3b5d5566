/* Rows of a log: whatever is taken is byte for byte what would be written; and casts,
 * which have a reader of their own, are what they are behind a fence, where the general
 * one reads.
 */
#include "fuzz.h"

#include "base/bounds.h"
#include "wire/wire.h"

static enum err append(void *ctx, const struct entry *entry)
{
    struct buf *again = ctx;
    if (again->bytes > 1) {
        buf_char(again, ',');
    }
    wire_encode_entry(again, entry);
    return ERR_OK;
}

static void expect_same_behind_a_fence(struct span body, enum err err, struct buf *again)
{
    static const char fence[] = "[{\"v\":1,\"k\":\"fence\",\"open\":true},";
    size_t bytes = sizeof fence - 1;
    struct buf fenced;
    struct buf twice;
    buf_init(&fenced, body.bytes + sizeof fence);
    buf_init(&twice, BATCH_BYTES_MAX + sizeof fence);
    buf_text(&fenced, fence);
    buf_bytes(&fenced, body.data + 1, body.bytes - 1);
    buf_char(&twice, '[');
    FUZZ_MUST(wire_decode_batch(buf_span(&fenced), append, &twice) == err);
    buf_text(&twice, again->bytes == 1 ? "," : "");
    FUZZ_MUST(
        buf_failed(again) || buf_failed(&twice) ||
        span_equal(
            span_of(twice.data + bytes, twice.bytes - bytes),
            span_of(again->data + 1, again->bytes - 1)));
    buf_fini(&twice);
    buf_fini(&fenced);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span body = span_of(data, size);
    struct buf again;
    buf_init(&again, BATCH_BYTES_MAX);
    buf_char(&again, '[');
    enum err err = wire_decode_batch(body, append, &again);
    if (size > 2 && data[0] == '[') {
        expect_same_behind_a_fence(body, err, &again);
    }
    if (err == ERR_OK) {
        buf_char(&again, ']');
        FUZZ_MUST(buf_failed(&again) || span_equal(buf_span(&again), body));
    }
    buf_fini(&again);
    return 0;
}
