/* Exact numbers as text. */
#include "tally/grow.h"

#define DECIMALS_MAX 9 /* Meek's rule works with nine */

static size_t write_digits(uint64_t value, size_t digits_min, char *ret_text)
{
    char reversed[20];
    size_t count = 0;
    do {
        reversed[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0 || count < digits_min);
    for (size_t i = 0; i < count; i++) {
        ret_text[i] = reversed[count - 1 - i];
    }
    return count;
}

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* How many decimals a fraction with this (reduced) denominator needs: 0 … DECIMALS_MAX,
 * or DECIMALS_MAX + 1 if it does not end by then. `ret_power` is 10 to that. */
static size_t decimals_of(uint64_t unit, uint64_t *ret_power)
{
    uint64_t power = 1;
    size_t decimals = 0;
    while (decimals <= DECIMALS_MAX && power % unit != 0) {
        power *= 10;
        decimals++;
    }
    *ret_power = power;
    return decimals;
}

size_t tally_number_write(struct tally_number number, char ret_text[TALLY_NUMBER_BYTES])
{
    expect(number.unit >= 1);
    uint64_t value =
        number.value < 0 ? 0 - (uint64_t)number.value : (uint64_t)number.value;
    uint64_t unit = (uint64_t)number.unit;
    uint64_t divisor = common_divisor(value, unit);
    value /= divisor;
    unit /= divisor;

    size_t at = 0;
    if (number.value < 0) {
        ret_text[at++] = '-';
    }
    uint64_t power = 1;
    size_t decimals = decimals_of(unit, &power);
    if (decimals > DECIMALS_MAX) {
        at += write_digits(value, 1, ret_text + at);
        ret_text[at++] = '/';
        at += write_digits(unit, 1, ret_text + at);
    } else {
        at += write_digits(value / unit, 1, ret_text + at);
        if (decimals > 0) {
            ret_text[at++] = '.';
            at += write_digits(value % unit * (power / unit), decimals, ret_text + at);
        }
    }
    ret_text[at] = '\0';
    return at;
}
