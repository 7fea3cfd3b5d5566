/* A poll's ballots, counted: which ones, by which rule, and what the numbers mean. */
#include "domain/count.h"

#include <criterion/criterion.h>
#include <string.h>

#define BALLOTS 8
#define MARKS   24

static struct poll poll;
static struct kept_ballot ballots[BALLOTS];
static struct kept_mark marks[MARKS];
static struct tally_result *result;

static void set_method(const char *method)
{
    memset(poll.spec.method, 0, sizeof poll.spec.method);
    memcpy(poll.spec.method, method, strlen(method));
}

static void enter(void)
{
    poll = (struct poll){
        .id = 1,
        .spec = {.form = BALLOT_RANKING, .seats = 1, .option_count = 3},
        .ballots = ballots,
        .marks = marks};
    set_method("irv");
    result = NULL;
}

static void leave(void)
{
    tally_result_free(result);
}

TestSuite(count, .init = enter, .fini = leave);

/* "0>1=2" */
static void keep(const char *ranking, bool counts)
{
    struct kept_ballot *ballot = &ballots[poll.ballot_count++];
    uint16_t place = 1;
    *ballot =
        (struct kept_ballot){.counts = counts, .marks_at = (uint32_t)poll.mark_count};
    for (const char *at = ranking; *at != '\0'; at++) {
        if (*at == '>') {
            place++;
        } else if (*at != '=') {
            marks[poll.mark_count++] =
                (struct kept_mark){.option = (uint16_t)(*at - '0'), .value = place};
            ballot->mark_count++;
        }
    }
}

static void check_winner(size_t option)
{
    const uint16_t *winners = NULL;
    cr_assert_eq(tally_result_winners(result, &winners), 1);
    cr_assert_eq(winners[0], option);
}

Test(count, takes_the_ballots_that_count_and_no_others)
{
    keep("0>1", true);
    keep("1>0", false);
    keep("1", false);
    keep("", true);
    cr_assert_eq(poll_count(&poll, NULL, &result), ERR_OK);
    cr_assert_eq(tally_result_ballots(result), 2);
    cr_assert_eq(tally_result_blank(result), 1);
    cr_assert_eq(tally_result_options(result), 3);
    check_winner(0);
}

Test(count, reads_ties_and_places_as_they_were_cast)
{
    set_method("copeland");
    keep("0=2>1", true);
    keep("2>1>0", true);
    cr_assert_eq(poll_count(&poll, NULL, &result), ERR_OK);
    cr_assert_eq(tally_result_pair(result, 0, 1), 1);
    cr_assert_eq(tally_result_pair(result, 2, 0), 1);
    cr_assert_eq(tally_result_pair(result, 0, 2), 0);
    check_winner(2);
}

Test(count, of_a_yesno_poll_has_two_options_whatever_it_is_about)
{
    poll.spec.form = BALLOT_YESNO;
    poll.spec.option_count = 1;
    set_method("plurality");
    keep("1", true);
    keep("1", true);
    keep("0", true);
    keep("", true);
    cr_assert_eq(poll_count(&poll, NULL, &result), ERR_OK);
    cr_assert_eq(tally_result_options(result), 2);
    cr_assert_eq(tally_result_score(result, 0).value, 1);
    cr_assert_eq(tally_result_score(result, 1).value, 2);
    check_winner(1);
}

Test(count, settles_ties_by_the_order_it_is_given_and_by_nothing_else)
{
    const uint16_t order[] = {2, 1, 0};
    const uint16_t *winners = NULL;
    keep("0", true);
    keep("1", true);
    cr_assert_eq(poll_count(&poll, NULL, &result), ERR_OK);
    cr_assert_eq(tally_result_winners(result, &winners), 2);
    tally_result_free(result);
    result = NULL;
    cr_assert_eq(poll_count(&poll, order, &result), ERR_OK);
    check_winner(1);
}

Test(count, leaves_a_yesno_polls_tie_open_whatever_the_order)
{
    const uint16_t order[] = {1, 0};
    const uint16_t *list = NULL;
    poll.spec.form = BALLOT_YESNO;
    poll.spec.option_count = 0;
    set_method("plurality");
    keep("0", true);
    keep("1", true);
    cr_assert_eq(poll_count(&poll, order, &result), ERR_OK);
    cr_expect_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
    cr_expect_eq(tally_result_winners(result, &list), 2);
    cr_expect_eq(tally_result_tie_order(result, &list), 0);
    cr_assert_eq(tally_result_ties(result), 1);
    cr_expect_eq(tally_tie_settled(result, 0), TALLY_BY_NOBODY);
}

Test(count, lets_hopeless_options_leave_at_once)
{
    keep("0", true);
    keep("0", true);
    keep("1", true);
    keep("1", true);
    keep("1", true);
    keep("2", true);
    cr_assert_eq(poll_count(&poll, NULL, &result), ERR_OK);
    const uint16_t *left = NULL;
    cr_assert_eq(tally_round_eliminated(result, 0, &left), 1);
    cr_assert_eq(left[0], 2);
    check_winner(1);
}

Test(count, without_ballots_leaves_everything_open)
{
    const uint16_t *winners = NULL;
    cr_assert_eq(poll_count(&poll, NULL, &result), ERR_OK);
    cr_assert_eq(tally_result_winners(result, &winners), 3);
    cr_assert_eq(tally_result_state(result), TALLY_TIE_DECISIVE);
}

Test(count, refuses_a_method_it_does_not_know_and_too_many_seats)
{
    set_method("coin");
    cr_assert_eq(poll_count(&poll, NULL, &result), ERR_UNKNOWN_METHOD);
    set_method("irv");
    poll.spec.seats = 4;
    cr_assert_eq(poll_count(&poll, NULL, &result), ERR_SEATS);
    poll.spec.option_count = 0;
    cr_assert_eq(poll_count(&poll, NULL, &result), ERR_TOO_MANY);
    cr_assert_null(result);
}

/* ---- as it stood when so many had voted ---- */

static void keep_again(const char *ranking, uint32_t older, uint32_t counter)
{
    keep(ranking, true);
    ballots[poll.ballot_count - 1].older = older;
    ballots[poll.ballot_count - 1].counter = counter;
}

static void check_early(int64_t voted, int64_t ballots_then, size_t winner)
{
    cr_assert_eq(poll_count_early(&poll, voted, NULL, &result), ERR_OK);
    cr_expect_eq(tally_result_ballots(result), ballots_then);
    check_winner(winner);
    tally_result_free(result);
    result = NULL;
}

Test(count, of_the_first_voters_knows_nothing_of_later_ones)
{
    keep("0", false);
    keep("1>0", true);
    keep_again("1", 1, 1);
    keep("2", true);
    keep("2", true);
    keep("2", true);
    check_early(1, 1, 0);
    check_early(3, 3, 1);
    check_early(5, 5, 2);
    check_early(9, 5, 2);
}

Test(count, of_the_first_voters_takes_each_ones_newest_of_that_time)
{
    keep_again("0", 0, 1);
    keep_again("1", 1, 3);
    keep_again("2", 2, 2);
    keep_again("1", 0, 1);
    keep_again("0", 4, 2);
    check_early(1, 1, 0);
    check_early(2, 2, 1);
}

Test(count, of_no_voters_is_a_count_of_nothing)
{
    keep("0", true);
    cr_assert_eq(poll_count_early(&poll, 0, NULL, &result), ERR_OK);
    cr_expect_eq(tally_result_ballots(result), 0);
}
