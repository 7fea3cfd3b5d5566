#include "chance.h"

static uint64_t rng = 1;

/* xorshift64* */
uint64_t next_random(void)
{
    rng ^= rng >> 12;
    rng ^= rng << 25;
    rng ^= rng >> 27;
    return rng * 0x2545f4914f6cdd1du;
}

int64_t below(int64_t n)
{
    return (int64_t)(next_random() % (uint64_t)n);
}

void seed_random(uint64_t seed)
{
    rng = seed * 0x9e3779b97f4a7c15u + 1;
}
