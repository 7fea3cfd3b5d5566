/* Cast vote records as JSON from strangers. */
#include "fuzz_tally.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_tally(TALLY_FORMAT_NIST_JSON, data, size);
    return 0;
}
