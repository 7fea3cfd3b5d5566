#include "tally/big.h"

#include "tally/grow.h"

#include <string.h>

__extension__ typedef unsigned __int128 wide;

#define LIMB_BITS 64

static void trim(struct big *a)
{
    while (a->used > 0 && a->limbs[a->used - 1] == 0) {
        a->used--;
    }
}

/* Puts a carry behind the last limb. */
static void push(struct big *a, uint64_t limb)
{
    if (limb == 0) {
        return;
    }
    if (a->used == BIG_LIMBS) {
        a->overflown = true;
        return;
    }
    a->limbs[a->used++] = limb;
}

void big_set(struct big *a, uint64_t value)
{
    a->used = 0;
    a->overflown = false;
    push(a, value);
}

void big_copy(struct big *a, const struct big *b)
{
    a->used = b->used;
    a->overflown = b->overflown;
    memmove(a->limbs, b->limbs, b->used * sizeof *a->limbs);
}

bool big_is_zero(const struct big *a)
{
    return a->used == 0 && !a->overflown;
}

int big_compare(const struct big *a, const struct big *b)
{
    if (a->overflown || b->overflown) {
        return 0;
    }
    if (a->used != b->used) {
        return a->used < b->used ? -1 : 1;
    }
    for (size_t i = a->used; i > 0; i--) {
        if (a->limbs[i - 1] != b->limbs[i - 1]) {
            return a->limbs[i - 1] < b->limbs[i - 1] ? -1 : 1;
        }
    }
    return 0;
}

/* Appends zeros until there are at least `count` limbs. */
static void widen(struct big *a, size_t count)
{
    while (a->used < count) {
        a->limbs[a->used++] = 0;
    }
}

void big_add(struct big *a, const struct big *b)
{
    big_add_scaled(a, b, 1);
}

void big_add_scaled(struct big *a, const struct big *b, uint64_t factor)
{
    uint64_t carry = 0;
    a->overflown = a->overflown || b->overflown;
    size_t count = a->used > b->used ? a->used : b->used;
    widen(a, count);
    for (size_t i = 0; i < count; i++) {
        wide sum = (wide)a->limbs[i] + carry;
        sum += i < b->used ? (wide)b->limbs[i] * factor : 0;
        a->limbs[i] = (uint64_t)sum;
        carry = (uint64_t)(sum >> LIMB_BITS);
    }
    push(a, carry);
    trim(a);
}

void big_subtract(struct big *a, const struct big *b)
{
    uint64_t borrow = 0;
    a->overflown = a->overflown || b->overflown;
    if (a->overflown) {
        return;
    }
    expect(a->used >= b->used);
    for (size_t i = 0; i < a->used; i++) {
        wide taken = (wide)(i < b->used ? b->limbs[i] : 0) + borrow;
        wide left = (wide)a->limbs[i] - taken;
        a->limbs[i] = (uint64_t)left;
        borrow = taken > 0 && left >> LIMB_BITS != 0 ? 1 : 0;
    }
    expect(borrow == 0);
    trim(a);
}

void big_scale(struct big *a, uint64_t factor)
{
    uint64_t carry = 0;
    for (size_t i = 0; i < a->used; i++) {
        wide product = (wide)a->limbs[i] * factor + carry;
        a->limbs[i] = (uint64_t)product;
        carry = (uint64_t)(product >> LIMB_BITS);
    }
    push(a, carry);
    trim(a);
}

void big_multiply(const struct big *a, const struct big *b, struct big *ret)
{
    expect(ret != a && ret != b);
    big_set(ret, 0);
    ret->overflown = a->overflown || b->overflown || a->used + b->used > BIG_LIMBS;
    if (ret->overflown) {
        return;
    }
    widen(ret, a->used + b->used);
    for (size_t i = 0; i < a->used; i++) {
        uint64_t carry = 0;
        for (size_t j = 0; j < b->used; j++) {
            wide sum = (wide)a->limbs[i] * b->limbs[j] + ret->limbs[i + j] + carry;
            ret->limbs[i + j] = (uint64_t)sum;
            carry = (uint64_t)(sum >> LIMB_BITS);
        }
        ret->limbs[i + b->used] = carry;
    }
    trim(ret);
}

/* One digit of a long division by halving: the largest q with b × q ≤ a, below 2^63. */
bool big_ratio(const struct big *a, const struct big *b, int64_t *ret_quotient)
{
    struct big product;
    uint64_t quotient = 0;
    expect(b->used > 0 || b->overflown);
    if (a->overflown || b->overflown || a->used > (size_t)b->used + 1) {
        return false;
    }
    for (uint64_t bit = UINT64_C(1) << 62; bit > 0; bit >>= 1) {
        big_set(&product, 0);
        big_add_scaled(&product, b, quotient | bit);
        quotient |= !product.overflown && big_compare(&product, a) <= 0 ? bit : 0;
    }
    big_set(&product, 0);
    big_add_scaled(&product, b, quotient + 1);
    if (!product.overflown && big_compare(&product, a) <= 0) {
        return false;
    }
    *ret_quotient = (int64_t)quotient;
    return true;
}
