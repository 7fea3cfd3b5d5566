/* Who may pass how often. */
#include "app/server.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static struct server *server;
static const struct event one = {.id = 1};
static const struct event two = {.id = 2};

static void setup(void)
{
    server = calloc(1, sizeof *server);
    cr_assert_eq(uv_loop_init(&server->loop), 0);
}

static void teardown(void)
{
    turnstiles_fini(server);
    uv_loop_close(&server->loop);
    free(server);
}

TestSuite(turnstile, .init = setup, .fini = teardown);

static int64_t joins(const struct event *event, int64_t tries)
{
    int64_t count = 0;
    for (int64_t i = 0; i < tries; i++) {
        count += turnstile_join(server, event) ? 1 : 0;
    }
    return count;
}

Test(turnstile, lets_so_many_join_an_event_at_once)
{
    cr_expect_eq(joins(&one, JOINS_BURST + 10), JOINS_BURST);
}

Test(turnstile, of_a_flooded_event_holds_up_no_other)
{
    (void)joins(&one, JOINS_BURST * 2);
    cr_expect_eq(joins(&two, 1), 1);
}

Test(turnstile, lets_every_ticket_in_for_the_first_time)
{
    (void)joins(&one, JOINS_BURST * 2);
    for (int64_t ticket = TICKETS_MAX; ticket > 0; ticket--) {
        cr_assert(turnstile_redeem(server, &one, ticket));
    }
}

Test(turnstile, lets_a_ticket_move_some_times_and_then_no_more)
{
    for (int i = 0; i < TICKET_MOVES_BURST; i++) {
        cr_expect(turnstile_redeem(server, &one, 7));
    }
    cr_expect_not(turnstile_redeem(server, &one, 7));
    cr_expect(turnstile_redeem(server, &one, 8));
    cr_expect(turnstile_redeem(server, &two, 7));
}

Test(turnstile, lets_into_an_event_whose_number_is_above_how_many_there_may_be)
{
    const struct event late = {.id = EVENTS_MAX + 1};
    const struct event last = {.id = EVENTS_MAX + GONE_MAX};
    cr_expect_eq(joins(&late, 1), 1);
    cr_expect(turnstile_redeem(server, &late, 1));
    cr_expect_eq(joins(&last, 1), 1);
}
