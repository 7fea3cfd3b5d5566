/* What one person, or somebody who is nobody, may take. */
#include "talk.h"

#include "base/bounds.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>

static struct hall_server server;
static struct talk hall;

static void set_up(void)
{
    server_init(&server);
    server_start(&server, NULL);
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(limits, .init = set_up, .fini = tear_down);

/* "" if it was welcomed. */
static const char *hello(struct person *person, const char *role)
{
    return talk_refusal(
        person, "hello", "\"event\":\"%s\",\"role\":\"%s\"", hall.event, role);
}

Test(limits, a_person_has_so_many_windows_and_the_oldest_closes)
{
    struct person *windows[WINDOWS_MAX + 1];
    talk_init(&hall, &server, "open");
    windows[0] = talk_participant(&hall, NULL);
    for (int i = 1; i <= WINDOWS_MAX; i++) {
        cr_expect_not(windows[0]->closed);
        windows[i] = talk_stranger(&hall, windows[0]->cookie);
        cr_expect_str_eq(hello(windows[i], "participant"), "");
    }
    cr_expect_eq(talk_hear_close(windows[0]), 1008);
    cr_expect_str_eq(hello(windows[1], "participant"), "");
    cr_expect_str_eq(hello(windows[WINDOWS_MAX], "participant"), "");
}

Test(limits, so_many_look_on_and_the_walls_of_people_come_on_top)
{
    talk_init(&hall, &server, "open");
    struct person *moderator = talk_moderator(&hall);
    struct person *first = talk_stage(&hall);
    for (int i = 1; i < ONLOOKERS_MAX; i++) {
        cJSON_Delete(talk_hear(talk_stage(&hall), "change"));
    }
    struct person *one_more = talk_stranger(&hall, "");
    cr_expect_str_eq(hello(one_more, "stage"), "busy");
    cr_expect_str_eq(hello(first, "stage"), "", "its place is its own");
    struct person *wall = talk_stranger(&hall, moderator->cookie);
    cr_expect_str_eq(hello(wall, "stage"), "");
    struct person *anna = talk_participant(&hall, NULL);
    cr_expect_str_eq(hello(anna, "stage"), "");
    talk_return(first, "participant", 0); /* the line is cut: a place is free */
    cJSON_Delete(talk_hear(first, "refused"));
    cr_expect_str_eq(hello(one_more, "stage"), "");
}

static void read_tickets(char codes[2][32])
{
    char out[4096];
    const char *const args[] = {"event",   "tickets", "--event", hall.event,
                                "--count", "2",       NULL};
    cr_assert_eq(server_run(&server, args, true, out, sizeof out), 0);
    const char *line = out;
    for (int i = 0; i < 2; i++) {
        line = strchr(line, '\n') + 1;
        const char *code = strchr(line, ',') + 1;
        snprintf(codes[i], 32, "%.*s", (int)strcspn(code, ",\r\n"), code);
    }
}

Test(limits, a_ticket_that_moves_on_and_on_holds_up_itself_alone)
{
    char codes[2][32];
    char body[64];
    int status = 200;
    talk_init(&hall, &server, "ticket");
    read_tickets(codes);
    snprintf(body, sizeof body, "{\"code\":\"%s\"}", codes[0]);
    for (int i = 0; i < 60 && status == 200; i++) {
        status = talk_post(&hall, "/join", body, NULL, NULL);
        cr_expect(i >= TICKET_MOVES_BURST || status == 200);
    }
    cr_expect_eq(status, 429);
    cr_expect_str_eq(hello(talk_participant(&hall, codes[1]), "participant"), "");
}
