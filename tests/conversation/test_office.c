/* The office's page over real sockets: who is let in, what its cookie is good for, and
 * what becomes of people whose event is archived or deleted. */
#include "plain.h"
#include "talk.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIST "{\"do\":\"event.list\"}"

static struct hall_server server;
static struct talk hall;
static char cookie[256];

static void set_up(void)
{
    server_init(&server);
    server_start(&server, NULL);
    talk_init(&hall, &server, "open");
    cookie[0] = '\0';
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(office, .init = set_up, .fini = tear_down);

static struct plain_reply post(const char *path, const char *sent, const char *body)
{
    const struct plain_ask ask = {
        .method = "POST",
        .path = path,
        .cookie = sent,
        .type = "application/json",
        .body = span_of_string(body),
    };
    return plain_talk(&server, &ask);
}

/* Its status; the body is left aside. */
static int status_of(const char *path, const char *sent, const char *body)
{
    struct plain_reply reply = post(path, sent, body);
    int status = reply.status;
    plain_free(&reply);
    return status;
}

static void new_link(char *ret_body, size_t bytes)
{
    char out[512];
    const char *const args[] = {"office", "--json", NULL};
    cr_assert_eq(server_run(&server, args, true, out, sizeof out), 0);
    const char *token = strstr(out, "/office#");
    cr_assert_not_null(token);
    snprintf(ret_body, bytes, "{\"link\":\"%.43s\"}", token + strlen("/office#"));
}

/* Keeps the cookie; the head is checked for what a cookie of the office must be. */
static void come_in(void)
{
    char link[96];
    new_link(link, sizeof link);
    struct plain_reply reply = post("/office/login", NULL, link);
    cr_assert_eq(reply.status, 200);
    const char *set = strstr(reply.head, "Set-Cookie: office=");
    cr_assert_not_null(set);
    cr_expect_not_null(strstr(
        set, "; Path=/office; Max-Age=43200; HttpOnly; "
             "SameSite=Strict"));
    snprintf(cookie, sizeof cookie, "%.*s", 50, set + strlen("Set-Cookie: "));
    plain_free(&reply);
    cr_expect_eq(status_of("/office/login", NULL, link), 403, "a link lets in once");
}

/* Asks as the office about the hall's event, and expects a status. `more`: members. */
static void ask(int status, const char *what, const char *more)
{
    char body[256];
    snprintf(
        body, sizeof body, "{\"do\":\"%s\",\"event\":\"%s\",%s}", what, hall.event, more);
    struct plain_reply reply = post("/office/ask", cookie, body);
    cr_assert_eq(reply.status, status, "%s: %s", body, (const char *)reply.body);
    plain_free(&reply);
}

static void archive(int status, bool on)
{
    ask(status, "event.archive", on ? "\"on\":true" : "\"on\":false");
}

static void destroy(int status, const char *confirm)
{
    char more[64];
    snprintf(more, sizeof more, "\"confirm\":\"%s\"", confirm);
    ask(status, "event.delete", more);
}

Test(office, lets_a_link_in_once_and_its_session_ask)
{
    cr_expect_eq(status_of("/office/ask", NULL, LIST), 401);
    come_in();
    struct plain_reply reply = post("/office/ask", cookie, LIST);
    cr_expect_eq(reply.status, 200);
    cr_expect_not_null(strstr((const char *)reply.body, hall.event));
    plain_free(&reply);
    cr_expect_eq(status_of("/office/ask", cookie, "{\"do\":\"office.link\"}"), 400);
    cr_expect_eq(status_of("/office/ask", cookie, "{\"do\":\"backup\"}"), 400);
}

Test(office, takes_nothing_from_another_site)
{
    static const char *const paths[] = {"/office/login", "/office/ask", "/office/leave"};
    come_in();
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const struct plain_ask foreign = {
            .method = "POST",
            .path = paths[i],
            .cookie = cookie,
            .type = "application/json",
            .body = span_of_string(LIST),
        };
        int line = plain_send_from(&server, &foreign, "http://elsewhere.example");
        struct plain_reply reply = plain_read(line);
        cr_expect_eq(reply.status, 403, "%s", paths[i]);
        plain_free(&reply);
    }
    cr_expect_eq(status_of("/office/ask", cookie, LIST), 200);
}

Test(office, ends_by_leaving_and_by_being_revoked)
{
    char out[512];
    const char *const args[] = {"office", "--revoke", NULL};
    come_in();
    struct plain_reply reply = post("/office/leave", cookie, "{}");
    cr_expect_eq(reply.status, 200);
    cr_expect_not_null(
        strstr(reply.head, "Set-Cookie: office=; Path=/office; Max-Age=0;"));
    plain_free(&reply);
    cr_expect_eq(status_of("/office/ask", cookie, LIST), 401);
    come_in();
    cr_assert_eq(server_run(&server, args, true, out, sizeof out), 0);
    cr_expect_eq(status_of("/office/ask", cookie, LIST), 401);
}

Test(office, goes_on_over_a_restart_of_the_server)
{
    come_in();
    cr_assert_eq(server_stop(&server, 15), 0);
    server_start(&server, NULL);
    cr_expect_eq(status_of("/office/ask", cookie, LIST), 200);
}

Test(office, and_desk_and_phones_do_not_take_each_others_cookies)
{
    char as[256];
    int status = 0;
    come_in();
    struct person *moderator = talk_moderator(&hall);
    snprintf(as, sizeof as, "office=%s", strchr(moderator->cookie, '=') + 1);
    cr_expect_eq(status_of("/office/ask", moderator->cookie, LIST), 401);
    cr_expect_eq(status_of("/office/ask", as, LIST), 401, "nor under the other name");

    snprintf(as, sizeof as, "s=%s", strchr(cookie, '=') + 1);
    struct person *clerk = talk_stranger(&hall, as);
    talk_say(
        clerk,
        "{\"op\":\"hello\",\"id\":\"000000000000000000000000000000aa\",\"event\":"
        "\"%s\",\"role\":\"participant\"}",
        hall.event);
    cJSON *refused = talk_hear(clerk, "refused");
    cr_expect_str_eq(text_of(refused, "err"), "no-session");
    cJSON_Delete(refused);
    char path[64];
    snprintf(path, sizeof path, "/export/%s.zip", hall.event);
    char *body = talk_get(&hall, path, as, &status);
    cr_expect_eq(status, 401);
    free(body);
}

Test(office, archives_an_event_and_takes_it_back)
{
    char join[64];
    come_in();
    struct person *owner = talk_moderator(&hall);
    struct person *anna = talk_participant(&hall, NULL);
    archive(200, true);
    const char *idea = "\"title\":\"Idee\",\"text\":\"\",\"lang\":\"de\"";
    cr_expect_str_eq(talk_refusal(anna, "idea.submit", "%s", idea), "archived");
    cr_expect_str_eq(talk_refusal(owner, "call", "\"open\":true"), "archived");
    snprintf(join, sizeof join, "{\"code\":\"%s\"}", hall.event);
    cr_expect_eq(status_of("/join", NULL, join), 400);
    cr_expect_eq(status_of("/join", anna->cookie, join), 200, "who is in may look");
    archive(200, false);
    cr_expect_str_eq(talk_refusal(anna, "idea.submit", "%s", idea), "");
}

Test(office, archives_and_deletes_nothing_while_a_poll_is_open)
{
    come_in();
    struct person *owner = talk_moderator(&hall);
    talk_open_poll(owner, 2);
    archive(400, true);
    destroy(400, hall.event);
}

Test(office, archives_nothing_while_the_paper_of_a_poll_may_come_in)
{
    come_in();
    struct person *owner = talk_moderator(&hall);
    long poll = talk_open_poll(owner, 2);
    talk_do(owner, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    archive(400, true);
    talk_do(owner, NULL, "poll.seal", "\"poll\":\"%ld\"", poll);
    archive(200, true);
}

Test(office, deletes_an_event_under_those_who_are_in_it)
{
    char join[64];
    int status = 0;
    come_in();
    struct person *owner = talk_moderator(&hall);
    struct person *anna = talk_participant(&hall, NULL);
    struct person *stage = talk_stage(&hall);
    destroy(400, "");
    destroy(200, hall.event);
    cr_expect_eq(talk_hear_close(owner), 1008);
    cr_expect_eq(talk_hear_close(anna), 1008);
    cr_expect_eq(talk_hear_close(stage), 1008);
    destroy(400, hall.event);
    snprintf(join, sizeof join, "{\"code\":\"%s\"}", hall.event);
    for (int turn = 0; turn < 2; turn++) {
        cr_expect_eq(status_of("/join", anna->cookie, join), 404);
        struct plain_reply reply = post("/office/ask", cookie, LIST);
        cr_expect_null(strstr((const char *)reply.body, hall.event));
        plain_free(&reply);
        cr_assert_eq(server_stop(&server, 15), 0);
        server_start(&server, NULL);
    }
    char path[64];
    snprintf(path, sizeof path, "/snapshot/%s", hall.event);
    const struct plain_ask look = {.method = "GET", .path = path};
    struct plain_reply reply = plain_talk(&server, &look);
    status = reply.status;
    plain_free(&reply);
    cr_expect_eq(status, 404);
}

Test(office, is_asked_from_the_command_line_too)
{
    char out[512];
    const char *const archive[] = {"event", "archive", "--event", hall.event, NULL};
    const char *const wrong[] = {"event",     "delete", "--event", hall.event,
                                 "--confirm", "ABC123", NULL};
    const char *const right[] = {"event",     "delete",   "--event", hall.event,
                                 "--confirm", hall.event, NULL};
    cr_expect_eq(server_run(&server, archive, true, out, sizeof out), 0);
    cr_expect_neq(server_run(&server, wrong, true, out, sizeof out), 0);
    cr_expect_eq(server_run(&server, right, true, out, sizeof out), 0);
    cr_expect_neq(server_run(&server, archive, true, out, sizeof out), 0);
}

Test(office, says_who_runs_the_server_in_its_own_words)
{
    int status = 0;
    come_in();
    cr_assert_eq(
        status_of(
            "/office/ask", cookie,
            "{\"do\":\"notice.set\",\"name\":\"privacy\",\"text\":\"Wir \\\"löschen\\\" "
            "alles.\"}"),
        200);
    char *about = talk_get(&hall, "/about", NULL, &status);
    cr_expect_not_null(
        strstr(about, "\"privacy\":\"Wir \\\"löschen\\\" alles.\""), "%s", about);
    free(about);
}

/* ---- words that new events look out for ---- */

/* Makes an event on the command line and moves in: the desk's owner. */
static struct person *move_into_a_new_event(void)
{
    talk_fini(&hall);
    talk_init(&hall, &server, "open");
    return talk_moderator(&hall);
}

static void expect_words(struct person *person, const char *words)
{
    cJSON *change = talk_hear(person, "change");
    const cJSON *heard = cJSON_GetObjectItemCaseSensitive(change, "words");
    const char *list = heard != NULL ? cJSON_GetStringValue(heard) : "";
    cr_expect_str_eq(list, words);
    cJSON_Delete(change);
}

Test(office, gives_new_events_words_that_each_desk_changes_for_itself)
{
    come_in();
    cr_assert_eq(
        status_of(
            "/office/ask", cookie,
            "{\"do\":\"words.set\",\"words\":\"Depp\\nBl\u00f6d*\"}"),
        200);
    struct person *before = talk_moderator(&hall);
    expect_words(before, "");
    cr_assert_eq(server_stop(&server, SIGTERM), 0);
    server_start(&server, NULL);
    struct person *owner = move_into_a_new_event();
    expect_words(owner, "Depp\nBlöd*");
    talk_do(owner, NULL, "words", "\"words\":\"Quatsch\"");
    expect_words(owner, "Quatsch");
    struct person *next = move_into_a_new_event();
    expect_words(next, "Depp\nBlöd*");
    struct plain_reply reply = post("/office/ask", cookie, "{\"do\":\"words.list\"}");
    cr_expect_not_null(strstr((const char *)reply.body, "\"words\":\"Depp\\nBlöd*\""));
    plain_free(&reply);
}

Test(office, tells_its_words_to_nobody_else)
{
    int status = 0;
    come_in();
    cr_assert_eq(
        status_of("/office/ask", cookie, "{\"do\":\"words.set\",\"words\":\"Depp\"}"),
        200);
    cr_expect_eq(status_of("/office/ask", NULL, "{\"do\":\"words.list\"}"), 401);
    char *about = talk_get(&hall, "/about", NULL, &status);
    cr_expect_null(strstr(about, "Depp"), "%s", about);
    free(about);
}

/* ---- the export ---- */

static void take(
    int status, const char *before, const char *after, const char *sent, const char *part)
{
    char whole[96];
    snprintf(whole, sizeof whole, "%s%s%s", before, hall.event, after);
    const struct plain_ask ask = {.method = "GET", .path = whole, .cookie = sent};
    struct plain_reply reply = plain_talk(&server, &ask);
    cr_expect_eq(reply.status, status, "%s: %d", whole, reply.status);
    if (part != NULL) {
        cr_expect_not_null(
            strstr((const char *)reply.body, part), "%s: %s", whole,
            (const char *)reply.body);
    }
    plain_free(&reply);
}

Test(office, takes_home_what_everybody_may_have)
{
    struct person *owner = talk_moderator(&hall);
    take(401, "/office/export/", "", NULL, "no-session");
    take(401, "/office/export/", ".zip", owner->cookie, "no-session");
    come_in();
    take(
        200, "/office/export/", "", cookie,
        "\"auditor\":false,\"files\":[\"ideas.csv\",");
    take(200, "/office/export/", "", cookie, "\"datapackage.json\"],\"pictures\":0}");
    take(200, "/office/export/", ".zip?sep=comma", cookie, "PK");
    take(
        200, "/office/export/", "/groups.csv?sep=comma", cookie,
        "group,name,lang,people,challenge\r\n");
    take(
        200, "/office/export/", "/groups.csv", cookie,
        "group;name;lang;people;challenge\r\n");
    take(200, "/office/export/", "/datapackage.json", cookie, "\"path\":\"groups.csv\"");
    take(404, "/office/export/", "/keys.csv", cookie, "not-found");
    take(404, "/office/export/", ".csv", cookie, "not-found");
    take(404, "/office/export/A", "", cookie, "code-unknown");
    take(403, "/office/export/", ".zip?auditor=1", cookie, "not-allowed");
    take(403, "/office/export/", "/ballots.csv?auditor=1", cookie, "not-allowed");
}

Test(office, leaves_the_desks_downloads_to_the_desk)
{
    struct person *owner = talk_moderator(&hall);
    struct person *helper = talk_desk(&hall, "helper");
    struct person *anna = talk_participant(&hall, NULL);
    take(200, "/export/", "", owner->cookie, "\"auditor\":true");
    take(
        200, "/export/", "/ideas.csv?auditor=1", owner->cookie, "reports;supporters\r\n");
    take(403, "/export/", "", helper->cookie, "not-allowed");
    take(403, "/export/", "/ideas.csv", helper->cookie, "not-allowed");
    take(401, "/export/", "", anna->cookie, "no-session");
}

/* ---- overdue promises ---- */

static long promise(struct person *owner, const char *title, const char *members)
{
    long idea = talk_do(
        owner, "idea", "idea.submit",
        "\"title\":\"%s\",\"text\":\"Am Ufer\",\"lang\":\"de\"", title);
    talk_do(owner, NULL, "idea.follow", "\"idea\":\"%ld\",%s", idea, members);
    return idea;
}

/* The office's answer, to free. */
static char *promises(void)
{
    struct plain_reply reply = post("/office/ask", cookie, "{\"do\":\"event.promises\"}");
    cr_assert_eq(reply.status, 200);
    char *body = strdup((const char *)reply.body);
    plain_free(&reply);
    return body;
}

#define PAST "\"next\":\"2020-02-29\",\"department\":\"Amt\",\"lang\":\"de\""

Test(office, sees_the_promises_that_are_overdue)
{
    struct person *owner = talk_moderator(&hall);
    promise(owner, "Bank", "\"state\":\"pilot\"," PAST);
    promise(owner, "Steht", "\"state\":\"permanent\"," PAST);
    promise(owner, "Aus", "\"state\":\"stopped\",\"note\":\"Nein\"," PAST);
    promise(owner, "Bald", "\"state\":\"idea\",\"next\":\"2999-01-01\"");
    promise(owner, "Offen", "\"state\":\"idea\"");
    long kept = promise(owner, "Weiter", "\"state\":\"idea\"," PAST);
    talk_do(
        owner, NULL, "idea.follow",
        "\"idea\":\"%ld\",\"state\":\"pilot\",\"next\":\"2999-01-01\"", kept);
    come_in();
    char expected[256];
    snprintf(
        expected, sizeof expected,
        "{\"ok\":true,\"promises\":[{\"event\":\"%s\",\"idea\":\"1\",\"state\":\"pilot\","
        "\"next\":\"2020-02-29\",\"page\":true,\"title\":\"Bank\","
        "\"department\":\"Amt\"}],\"left_out\":0}",
        hall.event);
    char *body = promises();
    cr_expect_str_eq(body, expected);
    free(body);
    archive(200, true);
    body = promises();
    cr_expect_str_eq(body, expected, "a promise outlives its event's archiving");
    free(body);
}

Test(office, learns_no_words_of_an_idea_that_is_hidden)
{
    struct person *owner = talk_moderator(&hall);
    long hidden = promise(owner, "Verborgen", "\"state\":\"idea\"," PAST);
    talk_do(owner, NULL, "idea.hide", "\"idea\":\"%ld\",\"reason\":\"other\"", hidden);
    come_in();
    char *body = promises();
    cr_expect_not_null(strstr(body, "\"idea\":\"1\""), "%s", body);
    cr_expect_not_null(strstr(body, "\"page\":false,\"department\""), "%s", body);
    cr_expect_null(strstr(body, "Verborgen"), "%s", body);
    free(body);
}

Test(office, keeps_the_promises_of_all_events_to_itself)
{
    struct person *owner = talk_moderator(&hall);
    struct person *anna = talk_participant(&hall, NULL);
    const char *const sent[] = {NULL, owner->cookie, anna->cookie};
    promise(owner, "Bank", "\"state\":\"pilot\"," PAST);
    for (size_t i = 0; i < sizeof sent / sizeof *sent; i++) {
        int status = status_of("/office/ask", sent[i], "{\"do\":\"event.promises\"}");
        cr_expect_eq(status, 401);
    }
}
