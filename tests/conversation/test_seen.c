/* Two moderators at once: nobody does anything to what somebody else has just changed. */
#include "talk.h"

#include <criterion/criterion.h>
#include <string.h>

static struct hall_server server;
static struct talk hall;
static struct person *anna;
static struct person *first;
static struct person *second;

#define KINO "\"title\":\"Kino\",\"text\":\"\",\"lang\":\"de\""
#define PARK "\"title\":\"Park\",\"text\":\"\",\"lang\":\"de\""

static void set_up(void)
{
    server_init(&server);
    server_start(&server, NULL);
    talk_init(&hall, &server, "open");
    first = talk_moderator(&hall);
    second = talk_colleague(&hall);
    anna = talk_participant(&hall, NULL);
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

#define HIDE "\"idea\":\"2\",\"reason\":\"duplicate\",\"seen\":%ld"

#define MERGE "\"idea\":\"%d\",\"into\":\"%d\",\"seen\":%ld"

#define OPEN "\"poll\":\"1\",\"seen\":%ld"

TestSuite(seen, .init = set_up, .fini = tear_down);

static long act(struct person *person, const char *op, const char *members)
{
    cJSON *done = talk_ask(person, op, "%s", members);
    cr_assert_str_eq(text_of(done, "op"), "done", "%s", op);
    long pos = number_of(done, "pos");
    cJSON_Delete(done);
    return pos;
}

Test(seen, no_release_of_what_a_colleague_has_just_hidden)
{
    long seen = act(anna, "idea.submit", KINO);
    long hidden = act(second, "idea.hide", "\"idea\":\"1\",\"reason\":\"offensive\"");
    cr_expect_str_eq(
        talk_refusal(first, "idea.release", "\"idea\":\"1\",\"seen\":%ld", seen),
        "wrong-state");
    talk_do(first, NULL, "idea.release", "\"idea\":\"1\",\"seen\":%ld", hidden);
}

Test(seen, no_release_of_words_that_an_undoing_has_brought_back)
{
    act(anna, "idea.submit", KINO);
    long seen = act(second, "idea.edit", "\"idea\":\"1\"," PARK);
    talk_do(second, NULL, "undo", "\"pos\":%ld", seen);
    cr_expect_str_eq(
        talk_refusal(first, "idea.release", "\"idea\":\"1\",\"seen\":%ld", seen),
        "wrong-state");
    talk_do(first, NULL, "idea.release", "\"idea\":\"1\",\"seen\":%ld", seen + 1);
}

Test(seen, no_hiding_of_an_idea_that_another_has_just_been_merged_into)
{
    act(anna, "idea.submit", KINO);
    long seen = act(anna, "idea.submit", PARK);
    long merged = act(first, "idea.merge", "\"idea\":\"1\",\"into\":\"2\"");
    cr_expect_str_eq(talk_refusal(second, "idea.hide", HIDE, seen), "wrong-state");
    talk_do(second, NULL, "idea.hide", HIDE, merged);
}

Test(seen, no_hiding_merging_or_writing_over_of_words_that_are_new)
{
    long seen = act(anna, "idea.submit", KINO);
    act(anna, "idea.submit", KINO);
    act(anna, "idea.edit", "\"idea\":\"1\"," PARK);
    cr_expect_str_eq(
        talk_refusal(
            first, "idea.hide", "\"idea\":\"1\",\"reason\":\"other\",\"seen\":%ld", seen),
        "wrong-state");
    cr_expect_str_eq(talk_refusal(first, "idea.merge", MERGE, 1, 2, seen), "wrong-state");
    cr_expect_str_eq(talk_refusal(first, "idea.merge", MERGE, 2, 1, seen), "wrong-state");
    cr_expect_str_eq(
        talk_refusal(first, "idea.edit", "\"idea\":\"1\",\"seen\":%ld," KINO, seen),
        "wrong-state");
}

#define DRAFT                                                                            \
    "\"question\":\"Was?\",\"lang\":\"de\",\"form\":\"approval\",\"method\":"            \
    "\"approval\","                                                                      \
    "\"seats\":1,\"ranks\":1,\"ties\":false,\"live\":false,"                             \
    "\"publication\":\"statistics\",\"options\":[\"1\",\"2\"]"

Test(seen, no_opening_of_a_draft_that_a_colleague_has_just_changed)
{
    act(first, "idea.submit", KINO);
    act(first, "idea.submit", PARK);
    long seen = act(first, "poll.create", DRAFT);
    long edited = act(second, "poll.edit", "\"poll\":\"1\"," DRAFT);
    cr_expect_str_eq(talk_refusal(first, "poll.open", OPEN, seen), "wrong-state");
    talk_do(first, NULL, "poll.open", OPEN, edited);
}
