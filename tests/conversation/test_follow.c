/* What became of an idea: said at the desk, told to every screen, read by everybody. */
#include "talk.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct hall_server server;
static struct talk hall;
static struct person *moderator;

static void set_up(void)
{
    server_init(&server);
    server_start(&server, NULL);
    talk_init(&hall, &server, "open");
    moderator = talk_moderator(&hall);
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(follow, .init = set_up, .fini = tear_down);

#define PILOT                                                                            \
    "\"idea\":\"%ld\",\"state\":\"pilot\",\"department\":\"Grünflächenamt\","          \
    "\"next\":\"2027-03-01\",\"lang\":\"de\""

static long submit(const char *title)
{
    return talk_do(
        moderator, "idea", "idea.submit",
        "\"title\":\"%s\",\"text\":\"Am Ufer\",\"lang\":\"de\"", title);
}

/* The page as a stranger gets it, to free; of all ideas for 0. */
static char *page_of(long idea, int *ret_status)
{
    char path[64];
    snprintf(path, sizeof path, "/followup/%s", hall.event);
    if (idea != 0) {
        snprintf(path, sizeof path, "/followup/%s/%ld", hall.event, idea);
    }
    return talk_get(&hall, path, NULL, ret_status);
}

static void expect_page(long idea, int status, const char *part)
{
    int found = 0;
    char *body = page_of(idea, &found);
    cr_expect_eq(found, status, "idea %ld: %d %s", idea, found, body);
    cr_expect_not_null(strstr(body, part), "idea %ld: no %s in %s", idea, part, body);
    free(body);
}

static void expect_none(long idea)
{
    int status = 0;
    char *body = page_of(idea, &status);
    cr_expect_eq(status, 404);
    cr_expect_str_eq(body, "{\"err\":\"not-found\"}");
    free(body);
}

Test(follow, is_told_to_phones_and_stands_on_a_page_for_everybody)
{
    struct person *anna = talk_participant(&hall, NULL);
    long idea = submit("Bänke");
    talk_do(moderator, NULL, "idea.follow", "\"idea\":\"%ld\",\"state\":\"idea\"", idea);
    talk_do(moderator, NULL, "idea.follow", PILOT, idea);
    bool told = false;
    while (!told) {
        cJSON *change = talk_hear(anna, "change");
        char *text = cJSON_PrintUnformatted(change);
        told = strstr(
                   text,
                   "\"follow\":{\"state\":\"pilot\",\"department\":"
                   "\"Grünflächenamt\",\"lang\":\"de\",\"next\":\"2027-03-01\"") != NULL;
        free(text);
        cJSON_Delete(change);
    }
    expect_page(idea, 200, "\"steps\":[{\"state\":\"pilot\"");
    expect_page(idea, 200, "},{\"state\":\"idea\",\"at\":");
    expect_page(0, 200, "\"title\":\"Bänke\"");
}

Test(follow, an_undone_step_is_on_no_page)
{
    long idea = submit("Bänke");
    talk_do(moderator, NULL, "idea.follow", "\"idea\":\"%ld\",\"state\":\"idea\"", idea);
    cJSON *done = talk_ask(moderator, "idea.follow", PILOT, idea);
    long pos = number_of(done, "pos");
    cJSON_Delete(done);
    talk_do(moderator, NULL, "undo", "\"pos\":%ld", pos);
    int status = 0;
    char *body = page_of(idea, &status);
    cr_expect_null(strstr(body, "pilot"), "%s", body);
    cr_expect_not_null(strstr(body, "\"steps\":[{\"state\":\"idea\""), "%s", body);
    free(body);
}

Test(follow, what_nobody_may_see_is_answered_like_what_is_not_there)
{
    struct person *anna = talk_participant(&hall, NULL);
    long waiting = talk_do(
        anna, "idea", "idea.submit",
        "\"title\":\"Geheim\",\"text\":\"\",\"lang\":\"de\"");
    long hidden = submit("Verborgen");
    talk_do(moderator, NULL, "idea.follow", PILOT, hidden);
    talk_do(
        moderator, NULL, "idea.hide", "\"idea\":\"%ld\",\"reason\":\"other\"", hidden);
    expect_none(waiting);
    expect_none(hidden);
    expect_none(99);
    talk_do(anna, NULL, "idea.withdraw", "\"idea\":\"%ld\"", waiting);
    expect_none(waiting);
    int status = 0;
    char *all = page_of(0, &status);
    cr_expect_null(strstr(all, "Verborgen"), "%s", all);
    free(all);
}

Test(follow, a_merged_idea_leads_to_what_it_is_part_of)
{
    long first = submit("Bänke");
    long second = submit("Sitze");
    long third = submit("Stühle");
    talk_do(
        moderator, NULL, "idea.merge", "\"idea\":\"%ld\",\"into\":\"%ld\"", first,
        second);
    talk_do(
        moderator, NULL, "idea.merge", "\"idea\":\"%ld\",\"into\":\"%ld\"", second,
        third);
    char into[32];
    snprintf(into, sizeof into, "\"into\":\"%ld\"", third);
    expect_page(first, 200, into);
    talk_do(moderator, NULL, "idea.hide", "\"idea\":\"%ld\",\"reason\":\"other\"", third);
    expect_none(first);
}

Test(follow, the_page_tells_places_only_of_results_that_are_shown)
{
    struct person *anna = talk_participant(&hall, NULL);
    long idea = submit("Bänke");
    submit("Kino");
    long poll = talk_do(
        moderator, "poll", "poll.create",
        "\"question\":\"Was zuerst?\",\"lang\":\"de\",\"form\":\"approval\",\"method\":"
        "\"approval\",\"seats\":1,\"ranks\":1,\"ties\":false,\"live\":false,"
        "\"publication\":\"order\",\"options\":[\"1\",\"2\"]");
    talk_do(moderator, NULL, "poll.open", "\"poll\":\"%ld\"", poll);
    talk_do(
        anna, NULL, "cast",
        "\"poll\":\"%ld\",\"counter\":1,\"ballot\":{\"approval\":[\"2\"]},"
        "\"nonce\":\"00112233445566778899aabbccddeeff\",\"lock\":"
        "\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"",
        poll);
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    int status = 0;
    char *body = page_of(idea, &status);
    cr_expect_null(strstr(body, "place"), "%s", body);
    free(body);
    talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
    expect_page(
        idea, 200, "\"question\":\"Was zuerst?\",\"lang\":\"de\",\"place\":2,\"of\":2");
    expect_page(2, 200, "\"place\":1,\"of\":2");
}

Test(follow, refuses_a_stop_without_words_and_a_department_is_no_reason)
{
    submit("Bänke");
    cr_expect_str_eq(
        talk_refusal(moderator, "idea.follow", "\"idea\":\"1\",\"state\":\"stopped\""),
        "reason-needed");
    cr_expect_str_eq(
        talk_refusal(
            moderator, "idea.follow",
            "\"idea\":\"1\",\"state\":\"stopped\",\"department\":\"Amt\""),
        "reason-needed");
    talk_do(
        moderator, NULL, "idea.follow",
        "\"idea\":\"1\",\"state\":\"stopped\",\"note\":\"Zu teuer.\"");
}

Test(follow, survives_a_restart)
{
    long idea = submit("Bänke");
    talk_do(moderator, NULL, "idea.follow", PILOT, idea);
    cr_assert_eq(server_stop(&server, SIGKILL), -SIGKILL);
    server_start(&server, NULL);
    talk_follow(&hall);
    expect_page(idea, 200, "\"department\":\"Grünflächenamt\"");
}
