/* Sealed lists: whatever is taken says the same when its ballots are written again. */
#include "fuzz.h"

#include "base/bounds.h"
#include "wire/wire.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cast *casts = NULL;
    size_t count = 0;
    if (wire_decode_sealed(span_of(data, size), &casts, &count) != ERR_OK) {
        FUZZ_MUST(casts == NULL);
        return 0;
    }
    FUZZ_MUST(count * 100 <= size); /* no ballot from nothing */
    for (size_t i = 0; i < count; i++) {
        struct buf ballot;
        buf_init(&ballot, 16384);
        wire_encode_ballot(&ballot, &casts[i].ballot);
        FUZZ_MUST(!buf_failed(&ballot));
        buf_fini(&ballot);
    }
    free(casts);
    return 0;
}
