/* What the targets of ballot files share. */
#ifndef TESTS_FUZZ_TALLY_H
#define TESTS_FUZZ_TALLY_H

#include "fuzz.h"

#include "stimmwerk/tally.h"

/* Reads the bytes as that format. Whatever is read has ballots within their bounds, and
 * reads back as the same multiset from every format that can hold it. */
void fuzz_tally(enum tally_format format, const uint8_t *data, size_t size);

#endif
