#include "base/vec.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>

Test(vec, grows_keeps_what_is_there_and_zeroes_the_rest)
{
    void *items = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < 1000; i++) {
        cr_assert_eq(
            vec_reserve(&items, &capacity, i + 1, sizeof(uint64_t), 1000), ERR_OK);
        cr_assert_geq(capacity, i + 1);
        uint64_t *numbers = items;
        cr_assert_eq(numbers[i], 0);
        cr_assert_eq(numbers[capacity - 1], 0);
        numbers[i] = i + 1;
        cr_assert_eq(numbers[i / 2], i / 2 + 1);
        numbers[i] = i + 1;
        if (capacity > i + 1) {
            cr_assert_eq(numbers[i + 1], 0);
        }
    }
    free(items);
}

Test(vec, refuses_more_than_its_maximum_and_changes_nothing)
{
    void *items = NULL;
    size_t capacity = 0;
    cr_assert_eq(vec_reserve(&items, &capacity, 11, 4, 10), ERR_TOO_MANY);
    cr_assert_null(items);
    cr_assert_eq(capacity, 0);
    cr_assert_eq(vec_reserve(&items, &capacity, 10, 4, 10), ERR_OK);
    void *before = items;
    size_t capacity_before = capacity;
    cr_assert_eq(vec_reserve(&items, &capacity, 11, 4, 10), ERR_TOO_MANY);
    cr_assert_eq(items, before);
    cr_assert_eq(capacity, capacity_before);
    free(items);
}

Test(vec, refuses_sizes_that_overflow)
{
    void *items = NULL;
    size_t capacity = 0;
    cr_assert_eq(vec_reserve(&items, &capacity, SIZE_MAX / 8, 64, SIZE_MAX), ERR_NOMEM);
    cr_assert_null(items);
}

Test(vec, refuses_a_count_that_doubling_never_reaches)
{
    void *items = NULL;
    size_t capacity = 0;
    cr_assert_eq(vec_reserve(&items, &capacity, SIZE_MAX, 1, SIZE_MAX), ERR_NOMEM);
    cr_assert_null(items);
}
