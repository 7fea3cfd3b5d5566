/* A large event is forgotten in pieces, and all of it. */
#include "hall.h"

#define BALLOTS (3 * STORE_FORGET_ROWS)

static struct hall hall;

static void enter(void)
{
    hall_init(&hall);
}

static void leave(void)
{
    hall_fini(&hall);
}

TestSuite(forget_pieces, .init = enter, .fini = leave);

static void fill(int64_t event, struct answer *filling)
{
    hall_fence(&hall, event, 1, true, 1, &filling[BALLOTS]);
    for (int i = 0; i < BALLOTS; i++) {
        uint64_t uid = 10 + (uint64_t)i;
        hall_append(&hall, (struct store_lane){event, 1}, uid, "b", &filling[i]);
    }
}

Test(forget_pieces, leave_nothing_of_it_and_all_of_its_neighbour)
{
    static struct answer filling[2][BALLOTS + 1];
    struct answer forgotten = {.hall = &hall};
    char left[64];
    fill(1, filling[0]);
    fill(2, filling[1]);
    hall_await(&hall, 2 * (BALLOTS + 1));
    cr_assert_eq(store_forget(hall.store, 2, NULL, 0, hall_answered, &forgotten), ERR_OK);
    hall_await(&hall, 2 * (BALLOTS + 1) + 1);
    cr_assert_eq(forgotten.status, STORE_STORED);
    snprintf(left, sizeof left, "1.0:1+ 1.1:%d+ ", BALLOTS + 1);
    cr_assert_str_eq(hall_lanes(&hall), left);
    hall_reopen(&hall);
    cr_assert_str_eq(hall_lanes(&hall), left);
}

Test(forget_pieces, are_ended_before_the_store_closes)
{
    static struct answer filling[BALLOTS + 1];
    struct answer cast;
    fill(2, filling);
    hall_append(&hall, (struct store_lane){1, 0}, 2, "ours", &cast);
    cr_assert_eq(store_forget(hall.store, 2, NULL, 0, NULL, NULL), ERR_OK);
    hall_reopen(&hall);
    cr_assert_str_eq(hall_lanes(&hall), "1.0:1+ ");
}
