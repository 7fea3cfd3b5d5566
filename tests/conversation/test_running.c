/* A poll that runs: how many are here, have begun and have voted, and a close that is
 * announced before it comes. */
#include "talk.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONG_MS  60000 /* longer than any test lasts */
#define THE_POLL "\"poll\":\"%ld\""
#define SOON     THE_POLL ",\"in_ms\":1000"
#define FRAME    "{\"op\":\"poll.countdown\",\"id\":\"%032d\"," THE_POLL ",\"in_ms\":%d}"

static struct hall_server server;
static struct talk hall;
static struct person *moderator;
static long poll;

static void set_up(void)
{
    server_init(&server);
    server_start(&server, NULL);
    talk_init(&hall, &server, "open");
    moderator = talk_moderator(&hall);
    poll = talk_open_poll(moderator, 3);
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(running, .init = set_up, .fini = tear_down);

/* The poll in these counters, or NULL. */
static const cJSON *poll_in(const cJSON *live)
{
    const cJSON *polls = cJSON_GetObjectItemCaseSensitive(live, "polls");
    return cJSON_GetArrayItem(polls, (int)poll - 1);
}

static long count_in(const cJSON *counters, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(counters, key);
    return item != NULL ? (long)item->valuedouble : -1;
}

/* Waits for counters that say so of the poll; −1: that say nothing of it. */
static void hear_count(struct person *person, const char *key, long count)
{
    for (bool found = false; !found;) {
        cJSON *live = talk_hear(person, "live");
        const cJSON *counters = poll_in(live);
        found = counters != NULL && count_in(counters, key) == count;
        cJSON_Delete(live);
    }
}

/* Waits until a close is announced to somebody; returns in how many milliseconds. */
static long hear_closing(struct person *person)
{
    for (long closing_ms = -1;;) {
        cJSON *live = talk_hear(person, "live");
        closing_ms = count_in(poll_in(live), "closing_ms");
        cJSON_Delete(live);
        if (closing_ms >= 0) {
            return closing_ms;
        }
    }
}

static void hear_state(struct person *person, const char *state)
{
    for (bool found = false; !found;) {
        cJSON *change = talk_hear(person, "change");
        const cJSON *item = NULL;
        cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(change, "polls"))
        {
            found = found || strcmp(text_of(item, "state"), state) == 0;
        }
        cJSON_Delete(change);
    }
}

static void announce(struct person *person, long in_ms)
{
    talk_do(
        person, NULL, "poll.countdown", "\"poll\":\"%ld\",\"in_ms\":%ld", poll, in_ms);
}

static void vote(struct person *person)
{
    talk_do(
        person, NULL, "cast", CAST_MEMBERS, poll, ++person->next_counter,
        "{\"ranking\":[[\"2\"]]}");
}

static void begin(struct person *person)
{
    talk_do(person, NULL, "begin", "\"poll\":\"%ld\"", poll);
}

Test(running, the_desk_counts_who_begins_and_who_votes)
{
    struct person *anna = talk_participant(&hall, NULL);
    struct person *ben = talk_participant(&hall, NULL);
    begin(anna);
    begin(anna);
    begin(ben);
    hear_count(moderator, "started", 2);
    vote(anna);
    hear_count(moderator, "voted", 1);
    begin(ben);
    vote(talk_participant(&hall, NULL));
    vote(talk_participant(&hall, NULL));
    hear_count(moderator, "started", 3); /* of whom two never said that they began */
}

Test(running, nobody_but_the_desk_learns_how_many_have_begun)
{
    struct person *anna = talk_participant(&hall, NULL);
    struct person *stage = talk_stage(&hall);
    begin(anna);
    vote(anna);
    hear_count(moderator, "started", 1);
    for (size_t i = 0; i < 2; i++) {
        struct person *person = i == 0 ? anna : stage;
        cJSON *live = NULL;
        do {
            cJSON_Delete(live);
            live = talk_hear(person, "live");
        } while (count_in(poll_in(live), "voted") != 1);
        cr_expect_eq(count_in(poll_in(live), "started"), -1);
        cJSON_Delete(live);
    }
}

Test(running, only_a_poll_that_runs_is_begun_or_closed)
{
    struct person *anna = talk_participant(&hall, NULL);
    cr_expect_str_eq(talk_refusal(moderator, "begin", THE_POLL, poll), "not-allowed");
    cr_expect_str_eq(talk_refusal(anna, "poll.countdown", SOON, poll), "not-allowed");
    cr_expect_str_eq(talk_refusal(anna, "begin", THE_POLL, 9L), "unknown-poll");
    cr_expect_str_eq(talk_refusal(moderator, "poll.countdown", SOON, 9L), "unknown-poll");
    talk_do(moderator, NULL, "poll.close", THE_POLL, poll);
    cr_expect_str_eq(talk_refusal(anna, "begin", THE_POLL, poll), "closed");
    cr_expect_str_eq(talk_refusal(moderator, "poll.countdown", SOON, poll), "closed");
}

Test(running, a_close_is_announced_to_every_screen_and_comes)
{
    struct person *anna = talk_participant(&hall, NULL);
    struct person *stage = talk_stage(&hall);
    announce(moderator, LONG_MS);
    struct person *everybody[] = {moderator, stage, anna};
    for (size_t i = 0; i < 3; i++) {
        long closing_ms = hear_closing(everybody[i]);
        cr_expect(closing_ms <= LONG_MS, "%ld", closing_ms);
    }
    struct person *late = talk_participant(&hall, NULL);
    cr_expect_geq(hear_closing(late), 0);
    vote(anna);
    announce(moderator, 0);
    announce(moderator, 500);
    hear_state(stage, "closed");
    hear_state(anna, "closed");
    cr_expect_str_eq(
        talk_refusal(late, "cast", CAST_MEMBERS, poll, 1U, "{\"ranking\":[[\"2\"]]}"),
        "closed");
    char *result = NULL;
    int status = 0;
    char path[64];
    snprintf(path, sizeof path, "/result/%s/%ld", hall.event, poll);
    result = talk_get(&hall, path, moderator->cookie, &status);
    cr_expect_eq(status, 200);
    cr_expect(strstr(result, "\"ballots\":1") != NULL, "%s", result);
    free(result);
}

Test(running, a_close_comes_even_if_who_announced_it_is_gone)
{
    struct person *anna = talk_participant(&hall, NULL);
    announce(moderator, 400);
    client_close(moderator->client);
    hear_state(anna, "closed");
}

Test(running, a_close_comes_even_if_who_announced_it_was_revoked)
{
    struct person *colleague = talk_colleague(&hall);
    struct person *anna = talk_participant(&hall, NULL);
    announce(colleague, 1000);
    talk_do(moderator, NULL, "desk.revoke", "\"person\":\"2\"");
    hear_state(anna, "closed");
}

Test(running, a_close_that_came_by_itself_is_undone_like_any_other)
{
    struct person *colleague = talk_colleague(&hall);
    announce(moderator, 100);
    long pos = 0;
    while (pos == 0) {
        cJSON *change = talk_hear(colleague, "change");
        const cJSON *act = NULL;
        cJSON_ArrayForEach(act, cJSON_GetObjectItemCaseSensitive(change, "acts"))
        {
            bool closed = strcmp(text_of(act, "act"), "poll.close") == 0;
            pos = closed ? number_of(act, "pos") : pos;
        }
        cJSON_Delete(change);
    }
    talk_do(colleague, NULL, "undo", "\"pos\":%ld", pos);
    vote(talk_participant(&hall, NULL));
}

Test(running, an_announced_close_is_taken_back_by_any_moderator)
{
    struct person *anna = talk_participant(&hall, NULL);
    struct person *colleague = talk_colleague(&hall);
    announce(moderator, LONG_MS);
    hear_closing(anna);
    announce(colleague, 0);
    hear_count(anna, "closing_ms", -1);
    announce(colleague, 0); /* there is none any more */
    vote(anna);
}

Test(running, a_second_announcement_leaves_the_first_as_it_is)
{
    struct person *anna = talk_participant(&hall, NULL);
    struct person *colleague = talk_colleague(&hall);
    announce(moderator, 5000);
    announce(colleague, LONG_MS);
    cr_expect_leq(hear_closing(anna), 5000);
    hear_state(anna, "closed");
}

Test(running, an_announcement_sent_again_is_answered_again_and_does_nothing)
{
    struct person *anna = talk_participant(&hall, NULL);
    talk_say(moderator, FRAME, 1, poll, LONG_MS);
    cJSON_Delete(talk_hear(moderator, "done"));
    announce(moderator, 0);
    talk_say(moderator, FRAME, 1, poll, LONG_MS);
    cJSON_Delete(talk_hear(moderator, "done"));
    begin(anna);
    hear_count(moderator, "started", 1);
    hear_count(anna, "closing_ms", -1);
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
}

Test(running, an_announcement_for_an_earlier_round_is_refused)
{
    talk_do(moderator, NULL, "poll.countdown", SOON ",\"round\":1", poll);
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(
        moderator, NULL, "poll.reopen", "\"poll\":\"%ld\",\"reason\":\"mistake\"", poll);
    cr_expect_str_eq(
        talk_refusal(moderator, "poll.countdown", SOON ",\"round\":1", poll), "closed");
    talk_do(moderator, NULL, "poll.countdown", SOON ",\"round\":2", poll);
}

Test(running, closing_at_once_ends_the_countdown)
{
    announce(moderator, 4000);
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(
        moderator, NULL, "poll.reopen", "\"poll\":\"%ld\",\"reason\":\"mistake\"", poll);
    struct person *anna = talk_participant(&hall, NULL);
    hear_count(anna, "closing_ms", -1);
    /* longer than the countdown had lasted: the next one is for this round */
    announce(moderator, 5000);
    hear_state(anna, "closed");
}

Test(running, a_new_start_has_forgotten_the_countdown_and_who_began)
{
    struct person *anna = talk_participant(&hall, NULL);
    begin(anna);
    announce(moderator, LONG_MS);
    hear_closing(moderator);
    cr_assert_eq(server_stop(&server, SIGKILL), -SIGKILL);
    server_start(&server, NULL);
    talk_follow(&hall);
    talk_return(moderator, "moderator", 0);
    cJSON *live = talk_hear(moderator, "live");
    cr_expect_eq(count_in(poll_in(live), "closing_ms"), -1);
    cr_expect_eq(count_in(poll_in(live), "started"), 0);
    cJSON_Delete(live);
    talk_return(anna, "participant", 0);
    vote(anna);
    hear_count(moderator, "started", 1);
}
