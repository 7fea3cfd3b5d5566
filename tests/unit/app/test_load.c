/* The arithmetic of a rehearsal: times, what is due when, ballots in the export, and what
 * it all means. */
#include "app/command.h"
#include "app/load_ballots.h"
#include "app/load_histogram.h"
#include "app/load_recount.h"
#include "app/load_schedule.h"
#include "app/load_verdict.h"
#include "unit/app/words.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdlib.h>

/* ---- times ---- */

Test(load_histogram, knows_small_times_exactly)
{
    struct histogram histogram = {0};
    for (int64_t us = 1; us <= 100; us++) {
        histogram_add(&histogram, us);
    }
    cr_expect_eq(histogram_at(&histogram, 0.5), 50);
    cr_expect_eq(histogram_at(&histogram, 0.99), 99);
    cr_expect_eq(histogram_at(&histogram, 1), 100);
    cr_expect_eq(histogram.count, 100);
}

Test(load_histogram, knows_large_times_to_one_in_a_hundred)
{
    for (int64_t us = 1; us < INT64_C(30000000000); us = us * 3 + 1) {
        struct histogram histogram = {0};
        histogram_add(&histogram, us);
        histogram_add(&histogram, us * 2);
        int64_t half = histogram_at(&histogram, 0.5);
        cr_expect_geq(half, us);
        cr_expect_leq(half, us + us / 100);
        cr_expect_eq(histogram_at(&histogram, 1), us * 2);
    }
}

Test(load_histogram, takes_what_is_beyond_its_range)
{
    struct histogram histogram = {0};
    histogram_add(&histogram, -5);
    histogram_add(&histogram, INT64_MAX);
    cr_expect_eq(histogram_at(&histogram, 0), 0);
    cr_expect_eq(histogram.max, INT64_MAX);
    cr_expect_gt(histogram_at(&histogram, 1), INT64_C(68000000000));
}

Test(load_histogram, of_nothing_is_zero)
{
    struct histogram histogram = {0};
    cr_expect_eq(histogram_at(&histogram, 0.99), 0);
}

/* ---- what is due ---- */

Test(load_schedule, spreads_things_evenly)
{
    struct schedule schedule = {.start_us = 1000, .span_us = 400, .count = 4};
    cr_expect_eq(schedule_due_us(&schedule, 0), 1000);
    cr_expect_eq(schedule_due_us(&schedule, 1), 1100);
    cr_expect_eq(schedule_due_us(&schedule, 3), 1300);
}

Test(load_schedule, gives_everything_that_is_due_and_when_it_was)
{
    struct schedule schedule = {.start_us = 1000, .span_us = 400, .count = 4};
    size_t i = 99;
    int64_t due_us = 0;
    cr_expect(!schedule_take(&schedule, 999, &i, &due_us));
    cr_expect(schedule_take(&schedule, 1150, &i, &due_us));
    cr_expect(schedule_take(&schedule, 1150, &i, &due_us));
    cr_expect_eq(i, 1);
    cr_expect_eq(due_us, 1100);
    cr_expect(!schedule_take(&schedule, 1150, &i, &due_us));
    cr_expect_eq(schedule.late_us_max, 150);
}

Test(load_schedule, says_how_long_to_wait)
{
    struct schedule schedule = {.start_us = 1000, .span_us = 400, .count = 4};
    struct schedule over = {0};
    cr_expect_eq(schedule_wait_us(&schedule, 900, 5000), 100);
    cr_expect_eq(schedule_wait_us(&schedule, 900, 50), 50);
    cr_expect_eq(schedule_wait_us(&schedule, 2000, 50), 0);
    cr_expect_eq(schedule_wait_us(&over, 2000, 50), 50);
}

/* ---- ballots ---- */

Test(load_ballots, number_every_ranking_once)
{
    for (uint32_t number = 0; number < BALLOTS_MAX; number++) {
        int places[BALLOT_PLACES];
        ballot_places(number, places);
        cr_assert_eq(ballot_number(places), number);
    }
}

Test(load_ballots, take_no_ranking_with_holes_or_repeats)
{
    static const int repeated[BALLOT_PLACES] = {0, 1, 2, 3, 4, 0};
    static const int shorter[BALLOT_PLACES] = {0, 1, 2, 3, 4, -1};
    static const int foreign[BALLOT_PLACES] = {0, 1, 2, 3, 4, 12};
    cr_expect_eq(ballot_number(repeated), BALLOT_NONE);
    cr_expect_eq(ballot_number(shorter), BALLOT_NONE);
    cr_expect_eq(ballot_number(foreign), BALLOT_NONE);
}

static struct load_ballots make_ballots(void)
{
    struct load_ballots ballots = {.poll = 3, .seed = 5};
    for (int i = 0; i < BALLOT_IDEAS; i++) {
        ballots.ideas[i] = 20 + i;
    }
    return ballots;
}

static uint32_t cast(struct load_ballots *ballots, uint32_t phone, uint32_t before)
{
    uint32_t i = 0;
    cr_assert_eq(load_ballots_new(ballots, phone, before, &i), ERR_OK);
    ballots->all[i].receipt = true;
    return i;
}

Test(load_ballots, say_the_same_every_time_and_are_found_by_their_ids)
{
    struct load_ballots ballots = make_ballots();
    struct buf once;
    struct buf again;
    struct uid id = {{0}};
    buf_init(&once, 4096);
    buf_init(&again, 4096);
    cast(&ballots, 0, BALLOT_NONE);
    uint32_t i = cast(&ballots, 1, BALLOT_NONE);
    load_ballots_write(&ballots, i, &once);
    load_ballots_write(&ballots, i, &again);
    cr_expect_str_eq((const char *)once.data, (const char *)again.data);
    const char *hex = strstr((const char *)once.data, "\"id\":\"") + 6;
    for (int k = 0; k < UID_BYTES; k++) {
        char two[3] = {hex[2 * k], hex[2 * k + 1], '\0'};
        id.bytes[k] = (uint8_t)strtoul(two, NULL, 16);
    }
    cr_expect_eq(load_ballots_find(&ballots, &id), i);
    id.bytes[0] ^= 1;
    cr_expect_eq(load_ballots_find(&ballots, &id), BALLOT_NONE);
    buf_fini(&once);
    buf_fini(&again);
    load_ballots_fini(&ballots);
}

/* A row of the export with the ballot of that number. */
static void add_row(struct buf *csv, uint32_t number, int count)
{
    int places[BALLOT_PLACES];
    ballot_places(number, places);
    buf_printf(csv, "1,1,%d", count);
    for (int i = 0; i < BALLOT_PLACES; i++) {
        buf_printf(csv, ",Rehearsal %c", 'A' + places[i]);
    }
    buf_text(csv, "\r\n");
}

static struct load_check
check_export(struct load_ballots *ballots, const uint32_t *numbers, size_t count)
{
    struct load_check check;
    struct buf csv;
    buf_init(&csv, 65536);
    buf_text(&csv, "\xef\xbb\xbfpoll,ballot,count,rank1,rank2\r\n");
    for (size_t i = 0; i < count; i++) {
        add_row(&csv, numbers[i], 1);
    }
    cr_assert_eq(load_ballots_check(ballots, (const char *)csv.data, &check), ERR_OK);
    buf_fini(&csv);
    load_ballots_fini(ballots);
    return check;
}

Test(load_ballots, are_all_there)
{
    struct load_ballots ballots = make_ballots();
    const uint32_t rows[] = {
        cast(&ballots, 0, BALLOT_NONE), cast(&ballots, 1, BALLOT_NONE)};
    struct load_check check = check_export(&ballots, rows, 2);
    cr_expect_eq(check.exported, 2);
    cr_expect_eq(check.lost + check.doubled + check.foreign, 0);
}

Test(load_ballots, an_acknowledged_one_that_is_missing_is_lost)
{
    struct load_ballots ballots = make_ballots();
    const uint32_t rows[] = {cast(&ballots, 0, BALLOT_NONE)};
    cast(&ballots, 1, BALLOT_NONE);
    cr_expect_eq(check_export(&ballots, rows, 1).lost, 1);
}

Test(load_ballots, the_last_acknowledged_one_must_count)
{
    struct load_ballots ballots = make_ballots();
    const uint32_t rows[] = {cast(&ballots, 0, BALLOT_NONE)};
    cast(&ballots, 0, rows[0]);
    cr_expect_eq(check_export(&ballots, rows, 1).lost, 1);
}

Test(load_ballots, a_later_one_without_a_receipt_may_count)
{
    struct load_ballots ballots = make_ballots();
    uint32_t first = cast(&ballots, 0, BALLOT_NONE);
    const uint32_t rows[] = {cast(&ballots, 0, first)};
    ballots.all[rows[0]].receipt = false;
    struct load_check check = check_export(&ballots, rows, 1);
    cr_expect_eq(check.lost + check.doubled + check.foreign, 0);
}

Test(load_ballots, one_phone_that_counts_twice_is_doubled)
{
    struct load_ballots ballots = make_ballots();
    uint32_t first = cast(&ballots, 0, BALLOT_NONE);
    const uint32_t rows[] = {first, cast(&ballots, 0, first)};
    cr_expect_eq(check_export(&ballots, rows, 2).doubled, 1);
}

Test(load_ballots, one_that_is_there_twice_is_doubled)
{
    struct load_ballots ballots = make_ballots();
    uint32_t only = cast(&ballots, 0, BALLOT_NONE);
    const uint32_t rows[] = {only, only};
    struct load_check check = check_export(&ballots, rows, 2);
    cr_expect_eq(check.doubled, 1);
    cr_expect_eq(check.lost, 0);
}

Test(load_ballots, one_that_nobody_cast_is_foreign)
{
    struct load_ballots ballots = make_ballots();
    const uint32_t rows[] = {cast(&ballots, 0, BALLOT_NONE), 77};
    cr_expect_eq(check_export(&ballots, rows, 2).foreign, 1);
}

/* ---- the result ---- */

/* The ideas in this order, from the seventh on equal; the lot as the letters. */
static enum err recount(const char *order, const char *poll, bool *ret_same)
{
    struct load_ballots ballots = make_ballots();
    struct buf csv;
    for (uint32_t phone = 0; phone < 3; phone++) {
        uint32_t i = cast(&ballots, phone, BALLOT_NONE);
        ballots.all[i].exported = 1;
    }
    buf_init(&csv, 65536);
    buf_text(
        &csv,
        "\xef\xbb\xbfpoll,round,option,name,votes,place,elected,eliminated,lot\r\n");
    for (int i = 0; order[i] != '\0'; i++) {
        buf_printf(
            &csv, "%s,0,%d,Rehearsal %c,,%d,%s,,%d\r\n%s,1,%d,Rehearsal %c,5,,,,\r\n",
            poll, 20 + order[i] - 'A', order[i], i < 6 ? i + 1 : 7, i == 0 ? "yes" : "no",
            order[i] - 'A' + 1, poll, 20 + order[i] - 'A', order[i]);
    }
    enum err err = load_recount(&ballots, (const char *)csv.data, ret_same);
    buf_fini(&csv);
    load_ballots_fini(&ballots);
    return err;
}

/* Three ballots: ABCDEF, BACDEF, CABDEF. A beats B and C; nobody names the others. */
Test(load_recount, knows_the_order_that_the_ballots_give)
{
    bool same = false;
    cr_assert_eq(recount("ABCDEFGHIJKL", "3", &same), ERR_OK);
    cr_expect(same);
}

Test(load_recount, sees_another_winner_and_another_order)
{
    bool same = true;
    cr_assert_eq(recount("BACDEFGHIJKL", "3", &same), ERR_OK);
    cr_expect_not(same);
    same = true;
    cr_assert_eq(recount("ABCEDFGHIJKL", "3", &same), ERR_OK);
    cr_expect_not(same);
}

Test(load_recount, is_of_no_other_table)
{
    bool same = true;
    cr_expect_eq(recount("ABCDEFGHIJK", "3", &same), ERR_BAD_VALUE, "one is missing");
    cr_expect_eq(recount("ABCDEFGHIJKA", "3", &same), ERR_BAD_VALUE, "one stands twice");
    cr_expect_eq(recount("ABCDEFGHIJKL", "2", &same), ERR_BAD_VALUE, "another poll");
    cr_expect_not(same);
}

/* ---- what it means ---- */

static struct load_figures good_figures(void)
{
    return (struct load_figures){
        .phones = 2, .arrived = 2, .ballots = 2, .receipts = 2, .checked = true};
}

static enum load_grade judge(const struct load_figures *figures, const char *reason)
{
    struct load_verdict verdict;
    load_judge(figures, &verdict);
    bool found = reason == NULL && verdict.count == 0;
    for (size_t i = 0; i < verdict.count && reason != NULL; i++) {
        found = found || strstr(verdict.reasons[i], reason) != NULL;
    }
    cr_expect(found, "%s", reason);
    return verdict.grade;
}

Test(load_verdict, a_good_evening_needs_no_words)
{
    struct load_figures figures = good_figures();
    cr_expect_eq(judge(&figures, NULL), GRADE_READY);
}

Test(load_verdict, what_is_lost_or_doubled_or_unanswered_is_not_ready)
{
    struct load_figures figures = good_figures();
    figures.check.lost = 3;
    cr_expect_eq(judge(&figures, "3 acknowledged ballots are not"), GRADE_FAILED);
    figures = good_figures();
    figures.check.doubled = 1;
    cr_expect_eq(judge(&figures, "1 ballots count twice"), GRADE_FAILED);
    figures = good_figures();
    figures.check.foreign = 1;
    cr_expect_eq(judge(&figures, "that nobody cast"), GRADE_FAILED);
    figures = good_figures();
    figures.result_wrong = true;
    cr_expect_eq(judge(&figures, "The result is not"), GRADE_FAILED);
    figures = good_figures();
    figures.wrong_receipts = 1;
    cr_expect_eq(judge(&figures, "do not fit"), GRADE_FAILED);
    figures = good_figures();
    figures.receipts = 1;
    cr_expect_eq(judge(&figures, "1 of 2 ballots were never"), GRADE_FAILED);
    figures = good_figures();
    figures.checked = false;
    cr_expect_eq(judge(&figures, "could not be checked"), GRADE_FAILED);
}

Test(load_verdict, who_is_left_outside_is_not_ready)
{
    struct load_figures figures = good_figures();
    figures.arrived = 1;
    cr_expect_eq(judge(&figures, "1 of 2 phones never got in"), GRADE_FAILED);
    figures = good_figures();
    figures.not_back = 1;
    cr_expect_eq(judge(&figures, "1 phones had no line"), GRADE_FAILED);
    figures.deaf = 1;
    cr_expect_eq(judge(&figures, NULL), GRADE_READY);
    figures = good_figures();
    figures.pushes_missed = 1;
    cr_expect_eq(judge(&figures, "did not reach"), GRADE_FAILED);
    figures = good_figures();
    figures.ideas_unanswered = 3;
    cr_expect_eq(judge(&figures, "3 ideas were never"), GRADE_FAILED);
    figures = good_figures();
    figures.refused = 1;
    snprintf(figures.refusal, sizeof figures.refusal, "closed");
    cr_expect_eq(judge(&figures, "closed first"), GRADE_FAILED);
}

Test(load_verdict, long_waits_are_slow_and_told)
{
    struct load_figures figures = good_figures();
    histogram_add(&figures.times[TIME_RECEIPT], 2500000);
    cr_expect_eq(judge(&figures, "receipt takes 2.5 s"), GRADE_SLOW);
    figures = good_figures();
    figures.lines_lost = 4;
    cr_expect_eq(judge(&figures, "4 lines broke"), GRADE_SLOW);
    figures = good_figures();
    figures.deeds = 2;
    cr_expect_eq(judge(&figures, "2 of 2 misdeeds were not refused"), GRADE_SLOW);
    figures.deeds_obeyed = 1;
    cr_expect_eq(judge(&figures, "1 were obeyed"), GRADE_FAILED);
}

Test(load_verdict, our_own_lateness_is_told_and_changes_nothing)
{
    struct load_figures figures = good_figures();
    figures.late_us_max = 800000;
    cr_expect_eq(judge(&figures, "0.8 s late itself"), GRADE_READY);
}

Test(load_verdict, json_holds_grade_counts_and_times)
{
    struct load_figures figures = good_figures();
    struct load_verdict verdict;
    figures.scenario = "vote";
    histogram_add(&figures.times[TIME_RECEIPT], 70);
    load_judge(&figures, &verdict);
    cJSON *json = load_json(&figures, &verdict);
    char *text = cJSON_PrintUnformatted(json);
    cr_expect_not_null(strstr(text, "\"scenario\":\"vote\",\"verdict\":\"ready\""));
    cr_expect_not_null(strstr(text, "\"receipts\":2"));
    cr_expect_not_null(strstr(text, "\"receipt\":{\"count\":1,\"p50\":70"));
    cJSON_free(text);
    cJSON_Delete(json);
}

/* ---- what is not begun ---- */

static int load(const char *text)
{
    struct words words;
    words_split(&words, text);
    cr_redirect_stderr();
    return cmd_load(words.argc, words.argv);
}

Test(load_command, refuses_an_address_outside_unless_told)
{
    cr_expect_eq(load("load|--url|http://8.8.8.8:80|--moderator|x"), 2);
    cr_expect_stderr_eq_str(
        "stimmwerk load: http://8.8.8.8:80 is outside this machine and private networks; "
        "if it is yours, say --public (see stimmwerk load --help)\n");
}

Test(load_command, refuses_a_server_whose_event_it_does_not_know)
{
    cr_expect_eq(load("load|--url|http://127.0.0.1:1"), 2);
}

Test(load_command, refuses_a_store_that_no_server_was_named_for)
{
    cr_expect_eq(load("load|--store|sqlite:x.db"), 2);
}

Test(load_command, refuses_a_scenario_that_there_is_not)
{
    cr_expect_eq(load("load|earthquake"), 2);
}

Test(load_command, refuses_more_than_it_can_bear)
{
    cr_expect_eq(load("load|--phones|60001"), 2);
    cr_expect_eq(load("load|--seconds|601"), 2);
}
