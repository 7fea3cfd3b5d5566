/* A log folds, whatever stands in it, and twice to the same state. */
#include "fuzz_fold.h"

#include "base/bounds.h"
#include "unit/domain/digest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct folding one;
    struct folding two;
    struct buf states[2];
    fold(&one, data, size, 1);
    fold(&two, data, size, 0x9e3779b97f4a7c15u);
    buf_init(&states[0], EXPORT_BYTES_MAX);
    buf_init(&states[1], EXPORT_BYTES_MAX);
    digest_event(&states[0], &one.event);
    digest_event(&states[1], &two.event);
    FUZZ_MUST(span_equal(buf_span(&states[0]), buf_span(&states[1])));
    FUZZ_MUST(one.applied == two.applied);
    buf_fini(&states[0]);
    buf_fini(&states[1]);
    event_fini(&one.event);
    event_fini(&two.event);
    return 0;
}

void fuzz_expect_reached(void)
{
    fold_expect_all_kinds();
}
