#define _GNU_SOURCE /* memmem */
/* Sealed lists: whatever is taken has its ballots in it as they are written, in the same
 * order. */
#include "fuzz.h"

#include "base/bounds.h"
#include "wire/wire.h"

#include <stdlib.h>
#include <string.h>

/* What stands behind the next ballot like this one. */
static struct span behind(struct span list, const struct ballot *ballot)
{
    struct buf text;
    buf_init(&text, 16384);
    buf_text(&text, "\"ballot\":");
    wire_encode_ballot(&text, ballot);
    FUZZ_MUST(!buf_failed(&text));
    const char *found = memmem(list.data, list.bytes, text.data, text.bytes);
    FUZZ_MUST(found != NULL);
    const char *rest = found + text.bytes;
    buf_fini(&text);
    return span_of(rest, list.bytes - (size_t)(rest - (const char *)list.data));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cast *casts = NULL;
    size_t count = 0;
    struct span rest = span_of(data, size);
    if (wire_decode_sealed(rest, &casts, &count) != ERR_OK) {
        FUZZ_MUST(casts == NULL);
        return 0;
    }
    FUZZ_MUST(count * 100 <= size); /* no ballot from nothing */
    for (size_t i = 0; i < count; i++) {
        rest = behind(rest, &casts[i].ballot);
    }
    free(casts);
    return 0;
}
