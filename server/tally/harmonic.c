#include "tally/harmonic.h"

size_t harmonic_count(const struct approvals *ballots, size_t seats)
{
    size_t most = 1;
    for (size_t i = 0; i < ballots->count; i++) {
        size_t length = ballots->start[i + 1] - ballots->start[i];
        most = length > most ? length : most;
    }
    return most < seats ? most : seats;
}

static bool is_prime(size_t number)
{
    for (size_t i = 2; i * i <= number; i++) {
        if (number % i == 0) {
            return false;
        }
    }
    return true;
}

/* The largest power of a prime that is at most `count`, divided by the largest that
 * divides `share`. */
static uint64_t prime_part(size_t prime, size_t count, size_t share)
{
    uint64_t part = 1;
    for (size_t power = prime; power <= count; power *= prime) {
        bool divides = share % power == 0;
        part *= divides ? 1 : prime;
    }
    return part;
}

void harmonic_unit(size_t count, size_t share, struct big *ret_unit)
{
    big_set(ret_unit, 1);
    for (size_t prime = 2; prime <= count; prime++) {
        if (is_prime(prime)) {
            big_scale(ret_unit, prime_part(prime, count, share));
        }
    }
}
