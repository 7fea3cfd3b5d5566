#include "domain/publish.h"
#include "unit/domain/kit.h"

#define SPEC(count, ranks, level)                                                        \
    {                                                                                    \
        .form = BALLOT_RANKING, .option_count = (count), .ranks_max = (ranks),           \
        .publication = (level)                                                           \
    }

Test(publish, shows_small_groups_only_the_order)
{
    struct poll_spec spec = SPEC(10, 3, PUBLISH_BALLOTS);
    cr_expect_eq(publish_level(&spec, 0), PUBLISH_ORDER);
    cr_expect_eq(publish_level(&spec, 4), PUBLISH_ORDER);
    cr_expect_eq(publish_level(&spec, 5), PUBLISH_STATISTICS);
    cr_expect_eq(publish_level(&spec, 19), PUBLISH_STATISTICS);
    cr_expect_eq(publish_level(&spec, 20), PUBLISH_BALLOTS);
}

Test(publish, never_shows_more_than_the_poll_chose)
{
    for (int64_t ballots = 0; ballots < 100; ballots++) {
        for (enum publication chosen = 0; chosen < PUBLICATION_COUNT; chosen++) {
            struct poll_spec spec = SPEC(5, 5, chosen);
            cr_expect_leq(publish_level(&spec, ballots), chosen);
        }
    }
}

Test(publish, hides_ballots_that_can_be_recognised)
{
    struct poll_spec spec = SPEC(6, 4, PUBLISH_BALLOTS);
    cr_expect_eq(publish_level(&spec, 1000), PUBLISH_STATISTICS);
    spec.ranks_max = 3;
    cr_expect_eq(publish_level(&spec, 1000), PUBLISH_BALLOTS);
    spec.ties_allowed = true;
    cr_expect_eq(publish_level(&spec, 1000), PUBLISH_STATISTICS);
    spec = (struct poll_spec)SPEC(5, 200, PUBLISH_BALLOTS);
    spec.ties_allowed = true;
    cr_expect_eq(publish_level(&spec, 20), PUBLISH_BALLOTS);
}

Test(publish, counts_the_crosses_of_an_approval_as_ranks)
{
    struct poll_spec spec = SPEC(6, 1, PUBLISH_BALLOTS);
    spec.form = BALLOT_APPROVAL;
    cr_expect_eq(publish_level(&spec, 1000), PUBLISH_STATISTICS);
    spec.option_count = 5;
    cr_expect_eq(publish_level(&spec, 20), PUBLISH_BALLOTS);
    spec.form = BALLOT_YESNO;
    spec.option_count = 0;
    cr_expect_eq(publish_level(&spec, 20), PUBLISH_BALLOTS);
}

Test(publish, counts_the_options_that_points_may_stand_on_as_ranks)
{
    struct poll_spec spec = SPEC(6, 1, PUBLISH_BALLOTS);
    spec.form = BALLOT_SCORE;
    cr_expect_eq(publish_level(&spec, 1000), PUBLISH_STATISTICS);
    spec.form = BALLOT_DOTS;
    spec.dots = 3;
    cr_expect_eq(publish_level(&spec, 20), PUBLISH_BALLOTS);
    spec.dots = 4;
    cr_expect_eq(publish_level(&spec, 1000), PUBLISH_STATISTICS);
    spec.option_count = 4;
    spec.dots = DOTS_MAX;
    cr_expect_eq(publish_level(&spec, 1000), PUBLISH_STATISTICS);
    spec.form = BALLOT_SCORE;
    cr_expect_eq(publish_level(&spec, 1000), PUBLISH_STATISTICS);
    spec.option_count = 3;
    cr_expect_eq(publish_level(&spec, 20), PUBLISH_BALLOTS);
    spec.form = BALLOT_DOTS;
    cr_expect_eq(publish_level(&spec, 20), PUBLISH_BALLOTS);
}

Test(publish, shows_no_ballots_where_what_they_lack_tells_the_team)
{
    struct poll poll = {
        .state = POLL_SEALED,
        .published = true,
        .voted = 1000,
        .spec = SPEC(3, 3, PUBLISH_BALLOTS)};
    cr_expect(publish_ballots_public(&poll));
    poll.spec.no_own = poll.spec.live = true;
    cr_expect_eq(publish_level(&poll.spec, INT64_MAX), PUBLISH_STATISTICS);
    cr_expect_eq(publish_poll_level(&poll), PUBLISH_STATISTICS);
    cr_expect_not(publish_ballots_public(&poll));
    cr_expect_eq(publish_live_step(&poll.spec, 1000), 0);
    poll.spec.publication = PUBLISH_ORDER;
    cr_expect_eq(publish_level(&poll.spec, 1000), PUBLISH_ORDER);
}

Test(publish, moves_live_results_in_steps)
{
    struct poll_spec spec = SPEC(5, 3, PUBLISH_BALLOTS);
    cr_expect_eq(publish_live_step(&spec, 1000), 0, "not live");
    spec.live = true;
    static const int64_t steps[][2] = {{0, 0},   {19, 0},  {20, 20}, {27, 20},
                                       {28, 28}, {35, 28}, {36, 36}, {100, 100}};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        cr_expect_eq(publish_live_step(&spec, steps[i][0]), steps[i][1]);
    }
}

Test(publish, has_no_live_results_where_ballots_would_stay_hidden)
{
    struct poll_spec spec = SPEC(10, 10, PUBLISH_BALLOTS);
    spec.live = true;
    cr_expect_eq(publish_live_step(&spec, 1000), 0);
}

static struct poll poll_in(enum poll_state state, bool published, int64_t voted)
{
    return (struct poll){
        .state = state,
        .published = published,
        .voted = voted,
        .spec = SPEC(5, 3, PUBLISH_BALLOTS)};
}

Test(publish, shows_a_result_to_all_only_when_published)
{
    struct poll poll = poll_in(POLL_CLOSED, false, 30);
    cr_expect_not(publish_result_public(&poll));
    cr_expect(publish_result_desk(&poll));
    poll.published = true;
    cr_expect(publish_result_public(&poll));
    poll = poll_in(POLL_SEALED, false, 30);
    cr_expect_not(publish_result_public(&poll));
    cr_expect(publish_result_desk(&poll));
}

Test(publish, shows_a_moderator_no_more_than_the_wall_while_open)
{
    struct poll poll = poll_in(POLL_OPEN, false, 30);
    cr_expect_not(publish_result_public(&poll));
    cr_expect_not(publish_result_desk(&poll));
    poll.spec.live = true;
    cr_expect(publish_result_public(&poll));
    cr_expect(publish_result_desk(&poll));
    poll.voted = 19;
    cr_expect_not(publish_result_public(&poll));
    cr_expect_not(publish_result_desk(&poll));
    poll = poll_in(POLL_DRAFT, false, 0);
    cr_expect_not(publish_result_desk(&poll));
}

Test(publish, shows_an_annulled_result_to_nobody)
{
    struct poll poll = poll_in(POLL_CLOSED, true, 30);
    poll.annulled = true;
    cr_expect_not(publish_result_public(&poll));
    cr_expect_not(publish_result_desk(&poll));
}

Test(publish, shows_the_ballots_of_a_sealed_poll_that_is_shown_and_large_enough)
{
    struct poll poll = {
        .state = POLL_SEALED,
        .published = true,
        .voted = 20,
        .spec = SPEC(10, 3, PUBLISH_BALLOTS)};
    cr_expect(publish_ballots_public(&poll));
    poll.state = POLL_CLOSED;
    cr_expect_not(publish_ballots_public(&poll));
    poll.state = POLL_SEALED;
    poll.voted = 19;
    cr_expect_not(publish_ballots_public(&poll));
    poll.voted = 20;
    poll.published = false;
    cr_expect_not(publish_ballots_public(&poll));
    poll.published = true;
    poll.annulled = true;
    cr_expect_not(publish_ballots_public(&poll));
    poll.annulled = false;
    poll.spec.publication = PUBLISH_STATISTICS;
    cr_expect_not(publish_ballots_public(&poll));
}

/* Subtracting one shown result from another leaves no few ballots on paper: the rest is
 * what a step of the live result did not hold. */
Test(publish, shows_no_few_ballots_on_paper_as_what_a_live_result_did_not_hold)
{
    for (int64_t voted = 0; voted < 60; voted++) {
        for (int64_t paper = 0; paper < 12; paper++) {
            struct poll poll = poll_in(POLL_CLOSED, true, voted);
            poll.spec.live = true;
            poll.paper = paper;
            int64_t step = publish_live_step(&poll.spec, voted);
            int64_t rest = voted - step + paper;
            bool numbers = publish_poll_level(&poll) != PUBLISH_ORDER;
            if (step > 0 && paper > 0) {
                cr_expect_eq(numbers, rest >= 5, "%d and %d", (int)voted, (int)paper);
            } else {
                cr_expect_eq(numbers, voted + paper >= 5);
            }
        }
    }
}
