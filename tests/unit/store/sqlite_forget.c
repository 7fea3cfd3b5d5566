/* A large event is forgotten in pieces: who casts in another one does not wait for all of
 * it. */
#include "hall.h"

#define BALLOTS (8 * STORE_FORGET_ROWS)

static struct hall hall;

static void enter(void)
{
    hall_init(&hall);
}

static void leave(void)
{
    hall_fini(&hall);
}

TestSuite(forget_large, .init = enter, .fini = leave);

Test(forget_large, lets_batches_of_others_in_between_and_ends_with_nothing_left)
{
    static struct answer filling[BALLOTS + 1];
    struct answer forgotten = {.hall = &hall};
    struct answer cast;
    hall_fence(&hall, 2, 1, true, 1, &filling[BALLOTS]);
    for (int i = 0; i < BALLOTS; i++) {
        hall_append(&hall, (struct store_lane){2, 1}, 10 + (uint64_t)i, "b", &filling[i]);
    }
    hall_await(&hall, BALLOTS + 1);
    cr_assert_eq(store_forget(hall.store, 2, NULL, 0, hall_answered, &forgotten), ERR_OK);
    hall_append(&hall, (struct store_lane){1, 0}, 2, "ours", &cast);
    hall_await(&hall, BALLOTS + 3);
    cr_assert_lt(cast.place, forgotten.place);
    cr_assert_eq(forgotten.status, STORE_STORED);
    cr_assert_str_eq(hall_lanes(&hall), "1.0:1+ ");
}
