/* The office's page over real sockets: who is let in, what its cookie is good for, and
 * what becomes of people whose event is archived or deleted. */
#include "plain.h"
#include "talk.h"

#include <criterion/criterion.h>
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
