/* Every refusal has a code and leaves everything as it was. */
#include "talk.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct hall_server server;
static struct talk hall;
static struct person *moderator;
static struct person *anna;
static long poll;

static void set_up(void)
{
    server_init(&server);
    server_start(&server, NULL);
    talk_init(&hall, &server, "open");
    moderator = talk_moderator(&hall);
    poll = talk_open_poll(moderator, 5);
    anna = talk_participant(&hall, NULL);
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(refusals, .init = set_up, .fini = tear_down);

static const char *cast(struct person *person, unsigned counter, const char *ballot)
{
    return talk_refusal(person, "cast", CAST_MEMBERS, poll, counter, ballot);
}

/* How many have voted, as the next welcome and live message say. */
static long voted(void)
{
    struct person *stage = talk_stage(&hall);
    cJSON *live = talk_hear(stage, "live");
    const cJSON *polls = cJSON_GetObjectItemCaseSensitive(live, "polls");
    long count = number_of(cJSON_GetArrayItem(polls, 0), "voted");
    cJSON_Delete(live);
    return count;
}

Test(refusals, names_what_is_wrong_with_a_ballot_and_keeps_the_one_that_counts)
{
    static const struct {
        const char *ballot;
        const char *code;
    } cases[] = {
        {"{\"ranking\":[[\"99\"]]}", "unknown-option"},
        {"{\"ranking\":[[\"1\"],[\"1\"]]}", "duplicate-option"},
        {"{\"ranking\":[[\"1\"],[\"2\"],[\"3\"],[\"4\"]]}", "too-many-ranks"},
        {"{\"ranking\":[[\"1\",\"2\"]]}", "ties-not-allowed"},
        {"{\"approval\":[\"1\"]}", "wrong-form"},
        {"{\"answer\":\"yes\"}", "wrong-form"},
        {"{\"ranking\":[[1]]}", "bad-value"},
        {"{\"ranking\":[[\"1\"]],\"extra\":1}", "wrong-form"},
        {"{}", "wrong-form"},
    };

    cr_assert_str_empty(cast(anna, 1, "{\"ranking\":[[\"2\"]]}"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *code = cast(anna, 2 + (unsigned)i, cases[i].ballot);
        cr_assert_str_eq(code, cases[i].code, "%s: %s", cases[i].ballot, code);
    }
    cr_assert_eq(voted(), 1);
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
    cJSON *result = talk_hear(anna, "result");
    cr_assert_eq(number_of(result, "ballots"), 1);
    const cJSON *winners = cJSON_GetObjectItemCaseSensitive(result, "winners");
    cr_assert_str_eq(cJSON_GetArrayItem(winners, 0)->valuestring, "2");
    cJSON_Delete(result);
}

Test(refusals, takes_a_blank_and_a_short_ballot)
{
    cr_assert_str_empty(cast(anna, 1, "{\"ranking\":[]}"));
    cr_assert_str_empty(cast(anna, 2, "{\"ranking\":[[\"3\"],[\"1\"]]}"));
    cr_assert_eq(voted(), 1);
}

Test(refusals, refuses_ballots_before_opening_and_after_close)
{
    long draft = talk_do(
        moderator, "poll", "poll.create",
        "\"question\":\"Noch nicht\",\"lang\":\"de\",\"form\":\"approval\","
        "\"method\":\"approval\",\"seats\":1,\"ranks\":1,\"ties\":false,\"live\":false,"
        "\"publication\":\"order\",\"options\":[\"1\",\"2\"]");
    cr_assert_str_eq(
        talk_refusal(anna, "cast", CAST_MEMBERS, draft, 1U, "{\"approval\":[\"1\"]}"),
        "unknown-poll", "a draft is nobody's business");
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    cr_assert_str_eq(cast(anna, 1, "{\"ranking\":[[\"2\"]]}"), "closed");
    talk_do(
        moderator, NULL, "poll.reopen", "\"poll\":\"%ld\",\"reason\":\"mistake\"", poll);
    cr_assert_str_empty(cast(anna, 1, "{\"ranking\":[[\"2\"]]}"));
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(moderator, NULL, "poll.seal", "\"poll\":\"%ld\"", poll);
    cr_assert_str_eq(cast(anna, 2, "{\"ranking\":[[\"1\"]]}"), "sealed");
    cr_assert_str_eq(
        talk_refusal(
            moderator, "poll.reopen", "\"poll\":\"%ld\",\"reason\":\"mistake\"", poll),
        "sealed");
}

/* Says the text until the answer is about it and not about the pace. */
static void expect_refused(const char *text, const char *code)
{
    char heard[64];
    int64_t until_ms = client_now_ms() + 10000;
    do {
        talk_say(anna, "%s", text);
        cJSON *answer = talk_hear(anna, "refused");
        snprintf(heard, sizeof heard, "%s", text_of(answer, "err"));
        cJSON_Delete(answer);
    } while (strcmp(heard, "too-fast") == 0 && client_now_ms() < until_ms);
    cr_assert_str_eq(heard, code, "%s: %s", text, heard);
}

Test(refusals, names_what_is_wrong_with_a_message)
{
    static const struct {
        const char *text;
        const char *code;
    } cases[] = {
        {"hello?", "not-json"},
        {"[1,2]", "not-json"},
        {"{\"op\":\"vote\"}", "unknown-op"},
        {"{\"op\":\"ping\",\"x\":1}", "unknown-key"},
        {"{\"op\":\"idea.withdraw\",\"id\":\"00000000000000000000000000000001\"}",
         "missing-key"},
        {"{\"op\":\"idea.withdraw\",\"id\":\"1\",\"idea\":\"1\"}", "bad-value"},
        {"{\"op\":\"idea.withdraw\",\"op\":\"ping\"}", "duplicate-key"},
        {"[[[[[[[[[[1]]]]]]]]]]", "too-deep"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_refused(cases[i].text, cases[i].code);
    }
}

Test(refusals, refuses_a_frame_larger_than_its_kind_may_be)
{
    char text[6000];
    int bytes = snprintf(
        text, sizeof text,
        "{\"op\":\"idea.withdraw\",\"id\":\"00000000000000000000000000000001\",\"idea\":"
        "\"");
    memset(text + bytes, '1', 5000);
    memcpy(text + bytes + 5000, "\"}", 3);
    expect_refused(text, "too-large");
}

Test(refusals, lets_nobody_act_above_the_own_role)
{
    static const char *const desk_ops[] = {
        "poll.open",      "poll.close", "poll.publish",
        "poll.unpublish", "poll.seal",  "poll.drop",
    };
    for (size_t i = 0; i < sizeof desk_ops / sizeof *desk_ops; i++) {
        cr_assert_str_eq(
            talk_refusal(anna, desk_ops[i], "\"poll\":\"%ld\"", poll), "not-allowed");
    }
    cr_assert_str_eq(
        talk_refusal(moderator, "cast", CAST_MEMBERS, poll, 1U, "{\"ranking\":[]}"),
        "not-allowed");
    struct person *stranger = talk_stranger(&hall, "");
    cr_assert_str_eq(
        talk_refusal(stranger, "cast", CAST_MEMBERS, poll, 1U, "{\"ranking\":[]}"),
        "no-session");
    cr_assert_str_eq(
        talk_refusal(
            stranger, "hello", "\"event\":\"%s\",\"role\":\"moderator\"", hall.event),
        "no-session");
    cr_assert_str_eq(
        talk_refusal(
            stranger, "hello", "\"event\":\"%s\",\"role\":\"participant\"", hall.event),
        "no-session");
    struct person *stage = talk_stage(&hall);
    cr_assert_str_eq(talk_refusal(stage, "call", "\"open\":false"), "not-allowed");
}

Test(refusals, asks_a_phone_that_talks_too_fast_to_wait_and_hears_it_afterwards)
{
    long wait_ms = 0;
    for (int i = 0; i < 200 && wait_ms == 0; i++) {
        cJSON *answer = talk_ask(anna, "idea.withdraw", "\"idea\":\"999\"");
        if (strcmp(text_of(answer, "err"), "too-fast") == 0) {
            wait_ms = number_of(answer, "retry_ms");
        }
        cJSON_Delete(answer);
    }
    cr_assert_gt(wait_ms, 0);
    int64_t until_ms = client_now_ms() + 20000;
    while (strcmp(cast(anna, 1, "{\"ranking\":[[\"2\"]]}"), "") != 0) {
        cr_assert_lt(client_now_ms(), until_ms);
        cr_assert_eq(client_pool_run(hall.pool, (int)wait_ms), ERR_OK);
    }
}

Test(refusals, tells_a_mistyped_code_from_a_wrong_one)
{
    static const struct {
        const char *body;
        int status;
        const char *code;
    } cases[] = {
        {"{\"code\":\"ABC\"}", 400, "code-malformed"},
        {"{\"code\":\"000000\"}", 404, "code-unknown"},
        {"{\"code\":\"0000000000\"}", 404, "ticket-unknown"},
        {"{\"kode\":\"ABC\"}", 400, "unknown-key"},
        {"nonsense", 400, "not-json"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cJSON *answer = NULL;
        int status = talk_post(&hall, "/join", cases[i].body, NULL, &answer);
        cr_assert_eq(status, cases[i].status, "%s: %d", cases[i].body, status);
        cr_assert_str_eq(text_of(answer, "err"), cases[i].code);
        cJSON_Delete(answer);
    }
}

Test(refusals, lets_a_moderator_link_in_only_once)
{
    char body[96];
    cJSON *answer = NULL;
    snprintf(body, sizeof body, "{\"link\":\"%s\"}", hall.link);
    cr_assert_eq(talk_post(&hall, "/login", body, NULL, &answer), 403);
    cr_assert_str_eq(text_of(answer, "err"), "link-unknown");
    cJSON_Delete(answer);
}

#define WRONG_CODES 2600 /* more than may join at once */

Test(refusals, lets_wrong_codes_keep_nobody_out)
{
    int too_fast = 0;
    for (int i = 0; i < WRONG_CODES; i++) {
        cJSON *answer = NULL;
        (void)talk_post(&hall, "/join", "{\"code\":\"0000000000\"}", NULL, &answer);
        too_fast += strcmp(text_of(answer, "err"), "too-fast") == 0;
        cJSON_Delete(answer);
    }
    cr_assert_gt(too_fast, 0);
    (void)talk_participant(&hall, NULL);
}

Test(refusals, cuts_a_line_that_does_not_slow_down)
{
    int64_t until_ms = client_now_ms() + 60000;
    while (client_is_open(anna->client) && client_now_ms() < until_ms) {
        for (int i = 0; i < 4; i++) {
            talk_say(anna, "{\"op\":\"ping\"}");
        }
        /* What is sent to a line that was cut takes the reason along that is still
         * unread. */
        cr_assert_eq(client_pool_run(hall.pool, 0), ERR_OK);
    }
    cr_assert_eq(talk_hear_close(anna), 1008);
}

Test(refusals, gives_no_seat_to_a_session_that_somebody_made_up)
{
    static const char planted[] = "s=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    char cookie[256];
    char body[64];
    snprintf(cookie, sizeof cookie, "%s", planted);
    snprintf(body, sizeof body, "{\"code\":\"%s\"}", hall.event);
    cr_assert_eq(talk_post(&hall, "/join", body, cookie, NULL), 200);
    cr_assert_str_neq(cookie, planted);
    struct person *thief = talk_stranger(&hall, planted);
    cr_assert_str_eq(
        talk_refusal(
            thief, "hello", "\"event\":\"%s\",\"role\":\"participant\"", hall.event),
        "no-session");
}

/* ---- groups and tags ---- */

#define ADD "\"kind\":\"%s\",\"name\":\"%s\""

Test(refusals, of_groups_and_tags_leave_names_people_and_ideas_as_they_were)
{
    static const struct {
        const char *op;
        const char *members;
        const char *code;
    } cases[] = {
        {"label.add", "\"kind\":\"group\",\"name\":\" Rot\"", "name-taken"},
        {"label.edit", "\"label\":\"2\",\"name\":\"Rot\"", "name-taken"},
        {"label.edit", "\"label\":\"9\",\"name\":\"Rot\"", "unknown-label"},
        {"label.drop", "\"label\":\"9\"", "unknown-label"},
        {"label.move", "\"label\":\"1\",\"before\":\"9\"", "unknown-label"},
        {"label.move", "\"label\":\"1\",\"before\":\"3\"", "bad-value"},
        {"idea.tag", "\"idea\":\"1\",\"tags\":[\"1\"]", "unknown-label"},
        {"idea.challenge", "\"idea\":\"1\",\"challenge\":\"1\"", "unknown-label"},
        {"label.add", "\"kind\":\"tag\",\"name\":\"X\",\"challenge\":\"1\"", "bad-value"},
    };

    cr_assert_eq(talk_do(moderator, "label", "label.add", ADD, "group", "Rot"), 1);
    cr_assert_eq(talk_do(moderator, "label", "label.add", ADD, "group", "Blau"), 2);
    cr_assert_eq(talk_do(moderator, "label", "label.add", ADD, "tag", "Rot"), 3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_str_eq(
            talk_refusal(moderator, cases[i].op, "%s", cases[i].members), cases[i].code);
        cr_expect_str_eq(
            talk_refusal(anna, cases[i].op, "%s", cases[i].members), "not-allowed");
    }
    cr_expect_str_eq(talk_refusal(moderator, "group", "\"group\":\"1\""), "not-allowed");
    (void)talk_do(anna, NULL, "group", "\"group\":\"1\"");
    cr_expect_str_eq(talk_refusal(anna, "group", "\"group\":\"2\""), "group-frozen");
    cr_expect_str_eq(
        talk_refusal(moderator, "label.drop", "\"label\":\"1\""), "wrong-state");
    (void)talk_do(moderator, NULL, "label.edit", "\"label\":\"1\",\"name\":\"Rot\"");
}
