/* Passes: once, for a moment, the newest. */
#include "app/passes.h"

#include <criterion/criterion.h>
#include <string.h>

static struct passes passes;
static const struct hash anna = {{1}};
static const struct hash ben = {{2}};

static void set_up(void)
{
    memset(&passes, 0, sizeof passes);
}

TestSuite(passes, .init = set_up);

Test(passes, a_pass_is_good_once_and_for_its_own_session)
{
    struct uid first;
    struct uid second;
    struct hash session;
    pass_new(&passes, &anna, 100, &first);
    pass_new(&passes, &ben, 100, &second);
    cr_assert(pass_take(&passes, &first, 101, &session));
    cr_assert_arr_eq(session.bytes, anna.bytes, HASH_BYTES);
    cr_assert_not(pass_take(&passes, &first, 101, &session));
    cr_assert(pass_take(&passes, &second, 101, &session));
    cr_assert_arr_eq(session.bytes, ben.bytes, HASH_BYTES);
}

Test(passes, no_pass_is_good_after_its_time)
{
    struct uid id;
    struct hash session;
    pass_new(&passes, &anna, 100, &id);
    session = ben;
    cr_assert_not(pass_take(&passes, &id, 100 + PASS_MS, &session));
    cr_assert_arr_eq(session.bytes, ben.bytes, HASH_BYTES, "nobody is let in");
    pass_new(&passes, &anna, 100, &id);
    cr_assert(pass_take(&passes, &id, 100 + PASS_MS - 1, &session));
}

Test(passes, nobody_gets_in_by_zeros_or_by_a_pass_that_was_never_given)
{
    struct hash session;
    const struct uid zero = {{0}};
    const struct uid made_up = {{7}};
    cr_assert_not(pass_take(&passes, &zero, 0, &session));
    cr_assert_not(pass_take(&passes, &made_up, 0, &session));
}

Test(passes, the_newest_are_kept)
{
    struct uid oldest;
    struct uid newer;
    struct hash session;
    pass_new(&passes, &anna, 0, &oldest);
    pass_new(&passes, &ben, 0, &newer);
    for (int i = 0; i < PASSES_MAX - 1; i++) {
        struct uid id;
        struct hash other = {{3}};
        memcpy(&other.bytes[1], &i, sizeof i);
        pass_new(&passes, &other, 0, &id);
    }
    cr_assert_not(pass_take(&passes, &oldest, 1, &session));
    cr_assert(pass_take(&passes, &newer, 1, &session));
}

Test(passes, who_joins_again_and_again_pushes_out_nobody)
{
    struct uid first;
    struct uid again;
    struct hash session;
    pass_new(&passes, &ben, 0, &first);
    for (int i = 0; i < 2 * PASSES_MAX; i++) {
        pass_new(&passes, &anna, 0, &again);
    }
    cr_assert(pass_take(&passes, &first, 1, &session));
    cr_assert(pass_take(&passes, &again, 1, &session));
}
