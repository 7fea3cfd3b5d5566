/* CSV from strangers, in all its shapes. */
#include "fuzz_tally.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_tally(TALLY_FORMAT_CSV, data, size);
    fuzz_tally(TALLY_FORMAT_CSV_RANKS, data, size);
    fuzz_tally(TALLY_FORMAT_CSV_SCORES, data, size);
    return 0;
}
