/* Tickets at the desk, and what becomes of the phones that came by them. */
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
    talk_init(&hall, &server, "ticket");
    moderator = talk_moderator(&hall);
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(tickets, .init = set_up, .fini = tear_down);

/* The codes of the answer, `count` of them. */
static void keep_codes(cJSON *answer, int count, char codes[][16])
{
    cr_assert_str_eq(text_of(answer, "op"), "tickets");
    const cJSON *told = cJSON_GetObjectItemCaseSensitive(answer, "codes");
    cr_assert_eq(cJSON_GetArraySize(told), count);
    for (int i = 0; i < count; i++) {
        snprintf(
            codes[i], sizeof codes[i], "%s", cJSON_GetArrayItem(told, i)->valuestring);
    }
    cJSON_Delete(answer);
}

static void issue(int count, char codes[][16])
{
    keep_codes(talk_ask(moderator, "tickets.issue", "\"count\":%d", count), count, codes);
}

static void replace(int ticket, char code[][16])
{
    keep_codes(
        talk_ask(moderator, "ticket.replace", "\"ticket\":\"%d\"", ticket), 1, code);
}

static void expect_join_refused(const char *code, const char *err)
{
    char body[64];
    cJSON *refused = NULL;
    snprintf(body, sizeof body, "{\"code\":\"%s\"}", code);
    cr_assert_eq(talk_post(&hall, "/join", body, NULL, &refused) / 100, 4);
    cr_assert_str_eq(text_of(refused, "err"), err);
    cJSON_Delete(refused);
}

static void hear_turned_away(struct person *phone)
{
    cJSON *bye = talk_hear(phone, "bye");
    cr_assert_str_eq(text_of(bye, "err"), "ticket-void");
    cJSON_Delete(bye);
    cr_assert_eq(talk_hear_close(phone), 1008);
}

/* The desk's next counters in which the first batch has so many void ones. */
static cJSON *hear_voided(int voided)
{
    for (;;) {
        cJSON *live = talk_hear(moderator, "live");
        const cJSON *batches = cJSON_GetObjectItemCaseSensitive(live, "batches");
        const cJSON *first = cJSON_GetArrayItem(batches, 0);
        if (first != NULL && number_of(first, "voided") == voided) {
            return live;
        }
        cJSON_Delete(live);
    }
}

Test(tickets, issued_at_the_desk_let_people_in)
{
    char codes[2][16];
    issue(2, codes);
    struct person *phone = talk_participant(&hall, codes[1]);
    cr_assert_str_eq(talk_refusal(phone, "tickets.issue", "\"count\":1"), "not-allowed");
    cJSON *told = talk_ask(moderator, "ticket", "\"code\":\"%s\"", codes[1]);
    cr_expect_str_eq(text_of(told, "ticket"), "2");
    cr_expect(cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(told, "redeemed")));
    cJSON_Delete(told);
    cr_expect_str_eq(
        talk_refusal(moderator, "ticket", "\"code\":\"0000000000\""), "ticket-unknown");
    cr_expect_str_eq(
        talk_refusal(moderator, "ticket", "\"code\":\"AB\""), "code-malformed");
    cr_expect_str_eq(
        talk_refusal(moderator, "ticket", "\"code\":\"%s\",\"ticket\":\"1\"", codes[0]),
        "bad-value");
}

Test(tickets, tell_their_codes_once_however_often_they_are_asked_for)
{
    static const char *const frame =
        "{\"op\":\"tickets.issue\",\"id\":\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\","
        "\"count\":3000}";
    talk_say(moderator, "%s", frame);
    cJSON *first = talk_hear(moderator, "tickets");
    const cJSON *codes = cJSON_GetObjectItemCaseSensitive(first, "codes");
    cr_assert_eq(cJSON_GetArraySize(codes), 3000);
    char code[16];
    snprintf(code, sizeof code, "%s", cJSON_GetArrayItem(codes, 2999)->valuestring);
    cJSON_Delete(first);
    talk_say(moderator, "%s", frame);
    cJSON *again = talk_hear(moderator, "tickets");
    cr_assert_null(cJSON_GetObjectItemCaseSensitive(again, "codes"));
    cr_assert_eq(number_of(again, "count"), 3000);
    cJSON_Delete(again);
    cJSON_Delete(talk_ask(moderator, "ticket", "\"ticket\":\"3000\""));
    cr_assert_str_eq(
        talk_refusal(moderator, "ticket", "\"ticket\":\"3001\""), "ticket-unknown");
    talk_participant(&hall, code);
}

Test(tickets, that_are_voided_turn_their_phone_away_and_leave_its_ballot)
{
    char codes[2][16];
    issue(2, codes);
    long poll = talk_open_poll(moderator, 3);
    struct person *phone = talk_participant(&hall, codes[0]);
    talk_do(phone, NULL, "cast", CAST_MEMBERS, poll, 1U, "{\"ranking\":[[\"1\"]]}");
    talk_do(moderator, NULL, "ticket.void", "\"ticket\":\"1\"");
    hear_turned_away(phone);
    expect_join_refused(codes[0], "ticket-void");
    talk_return(phone, "participant", 0);
    cJSON *refused = talk_hear(phone, "refused");
    cr_assert_str_eq(text_of(refused, "err"), "ticket-void");
    cJSON_Delete(refused);
    cJSON_Delete(hear_voided(1));
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
    cJSON *result = talk_hear(moderator, "result");
    cr_assert_eq(number_of(result, "ballots"), 1, "what was cast stays");
    cJSON_Delete(result);
}

Test(tickets, whose_voiding_is_undone_let_the_same_phone_in_again)
{
    char codes[1][16];
    issue(1, codes);
    struct person *phone = talk_participant(&hall, codes[0]);
    cJSON *done = talk_ask(moderator, "ticket.void", "\"ticket\":\"1\"");
    long pos = number_of(done, "pos");
    cJSON_Delete(done);
    hear_turned_away(phone);
    talk_do(moderator, NULL, "undo", "\"pos\":%ld", pos);
    talk_return(phone, "participant", 0);
    cJSON_Delete(talk_hear(phone, "welcome"));
}

Test(tickets, that_are_replaced_let_in_the_same_person_who_votes_once)
{
    char codes[1][16];
    char fresh[1][16];
    issue(1, codes);
    long poll = talk_open_poll(moderator, 3);
    struct person *old_phone = talk_participant(&hall, codes[0]);
    talk_do(old_phone, NULL, "cast", CAST_MEMBERS, poll, 1U, "{\"ranking\":[[\"1\"]]}");
    replace(1, fresh);
    hear_turned_away(old_phone);
    expect_join_refused(codes[0], "ticket-void");
    cr_assert_str_eq(
        talk_refusal(moderator, "ticket.replace", "\"ticket\":\"1\""), "ticket-replaced");
    struct person *new_phone = talk_participant(&hall, fresh[0]);
    talk_do(new_phone, NULL, "cast", CAST_MEMBERS, poll, 2U, "{\"ranking\":[[\"2\"]]}");
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
    cJSON *result = talk_hear(new_phone, "result");
    cr_assert_eq(number_of(result, "ballots"), 1, "one person, one ballot");
    const cJSON *winners = cJSON_GetObjectItemCaseSensitive(result, "winners");
    cr_assert_str_eq(cJSON_GetArrayItem(winners, 0)->valuestring, "2");
    cJSON_Delete(result);
}

Test(tickets, of_a_batch_are_voided_at_once_and_stay_so_after_a_restart)
{
    char codes[3][16];
    issue(3, codes);
    struct person *phone = talk_participant(&hall, codes[1]);
    talk_do(moderator, NULL, "tickets.void", "\"batch\":\"1\"");
    cJSON_Delete(hear_voided(2));
    server_stop(&server, SIGTERM);
    server_start(&server, NULL);
    talk_follow(&hall);
    expect_join_refused(codes[0], "ticket-void");
    phone = talk_stranger(&hall, phone->cookie);
    talk_return(phone, "participant", 0);
    cJSON_Delete(talk_hear(phone, "welcome"));
}

Test(tickets, that_replace_somebodys_are_left_when_the_batch_is_voided)
{
    char codes[2][16];
    char fresh[1][16];
    issue(2, codes);
    long poll = talk_open_poll(moderator, 3);
    struct person *old_phone = talk_participant(&hall, codes[0]);
    talk_do(old_phone, NULL, "cast", CAST_MEMBERS, poll, 1U, "{\"ranking\":[[\"1\"]]}");
    replace(1, fresh);
    talk_do(moderator, NULL, "tickets.void", "\"batch\":\"1\"");
    cr_assert_str_eq(
        talk_refusal(moderator, "tickets.void", "\"batch\":\"1\""), "wrong-state");
    expect_join_refused(codes[1], "ticket-void");
    struct person *new_phone = talk_participant(&hall, fresh[0]);
    talk_do(new_phone, NULL, "cast", CAST_MEMBERS, poll, 2U, "{\"ranking\":[[\"2\"]]}");
    talk_do(moderator, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    talk_do(moderator, NULL, "poll.publish", "\"poll\":\"%ld\"", poll);
    cJSON *result = talk_hear(new_phone, "result");
    cr_assert_eq(number_of(result, "ballots"), 1, "one person, one ballot");
    cJSON_Delete(result);
}

Test(tickets, of_a_group_bring_people_into_it)
{
    char codes[1][16];
    long jury =
        talk_do(moderator, "label", "label.add", "\"kind\":\"group\",\"name\":\"Jury\"");
    long other =
        talk_do(moderator, "label", "label.add", "\"kind\":\"group\",\"name\":\"Saal\"");
    keep_codes(
        talk_ask(moderator, "tickets.issue", "\"count\":1,\"group\":\"%ld\"", jury), 1,
        codes);
    struct person *phone = talk_participant(&hall, codes[0]);
    cr_assert_str_eq(
        talk_refusal(phone, "group", "\"group\":\"%ld\"", other), "group-by-ticket");
    talk_do(phone, NULL, "group", "\"group\":\"%ld\"", jury);
}
