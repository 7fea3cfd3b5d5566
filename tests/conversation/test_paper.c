/* Two moderators and what was on paper: one enters, the other confirms, everybody is
 * told. */
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
    talk_init(&hall, &server, "open");
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(paper, .init = set_up, .fini = tear_down);

#define PILES                                                                            \
    "\"piles\":[{\"count\":14,\"ballot\":{\"ranking\":[[\"3\"],[\"1\"]]}},"              \
    "{\"count\":6,\"ballot\":{\"ranking\":[]}}]"

static long enter_paper(struct person *moderator, long poll)
{
    return talk_do(moderator, "batch", "paper.enter", "\"poll\":\"%ld\"," PILES, poll);
}

/* The next change that tells of batches: the first of them, to delete. */
static cJSON *hear_batch(struct person *person)
{
    for (;;) {
        cJSON *change = talk_hear(person, "change");
        const cJSON *batches = cJSON_GetObjectItemCaseSensitive(change, "batches");
        cJSON *first = cJSON_Duplicate(cJSON_GetArrayItem(batches, 0), true);
        cJSON_Delete(change);
        if (first != NULL) {
            return first;
        }
    }
}

static cJSON *result_of(long poll)
{
    char path[64];
    int status = 0;
    snprintf(path, sizeof path, "/result/%s/%ld", hall.event, poll);
    char *body = talk_get(&hall, path, NULL, &status);
    cr_assert_eq(status, 200);
    cJSON *result = cJSON_Parse(body);
    free(body);
    return result;
}

Test(paper, counts_once_another_moderator_has_confirmed_it)
{
    struct person *first = talk_moderator(&hall);
    struct person *second = talk_colleague(&hall);
    struct person *anna = talk_participant(&hall, NULL);
    long poll = talk_open_poll(first, 3);
    cr_expect_str_eq(
        talk_refusal(anna, "paper.enter", "\"poll\":\"%ld\"," PILES, poll),
        "not-allowed");
    long batch = enter_paper(first, poll);
    cJSON *told = hear_batch(second);
    cr_expect_str_eq(text_of(told, "state"), "waiting");
    cr_expect_str_eq(text_of(told, "by"), "1");
    cr_expect_eq(number_of(told, "ballots"), 20);
    cJSON_Delete(told);
    cr_expect_str_eq(
        talk_refusal(first, "paper.confirm", "\"batch\":\"%ld\",\"ballots\":20", batch),
        "paper-own");
    cr_expect_str_eq(
        talk_refusal(second, "paper.confirm", "\"batch\":\"%ld\",\"ballots\":19", batch),
        "paper-count");
    talk_do(second, NULL, "paper.confirm", "\"batch\":\"%ld\",\"ballots\":20", batch);
    told = hear_batch(first);
    while (strcmp(text_of(told, "state"), "confirmed") != 0) {
        cJSON_Delete(told);
        told = hear_batch(first);
    }
    cr_expect_str_eq(text_of(told, "confirmed_by"), "2");
    cJSON_Delete(told);
    (void)enter_paper(first, poll); /* which nobody confirms */
    talk_do(first, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(first, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
    cJSON *result = result_of(poll);
    cr_expect_eq(number_of(result, "ballots"), 20);
    cr_expect_eq(number_of(result, "paper"), 20);
    cr_expect_eq(number_of(result, "blank"), 6);
    cJSON_Delete(result);
    cr_expect_str_eq(
        talk_refusal(second, "paper.drop", "\"batch\":\"%ld\"", batch), "published");
}

/* Does the next change tell that a batch was entered? It must not tell which. */
static bool hears_of_paper(struct person *person)
{
    cJSON *change = talk_hear(person, "change");
    cr_expect_null(cJSON_GetObjectItemCaseSensitive(change, "batches"));
    bool told = false;
    const cJSON *act;
    cJSON_ArrayForEach(act, cJSON_GetObjectItemCaseSensitive(change, "acts"))
    {
        told = told || strcmp(text_of(act, "act"), "paper.enter") == 0;
    }
    cJSON_Delete(change);
    return told;
}

Test(paper, is_not_shown_to_helpers_who_see_no_results)
{
    struct person *first = talk_moderator(&hall);
    struct person *helper = talk_desk(&hall, "helper");
    enter_paper(first, talk_open_poll(first, 3));
    while (!hears_of_paper(helper)) {
    }
    struct person *late = talk_desk(&hall, "helper");
    cr_expect(hears_of_paper(late));
}

Test(paper, is_in_the_sealed_list_whose_hash_everybody_knows)
{
    struct person *first = talk_moderator(&hall);
    struct person *second = talk_colleague(&hall);
    long poll = talk_open_poll(first, 3);
    long batch = enter_paper(first, poll);
    talk_do(first, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(second, NULL, "paper.confirm", "\"batch\":\"%ld\",\"ballots\":20", batch);
    talk_do(first, NULL, "poll.seal", "\"poll\":\"%ld\"", poll);
    talk_do(first, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
    cr_expect_str_eq(
        talk_refusal(second, "paper.enter", "\"poll\":\"%ld\"," PILES, poll), "sealed");
    char path[64];
    int status = 0;
    snprintf(path, sizeof path, "/ballots/%s/%ld", hall.event, poll);
    char *list = talk_get(&hall, path, NULL, &status);
    cr_assert_eq(status, 200);
    cr_expect_str_eq(
        list,
        "{\"v\":2,\"ballots\":[],\"paper\":[{\"count\":6,\"ballot\":{\"ranking\":[]}},"
        "{\"count\":14,\"ballot\":{\"ranking\":[[\"3\"],[\"1\"]]}}]}");
    uint8_t hash[SHA256_DIGEST_LENGTH];
    char hex[2 * SHA256_DIGEST_LENGTH + 1];
    SHA256((const uint8_t *)list, strlen(list), hash);
    hex_encode(hash, sizeof hash, hex);
    free(list);
    talk_return(first, "moderator", 0);
    cJSON *change = talk_hear(first, "change");
    const cJSON *polls = cJSON_GetObjectItemCaseSensitive(change, "polls");
    cr_expect_str_eq(text_of(cJSON_GetArrayItem(polls, 0), "sealed"), hex);
    cr_expect_eq(number_of(cJSON_GetArrayItem(polls, 0), "paper"), 20);
    cJSON_Delete(change);
    cr_assert_eq(server_stop(&server, SIGKILL), -SIGKILL);
    server_start(&server, NULL);
    talk_follow(&hall);
    list = talk_get(&hall, path, NULL, &status);
    cr_expect_eq(status, 200, "what was sealed is there again");
    SHA256((const uint8_t *)list, strlen(list), hash);
    char again[sizeof hex];
    hex_encode(hash, sizeof hash, again);
    cr_expect_str_eq(again, hex);
    free(list);
}
