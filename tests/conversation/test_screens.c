/* What screens are told, and what they must not learn: counters, large events, live
 * results. */
#include "talk.h"

#include <criterion/criterion.h>
#include <stdio.h>
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

TestSuite(screens, .init = set_up, .fini = tear_down, .timeout = 120);

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
