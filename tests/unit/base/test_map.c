#include "base/map.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const uint64_t seed[2] = {1, 2};

static struct uid key_of(uint32_t n)
{
    struct uid key = {{0}};
    memcpy(key.bytes, &n, sizeof n);
    return key;
}

static void put(struct map *map, uint32_t n, uint32_t value)
{
    struct uid key = key_of(n);
    cr_assert_eq(map_put(map, &key, value), ERR_OK);
}

static void expect(const struct map *map, uint32_t n, uint32_t value)
{
    struct uid key = key_of(n);
    uint32_t got = ~value;
    cr_assert(map_get(map, &key, &got));
    cr_assert_eq(got, value);
}

static bool has(const struct map *map, uint32_t n)
{
    struct uid key = key_of(n);
    return map_get(map, &key, NULL);
}

Test(map, an_empty_one_knows_nothing_and_drops_nothing)
{
    struct map map;
    map_init(&map, seed);
    struct uid key = key_of(1);
    cr_assert(!map_get(&map, &key, NULL));
    map_drop(&map, &key);
    cr_assert_eq(map.count, 0);
    map_fini(&map);
}

Test(map, putting_again_replaces)
{
    struct map map;
    map_init(&map, seed);
    put(&map, 1, 10);
    put(&map, 1, 11);
    cr_assert_eq(map.count, 1);
    expect(&map, 1, 11);
    map_fini(&map);
}

Test(map, a_missing_key_leaves_the_output_alone)
{
    struct map map;
    map_init(&map, seed);
    put(&map, 1, 10);
    struct uid key = key_of(2);
    uint32_t value = 77;
    cr_assert(!map_get(&map, &key, &value));
    cr_assert_eq(value, 77);
    map_fini(&map);
}

Test(map, holds_a_hundred_thousand)
{
    struct map map;
    map_init(&map, seed);
    for (uint32_t n = 0; n < 100000; n++) {
        put(&map, n, n ^ 0xffff);
    }
    cr_assert_eq(map.count, 100000);
    for (uint32_t n = 0; n < 100000; n++) {
        expect(&map, n, n ^ 0xffff);
    }
    cr_assert(!has(&map, 100000));
    map_fini(&map);
}

Test(map, dropped_keys_are_gone_and_may_come_back)
{
    struct map map;
    map_init(&map, seed);
    for (uint32_t n = 0; n < 1000; n++) {
        put(&map, n, n);
    }
    for (uint32_t n = 0; n < 1000; n += 2) {
        struct uid key = key_of(n);
        map_drop(&map, &key);
        map_drop(&map, &key);
    }
    cr_assert_eq(map.count, 500);
    for (uint32_t n = 0; n < 1000; n++) {
        cr_assert_eq(has(&map, n), n % 2 == 1);
    }
    put(&map, 4, 44);
    expect(&map, 4, 44);
    cr_assert_eq(map.count, 501);
    map_fini(&map);
}

Test(map, endless_putting_and_dropping_does_not_grow_it)
{
    struct map map;
    map_init(&map, seed);
    for (uint32_t n = 0; n < 100000; n++) {
        put(&map, n, n);
        if (n >= 10) {
            struct uid key = key_of(n - 10);
            map_drop(&map, &key);
        }
    }
    cr_assert_eq(map.count, 10);
    cr_assert_leq(map.capacity, 64);
    map_fini(&map);
}

/* A model of small keys: whatever the order of calls, the map says what an array says. */
Test(map, agrees_with_an_array_over_random_calls)
{
    enum { KEYS = 64 };

    bool there[KEYS] = {false};
    uint32_t values[KEYS] = {0};
    struct map map;
    map_init(&map, seed);
    unsigned state = 12345;
    for (int step = 0; step < 50000; step++) {
        uint32_t n = (uint32_t)rand_r(&state) % KEYS;
        struct uid key = key_of(n);
        if (rand_r(&state) % 2 == 0) {
            values[n] = (uint32_t)step;
            there[n] = true;
            put(&map, n, values[n]);
        } else {
            there[n] = false;
            map_drop(&map, &key);
        }
        uint32_t other = (uint32_t)rand_r(&state) % KEYS;
        cr_assert_eq(has(&map, other), there[other]);
        if (there[other]) {
            expect(&map, other, values[other]);
        }
    }
    map_fini(&map);
}

Test(map, after_fini_it_is_empty_and_usable)
{
    struct map map;
    map_init(&map, seed);
    put(&map, 1, 1);
    map_fini(&map);
    cr_assert(!has(&map, 1));
    put(&map, 2, 2);
    expect(&map, 2, 2);
    map_fini(&map);
}
