/* Who has begun a ballot: a number, and nobody twice in it. */
#include "app/running.h"
#include "base/bounds.h"

#include <criterion/criterion.h>

static struct running running;

static void tear_down(void)
{
    running_forget(&running);
}

TestSuite(running, .fini = tear_down);

static bool begins(int64_t participant)
{
    bool news = false;
    cr_assert_eq(running_begin(&running, participant, &news), ERR_OK);
    return news;
}

Test(running, counts_everybody_who_begins_once)
{
    for (int64_t participant = 1; participant <= 3000; participant++) {
        cr_assert(begins(participant));
    }
    cr_expect_not(begins(1));
    cr_expect_not(begins(8));
    cr_expect_not(begins(9));
    cr_expect_not(begins(3000));
    cr_expect_eq(running.begun_count, 3000);
}

Test(running, has_room_for_the_last_participant_that_an_event_takes_and_no_more)
{
    bool news = false;
    cr_expect(begins(PARTICIPANTS_MAX));
    cr_expect(begins(1));
    cr_expect_eq(
        running_begin(&running, 2 * (int64_t)PARTICIPANTS_MAX, &news), ERR_TOO_MANY);
    cr_expect_eq(running.begun_count, 2);
}

Test(running, forgets_who_began_but_not_what_it_was_asked)
{
    begins(5);
    running.closes_ms = 1000;
    const struct uid asked = {{7}};
    running_keep_asked(&running, &asked);
    running_forget(&running);
    cr_expect_eq(running.begun_count, 0);
    cr_expect_eq(running.closes_ms, 0);
    cr_expect(running_was_asked(&running, &asked));
    cr_expect(begins(5));
}
