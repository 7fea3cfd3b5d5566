/* Ballot files of a format that nobody named. */
#include "fuzz_tally.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_tally(TALLY_FORMAT_ANY, data, size);
    return 0;
}
