/* Large natural numbers against 128-bit ones and against what must hold for any. */
#include "random_profile.h"
#include "tally/big.h"

#include <criterion/criterion.h>
#include <stdlib.h>

__extension__ typedef unsigned __int128 wide;

#define TURNS 2000

/* Of 1 … 64 bits, so that short and long ones are common. */
static uint64_t random_number(uint64_t *state)
{
    uint64_t high = random_below(state, SIZE_MAX);
    return high >> random_below(state, 64);
}

static wide wide_of(const struct big *a)
{
    cr_assert_leq(a->used, 2);
    wide high = a->used > 1 ? a->limbs[1] : 0;
    return high << 64 | (a->used > 0 ? a->limbs[0] : 0);
}

static void set_wide(struct big *a, uint64_t high, uint64_t low)
{
    struct big part;
    big_set(a, high);
    big_scale(a, UINT64_C(1) << 32);
    big_scale(a, UINT64_C(1) << 32);
    big_set(&part, low);
    big_add(a, &part);
}

/* Any number of up to `limbs` limbs. */
static void set_random(struct big *a, uint64_t *state, size_t limbs)
{
    struct big part;
    big_set(a, random_number(state));
    for (size_t i = 1; i < limbs; i++) {
        big_scale(a, UINT64_MAX);
        big_set(&part, random_number(state));
        big_add(a, &part);
    }
}

Test(big, adds_scales_and_multiplies_as_128_bits_do)
{
    uint64_t state = 1;
    for (size_t turn = 0; turn < TURNS; turn++) {
        uint64_t x = random_number(&state);
        uint64_t y = random_number(&state);
        uint64_t z = random_number(&state) >> 1;
        struct big a;
        struct big b;
        struct big product;
        big_set(&a, x);
        big_set(&b, y);
        big_multiply(&a, &b, &product);
        cr_assert(wide_of(&product) == (wide)x * y);
        big_add(&b, &a);
        cr_assert(wide_of(&b) == (wide)x + y);
        big_set(&b, y >> 1);
        big_add_scaled(&b, &a, z);
        cr_assert(wide_of(&b) == (wide)x * z + (y >> 1));
        big_scale(&a, y);
        cr_assert(wide_of(&a) == (wide)x * y);
    }
}

/* A number beyond its bound makes everything that comes of it one. */
Test(big, what_is_made_of_a_number_beyond_its_bound_is_beyond_it_too)
{
    struct big fine;
    struct big beyond;
    struct big result;
    int64_t quotient = 7;
    big_set(&fine, 3);
    big_set(&beyond, 1);
    for (size_t i = 0; i <= BIG_LIMBS; i++) {
        big_scale(&beyond, UINT64_MAX);
    }
    cr_assert(beyond.overflown && !fine.overflown);
    cr_assert_eq(big_compare(&fine, &beyond), 0);
    cr_assert_eq(big_compare(&beyond, &fine), 0);
    cr_assert_not(big_ratio(&fine, &beyond, &quotient));
    cr_assert_not(big_ratio(&beyond, &fine, &quotient));
    big_set(&result, UINT64_MAX);
    big_scale(&result, UINT64_MAX);
    big_scale(&result, UINT64_MAX);
    cr_assert_not(big_ratio(&result, &fine, &quotient)); /* fits no 63 bits */
    cr_assert_eq(quotient, 7);
    big_multiply(&fine, &beyond, &result);
    cr_assert(result.overflown);
    big_multiply(&beyond, &fine, &result);
    cr_assert(result.overflown);
    big_copy(&result, &beyond);
    big_add_scaled(&result, &fine, 1);
    cr_assert(result.overflown);
    big_copy(&result, &fine);
    big_add_scaled(&result, &beyond, 1);
    cr_assert(result.overflown);
}

Test(big, subtracts_compares_and_divides_as_128_bits_do)
{
    uint64_t state = 2;
    for (size_t turn = 0; turn < TURNS; turn++) {
        uint64_t parts[4];
        for (size_t i = 0; i < 4; i++) {
            parts[i] =
                random_number(&state) >> (i % 2 == 0 ? 1 + random_below(&state, 63) : 0);
        }
        wide x = (wide)parts[0] << 64 | parts[1];
        wide y = (wide)parts[2] << 64 | parts[3];
        struct big a;
        struct big b;
        struct big difference;
        set_wide(&a, parts[0], parts[1]);
        set_wide(&b, parts[2], parts[3]);
        cr_assert(wide_of(&a) == x && wide_of(&b) == y);
        cr_assert_eq(big_compare(&a, &b), (x > y) - (x < y));
        big_copy(&difference, x >= y ? &a : &b);
        big_subtract(&difference, x >= y ? &b : &a);
        cr_assert(wide_of(&difference) == (x >= y ? x - y : y - x));
        if (y > 0) {
            int64_t quotient = -1;
            bool fits = x / y <= INT64_MAX;
            cr_assert_eq(big_ratio(&a, &b, &quotient), fits);
            cr_assert_eq(quotient, fits ? (int64_t)(x / y) : -1);
        }
    }
}

Test(big, long_numbers_obey_the_laws_of_arithmetic)
{
    uint64_t state = 3;
    for (size_t turn = 0; turn < 200; turn++) {
        struct big a;
        struct big b;
        struct big c;
        struct big left;
        struct big right;
        struct big sum;
        set_random(&a, &state, 1 + random_below(&state, 40));
        set_random(&b, &state, 1 + random_below(&state, 40));
        set_random(&c, &state, 1 + random_below(&state, 40));
        /* (a + b) × c = a × c + b × c */
        big_copy(&sum, &a);
        big_add(&sum, &b);
        big_multiply(&sum, &c, &left);
        big_multiply(&a, &c, &right);
        big_multiply(&b, &c, &sum);
        big_add(&right, &sum);
        cr_assert_eq(big_compare(&left, &right), 0);
        cr_assert_eq(left.used, right.used);
        /* a + b − b = a */
        big_copy(&sum, &a);
        big_add(&sum, &b);
        big_subtract(&sum, &b);
        cr_assert_eq(big_compare(&sum, &a), 0);
        /* (a × q + r) / a = q for r < a */
        uint64_t q = random_number(&state) >> 1;
        if (!big_is_zero(&a)) {
            int64_t quotient = -1;
            big_copy(&sum, &a);
            big_scale(&sum, q);
            cr_assert(big_ratio(&sum, &a, &quotient));
            cr_assert_eq(quotient, (int64_t)q);
        }
    }
}

Test(big, zero_is_zero_however_it_came_about)
{
    struct big a;
    struct big b;
    big_set(&a, 0);
    cr_assert(big_is_zero(&a));
    big_set(&a, 7);
    big_copy(&b, &a);
    big_subtract(&a, &b);
    cr_assert(big_is_zero(&a));
    big_scale(&b, 0);
    cr_assert(big_is_zero(&b));
    big_scale(&b, 5);
    cr_assert(big_is_zero(&b));
}

/* 2^16384 − 1, the largest there is. */
static void set_largest(struct big *a)
{
    big_set(a, 0);
    a->used = BIG_LIMBS;
    for (size_t i = 0; i < BIG_LIMBS; i++) {
        a->limbs[i] = UINT64_MAX;
    }
}

Test(big, a_number_that_leaves_its_bound_says_so_and_so_does_all_that_comes_of_it)
{
    struct big one;
    struct big large;
    struct big next;
    int64_t quotient = 5;
    big_set(&one, 1);
    set_largest(&large);
    cr_assert_not(large.overflown);
    big_add(&large, &one);
    cr_assert(large.overflown);
    big_copy(&next, &large);
    cr_assert(next.overflown);
    cr_assert_not(big_is_zero(&next));
    big_subtract(&next, &one);
    cr_assert(next.overflown);
    big_set(&next, 3);
    big_add(&next, &large);
    cr_assert(next.overflown);
    big_set(&next, 3);
    big_subtract(&next, &large);
    cr_assert(next.overflown);
    big_multiply(&large, &one, &next);
    cr_assert(next.overflown);
    cr_assert_eq(big_compare(&large, &one), 0);
    cr_assert_not(big_ratio(&one, &large, &quotient));
    cr_assert_not(big_ratio(&large, &one, &quotient));
    cr_assert_eq(quotient, 5);
    big_set(&large, 1);
    cr_assert_not(large.overflown);
}

Test(big, factors_too_long_for_their_product_overflow_and_others_do_not)
{
    struct big half;
    struct big other;
    struct big product;
    big_set(&half, 1);
    for (size_t i = 0; i < BIG_LIMBS / 2 - 1; i++) {
        big_scale(&half, UINT64_MAX);
    }
    big_copy(&other, &half);
    big_multiply(&half, &other, &product);
    cr_assert_not(product.overflown);
    for (size_t i = 0; i < 2; i++) {
        big_scale(&half, UINT64_MAX);
        big_scale(&other, UINT64_MAX);
    }
    big_multiply(&half, &other, &product);
    cr_assert(product.overflown);
    set_largest(&half);
    big_scale(&half, 2);
    cr_assert(half.overflown);
}

Test(big, a_quotient_of_64_bits_does_not_fit)
{
    struct big a;
    struct big b;
    int64_t quotient = 0;
    big_set(&b, 1);
    big_set(&a, INT64_MAX);
    cr_assert(big_ratio(&a, &b, &quotient));
    cr_assert_eq(quotient, INT64_MAX);
    big_add(&a, &b);
    cr_assert_not(big_ratio(&a, &b, &quotient));
    set_largest(&b);
    set_largest(&a);
    cr_assert(big_ratio(&a, &b, &quotient));
    cr_assert_eq(quotient, 1);
}
