/* Two moderators, a phone and a wall: what one does the other takes back. */
#include "talk.h"

#include <criterion/criterion.h>
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

TestSuite(undo, .init = set_up, .fini = tear_down);

/* Does the position and returns where it stands in the log. */
static long act(struct person *moderator, const char *op, const char *members)
{
    cJSON *done = talk_ask(moderator, op, "%s", members);
    cr_assert_str_eq(text_of(done, "op"), "done");
    long pos = number_of(done, "pos");
    cJSON_Delete(done);
    return pos;
}

/* The next change whose acts have one at `pos`; a copy of it. */
static cJSON *hear_act(struct person *person, long pos, bool undone)
{
    for (;;) {
        cJSON *change = talk_hear(person, "change");
        const cJSON *found = NULL;
        const cJSON *item = NULL;
        cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(change, "acts"))
        {
            bool told = cJSON_GetObjectItemCaseSensitive(item, "undone") != NULL;
            found = number_of(item, "pos") == pos && told == undone ? item : found;
        }
        cJSON *copy = found != NULL ? cJSON_Duplicate(found, true) : NULL;
        cJSON_Delete(change);
        if (copy != NULL) {
            return copy;
        }
    }
}

Test(undo, of_one_moderators_act_by_another_is_seen_by_both)
{
    struct person *first = talk_moderator(&hall);
    struct person *second = talk_colleague(&hall);
    act(first, "idea.submit", "\"title\":\"Kino\",\"text\":\"\",\"lang\":\"de\"");
    long pos = act(first, "idea.hide", "\"idea\":\"1\",\"reason\":\"other\"");
    cJSON *told = hear_act(second, pos, false);
    cr_expect_str_eq(text_of(told, "act"), "idea.hide");
    cr_expect_str_eq(text_of(told, "by"), "1");
    cr_expect_str_eq(text_of(told, "idea"), "1");
    cJSON_Delete(told);
    talk_do(second, NULL, "undo", "\"pos\":%ld", pos);
    told = hear_act(first, pos, true);
    cr_expect_str_eq(text_of(told, "undone"), "2");
    cJSON_Delete(told);
    cr_expect_str_eq(talk_refusal(first, "undo", "\"pos\":%ld", pos), "undo-done");
}

Test(undo, is_for_moderators_only)
{
    struct person *moderator = talk_moderator(&hall);
    struct person *anna = talk_participant(&hall, NULL);
    long pos = act(moderator, "call", "\"open\":false");
    cr_expect_str_eq(talk_refusal(anna, "undo", "\"pos\":%ld", pos), "not-allowed");
}

Test(undo, names_the_act_that_stands_in_the_way)
{
    struct person *moderator = talk_moderator(&hall);
    struct person *anna = talk_participant(&hall, NULL);
    talk_do(anna, "idea", "idea.submit", "\"title\":\"Kino\",\"text\":\"\"");
    long released = act(moderator, "idea.release", "\"idea\":\"1\"");
    long hidden = act(moderator, "idea.hide", "\"idea\":\"1\",\"reason\":\"other\"");
    cJSON *refused = talk_ask(moderator, "undo", "\"pos\":%ld", released);
    cr_expect_str_eq(text_of(refused, "err"), "undo-touched");
    cr_expect_eq(number_of(refused, "pos"), hidden);
    cJSON_Delete(refused);
}

Test(undo, of_a_label_is_refused_where_its_name_was_taken)
{
    struct person *moderator = talk_moderator(&hall);
    act(moderator, "label.add", "\"kind\":\"tag\",\"name\":\"Verkehr\"");
    long dropped = act(moderator, "label.drop", "\"label\":\"1\"");
    act(moderator, "label.add", "\"kind\":\"tag\",\"name\":\"Verkehr\"");
    cr_expect_str_eq(
        talk_refusal(moderator, "undo", "\"pos\":%ld", dropped), "name-taken");
}

/* The challenge of an idea, as the person hears of it next; "": none. */
static void expect_challenge(struct person *person, const char *idea, const char *wanted)
{
    const cJSON *found = NULL;
    while (found == NULL) {
        cJSON *change = talk_hear(person, "change");
        const cJSON *item = NULL;
        cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(change, "ideas"))
        {
            const cJSON *is = cJSON_GetObjectItemCaseSensitive(item, "challenge");
            const char *has = is != NULL ? is->valuestring : "";
            bool fits = strcmp(text_of(item, "idea"), idea) == 0;
            found = fits && strcmp(has, wanted) == 0 ? item : found;
        }
        cJSON_Delete(change);
    }
}

Test(undo, of_a_challenge_and_a_split_give_ideas_back_what_they_answered)
{
    struct person *moderator = talk_moderator(&hall);
    struct person *helper = talk_desk(&hall, "helper");
    struct person *anna = talk_participant(&hall, NULL);
    act(moderator, "label.add", "\"kind\":\"challenge\",\"name\":\"Schule\"");
    act(moderator, "label.add", "\"kind\":\"challenge\",\"name\":\"Park\"");
    act(moderator, "label.add",
        "\"kind\":\"group\",\"name\":\"Rot\",\"challenge\":\"2\"");
    talk_do(
        anna, "idea", "idea.submit",
        "\"title\":\"Ampel\",\"text\":\"\",\"challenge\":\"1\"");
    act(moderator, "idea.release", "\"idea\":\"1\"");
    expect_challenge(anna, "1", "1");
    long changed = act(helper, "idea.challenge", "\"idea\":\"1\",\"challenge\":\"2\"");
    expect_challenge(anna, "1", "2");
    talk_do(moderator, NULL, "undo", "\"pos\":%ld", changed);
    expect_challenge(anna, "1", "1");
    act(moderator, "idea.submit", "\"title\":\"Zebra\",\"text\":\"\"");
    act(moderator, "idea.merge", "\"idea\":\"1\",\"into\":\"2\"");
    expect_challenge(anna, "2", "1");
    act(moderator, "idea.split", "\"idea\":\"1\"");
    expect_challenge(anna, "2", "");
    cr_expect_str_eq(
        talk_refusal(anna, "idea.challenge", "\"idea\":\"1\""), "not-allowed");
}

Test(undo, of_a_close_lets_a_phone_vote_on)
{
    struct person *moderator = talk_moderator(&hall);
    long poll = talk_open_poll(moderator, 2);
    struct person *anna = talk_participant(&hall, NULL);
    talk_do(anna, NULL, "cast", CAST_MEMBERS, poll, 1u, "{\"ranking\":[[\"1\"]]}");
    long pos = act(moderator, "poll.close", "\"poll\":\"1\"");
    cr_expect_str_eq(
        talk_refusal(anna, "cast", CAST_MEMBERS, poll, 2u, "{\"ranking\":[[\"2\"]]}"),
        "closed");
    talk_do(moderator, NULL, "undo", "\"pos\":%ld", pos);
    talk_do(anna, NULL, "cast", CAST_MEMBERS, poll, 2u, "{\"ranking\":[[\"2\"]]}");
}
