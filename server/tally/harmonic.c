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

/* Prime by prime: as often as a power of it is at most `count`, less as often as it
 * divides `share`. */
void harmonic_unit(size_t count, size_t share, struct big *ret_unit)
{
    big_set(ret_unit, 1);
    for (size_t prime = 2; prime <= count; prime++) {
        size_t rest = share;
        for (size_t power = prime; is_prime(prime) && power <= count; power *= prime) {
            if (rest % prime == 0) {
                rest /= prime;
            } else {
                big_scale(ret_unit, prime);
            }
        }
    }
}
