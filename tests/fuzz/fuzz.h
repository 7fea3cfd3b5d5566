/* What every fuzz target defines: libFuzzer calls it, and so does replay.c. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* mutate.c, and libFuzzer's own, which it falls back on. All return the new size, at most
 * `max_size`. */
size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(
    const uint8_t *data, size_t size, const uint8_t *other, size_t other_size,
    uint8_t *out, size_t max_size, unsigned int seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

/* A target may define it: fails unless what was replayed, its whole corpus, has reached
 * all that it is for. */
void fuzz_expect_reached(void);

/* Holds in every build; says what broke and where. */
#define FUZZ_MUST(condition)                                                             \
    ((condition) ? (void)0 : fuzz_broken(#condition, __FILE__, __LINE__))

_Noreturn void fuzz_broken(const char *condition, const char *file, int line);

#endif
