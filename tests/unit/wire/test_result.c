/* A count on the wire: golden frames, the levels of publication, the bound on size. */
#include "golden.h"
#include "wire/result_json.h"

#include "domain/count.h"
#include "tally_kit.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OUT_BYTES_MAX (4 * 1024 * 1024)

static struct buf out;

static void enter(void)
{
    buf_init(&out, OUT_BYTES_MAX);
}

static void leave(void)
{
    buf_fini(&out);
}

TestSuite(result, .init = enter, .fini = leave);

static struct poll poll_of(enum ballot_form form, uint16_t options)
{
    struct poll poll = {.id = 3, .spec = {.form = form, .option_count = options}};
    for (uint16_t i = 0; i < options; i++) {
        poll.spec.options[i] = 10 + i;
    }
    return poll;
}

/* Adds `weight` rankings: "021" is option 0, then 2, then 1. */
static void add(struct tally_profile *profile, int64_t weight, const char *ranking)
{
    struct tally_mark marks[10];
    size_t count = strlen(ranking);
    for (size_t i = 0; i < count; i++) {
        marks[i] = (struct tally_mark){
            .option = (uint16_t)(ranking[i] - '0'), .place = (uint16_t)(i + 1)};
    }
    cr_assert_eq(tally_profile_add(profile, marks, count, weight), TALLY_OK);
}

static struct tally_profile *profile_of(size_t options)
{
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new(options, &profile), TALLY_OK);
    return profile;
}

/* Counts, frees the profile and writes the message to `out`. */
static void encode(
    const struct poll *poll, struct tally_profile *profile, const char *method,
    const uint16_t *tie_order, enum publication level)
{
    struct tally_result *result =
        count_by(profile, rule_for(method, 1, tie_order, tally_profile_options(profile)));
    buf_clear(&out);
    wire_encode_result(&out, poll, result, NULL, level, poll->state == POLL_OPEN);
    cr_assert(!buf_failed(&out));
    tally_result_free(result);
    tally_profile_free(profile);
}

static struct tally_profile *runoff_ballots(void)
{
    struct tally_profile *profile = profile_of(4);
    add(profile, 5, "0");
    add(profile, 3, "12");
    add(profile, 4, "21");
    add(profile, 1, "31");
    add(profile, 1, "30");
    add(profile, 2, "");
    return profile;
}

static const uint16_t order[] = {3, 1, 0, 2};

Test(result, of_instant_runoff_tells_every_round)
{
    struct poll poll = poll_of(BALLOT_RANKING, 4);
    encode(&poll, runoff_ballots(), "irv", order, PUBLISH_STATISTICS);
    golden_expect_push("result: instant runoff, a tie settled by an earlier round", &out);
}

Test(result, left_open_names_all_who_may_win)
{
    struct poll poll = poll_of(BALLOT_RANKING, 4);
    poll.state = POLL_OPEN;
    encode(&poll, runoff_ballots(), "irv", NULL, PUBLISH_BALLOTS);
    golden_expect_push("result: instant runoff, live, a tie left open", &out);
}

Test(result, at_the_lowest_level_tells_the_order_only)
{
    struct poll poll = poll_of(BALLOT_RANKING, 4);
    encode(&poll, runoff_ballots(), "irv", order, PUBLISH_ORDER);
    golden_expect_push("result: the order only", &out);
}

static struct tally_profile *cycle_ballots(void)
{
    struct tally_profile *profile = profile_of(3);
    add(profile, 9, "012");
    add(profile, 8, "120");
    add(profile, 6, "201");
    return profile;
}

Test(result, of_ranked_pairs_tells_locked_and_dropped_duels)
{
    struct poll poll = poll_of(BALLOT_RANKING, 3);
    encode(&poll, cycle_ballots(), "ranked-pairs-wv", NULL, PUBLISH_STATISTICS);
    golden_expect_push("result: ranked pairs, a cycle", &out);
}

Test(result, of_borda_has_halves_as_strings)
{
    struct poll poll = poll_of(BALLOT_RANKING, 3);
    struct tally_profile *profile = profile_of(3);
    add(profile, 1, "0");
    encode(&poll, profile, "borda", NULL, PUBLISH_STATISTICS);
    golden_expect_push("result: borda", &out);
}

Test(result, that_is_published_names_its_publishing)
{
    struct poll poll = poll_of(BALLOT_RANKING, 3);
    poll.state = POLL_CLOSED;
    poll.published = true;
    poll.published_pos = 57;
    struct tally_profile *profile = profile_of(3);
    add(profile, 1, "0");
    encode(&poll, profile, "borda", NULL, PUBLISH_ORDER);
    golden_expect_push("result: published", &out);
}

Test(result, of_a_yesno_poll_names_yes_and_no_whatever_it_is_about)
{
    struct poll poll = poll_of(BALLOT_YESNO, 1);
    struct tally_profile *profile = profile_of(2);
    add(profile, 3, "0");
    add(profile, 4, "1");
    add(profile, 1, "");
    encode(&poll, profile, "plurality", NULL, PUBLISH_STATISTICS);
    golden_expect_push("result: yes or no", &out);
}

Test(result, of_a_yesno_poll_that_is_tied_names_both_and_no_lot)
{
    struct poll poll = poll_of(BALLOT_YESNO, 0);
    struct kept_mark marks[] = {{.option = 0, .value = 1}, {.option = 1, .value = 1}};
    struct kept_ballot ballots[] = {
        {.marks_at = 0, .mark_count = 1, .counts = true},
        {.marks_at = 1, .mark_count = 1, .counts = true}};
    const uint16_t no_first[] = {1, 0};
    memcpy(poll.spec.method, "plurality", sizeof "plurality");
    poll.spec.seats = 1;
    poll.ballots = ballots;
    poll.ballot_count = 2;
    poll.marks = marks;
    poll.mark_count = 2;
    struct tally_result *result = NULL;
    cr_assert_eq(poll_count(&poll, no_first, &result), ERR_OK);
    wire_encode_result(&out, &poll, result, NULL, PUBLISH_STATISTICS, false);
    tally_result_free(result);
    golden_expect_push("result: yes or no, a tie", &out);
}

/* 4, 4 and 1 points; the runoff of the two highest is even, too. */
static struct tally_profile *points_ballots(size_t score_max)
{
    const struct tally_mark one[] = {{0, 3}, {1, 2}};
    const struct tally_mark two[] = {{0, 1}, {1, 2}, {2, 1}};
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new_scored(3, score_max, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, one, 2, 1), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, two, 3, 1), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, NULL, 0, 1), TALLY_OK);
    return profile;
}

Test(result, of_scores_tells_the_sums)
{
    struct poll poll = poll_of(BALLOT_SCORE, 3);
    const uint16_t lot[] = {1, 2, 0};
    encode(&poll, points_ballots(SCORE_MAX), "score", lot, PUBLISH_STATISTICS);
    golden_expect_push("result: scores", &out);
}

Test(result, of_star_tells_the_sums_and_the_runoff)
{
    struct poll poll = poll_of(BALLOT_SCORE, 3);
    const uint16_t lot[] = {1, 2, 0};
    encode(&poll, points_ballots(SCORE_MAX), "star", lot, PUBLISH_STATISTICS);
    golden_expect_push("result: star", &out);
}

/* Of all the others a ranking by STAR tells no order: the second finalist may be
 * anywhere. */
Test(result, of_star_tells_the_runoff_among_many_options)
{
    struct poll poll = poll_of(BALLOT_SCORE, 40);
    const struct tally_mark marks[] = {{30, 5}, {39, 4}};
    struct tally_profile *profile = NULL;
    cr_assert_eq(tally_profile_new_scored(40, SCORE_MAX, &profile), TALLY_OK);
    cr_assert_eq(tally_profile_add(profile, marks, 2, 1), TALLY_OK);
    encode(&poll, profile, "star", NULL, PUBLISH_STATISTICS);
    const char *duels = strstr((const char *)out.data, "\"duels\":[{\"winner\":");
    cr_assert_not_null(duels, "%s", (const char *)out.data);
}

Test(result, of_dots_tells_the_sums)
{
    struct poll poll = poll_of(BALLOT_DOTS, 3);
    encode(&poll, points_ballots(5), "score", NULL, PUBLISH_STATISTICS);
    golden_expect_push("result: dots", &out);
}

static const cJSON *get(const cJSON *json, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(json, key);
}

/* 60 options, each first on one ballot more than the next, all ranked by everybody. */
Test(result, of_many_options_tells_pairs_and_duels_of_the_first_twelve)
{
    struct poll poll = poll_of(BALLOT_RANKING, 60);
    struct tally_profile *profile = profile_of(60);
    struct tally_mark marks[60];
    for (uint16_t first = 0; first < 60; first++) {
        for (uint16_t i = 0; i < 60; i++) {
            marks[i] = (struct tally_mark){
                .option = (uint16_t)((first + i) % 60), .place = (uint16_t)(i + 1)};
        }
        cr_assert_eq(tally_profile_add(profile, marks, 60, 100 - first), TALLY_OK);
    }
    encode(&poll, profile, "ranked-pairs-wv", NULL, PUBLISH_STATISTICS);
    cJSON *json = cJSON_ParseWithLength((const char *)out.data, out.bytes);
    cr_assert_not_null(json);
    const cJSON *pairwise = get(json, "pairwise");
    cr_assert_eq(cJSON_GetArraySize(get(pairwise, "options")), 12);
    cr_assert_eq(cJSON_GetArraySize(get(pairwise, "matrix")), 12);
    cr_assert_eq(cJSON_GetArraySize(cJSON_GetArrayItem(get(pairwise, "matrix"), 11)), 12);
    cr_assert_leq(cJSON_GetArraySize(get(json, "duels")), 12 * 11 / 2);
    cr_assert_str_eq(
        cJSON_GetStringValue(cJSON_GetArrayItem(get(pairwise, "options"), 0)),
        cJSON_GetStringValue(
            cJSON_GetArrayItem(cJSON_GetArrayItem(get(json, "ranking"), 0), 0)));
    cJSON_Delete(json);
}

/* The longest message there can be: 200 options that leave one by one. */
Test(result, of_the_largest_runoff_fits_a_phone)
{
    struct poll poll = poll_of(BALLOT_RANKING, OPTIONS_MAX);
    struct tally_profile *profile = profile_of(OPTIONS_MAX);
    for (uint16_t option = 0; option < OPTIONS_MAX; option++) {
        struct tally_mark mark = {.option = option, .place = 1};
        cr_assert_eq(tally_profile_add(profile, &mark, 1, 10000 + option), TALLY_OK);
    }
    encode(&poll, profile, "irv", NULL, PUBLISH_BALLOTS);
    cr_assert_leq(out.bytes, OUTBOX_BYTES_MAX);
    cJSON *json = cJSON_ParseWithLength((const char *)out.data, out.bytes);
    cr_assert_eq(cJSON_GetArraySize(get(json, "rounds")), OPTIONS_MAX - 1);
    const cJSON *first = get(cJSON_GetArrayItem(get(json, "rounds"), 0), "votes");
    cr_assert_eq(cJSON_GetArraySize(first), 13, "the first twelve and who leaves");
    cJSON_Delete(json);
}

static void write_number(const void *ctx, size_t i, struct buf *to)
{
    const int *base = ctx;
    buf_printf(to, "\"#%d\"", *base + (int)i);
}

Test(result, members_for_the_command_line_tell_of_all_options_in_their_own_order)
{
    const int base = 7;
    struct result_naming naming = {.option = write_number, .ctx = &base};
    struct tally_profile *profile = cycle_ballots();
    struct tally_result *result =
        count_by(profile, rule_for("ranked-pairs-wv", 1, NULL, 0));
    buf_char(&out, '{');
    wire_encode_result_members(&out, result, PUBLISH_BALLOTS, &naming);
    buf_char(&out, '}');
    cJSON *json = cJSON_ParseWithLength((const char *)out.data, out.bytes);
    static const char *const members[] = {"method",    "seats", "ballots", "blank",
                                          "exhausted", "state", "winners", "ranking",
                                          "pairwise",  "duels", "ties"};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        cr_assert_not_null(get(json, members[i]), "%s", members[i]);
    }
    const cJSON *options = get(get(json, "pairwise"), "options");
    cr_assert_str_eq(cJSON_GetStringValue(cJSON_GetArrayItem(options, 2)), "#9");
    cJSON_Delete(json);
    tally_result_free(result);
    tally_profile_free(profile);
}

Test(result, a_buffer_that_is_too_small_fails_and_says_so)
{
    struct poll poll = poll_of(BALLOT_RANKING, 3);
    struct tally_profile *profile = cycle_ballots();
    struct tally_result *result = count_by(profile, rule_for("irv", 1, NULL, 0));
    struct buf small;
    buf_init(&small, 100);
    wire_encode_result(&small, &poll, result, NULL, PUBLISH_BALLOTS, false);
    cr_assert(buf_failed(&small));
    buf_fini(&small);
    tally_result_free(result);
    tally_profile_free(profile);
}
