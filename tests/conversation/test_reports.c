/* Reports: phones say that an idea should be looked at, the desk hears it and nobody
 * else. */
#include "talk.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>

static struct hall_server server;
static struct talk hall;
static struct person *moderator, *author, *anna, *ben;

static void set_up(void)
{
    server_init(&server);
    server_start(&server, NULL);
    talk_init(&hall, &server, "open");
    moderator = talk_moderator(&hall);
    author = talk_participant(&hall, NULL);
    anna = talk_participant(&hall, NULL);
    ben = talk_participant(&hall, NULL);
    talk_do(author, "idea", "idea.submit", "\"title\":\"Kino\",\"text\":\"\"");
    talk_do(moderator, NULL, "idea.release", "\"idea\":\"1\"");
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(reports, .init = set_up, .fini = tear_down);
TestSuite(words, .init = set_up, .fini = tear_down);

#define REPORT "\"idea\":\"1\",\"reason\":\"%s\""

/* Of the next change that tells of idea 1: how many reported it for that reason. */
static int hear_reports(struct person *person, const char *reason)
{
    for (;;) {
        cJSON *change = talk_hear(person, "change");
        const cJSON *ideas = cJSON_GetObjectItemCaseSensitive(change, "ideas");
        const cJSON *reports =
            cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(ideas, 0), "reports");
        const cJSON *count = cJSON_GetObjectItemCaseSensitive(reports, reason);
        bool told = ideas != NULL;
        int n = count != NULL ? count->valueint : 0;
        cJSON_Delete(change);
        if (told) {
            return n;
        }
    }
}

/* Has anything that this person has not looked at yet a word of it? */
static bool heard_of(const struct person *person, const char *word)
{
    bool found = false;
    for (size_t i = 0; i < person->heard_count; i++) {
        char *text = cJSON_PrintUnformatted(person->heard[i]);
        found = found || strstr(text, word) != NULL;
        cJSON_free(text);
    }
    return found;
}

Test(reports, reach_the_desk_and_nobody_else)
{
    struct person *helper = talk_desk(&hall, "helper");
    hear_reports(helper, "offensive"); /* what there was when the helper came */
    talk_do(anna, NULL, "report", REPORT, "offensive");
    cr_expect_eq(hear_reports(helper, "offensive"), 1);
    cr_expect_str_eq(talk_refusal(anna, "report", REPORT, "other"), "reported");
    talk_do(ben, NULL, "report", REPORT, "offensive");
    cr_expect_eq(hear_reports(helper, "offensive"), 2);
    talk_do(author, "idea", "idea.submit", "\"title\":\"Bad\",\"text\":\"\"");
    cr_expect_not(heard_of(author, "report"));
    cr_expect_not(heard_of(ben, "report"));
    cr_expect_not(heard_of(helper, "\"by\":\"3\""));
}

Test(reports, are_settled_by_a_helper_and_begin_anew)
{
    struct person *helper = talk_desk(&hall, "helper");
    talk_do(anna, NULL, "report", REPORT, "off-topic");
    talk_do(helper, NULL, "idea.clear", "\"idea\":\"1\"");
    cr_expect_str_eq(talk_refusal(helper, "idea.clear", "\"idea\":\"1\""), "wrong-state");
    cr_expect_str_eq(talk_refusal(anna, "report", REPORT, "other"), "reported");
    talk_do(ben, NULL, "report", REPORT, "other");
    talk_do(helper, NULL, "idea.hide", "\"idea\":\"1\",\"reason\":\"offensive\"");
    cr_expect_str_eq(talk_refusal(author, "report", REPORT, "other"), "not-allowed");
}

/* A list of words is kept beside the log and told to every desk, also after a new start.
 */
Test(words, are_shared_by_the_desk_and_no_phones)
{
    struct person *helper = talk_desk(&hall, "helper");
    talk_do(helper, NULL, "words", "\"words\":\"doof\\nbl\u00f6d*\"");
    cr_expect_str_eq(talk_refusal(anna, "words", "\"words\":\"\""), "not-allowed");
    cr_assert_eq(server_stop(&server, SIGTERM), 0);
    server_start(&server, NULL);
    talk_follow(&hall);
    helper = talk_stranger(&hall, helper->cookie);
    talk_return(helper, "moderator", 0);
    cJSON *change = talk_hear(helper, "change");
    cr_expect_str_eq(text_of(change, "words"), "doof\nblöd*");
    cJSON_Delete(change);
    anna = talk_stranger(&hall, anna->cookie);
    talk_return(anna, "participant", 0);
    change = talk_hear(anna, "change");
    cr_expect_null(cJSON_GetObjectItemCaseSensitive(change, "words"));
    cJSON_Delete(change);
}

Test(reports, are_known_to_who_made_them_after_a_new_start)
{
    talk_do(anna, NULL, "report", REPORT, "personal-data");
    cr_assert_eq(server_stop(&server, SIGTERM), 0);
    server_start(&server, NULL);
    talk_follow(&hall);
    anna = talk_stranger(&hall, anna->cookie);
    talk_return(anna, "participant", 0);
    cJSON *welcome = talk_hear(anna, "welcome");
    const cJSON *me = cJSON_GetObjectItemCaseSensitive(welcome, "me");
    const cJSON *reported = cJSON_GetObjectItemCaseSensitive(me, "reported");
    cr_assert_eq(cJSON_GetArraySize(reported), 1);
    cr_expect_str_eq(cJSON_GetArrayItem(reported, 0)->valuestring, "1");
    cJSON_Delete(welcome);
}
