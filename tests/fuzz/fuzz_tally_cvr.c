/* Cast vote records as CSV from strangers. */
#include "fuzz_tally.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_tally(TALLY_FORMAT_CVR_CSV, data, size);
    return 0;
}
