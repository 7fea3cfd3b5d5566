/* Leaving a screen that others use next: nobody comes back by its session. */
#include "talk.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
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

TestSuite(leave, .init = set_up, .fini = tear_down);

static int leave(const char *event, char *cookie)
{
    char body[64];
    snprintf(body, sizeof body, "{\"event\":\"%s\"}", event);
    return talk_post(&hall, "/leave", body, cookie, NULL);
}

/* What a line with this cookie hears when it says hello. */
static void expect_greeting(const char *cookie, const char *role, const char *err)
{
    struct person *screen = talk_stranger(&hall, cookie);
    talk_say(
        screen,
        "{\"op\":\"hello\",\"id\":\"00112233445566778899aabbccddeeff\",\"event\":\"%s\","
        "\"role\":\"%s\"}",
        hall.event, role);
    cJSON *answer = talk_hear(screen, err != NULL ? "refused" : "welcome");
    if (err != NULL) {
        cr_expect_str_eq(text_of(answer, "err"), err);
    }
    cJSON_Delete(answer);
}

Test(leave, takes_the_seat_from_the_session_for_good)
{
    struct person *anna = talk_participant(&hall, NULL);
    char cookie[256];
    memcpy(cookie, anna->cookie, sizeof cookie);
    cr_assert_eq(leave(hall.event, anna->cookie), 200);
    cr_expect_null(strstr(anna->cookie, cookie), "the browser forgets it");
    cJSON *bye = talk_hear(anna, "bye");
    cr_expect_str_eq(text_of(bye, "err"), "no-session");
    cJSON_Delete(bye);
    expect_greeting(cookie, "participant", "no-session");
    cr_assert_eq(server_stop(&server, SIGTERM), 0);
    server_start(&server, NULL);
    talk_follow(&hall);
    expect_greeting(cookie, "participant", "no-session");
}

Test(leave, may_be_said_twice_and_by_who_was_never_there)
{
    struct person *anna = talk_participant(&hall, NULL);
    char cookie[256];
    memcpy(cookie, anna->cookie, sizeof cookie);
    cr_expect_eq(leave(hall.event, cookie), 200);
    memcpy(cookie, anna->cookie, sizeof cookie);
    cr_expect_eq(leave(hall.event, cookie), 200);
    cr_expect_eq(leave(hall.event, NULL), 200);
    cr_expect_eq(leave("AAAAAA", NULL), 404);
}

Test(leave, keeps_a_place_at_the_desk_that_the_browser_has)
{
    struct person *moderator = talk_moderator(&hall);
    char body[64];
    snprintf(body, sizeof body, "{\"code\":\"%s\"}", hall.event);
    char cookie[256];
    memcpy(cookie, moderator->cookie, sizeof cookie);
    cr_assert_eq(talk_post(&hall, "/join", body, cookie, NULL), 200);
    expect_greeting(cookie, "participant", NULL);
    cr_assert_eq(leave(hall.event, cookie), 200);
    expect_greeting(cookie, "participant", "no-session");
    expect_greeting(cookie, "moderator", NULL);
}
