/* Own ideas: whoever wrote one hears of all that becomes of it, and of nothing more. */
#include "talk.h"

#include <criterion/criterion.h>
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
    talk_do(anna, "idea", "idea.submit", "\"title\":\"Kino\",\"text\":\"\"");
    cJSON_Delete(talk_hear(anna, "mine"));
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(own_ideas, .init = set_up, .fini = tear_down);

/* What the next `mine` has under that key, as JSON; "": nothing. */
static void expect_mine(struct person *author, const char *key, const char *value)
{
    cJSON *mine = talk_hear(author, "mine");
    const cJSON *idea = cJSON_GetObjectItemCaseSensitive(mine, "idea");
    char *is = cJSON_PrintUnformatted(cJSON_GetObjectItemCaseSensitive(idea, key));
    cr_expect_str_eq(is != NULL ? is : "", value, "%s: %s", key, is != NULL ? is : "");
    cJSON_free(is);
    cJSON_Delete(mine);
}

/* A moderator's act, and where it stands in the log. */
static long act(const char *op, const char *members)
{
    cJSON *done = talk_ask(moderator, op, "%s", members);
    cr_assert_str_eq(text_of(done, "op"), "done");
    long pos = number_of(done, "pos");
    cJSON_Delete(done);
    return pos;
}

Test(own_ideas, lose_a_topic_that_is_dropped_and_have_it_back)
{
    talk_do(moderator, "label", "label.add", "\"kind\":\"tag\",\"name\":\"Kultur\"");
    talk_do(moderator, NULL, "idea.tag", "\"idea\":\"1\",\"tags\":[\"1\"]");
    expect_mine(anna, "tags", "[\"1\"]");
    long dropped = act("label.drop", "\"label\":\"1\"");
    expect_mine(anna, "tags", "");
    talk_do(moderator, NULL, "undo", "\"pos\":%ld", dropped);
    expect_mine(anna, "tags", "[\"1\"]");
}

Test(own_ideas, inherit_the_challenge_of_what_is_merged_into_them)
{
    talk_do(
        moderator, "label", "label.add", "\"kind\":\"challenge\",\"name\":\"Wohin?\"");
    talk_do(
        ben, "idea", "idea.submit",
        "\"title\":\"Filme\",\"text\":\"\",\"challenge\":\"1\"");
    talk_do(moderator, NULL, "idea.release", "\"idea\":\"1\"");
    expect_mine(anna, "challenge", "");
    talk_do(moderator, NULL, "idea.merge", "\"idea\":\"2\",\"into\":\"1\"");
    expect_mine(anna, "challenge", "\"1\"");
    expect_mine(ben, "state", "\"pending\"");
    expect_mine(ben, "state", "\"merged\"");
}

/* The next thing that anna hears is what was done after. */
Test(own_ideas, say_nothing_of_reports)
{
    talk_do(moderator, NULL, "idea.release", "\"idea\":\"1\"");
    expect_mine(anna, "state", "\"published\"");
    talk_do(ben, NULL, "report", "\"idea\":\"1\",\"reason\":\"offensive\"");
    long cleared = act("idea.clear", "\"idea\":\"1\"");
    talk_do(moderator, NULL, "undo", "\"pos\":%ld", cleared);
    talk_do(moderator, NULL, "idea.hide", "\"idea\":\"1\",\"reason\":\"other\"");
    expect_mine(anna, "state", "\"hidden\"");
}

/* What anna hears until a message of that kind comes has no `mine`. */
static void expect_nothing_before(const char *op)
{
    bool heard = false;
    while (!heard) {
        cJSON *next = talk_hear_next(anna);
        cr_expect_str_neq(text_of(next, "op"), "mine");
        heard = strcmp(text_of(next, "op"), op) == 0;
        cJSON_Delete(next);
    }
}

Test(own_ideas, are_hidden_without_a_word_when_their_author_is_put_out)
{
    talk_do(moderator, NULL, "person.ban", "\"idea\":\"1\",\"banned\":true");
    expect_nothing_before("bye");
}

Test(own_ideas, are_not_told_again_for_a_nickname_or_a_team)
{
    talk_do(moderator, NULL, "settings", "\"youth\":false,\"nicknames\":true");
    talk_do(anna, NULL, "nick", "\"first\":1,\"second\":2");
    talk_do(moderator, "label", "label.add", "\"kind\":\"group\",\"name\":\"A\"");
    talk_do(moderator, NULL, "idea.team", "\"idea\":\"1\",\"team\":\"1\"");
    long pos = act("settings", "\"youth\":true,\"nicknames\":false");
    talk_do(moderator, NULL, "undo", "\"pos\":%ld", pos);
    talk_do(moderator, NULL, "idea.release", "\"idea\":\"1\"");
    cJSON *mine = talk_hear(anna, "mine");
    const cJSON *idea = cJSON_GetObjectItemCaseSensitive(mine, "idea");
    cr_expect_str_eq(text_of(idea, "state"), "published");
    cJSON_Delete(mine);
}
