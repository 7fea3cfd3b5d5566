/* Everything a result says, as text: two results are equal when their texts are. */
#ifndef TEST_TALLY_PRINT_RESULT_H
#define TEST_TALLY_PRINT_RESULT_H

#include "stimmwerk/tally.h"

#define PRINTED_BYTES_MAX 65536

/* `names`: option o is printed as names[o], groups sorted by it; NULL: as it is. */
void print_result(
    const struct tally_result *result, const uint16_t *names,
    char ret_text[PRINTED_BYTES_MAX]);

#endif
