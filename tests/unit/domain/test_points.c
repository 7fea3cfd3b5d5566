/* Scores and dots: every ballot there is of three options, cast and counted. */
#include "domain/count.h"
#include "unit/domain/kit.h"

#define OPTIONS 3
#define NOTHING (-1) /* no mark */

static struct kit kit;
static struct poll_spec spec;
static int64_t poll_id;

static void enter(void)
{
    kit_init(&kit, JOIN_OPEN);
    for (size_t i = 0; i < OPTIONS; i++) {
        publish_idea(&kit);
    }
    spec = spec_of(&kit, OPTIONS);
}

static void leave(void)
{
    kit_fini(&kit);
}

TestSuite(points, .init = enter, .fini = leave);

static void open_for(enum ballot_form form, const char *method, uint16_t dots)
{
    spec.form = form;
    spec.dots = dots;
    memset(spec.method, 0, sizeof spec.method);
    memcpy(spec.method, method, strlen(method));
    poll_id = open_poll(&kit, &spec);
}

static const struct poll *poll_now(void)
{
    return event_poll(&kit.event, poll_id);
}

/* Marks in an order that is not the canonical one. */
static struct ballot ballot_of(const int points[OPTIONS])
{
    struct ballot ballot = {.form = spec.form};
    for (int i = OPTIONS; i-- > 0;) {
        if (points[i] != NOTHING) {
            ballot.marks[ballot.mark_count++] =
                (struct mark){.option = spec.options[i], .value = (uint16_t)points[i]};
        }
    }
    return ballot;
}

static enum err cast_points(uint64_t voter, const int points[OPTIONS])
{
    struct ballot ballot = ballot_of(points);
    struct entry entry = cast_entry(&kit, voter, 1, 1, &ballot);
    enum err checked = poll_check_cast(poll_now(), &entry.as.cast);
    cr_assert_eq(apply_lane(&kit, poll_id, &entry).err, checked);
    return checked;
}

/* The next of all lists of NOTHING … most; false after the last. */
static bool next_points(int points[OPTIONS], int most)
{
    for (size_t i = 0; i < OPTIONS; i++) {
        if (points[i] < most) {
            points[i]++;
            return true;
        }
        points[i] = NOTHING;
    }
    return false;
}

static enum err score_rule(const int points[OPTIONS])
{
    for (size_t i = 0; i < OPTIONS; i++) {
        if (points[i] > SCORE_MAX) {
            return ERR_SCORE;
        }
    }
    return ERR_OK;
}

static enum err dots_rule(const int points[OPTIONS])
{
    int sum = 0;
    for (size_t i = 0; i < OPTIONS; i++) {
        if (points[i] == 0) {
            return ERR_BAD_VALUE;
        }
        sum += points[i] != NOTHING ? points[i] : 0;
    }
    return sum <= spec.dots ? ERR_OK : ERR_TOO_MANY_DOTS;
}

static void expect_sums(const int64_t sums[OPTIONS], int64_t ballots, int64_t blank)
{
    struct tally_result *result = NULL;
    cr_assert_eq(poll_count(poll_now(), NULL, &result), ERR_OK);
    cr_expect_eq(tally_result_ballots(result), ballots);
    cr_expect_eq(tally_result_blank(result), blank);
    for (size_t i = 0; i < OPTIONS; i++) {
        cr_expect_eq(tally_result_score(result, i).value, sums[i]);
        cr_expect_eq(tally_result_score(result, i).unit, 1);
    }
    tally_result_free(result);
}

/* Casts every ballot with up to `most` for an option; those that the rule takes count. */
static void cast_all(int most, enum err (*rule)(const int points[OPTIONS]))
{
    int points[OPTIONS] = {NOTHING, NOTHING, NOTHING};
    int64_t sums[OPTIONS] = {0};
    int64_t ballots = 0;
    int64_t blank = 0;
    uint64_t voter = 0;
    do {
        enum err err = cast_points(++voter, points);
        cr_assert_eq(
            err, rule(points), "%d %d %d: %s", points[0], points[1], points[2],
            err_code(err));
        bool says = false;
        for (size_t i = 0; i < OPTIONS && err == ERR_OK; i++) {
            sums[i] += points[i] > 0 ? points[i] : 0;
            says = says || points[i] > 0;
        }
        ballots += err == ERR_OK ? 1 : 0;
        blank += err == ERR_OK && !says ? 1 : 0;
    } while (next_points(points, most));
    cr_expect_eq(poll_now()->voted, ballots);
    expect_sums(sums, ballots, blank);
}

Test(points, of_every_ballot_of_scores_are_added_up_or_refused)
{
    open_for(BALLOT_SCORE, "score", 0);
    cast_all(SCORE_MAX + 2, score_rule);
}

Test(points, of_every_ballot_of_dots_are_added_up_or_refused)
{
    for (uint16_t dots = 1; dots <= 5; dots++) {
        open_for(BALLOT_DOTS, "score", dots);
        cast_all(dots + 2, dots_rule);
    }
}

Test(points, may_all_stand_on_one_option_and_no_more_than_there_are)
{
    open_for(BALLOT_DOTS, "score", DOTS_MAX);
    cr_expect_eq(cast_points(1, (const int[]){DOTS_MAX, NOTHING, NOTHING}), ERR_OK);
    cr_expect_eq(cast_points(2, (const int[]){DOTS_MAX, 1, NOTHING}), ERR_TOO_MANY_DOTS);
    cr_expect_eq(
        cast_points(3, (const int[]){UINT16_MAX, UINT16_MAX, UINT16_MAX}),
        ERR_TOO_MANY_DOTS);
}

Test(points, are_kept_in_the_order_of_the_ids_and_zero_is_not_no_opinion)
{
    spec.options[0] = 3;
    spec.options[2] = 1;
    open_for(BALLOT_SCORE, "star", 0);
    cast_points(1, (const int[]){5, NOTHING, 0});
    const struct kept_ballot *kept = &poll_now()->ballots[0];
    const struct kept_mark *marks = &poll_now()->marks[kept->marks_at];
    cr_assert_eq(kept->mark_count, 2);
    cr_expect_eq(marks[0].option, 2, "idea 1");
    cr_expect_eq(marks[0].value, 0);
    cr_expect_eq(marks[1].option, 0, "idea 3");
    cr_expect_eq(marks[1].value, 5);
}

Test(points, name_options_of_the_poll_each_once)
{
    open_for(BALLOT_DOTS, "score", 5);
    struct ballot ballot = {
        .form = BALLOT_DOTS, .mark_count = 2, .marks = {{1, 1}, {1, 1}}};
    struct entry entry = cast_entry(&kit, 1, 1, 1, &ballot);
    cr_expect_eq(apply_lane(&kit, poll_id, &entry).err, ERR_DUPLICATE_OPTION);
    ballot.marks[1].option = 99;
    entry = cast_entry(&kit, 1, 1, 1, &ballot);
    cr_expect_eq(apply_lane(&kit, poll_id, &entry).err, ERR_UNKNOWN_OPTION);
    ballot.form = BALLOT_SCORE;
    entry = cast_entry(&kit, 1, 1, 1, &ballot);
    cr_expect_eq(apply_lane(&kit, poll_id, &entry).err, ERR_WRONG_FORM);
}

/* The highest sum meets the second in a runoff, and loses it: two of three prefer B. */
Test(points, of_star_are_followed_by_a_runoff)
{
    const uint16_t *winners = NULL;
    struct tally_result *result = NULL;
    open_for(BALLOT_SCORE, "star", 0);
    cast_points(1, (const int[]){5, 0, 1});
    cast_points(2, (const int[]){3, 4, NOTHING});
    cast_points(3, (const int[]){2, 3, 0});
    cr_assert_eq(poll_count(poll_now(), NULL, &result), ERR_OK);
    cr_expect_eq(tally_result_score(result, 0).value, 10);
    cr_expect_eq(tally_result_score(result, 1).value, 7);
    cr_assert_eq(tally_result_winners(result, &winners), 1);
    cr_expect_eq(winners[0], 1);
    tally_result_free(result);
}
