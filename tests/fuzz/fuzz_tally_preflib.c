/* PrefLib files from strangers. */
#include "fuzz_tally.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_tally(TALLY_FORMAT_PREFLIB, data, size);
    return 0;
}
