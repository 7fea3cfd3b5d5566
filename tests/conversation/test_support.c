/* Support: phones say that they are for an idea, once each, whatever their line does; the
 * desk hears how many, and nobody who. */
#include "talk.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>

static struct hall_server server;
static struct talk hall;
static struct person *moderator, *anna, *ben;

static void set_up(void)
{
    server_init(&server);
    server_start(&server, NULL);
    talk_init(&hall, &server, "open");
    moderator = talk_moderator(&hall);
    anna = talk_participant(&hall, NULL);
    ben = talk_participant(&hall, NULL);
    talk_do(moderator, "idea", "idea.submit", "\"title\":\"Kino\",\"text\":\"\"");
    talk_do(moderator, "idea", "idea.submit", "\"title\":\"Film\",\"text\":\"\"");
    talk_do(
        moderator, NULL, "settings",
        "\"youth\":false,\"nicknames\":false,\"support\":\"hidden\"");
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(support, .init = set_up, .fini = tear_down);

#define ON  "\"idea\":\"%s\",\"on\":true"
#define OFF "\"idea\":\"%s\",\"on\":false"

/* Waits until a change tells that so many support it; what was so for a moment may be
 * told before. */
static void hear_support(struct person *person, const char *idea, int count)
{
    bool told = false;
    while (!told) {
        cJSON *change = talk_hear(person, "change");
        const cJSON *all = cJSON_GetObjectItemCaseSensitive(change, "support");
        const cJSON *now = cJSON_GetObjectItemCaseSensitive(all, idea);
        told = now != NULL && now->valueint == count;
        cJSON_Delete(change);
    }
}

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

Test(support, reaches_the_desk_as_a_number_and_no_phone)
{
    struct person *helper = talk_desk(&hall, "helper");
    talk_do(anna, NULL, "support", ON, "1");
    hear_support(helper, "1", 1);
    talk_do(ben, NULL, "support", ON, "1");
    hear_support(helper, "1", 2);
    talk_do(ben, NULL, "support", OFF, "1");
    hear_support(helper, "1", 1);
    talk_do(anna, "idea", "idea.submit", "\"title\":\"Bad\",\"text\":\"\"");
    cr_expect_not(heard_of(ben, "\"support\":{"));
    cr_expect_not(heard_of(helper, "supported"));
}

Test(support, of_merged_ideas_is_united_and_comes_back)
{
    struct person *helper = talk_desk(&hall, "helper");
    talk_do(anna, NULL, "support", ON, "1");
    talk_do(anna, NULL, "support", ON, "2");
    talk_do(ben, NULL, "support", ON, "2");
    hear_support(helper, "2", 2);
    talk_do(helper, NULL, "idea.merge", "\"idea\":\"2\",\"into\":\"1\"");
    hear_support(helper, "1", 2);
    talk_do(helper, NULL, "idea.split", "\"idea\":\"2\"");
    hear_support(helper, "1", 1);
}

/* The welcome on a new line of the same phone, to delete. */
static cJSON *come_back(struct person **person)
{
    *person = talk_stranger(&hall, (*person)->cookie);
    talk_return(*person, "participant", 0);
    return talk_hear(*person, "welcome");
}

Test(support, said_again_over_a_new_line_counts_once_and_is_one_entry)
{
    talk_do(anna, NULL, "support", ON, "1");
    (void)server_stop(&server, SIGKILL);
    server_start(&server, NULL);
    talk_follow(&hall);
    cJSON *welcome = come_back(&anna);
    long pos = number_of(welcome, "pos");
    const cJSON *me = cJSON_GetObjectItemCaseSensitive(welcome, "me");
    const cJSON *supported = cJSON_GetObjectItemCaseSensitive(me, "supported");
    cr_assert_eq(cJSON_GetArraySize(supported), 1);
    cr_expect_str_eq(cJSON_GetArrayItem(supported, 0)->valuestring, "1");
    cJSON_Delete(welcome);
    talk_do(anna, NULL, "support", ON, "1");
    welcome = come_back(&anna);
    cr_expect_eq(number_of(welcome, "pos"), pos);
    cJSON_Delete(welcome);
}

#define FRAME(id, on)                                                                    \
    "{\"op\":\"support\",\"id\":\"00112233445566778899aabbccddee0" id                    \
    "\",\"idea\":\"1\",\"on\":" on "}"

/* As a phone sends them that was away: all at once. */
Test(support, that_was_given_and_taken_back_without_a_line_ends_as_it_was_wished)
{
    talk_say(anna, FRAME("1", "true"));
    talk_say(anna, FRAME("2", "false"));
    talk_say(ben, FRAME("3", "true"));
    talk_say(ben, FRAME("4", "false"));
    talk_say(ben, FRAME("5", "true"));
    for (int i = 0; i < 5; i++) {
        cJSON_Delete(talk_hear(i < 2 ? anna : ben, "done"));
    }
    cJSON *welcome = come_back(&anna);
    const cJSON *me = cJSON_GetObjectItemCaseSensitive(welcome, "me");
    cr_expect_null(cJSON_GetObjectItemCaseSensitive(me, "supported"));
    cJSON_Delete(welcome);
    welcome = come_back(&ben);
    me = cJSON_GetObjectItemCaseSensitive(welcome, "me");
    cr_expect_not_null(cJSON_GetObjectItemCaseSensitive(me, "supported"));
    cJSON_Delete(welcome);
}

Test(support, is_refused_for_the_own_idea_and_where_the_event_does_not_want_it)
{
    talk_do(anna, "idea", "idea.submit", "\"title\":\"Eis\",\"text\":\"\"");
    talk_do(moderator, NULL, "idea.release", "\"idea\":\"3\"");
    cr_expect_str_eq(talk_refusal(anna, "support", ON, "3"), "not-allowed");
    cr_expect_str_eq(talk_refusal(ben, "support", ON, "9"), "unknown-idea");
    talk_do(moderator, NULL, "settings", "\"youth\":false,\"nicknames\":false");
    cr_expect_str_eq(talk_refusal(ben, "support", ON, "3"), "support-closed");
}
