/* Somebody is put out of the event, by an idea of theirs, and let in again. */
#include "talk.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct hall_server server;
static struct talk hall;
static struct person *moderator, *phone;

static void set_up_in(const char *mode)
{
    server_init(&server);
    server_start(&server, NULL);
    talk_init(&hall, &server, mode);
    moderator = talk_moderator(&hall);
}

static void set_up(void)
{
    set_up_in("open");
    phone = talk_participant(&hall, NULL);
}

static void set_up_tickets(void)
{
    set_up_in("ticket");
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(bans, .init = set_up, .fini = tear_down);
TestSuite(bans_by_ticket, .init = set_up_tickets, .fini = tear_down);

#define BAN "\"idea\":\"%ld\",\"banned\":%s"

static long send_idea(struct person *person)
{
    return talk_do(person, "idea", "idea.submit", "\"title\":\"Doof\",\"text\":\"\"");
}

static long ban(long idea, bool banned)
{
    cJSON *done = talk_ask(moderator, "person.ban", BAN, idea, banned ? "true" : "false");
    cr_assert_str_eq(text_of(done, "op"), "done");
    long pos = (long)number_of(done, "pos");
    cJSON_Delete(done);
    return pos;
}

static void hear_bye(struct person *person)
{
    cJSON *bye = talk_hear(person, "bye");
    cr_assert_str_eq(text_of(bye, "err"), "banned");
    cJSON_Delete(bye);
    cr_assert_eq(talk_hear_close(person), 1008);
}

static void expect_hello_refused(struct person *person)
{
    talk_return(person, "participant", 0);
    cJSON *refused = talk_hear(person, "refused");
    cr_assert_str_eq(text_of(refused, "err"), "banned");
    cJSON_Delete(refused);
}

static void expect_join_refused(const char *code, char *cookie)
{
    char body[64];
    cJSON *refused = NULL;
    snprintf(body, sizeof body, "{\"code\":\"%s\"}", code);
    cr_assert_eq(talk_post(&hall, "/join", body, cookie, &refused), 403);
    cr_assert_str_eq(text_of(refused, "err"), "banned");
    cJSON_Delete(refused);
}

static void expect_back(struct person *person)
{
    talk_return(person, "participant", 0);
    cJSON_Delete(talk_hear(person, "welcome"));
}

/* Of the next change at the desk that says so: how many are out. */
static int hear_bans(void)
{
    for (;;) {
        cJSON *change = talk_hear(moderator, "change");
        const cJSON *banned = cJSON_GetObjectItemCaseSensitive(change, "banned");
        bool told = banned != NULL;
        int count = told ? cJSON_GetArraySize(banned) : 0;
        cJSON_Delete(change);
        if (told) {
            return count;
        }
    }
}

Test(bans, end_every_line_and_let_the_same_browser_in_no_more)
{
    struct person *second = talk_stranger(&hall, phone->cookie);
    expect_back(second);
    long pos = ban(send_idea(phone), true);
    hear_bye(phone);
    hear_bye(second);
    cr_expect_eq(hear_bans(), 1);
    expect_hello_refused(phone);
    expect_join_refused(hall.event, phone->cookie);
    cJSON_Delete(talk_ask(moderator, "undo", "\"pos\":%ld", pos));
    cr_expect_eq(hear_bans(), 0);
    expect_back(phone);
    send_idea(phone);
}

Test(bans, take_no_ballot_away)
{
    long poll = talk_open_poll(moderator, 3);
    talk_do(phone, NULL, "cast", CAST_MEMBERS, poll, 1U, "{\"ranking\":[[\"1\"]]}");
    long idea = send_idea(phone);
    ban(idea, true);
    hear_bye(phone);
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
    cJSON *result = talk_hear(moderator, "result");
    cr_assert_eq(number_of(result, "ballots"), 1, "what was cast stays");
    cJSON_Delete(result);
}

Test(bans, outlive_a_new_start_and_end_when_somebody_says_so)
{
    long idea = send_idea(phone);
    ban(idea, true);
    hear_bye(phone);
    cr_assert_eq(server_stop(&server, SIGTERM), 0);
    server_start(&server, NULL);
    talk_follow(&hall);
    moderator = talk_stranger(&hall, moderator->cookie);
    talk_return(moderator, "moderator", 0);
    cr_expect_eq(hear_bans(), 1);
    phone = talk_stranger(&hall, phone->cookie);
    expect_hello_refused(phone);
    ban(idea, false);
    expect_back(phone);
}

Test(bans, whose_end_is_undone_turn_away_again)
{
    long idea = send_idea(phone);
    ban(idea, true);
    hear_bye(phone);
    long back = ban(idea, false);
    expect_back(phone);
    cJSON_Delete(talk_ask(moderator, "undo", "\"pos\":%ld", back));
    hear_bye(phone);
}

Test(bans, leave_a_screen_that_others_use_to_the_next_one)
{
    char body[64];
    ban(send_idea(phone), true);
    hear_bye(phone);
    snprintf(body, sizeof body, "{\"event\":\"%s\"}", hall.event);
    cr_assert_eq(talk_post(&hall, "/leave", body, phone->cookie, NULL), 200);
    snprintf(body, sizeof body, "{\"code\":\"%s\"}", hall.event);
    cr_assert_eq(talk_post(&hall, "/join", body, phone->cookie, NULL), 200);
}

Test(bans, reach_nobody_at_the_desk_and_are_no_act_of_helpers)
{
    struct person *helper = talk_desk(&hall, "helper");
    long idea = send_idea(helper);
    cr_expect_str_eq(
        talk_refusal(moderator, "person.ban", BAN, idea, "true"), "not-participant");
    idea = send_idea(phone);
    cr_expect_str_eq(
        talk_refusal(helper, "person.ban", BAN, idea, "true"), "not-allowed");
    cr_expect_str_eq(talk_refusal(phone, "person.ban", BAN, idea, "true"), "not-allowed");
}

Test(bans_by_ticket, hold_for_the_ticket_and_for_what_replaces_it)
{
    char codes[2][16];
    for (int i = 0; i < 2; i++) {
        cJSON *told = i == 0 ? talk_ask(moderator, "tickets.issue", "\"count\":1")
                             : talk_ask(moderator, "ticket.replace", "\"ticket\":\"1\"");
        const cJSON *code =
            cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(told, "codes"), 0);
        snprintf(codes[i], sizeof codes[i], "%s", code->valuestring);
        cJSON_Delete(told);
        if (i == 0) {
            phone = talk_participant(&hall, codes[0]);
            ban(send_idea(phone), true);
            hear_bye(phone);
            expect_join_refused(codes[0], NULL);
        }
    }
    expect_join_refused(codes[1], NULL);
    ban(1, false);
    talk_participant(&hall, codes[1]);
}
