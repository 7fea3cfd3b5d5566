/* Codes people type: whatever is read reads again as itself. */
#include "fuzz.h"

#include "trust/trust.h"

#include <string.h>

static void try_code(struct span typed, size_t symbols)
{
    char code[TRUST_TICKET_SYMBOLS + 1];
    char again[TRUST_TICKET_SYMBOLS + 1];
    if (trust_code_read(typed, symbols, code) != ERR_OK) {
        return;
    }
    FUZZ_MUST(strlen(code) == symbols);
    FUZZ_MUST(trust_code_read(span_of_string(code), symbols, again) == ERR_OK);
    FUZZ_MUST(strcmp(code, again) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hash hash;
    struct span typed = span_of(data, size);
    try_code(typed, TRUST_CODE_SYMBOLS);
    try_code(typed, TRUST_TICKET_SYMBOLS);
    (void)!trust_token_hash(typed, &hash);
    return 0;
}
