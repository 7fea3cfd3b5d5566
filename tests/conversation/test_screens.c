/* What screens are told, and what they must not learn: counters, large events, live
 * results. */
#include "talk.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct hall_server server;
static struct talk hall;

static void set_up(void)
{
    server_init(&server);
    server_start(&server, NULL);
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(screens, .init = set_up, .fini = tear_down);

/* Waits for counters that say so. */
static void hear_count(struct person *person, const char *key, long count)
{
    long heard = -1;
    while (heard != count) {
        cJSON *live = talk_hear(person, "live");
        heard = number_of(live, key);
        cJSON_Delete(live);
    }
}

Test(screens, the_stage_hears_of_each_phone_that_comes)
{
    talk_init(&hall, &server, "open");
    struct person *stage = talk_stage(&hall);
    for (long phones = 1; phones <= 3; phones++) {
        talk_participant(&hall, NULL);
        hear_count(stage, "online", phones);
    }
}

Test(screens, a_phone_hears_of_each_phone_that_comes_later)
{
    talk_init(&hall, &server, "open");
    struct person *anna = talk_participant(&hall, NULL);
    for (long phones = 2; phones <= 3; phones++) {
        struct person *later = talk_participant(&hall, NULL);
        hear_count(anna, "online", phones);
        client_close(later->client);
        hear_count(anna, "online", phones - 1);
        talk_participant(&hall, NULL);
        hear_count(anna, "online", phones);
    }
}

Test(screens, a_person_with_two_windows_is_online_once)
{
    talk_init(&hall, &server, "open");
    struct person *stage = talk_stage(&hall);
    struct person *anna = talk_participant(&hall, NULL);
    struct person *window[2];
    hear_count(stage, "online", 1);
    for (int i = 0; i < 2; i++) {
        window[i] = talk_stranger(&hall, anna->cookie);
        talk_return(window[i], "participant", 0);
        cJSON_Delete(talk_hear(window[i], "welcome"));
    }
    talk_participant(&hall, NULL);
    hear_count(stage, "online", 2);
    /* an own idea is told to each of them */
    struct person *moderator = talk_moderator(&hall);
    talk_do(moderator, NULL, "call", "\"open\":true");
    talk_do(anna, "idea", "idea.submit", "\"title\":\"Skatepark\",\"text\":\"\"");
    cJSON_Delete(talk_hear(window[0], "mine"));
    cJSON_Delete(talk_hear(window[1], "mine"));
    client_close(window[0]->client);
    client_close(anna->client);
    talk_participant(&hall, NULL);
    hear_count(stage, "online", 3);
    client_close(window[1]->client);
    hear_count(stage, "online", 2);
}

/* The nickname in an object of somebody's, as text. */
static void expect_nick(const cJSON *object, const char *expected)
{
    char *nick = cJSON_PrintUnformatted(cJSON_GetObjectItemCaseSensitive(object, "nick"));
    cr_expect_str_eq(nick, expected);
    cJSON_free(nick);
}

Test(screens, a_nickname_is_taken_once_and_stands_beside_its_holders_ideas)
{
    talk_init(&hall, &server, "open");
    struct person *moderator = talk_moderator(&hall);
    struct person *anna = talk_participant(&hall, NULL);
    struct person *bela = talk_participant(&hall, NULL);
    const char *words = "\"first\":3,\"second\":41";
    cr_expect_str_eq(talk_refusal(anna, "nick", "%s", words), "wrong-state");
    talk_do(moderator, NULL, "settings", "\"youth\":false,\"nicknames\":true");
    cr_expect_eq(talk_do(anna, "number", "nick", "%s", words), 1);
    cr_expect_eq(talk_do(bela, "number", "nick", "%s", words), 2);
    cr_expect_str_eq(talk_refusal(bela, "nick", "%s", words), "wrong-state");
    talk_do(bela, "idea", "idea.submit", "\"title\":\"Skatepark\",\"text\":\"\"");
    talk_do(moderator, NULL, "idea.release", "\"idea\":\"1\"");
    struct person *stage = talk_stage(&hall);
    talk_return(stage, "stage", 0);
    cJSON *change = talk_hear(stage, "change");
    expect_nick(
        cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(change, "ideas"), 0),
        "[3,41,2]");
    cJSON_Delete(change);
    talk_return(anna, "participant", 0);
    cJSON *welcome = talk_hear(anna, "welcome");
    expect_nick(cJSON_GetObjectItemCaseSensitive(welcome, "me"), "[3,41,1]");
    cJSON_Delete(welcome);
}

#define LONG_IDEAS 450

Test(screens, a_moderator_with_many_long_ideas_of_the_own_comes_back)
{
    char text[1900];
    talk_init(&hall, &server, "open");
    struct person *moderator = talk_moderator(&hall);
    /* two bytes a letter, so that these ideas together are 1.7 MB */
    for (size_t i = 0; i + 2 < sizeof text; i += 2) {
        memcpy(&text[i], "ä", sizeof "ä");
    }
    for (int i = 0; i < LONG_IDEAS; i++) {
        talk_do(
            moderator, "idea", "idea.submit",
            "\"title\":\"Idee %d\",\"text\":\"%s %s\",\"lang\":\"de\"", i, text, text);
    }
    talk_return(moderator, "moderator", 0);
    cJSON_Delete(talk_hear(moderator, "welcome"));
    cJSON *change = talk_hear(moderator, "change");
    const cJSON *ideas = cJSON_GetObjectItemCaseSensitive(change, "ideas");
    cr_assert_eq(cJSON_GetArraySize(ideas), LONG_IDEAS);
    cJSON_Delete(change);
    cJSON_Delete(talk_hear(moderator, "live"));
    struct person *anna = talk_participant(&hall, NULL);
    cJSON_Delete(talk_hear(anna, "live"));
}

static long open_live_poll(struct person *moderator)
{
    for (int i = 1; i <= 2; i++) {
        talk_do(
            moderator, "idea", "idea.submit",
            "\"title\":\"Idee %d\",\"text\":\"\",\"lang\":\"de\"", i);
    }
    long poll = talk_do(
        moderator, "poll", "poll.create",
        "\"question\":\"Was zuerst?\",\"lang\":\"de\",\"form\":\"ranking\","
        "\"method\":\"irv\",\"seats\":1,\"ranks\":2,\"ties\":false,\"live\":true,"
        "\"publication\":\"ballots\",\"options\":[\"1\",\"2\"]");
    talk_do(moderator, NULL, "poll.open", "\"poll\":\"%ld\"", poll);
    return poll;
}

static cJSON *get_result(long poll, int *ret_status)
{
    char path[64];
    snprintf(path, sizeof path, "/result/%s/%ld", hall.event, poll);
    char *body = talk_get(&hall, path, NULL, ret_status);
    cJSON *result = cJSON_Parse(body);
    free(body);
    return result;
}

static int result_status(long poll)
{
    int status = 0;
    cJSON_Delete(get_result(poll, &status));
    return status;
}

static long ballots_shown(long poll)
{
    int status = 0;
    cJSON *result = get_result(poll, &status);
    long ballots = status == 200 ? number_of(result, "ballots") : 0;
    cr_assert_null(cJSON_GetObjectItemCaseSensitive(result, "lot"));
    cJSON_Delete(result);
    return ballots;
}

#define LIVE_VOTERS 29

Test(screens, a_live_result_holds_the_ballots_of_its_step_and_no_lot)
{
    struct person *people[LIVE_VOTERS];
    talk_init(&hall, &server, "open");
    long poll = open_live_poll(talk_moderator(&hall));
    for (int i = 0; i < LIVE_VOTERS; i++) {
        people[i] = talk_participant(&hall, NULL);
    }
    for (int i = 0; i < LIVE_VOTERS; i++) {
        talk_do(
            people[i], NULL, "cast", CAST_MEMBERS, poll, 1, "{\"ranking\":[[\"1\"]]}");
        long expected = i + 1 < 20 ? 0 : 20 + (i + 1 - 20) / 8 * 8;
        if (i == 22 || i + 1 == LIVE_VOTERS) {
            cr_assert_eq(ballots_shown(poll), expected, "after %d", i + 1);
        }
    }
}

static long next_result(struct person *person, const char *key)
{
    cJSON *result = talk_hear(person, "result");
    long number = number_of(result, key);
    cJSON_Delete(result);
    return number;
}

Test(screens, who_comes_while_a_poll_runs_is_told_its_last_step)
{
    talk_init(&hall, &server, "open");
    struct person *moderator = talk_moderator(&hall);
    long poll = open_live_poll(moderator);
    for (int i = 0; i < 22; i++) {
        struct person *voter = talk_participant(&hall, NULL);
        talk_do(voter, NULL, "cast", CAST_MEMBERS, poll, 1, "{\"ranking\":[[\"1\"]]}");
    }
    cr_assert_eq(next_result(moderator, "ballots"), 20);
    cr_expect_eq(next_result(talk_stage(&hall), "ballots"), 20);
    cr_expect_eq(next_result(talk_participant(&hall, NULL), "ballots"), 20);
}

/* By the position of its publishing a screen that was away knows that it has another. */
Test(screens, a_result_names_the_publishing_that_its_poll_names)
{
    long pos[2];
    talk_init(&hall, &server, "open");
    struct person *moderator = talk_moderator(&hall);
    long poll = talk_open_poll(moderator, 2);
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    for (int i = 0; i < 2; i++) {
        talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
        struct person *stage = talk_stage(&hall);
        cJSON *change = talk_hear(stage, "change");
        const cJSON *polls = cJSON_GetObjectItemCaseSensitive(change, "polls");
        pos[i] = number_of(cJSON_GetArrayItem(polls, 0), "published_pos");
        cJSON_Delete(change);
        cr_expect_eq(next_result(moderator, "published_pos"), pos[i]);
        talk_do(moderator, NULL, "poll.unpublish", "\"poll\":\"%ld\"", poll);
        cr_expect_eq(result_status(poll), 403);
    }
    cr_expect_gt(pos[1], pos[0]);
}

static void hear_op(struct person *person, const char *op)
{
    cJSON *next = talk_hear_next(person);
    cr_expect_str_eq(text_of(next, "op"), op);
    cJSON_Delete(next);
}

Test(screens, who_was_away_is_told_the_result_before_the_change_and_all_of_it_before_live)
{
    talk_init(&hall, &server, "open");
    struct person *moderator = talk_moderator(&hall);
    struct person *anna = talk_participant(&hall, NULL);
    long poll = talk_open_poll(moderator, 2);
    client_close(anna->client);
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
    cJSON_Delete(talk_hear(moderator, "result"));
    talk_return(anna, "participant", 1);
    hear_op(anna, "welcome");
    hear_op(anna, "result");
    hear_op(anna, "change");
    hear_op(anna, "live");
}

Test(screens, a_result_that_is_published_again_is_told_again)
{
    talk_init(&hall, &server, "open");
    struct person *moderator = talk_moderator(&hall);
    struct person *stage = talk_stage(&hall);
    long poll = talk_open_poll(moderator, 2);
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    for (int i = 0; i < 2; i++) {
        talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
        cJSON_Delete(talk_hear(stage, "result"));
        talk_do(moderator, NULL, "poll.unpublish", "\"poll\":\"%ld\"", poll);
        cJSON_Delete(talk_hear(stage, "change"));
    }
}
