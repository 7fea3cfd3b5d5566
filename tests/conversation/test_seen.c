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

/* ---- what is told whole ---- */

#define SET(youth) "\"youth\":" youth ",\"nicknames\":false"

Test(seen, settings_of_a_colleague_are_not_written_over_unseen)
{
    long seen = act(first, "settings", SET("false"));
    long set = act(second, "settings", SET("true"));
    cr_expect_str_eq(
        talk_refusal(first, "settings", SET("false") ",\"seen\":%ld", seen),
        "wrong-state");
    talk_do(second, NULL, "undo", "\"pos\":%ld", set);
    cr_expect_str_eq(
        talk_refusal(first, "settings", SET("false") ",\"seen\":%ld", set),
        "wrong-state");
    talk_do(first, NULL, "settings", SET("false") ",\"seen\":%ld", set + 1);
}

#define WIFI(name) "\"name\":\"" name "\",\"password\":\"\",\"shown\":true"

Test(seen, nor_are_words_and_the_halls_wifi)
{
    long seen = act(first, "words", "\"words\":\"böse\"");
    long wifi = act(second, "wifi", WIFI("Halle"));
    long words = act(second, "words", "\"words\":\"gut\"");
    cr_expect_str_eq(
        talk_refusal(first, "wifi", WIFI("Saal") ",\"seen\":%ld", seen), "wrong-state");
    cr_expect_str_eq(
        talk_refusal(first, "words", "\"words\":\"\",\"seen\":%ld", wifi), "wrong-state");
    talk_do(first, NULL, "wifi", WIFI("Saal") ",\"seen\":%ld", wifi);
    talk_do(first, NULL, "words", "\"words\":\"\",\"seen\":%ld", words);
}

#define TWO                                                                              \
    "\"phases\":[{\"is\":\"collect\",\"minutes\":5},{\"is\":\"rank\",\"minutes\":9}]"
#define KEPT                                                                             \
    "\"phases\":[{\"phase\":\"1\",\"is\":\"collect\",\"minutes\":5},"                    \
    "{\"phase\":\"2\",\"is\":\"rank\",\"minutes\":8}]"
#define ONE "\"phases\":[{\"phase\":\"2\",\"is\":\"rank\",\"minutes\":7}]"

Test(seen, an_agenda_that_a_colleague_has_just_changed_is_neither_replaced_nor_gone_on_in)
{
    long seen = act(first, "agenda.set", TWO);
    long set = act(second, "agenda.set", ONE);
    cr_expect_str_eq(
        talk_refusal(first, "agenda.set", ONE ",\"seen\":%ld", seen), "wrong-state");
    cr_expect_str_eq(
        talk_refusal(first, "phase.start", "\"phase\":\"2\",\"seen\":%ld", seen),
        "wrong-state");
    talk_do(first, NULL, "phase.start", "\"phase\":\"2\",\"seen\":%ld", set);
}

#define MORE "\"running\":true,\"add_ms\":60000,\"seen\":%ld"

Test(seen, no_time_is_given_to_another_phase_than_the_one_on_the_screen)
{
    act(first, "agenda.set", TWO);
    long seen = act(first, "phase.start", "\"phase\":\"1\"");
    long agenda = act(second, "agenda.set", KEPT);
    talk_do(first, NULL, "timer.set", MORE, seen);
    long next = act(second, "phase.start", "\"phase\":\"2\"");
    cr_expect_str_eq(talk_refusal(first, "timer.set", MORE, agenda), "wrong-state");
    talk_do(first, NULL, "timer.set", MORE, next);
}

#define NAME(name) "\"label\":\"1\",\"name\":\"" name "\""

Test(seen, no_name_of_a_colleagues_is_written_over_unseen)
{
    long seen = act(first, "label.add", "\"kind\":\"group\",\"name\":\"A\"");
    long named = act(second, "label.edit", NAME("B"));
    cr_expect_str_eq(
        talk_refusal(first, "label.edit", NAME("C") ",\"seen\":%ld", seen),
        "wrong-state");
    talk_do(first, NULL, "label.edit", NAME("C") ",\"seen\":%ld", named);
}

/* ---- polls ---- */

static long open_poll(void)
{
    act(first, "idea.submit", KINO);
    act(first, "idea.submit", PARK);
    act(first, "poll.create", DRAFT);
    return act(first, "poll.open", "\"poll\":\"1\"");
}

Test(seen, no_draft_is_written_over_unseen)
{
    act(first, "idea.submit", KINO);
    act(first, "idea.submit", PARK);
    long seen = act(first, "poll.create", DRAFT);
    long edited = act(second, "poll.edit", "\"poll\":\"1\"," DRAFT);
    cr_expect_str_eq(
        talk_refusal(first, "poll.edit", "\"poll\":\"1\",\"seen\":%ld," DRAFT, seen),
        "wrong-state");
    cr_expect_str_eq(talk_refusal(first, "poll.drop", OPEN, seen), "wrong-state");
    talk_do(first, NULL, "poll.edit", "\"poll\":\"1\",\"seen\":%ld," DRAFT, edited);
}

Test(seen, no_round_is_closed_but_the_one_on_the_screen)
{
    long seen = open_poll();
    act(second, "poll.close", "\"poll\":\"1\"");
    long reopened = act(second, "poll.reopen", "\"poll\":\"1\",\"reason\":\"mistake\"");
    cr_expect_str_eq(talk_refusal(first, "poll.close", OPEN, seen), "wrong-state");
    talk_do(first, NULL, "poll.close", OPEN, reopened);
}

Test(seen, nor_is_one_that_a_colleague_has_closed_and_called_back)
{
    long seen = open_poll();
    long closed = act(second, "poll.close", "\"poll\":\"1\"");
    talk_do(second, NULL, "undo", "\"pos\":%ld", closed);
    cr_expect_str_eq(talk_refusal(first, "poll.close", OPEN, seen), "wrong-state");
    talk_do(first, NULL, "poll.close", OPEN, closed + 1);
}

Test(seen, a_name_that_was_undone_does_not_come_back_unseen)
{
    act(first, "label.add", "\"kind\":\"group\",\"name\":\"A\"");
    long named = act(second, "label.edit", NAME("B"));
    talk_do(second, NULL, "undo", "\"pos\":%ld", named);
    cr_expect_str_eq(
        talk_refusal(first, "label.edit", NAME("B") ",\"seen\":%ld", named),
        "wrong-state");
}

Test(seen, nothing_is_seen_that_is_still_to_come)
{
    long seen = open_poll();
    cr_expect_str_eq(talk_refusal(first, "poll.close", OPEN, seen + 5), "wrong-state");
}

Test(seen, a_close_that_is_sent_again_is_answered_as_it_was)
{
    static const char close[] = "{\"op\":\"poll.close\",\"id\":\""
                                "00112233445566778899aabbccddeeff\",\"poll\":\"1\","
                                "\"seen\":%ld}";
    long seen = open_poll();
    talk_say(first, close, seen);
    cJSON *done = talk_hear(first, "done");
    act(second, "poll.reopen", "\"poll\":\"1\",\"reason\":\"mistake\"");
    talk_say(first, close, seen);
    cJSON *again = talk_hear(first, "done");
    cr_expect_eq(number_of(again, "pos"), number_of(done, "pos"));
    cJSON_Delete(done);
    cJSON_Delete(again);
}

#define PAPER "\"poll\":\"1\",\"piles\":[{\"count\":3,\"ballot\":{\"approval\":[\"1\"]}}]"

Test(seen, nothing_ends_is_shown_or_sealed_while_there_is_paper_that_one_does_not_know)
{
    long opened = open_poll();
    act(second, "paper.enter", PAPER);
    cr_expect_str_eq(talk_refusal(first, "poll.close", OPEN, opened), "wrong-state");
    long seen = act(first, "poll.close", "\"poll\":\"1\"");
    long paper = act(second, "paper.enter", PAPER);
    cr_expect_str_eq(talk_refusal(first, "poll.publish", OPEN, seen), "wrong-state");
    cr_expect_str_eq(talk_refusal(first, "poll.seal", OPEN, seen), "wrong-state");
    talk_do(first, NULL, "poll.publish", OPEN, paper);
}
