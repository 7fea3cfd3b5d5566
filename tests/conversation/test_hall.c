/* A hall from call to result, as its screens see it. */
#include "base/hex.h"
#include "talk.h"

#include <criterion/criterion.h>
#include <openssl/sha.h>
#include <signal.h>
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

TestSuite(hall, .init = set_up, .fini = tear_down);

static const cJSON *find_by(const cJSON *array, const char *key, const char *value)
{
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, array)
    {
        if (strcmp(text_of(item, key), value) == 0) {
            return item;
        }
    }
    return NULL;
}

/* Waits for the change that brings this idea in this state; returns a copy of it. */
static cJSON *hear_idea(struct person *person, const char *id, const char *state)
{
    for (;;) {
        cJSON *change = talk_hear(person, "change");
        const cJSON *ideas = cJSON_GetObjectItemCaseSensitive(change, "ideas");
        const cJSON *idea = find_by(ideas, "idea", id);
        bool found = idea != NULL && strcmp(text_of(idea, "state"), state) == 0;
        cJSON *copy = found ? cJSON_Duplicate(idea, true) : NULL;
        cJSON_Delete(change);
        if (found) {
            return copy;
        }
    }
}

Test(hall, shows_an_idea_to_everybody_only_once_it_is_released)
{
    talk_init(&hall, &server, "open");
    struct person *moderator = talk_moderator(&hall);
    struct person *anna = talk_participant(&hall, NULL);
    struct person *stage = talk_stage(&hall);
    long idea = talk_do(
        anna, "idea", "idea.submit",
        "\"title\":\"Skatepark\",\"text\":\"am Bahnhof\",\"lang\":\"de\"");
    cr_assert_eq(idea, 1);
    cJSON *pending = hear_idea(moderator, "1", "pending");
    cr_assert_str_eq(text_of(pending, "title"), "Skatepark");
    cJSON_Delete(pending);
    int status = 0;
    char path[64];
    snprintf(path, sizeof path, "/snapshot/%s", hall.event);
    char *snapshot = talk_get(&hall, path, NULL, &status);
    cr_assert_eq(status, 200);
    cr_assert_null(strstr(snapshot, "Skatepark"));
    free(snapshot);
    talk_do(moderator, NULL, "idea.release", "\"idea\":\"1\"");
    cJSON_Delete(hear_idea(stage, "1", "published"));
    cJSON *mine = talk_hear(anna, "mine");
    cJSON_Delete(mine);
    talk_do(
        moderator, NULL, "idea.hide",
        "\"idea\":\"1\",\"reason\":\"off-topic\",\"note\":\"Bitte zum Thema\"");
    cJSON_Delete(hear_idea(stage, "1", "gone"));
    snapshot = talk_get(&hall, path, NULL, &status);
    cr_assert_null(strstr(snapshot, "Skatepark"));
    free(snapshot);
}

Test(hall, brings_a_phone_that_was_away_up_to_date_from_its_position)
{
    talk_init(&hall, &server, "open");
    struct person *moderator = talk_moderator(&hall);
    talk_do(
        moderator, "idea", "idea.submit",
        "\"title\":\"Erste\",\"text\":\"\",\"lang\":\"de\"");
    struct person *anna = talk_participant(&hall, NULL);
    cJSON *all = talk_hear(anna, "change");
    cr_assert_eq(number_of(all, "from"), 0);
    int64_t pos = number_of(all, "pos");
    cJSON_Delete(all);
    talk_do(
        moderator, "idea", "idea.submit",
        "\"title\":\"Zweite\",\"text\":\"\",\"lang\":\"de\"");
    talk_return(anna, "participant", pos);
    cJSON *since = talk_hear(anna, "change");
    cr_assert_eq(number_of(since, "from"), pos);
    const cJSON *ideas = cJSON_GetObjectItemCaseSensitive(since, "ideas");
    cr_assert_eq(cJSON_GetArraySize(ideas), 1);
    cr_assert_str_eq(text_of(cJSON_GetArrayItem(ideas, 0), "title"), "Zweite");
    cJSON_Delete(since);
}

Test(hall, answers_a_ballot_that_is_sent_again_over_another_line_with_the_first_answer)
{
    talk_init(&hall, &server, "open");
    struct person *moderator = talk_moderator(&hall);
    long poll = talk_open_poll(moderator, 3);
    struct person *anna = talk_participant(&hall, NULL);
    static const char *const format =
        "{\"op\":\"cast\",\"id\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"," CAST_MEMBERS "}";
    char first[256];
    for (int i = 0; i < 3; i++) {
        if (i == 2) {
            cr_assert_eq(server_stop(&server, SIGKILL), -SIGKILL);
            server_start(&server, NULL);
            talk_follow(&hall);
            anna = talk_stranger(&hall, anna->cookie);
            talk_return(anna, "participant", 0);
            cJSON_Delete(talk_hear(anna, "welcome"));
        } else if (i == 1) {
            talk_return(anna, "participant", 0);
            cJSON_Delete(talk_hear(anna, "welcome"));
        }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        talk_say(anna, format, poll, 1U, "{\"ranking\":[[\"2\"]]}");
#pragma GCC diagnostic pop
        cJSON *stored = talk_hear(anna, "stored");
        char *text = cJSON_PrintUnformatted(stored);
        if (i == 0) {
            snprintf(first, sizeof first, "%s", text);
        }
        cr_assert_str_eq(text, first);
        free(text);
        cJSON_Delete(stored);
    }
}

Test(hall, redeems_a_ticket_once_and_moves_the_person_when_it_is_redeemed_again)
{
    char out[4096];
    talk_init(&hall, &server, "ticket");
    const char *const args[] = {"event",   "tickets", "--event", hall.event,
                                "--count", "2",       NULL};
    cr_assert_eq(server_run(&server, args, true, out, sizeof out), 0);
    const char *line = strchr(out, '\n') + 1; /* behind the header */
    char code[32];
    snprintf(
        code, sizeof code, "%.*s", (int)strcspn(strchr(line, ',') + 1, ",\r\n"),
        strchr(line, ',') + 1);

    cJSON *refused = NULL;
    char body[64];
    snprintf(body, sizeof body, "{\"code\":\"%s\"}", hall.event);
    cr_assert_eq(talk_post(&hall, "/join", body, NULL, &refused), 403);
    cr_assert_str_eq(text_of(refused, "err"), "ticket-needed");
    cJSON_Delete(refused);

    struct person *moderator = talk_moderator(&hall);
    long poll = talk_open_poll(moderator, 3);
    struct person *old_phone = talk_participant(&hall, code);
    talk_do(old_phone, NULL, "cast", CAST_MEMBERS, poll, 1U, "{\"ranking\":[[\"1\"]]}");
    struct person *new_phone = talk_participant(&hall, code);
    cJSON *bye = talk_hear(old_phone, "bye");
    cr_assert_str_eq(text_of(bye, "err"), "session-moved");
    cJSON_Delete(bye);
    cr_assert_eq(talk_hear_close(old_phone), 1008);
    talk_do(new_phone, NULL, "cast", CAST_MEMBERS, poll, 1U, "{\"ranking\":[[\"2\"]]}");
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
    cJSON *result = talk_hear(new_phone, "result");
    cr_assert_eq(number_of(result, "ballots"), 1, "one ticket, one ballot");
    const cJSON *winners = cJSON_GetObjectItemCaseSensitive(result, "winners");
    cr_assert_str_eq(cJSON_GetArrayItem(winners, 0)->valuestring, "2");
    cJSON_Delete(result);
}

Test(hall, gives_one_browser_one_participant_however_often_it_joins)
{
    talk_init(&hall, &server, "open");
    struct person *anna = talk_participant(&hall, NULL);
    char body[64];
    snprintf(body, sizeof body, "{\"code\":\"%s\"}", hall.event);
    cr_assert_eq(talk_post(&hall, "/join", body, anna->cookie, NULL), 200);
    talk_return(anna, "participant", 0);
    cJSON *welcome = talk_hear(anna, "welcome");
    const cJSON *me = cJSON_GetObjectItemCaseSensitive(welcome, "me");
    cr_assert_str_eq(text_of(me, "person"), "2");
    cJSON_Delete(welcome);
}

/* Joins by the event's code in a browser that has `cookie`; the pass, to free. */
static char *join_for_pass(char *cookie)
{
    char body[64];
    cJSON *answer = NULL;
    snprintf(body, sizeof body, "{\"code\":\"%s\"}", hall.event);
    cr_assert_eq(talk_post(&hall, "/join", body, cookie, &answer), 200);
    char *pass = strdup(text_of(answer, "pass"));
    cJSON_Delete(answer);
    return pass;
}

#define HELLO_BY_PASS "\"event\":\"%s\",\"role\":\"participant\",\"pass\":\"%s\""

Test(hall, a_socket_from_before_the_join_sits_down_by_its_pass_once)
{
    talk_init(&hall, &server, "open");
    struct person *early = talk_stranger(&hall, "");
    struct person *thief = talk_stranger(&hall, "");
    char cookie[256] = "";
    char *pass = join_for_pass(cookie);
    talk_say(
        early, "{\"op\":\"hello\",\"id\":\"%032d\"," HELLO_BY_PASS "}", 1, hall.event,
        pass);
    cJSON *welcome = talk_hear(early, "welcome");
    const cJSON *me = cJSON_GetObjectItemCaseSensitive(welcome, "me");
    cr_assert_str_eq(text_of(me, "person"), "2");
    cJSON_Delete(welcome);
    const char *again = talk_refusal(thief, "hello", HELLO_BY_PASS, hall.event, pass);
    cr_assert_str_eq(again, "no-session");
    free(pass);
    pass = join_for_pass(cookie); /* the same browser, as the same person */
    talk_say(
        thief, "{\"op\":\"hello\",\"id\":\"%032d\"," HELLO_BY_PASS "}", 2, hall.event,
        pass);
    welcome = talk_hear(thief, "welcome");
    me = cJSON_GetObjectItemCaseSensitive(welcome, "me");
    cr_assert_str_eq(text_of(me, "person"), "2");
    cJSON_Delete(welcome);
    free(pass);
}

Test(hall, hides_the_result_until_it_is_published)
{
    talk_init(&hall, &server, "open");
    struct person *moderator = talk_moderator(&hall);
    long poll = talk_open_poll(moderator, 3);
    struct person *anna = talk_participant(&hall, NULL);
    talk_do(anna, NULL, "cast", CAST_MEMBERS, poll, 1U, "{\"ranking\":[[\"1\"]]}");
    char path[64];
    int status = 0;
    snprintf(path, sizeof path, "/result/%s/%ld", hall.event, poll);
    free(talk_get(&hall, path, moderator->cookie, &status));
    cr_assert_eq(status, 403, "nobody sees a running count, not even the desk");
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    free(talk_get(&hall, path, anna->cookie, &status));
    cr_assert_eq(status, 403);
    free(talk_get(&hall, path, moderator->cookie, &status));
    cr_assert_eq(status, 200);
    talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
    free(talk_get(&hall, path, NULL, &status));
    cr_assert_eq(status, 200);
}

Test(hall, shows_only_the_order_of_a_poll_with_few_ballots)
{
    talk_init(&hall, &server, "open");
    struct person *moderator = talk_moderator(&hall);
    long poll = talk_open_poll(moderator, 3);
    struct person *anna = talk_participant(&hall, NULL);
    talk_do(anna, NULL, "cast", CAST_MEMBERS, poll, 1U, "{\"ranking\":[[\"1\"]]}");
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
    cJSON *result = talk_hear(anna, "result");
    cr_assert_str_eq(text_of(result, "level"), "order");
    cr_assert_null(cJSON_GetObjectItemCaseSensitive(result, "rounds"));
    cr_assert_null(cJSON_GetObjectItemCaseSensitive(result, "scores"));
    cr_assert_null(cJSON_GetObjectItemCaseSensitive(result, "pairwise"));
    cJSON_Delete(result);
}

Test(hall, gives_the_export_to_moderators_only)
{
    talk_init(&hall, &server, "open");
    struct person *moderator = talk_moderator(&hall);
    struct person *anna = talk_participant(&hall, NULL);
    char path[64];
    int status = 0;
    snprintf(path, sizeof path, "/export/%s.zip", hall.event);
    free(talk_get(&hall, path, anna->cookie, &status));
    cr_assert_eq(status, 401);
    char *zip = talk_get(&hall, path, moderator->cookie, &status);
    cr_assert_eq(status, 200);
    cr_assert_arr_eq(zip, "PK", 2);
    free(zip);
}

/* GET /ballots of a poll, as anybody: the status, and the body to free. */
static char *ballots_get(long poll, int *ret_status)
{
    char path[64];
    snprintf(path, sizeof path, "/ballots/%s/%ld", hall.event, poll);
    return talk_get(&hall, path, NULL, ret_status);
}

static int ballots_status(long poll)
{
    int status = 0;
    free(ballots_get(poll, &status));
    return status;
}

/* `voters` people vote; returns the proof of the first one's ballot, to free. */
static char *vote_all(long poll, int voters)
{
    char *proof = NULL;
    for (int i = 0; i < voters; i++) {
        struct person *person = talk_participant(&hall, NULL);
        cJSON *stored = talk_ask(
            person, "cast", CAST_MEMBERS, poll, 1U, "{\"ranking\":[[\"2\"],[\"1\"]]}");
        if (i == 0) {
            proof = strdup(text_of(stored, "proof"));
        }
        cJSON_Delete(stored);
    }
    return proof;
}

/* What the screens were told the list would be. */
static void assert_is_as_sealed(struct person *moderator, const char *body)
{
    uint8_t hash[SHA256_DIGEST_LENGTH];
    char hex[2 * SHA256_DIGEST_LENGTH + 1];
    SHA256((const uint8_t *)body, strlen(body), hash);
    hex_encode(hash, sizeof hash, hex);
    talk_return(moderator, "moderator", 0);
    cJSON *change = talk_hear(moderator, "change");
    const cJSON *polls = cJSON_GetObjectItemCaseSensitive(change, "polls");
    cr_assert_str_eq(text_of(cJSON_GetArrayItem(polls, 0), "sealed"), hex);
    cJSON_Delete(change);
}

Test(hall, gives_everybody_the_sealed_ballots_of_a_poll_that_publishes_them)
{
    talk_init(&hall, &server, "open");
    struct person *moderator = talk_moderator(&hall);
    long poll = talk_open_poll(moderator, 3);
    char *proof = vote_all(poll, 20);
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
    cr_assert_eq(ballots_status(poll), 403, "what can be reopened is not published");
    talk_do(moderator, NULL, "poll.seal", "\"poll\":\"%ld\"", poll);
    int status = 0;
    char *body = ballots_get(poll, &status);
    cr_assert_eq(status, 200);
    cr_assert_not_null(strstr(body, proof));
    assert_is_as_sealed(moderator, body);
    talk_do(moderator, NULL, "poll.unpublish", "\"poll\":\"%ld\"", poll);
    cr_assert_eq(ballots_status(poll), 403);
    cr_assert_eq(ballots_status(poll + 1), 404);
    free(body);
    free(proof);
}

Test(hall, keeps_the_ballots_of_a_small_poll_to_itself)
{
    talk_init(&hall, &server, "open");
    struct person *moderator = talk_moderator(&hall);
    long poll = talk_open_poll(moderator, 3);
    free(vote_all(poll, 19));
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
    talk_do(moderator, NULL, "poll.seal", "\"poll\":\"%ld\"", poll);
    cr_assert_eq(ballots_status(poll), 403);
}
