/* Rows of a log: whatever is taken is byte for byte what would be written. */
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span body = span_of(data, size);
    struct buf again;
    buf_init(&again, BATCH_BYTES_MAX);
    buf_char(&again, '[');
    if (wire_decode_batch(body, append, &again) == ERR_OK) {
        buf_char(&again, ']');
        FUZZ_MUST(buf_failed(&again) || span_equal(buf_span(&again), body));
    }
    buf_fini(&again);
    return 0;
}
