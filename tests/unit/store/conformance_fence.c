/* Fences: a ballot is before the close and stored, or after it and refused. */
#include "hall.h"

static struct hall hall;
static const struct store_lane ballots = {1, 5};
static const struct store_lane history = {1, 0};

static void enter(void)
{
    hall_init(&hall);
}

static void leave(void)
{
    hall_fini(&hall);
}

TestSuite(fence, .init = enter, .fini = leave);

Test(fence, a_ballot_lane_is_closed_until_it_is_opened)
{
    struct answer early;
    struct answer fence;
    struct answer ballot;
    hall_append(&hall, ballots, 1, "early", &early);
    hall_fence(&hall, 1, 5, true, 2, &fence);
    hall_append(&hall, ballots, 3, "ballot", &ballot);
    hall_await(&hall, 3);
    cr_assert_eq(early.status, STORE_CLOSED);
    cr_assert_eq(early.seq, 0);
    cr_assert_eq(fence.status, STORE_STORED);
    cr_assert_eq(fence.seq, 1);
    cr_assert_eq(ballot.seq, 2);
    cr_assert_str_eq(hall_rows(&hall, ballots), "up|ballot|");
    cr_assert_str_eq(hall_rows(&hall, history), "opened|");
}

Test(fence, parts_the_ballots_handed_in_before_it_from_those_after)
{
    static struct answer before[500];
    static struct answer after[500];
    struct answer opening;
    struct answer closing;
    hall_fence(&hall, 1, 5, true, 1, &opening);
    for (uint64_t i = 0; i < 500; i++) {
        hall_append(&hall, ballots, 1000 + i, "before", &before[i]);
    }
    hall_fence(&hall, 1, 5, false, 2, &closing);
    for (uint64_t i = 0; i < 500; i++) {
        hall_append(&hall, ballots, 2000 + i, "after", &after[i]);
    }
    hall_await(&hall, 1002);
    for (int i = 0; i < 500; i++) {
        cr_assert_eq(before[i].status, STORE_STORED);
        cr_assert_eq(before[i].seq, i + 2);
        cr_assert_lt(before[i].place, closing.place);
        cr_assert_eq(after[i].status, STORE_CLOSED);
        cr_assert_gt(after[i].place, closing.place);
    }
    cr_assert_eq(closing.seq, 2);
    cr_assert_str_eq(hall_rows_after(&hall, ballots, 500), "before|down|");
    cr_assert_str_eq(hall_lanes(&hall), "1.0:2+ 1.5:502- ");
}

/* The same race over and over, pumping at odd moments, so that commits fall everywhere.
 */
Test(fence, holds_wherever_the_commits_fall)
{
    static struct answer answers[4000];
    static bool was_open[4000];
    unsigned noise = 12345;
    bool open = false;
    int stored = 0;
    for (int i = 0; i < 4000; i++) {
        noise = noise * 1103515245U + 12345U;
        unsigned die = noise >> 16;
        if (die % 9 == 0) {
            open = !open;
            hall_fence(&hall, 1, 5, open, (uint64_t)i, &answers[i]);
            was_open[i] = true;
            stored++;
        } else {
            hall_append(&hall, ballots, (uint64_t)i, "b", &answers[i]);
            was_open[i] = open;
            stored += open ? 1 : 0;
        }
        if (die % 31 == 0) {
            store_pump(hall.store);
        }
    }
    hall_await(&hall, 4000);
    for (int i = 0; i < 4000; i++) {
        cr_assert_eq(answers[i].place, i + 1);
        cr_assert_eq(answers[i].status, was_open[i] ? STORE_STORED : STORE_CLOSED);
    }
    char lanes[64];
    snprintf(lanes, sizeof lanes, " 1.5:%d%c ", stored, open ? '+' : '-');
    cr_assert_not_null(strstr(hall_lanes(&hall), lanes), "%s", hall_lanes(&hall));
}

Test(fence, that_already_stands_so_writes_nothing)
{
    struct answer answers[4];
    hall_fence(&hall, 1, 5, false, 1, &answers[0]); /* never opened */
    hall_fence(&hall, 1, 5, true, 2, &answers[1]);
    hall_fence(&hall, 1, 5, true, 3, &answers[2]);
    hall_await(&hall, 3);
    cr_assert_eq(answers[0].status, STORE_CLOSED);
    cr_assert_eq(answers[1].status, STORE_STORED);
    cr_assert_eq(answers[2].status, STORE_CLOSED);
    cr_assert_str_eq(hall_lanes(&hall), "1.0:1+ 1.5:1+ ");
}

Test(fence, repeated_with_its_uid_gives_its_first_place_again)
{
    struct answer opening;
    struct answer closing;
    struct answer repeat;
    hall_fence(&hall, 1, 5, true, 1, &opening);
    hall_fence(&hall, 1, 5, false, 2, &closing);
    hall_fence(&hall, 1, 5, true, 1, &repeat);
    hall_await(&hall, 3);
    cr_assert_eq(repeat.status, STORE_STORED);
    cr_assert_eq(repeat.seq, opening.seq);
    cr_assert_str_eq(hall_lanes(&hall), "1.0:2+ 1.5:2- ");
}

Test(fence, can_be_opened_again_and_the_lane_goes_on)
{
    struct answer answers[5];
    hall_fence(&hall, 1, 5, true, 1, &answers[0]);
    hall_append(&hall, ballots, 2, "a", &answers[1]);
    hall_fence(&hall, 1, 5, false, 3, &answers[2]);
    hall_fence(&hall, 1, 5, true, 4, &answers[3]);
    hall_append(&hall, ballots, 5, "b", &answers[4]);
    hall_await(&hall, 5);
    cr_assert_str_eq(hall_rows(&hall, ballots), "up|a|down|up|b|");
    cr_assert_str_eq(hall_rows(&hall, history), "opened|closed|opened|");
}

Test(fence, of_one_poll_leaves_the_others_alone)
{
    struct answer answers[5];
    hall_fence(&hall, 1, 5, true, 1, &answers[0]);
    hall_fence(&hall, 1, 6, true, 2, &answers[1]);
    hall_fence(&hall, 2, 5, true, 3, &answers[2]);
    hall_fence(&hall, 1, 5, false, 4, &answers[3]);
    hall_append(&hall, (struct store_lane){1, 6}, 5, "b", &answers[4]);
    hall_await(&hall, 5);
    cr_assert_eq(answers[4].status, STORE_STORED);
    cr_assert_str_eq(hall_lanes(&hall), "1.0:3+ 1.5:2- 1.6:2+ 2.0:1+ 2.5:1+ ");
}

Test(fence, stands_after_reopening)
{
    struct answer answers[3];
    hall_fence(&hall, 1, 5, true, 1, &answers[0]);
    hall_fence(&hall, 1, 5, false, 2, &answers[1]);
    hall_await(&hall, 2);
    hall_reopen(&hall);
    hall_append(&hall, ballots, 3, "late", &answers[2]);
    hall_await(&hall, 3);
    cr_assert_eq(answers[2].status, STORE_CLOSED);
}
