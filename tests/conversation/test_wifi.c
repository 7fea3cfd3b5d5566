/* The hall's Wi-Fi: told to the desk, and to the wall while it is to be shown there; to
 * no phone and no page that anybody can fetch. */
#include "talk.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct hall_server server;
static struct talk hall;
static struct person *owner;

static void set_up(void)
{
    server_init(&server);
    server_start(&server, NULL);
    talk_init(&hall, &server, "open");
    owner = talk_moderator(&hall);
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(wifi, .init = set_up, .fini = tear_down);

#define WIFI "\"name\":\"Rathaus-Gast\",\"password\":\"halle2026\",\"shown\":%s"

/* What the next change says of it; NULL: nothing. To free. */
static char *heard(struct person *person)
{
    cJSON *change = talk_hear(person, "change");
    const cJSON *wifi = cJSON_GetObjectItemCaseSensitive(change, "wifi");
    char *text = wifi != NULL ? cJSON_PrintUnformatted(wifi) : NULL;
    cJSON_Delete(change);
    return text;
}

static void expect_told(struct person *person, const char *name, const char *password)
{
    char expected[128];
    char *text = heard(person);
    snprintf(
        expected, sizeof expected, "{\"name\":\"%s\",\"password\":\"%s\"", name,
        password);
    cr_assert_not_null(text);
    cr_expect(strncmp(text, expected, strlen(expected)) == 0, "%s", text);
    free(text);
}

static void expect_untold(struct person *person)
{
    char *text = heard(person);
    cr_expect_null(text, "%s", text);
    free(text);
}

static void expect_not_at(const char *before, const char *after, const char *cookie)
{
    char at[128];
    int status = 0;
    snprintf(at, sizeof at, "%s%s%s", before, hall.event, after);
    char *body = talk_get(&hall, at, cookie, &status);
    cr_expect_eq(status, 200, "%s", at);
    cr_expect_null(strstr(body, "halle2026"), "%s", at);
    cr_expect_null(strstr(body, "wifi"), "%s", at);
    free(body);
}

Test(wifi, is_told_to_the_desk_and_the_wall_and_to_nobody_else)
{
    struct person *told[] = {
        talk_desk(&hall, "moderator"), talk_desk(&hall, "helper"),
        talk_desk(&hall, "auditor"), talk_stage(&hall)};
    struct person *phone = talk_participant(&hall, NULL);
    talk_do(owner, NULL, "wifi", WIFI, "true");
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        talk_return(told[i], i < 3 ? "moderator" : "stage", 0);
        expect_told(told[i], "Rathaus-Gast", "halle2026");
    }
    talk_return(phone, "participant", 0);
    expect_untold(phone);
    expect_not_at("/snapshot/", "", NULL);
    expect_not_at("/export/", ".zip?auditor=1", owner->cookie);
}

Test(wifi, leaves_the_wall_as_soon_as_it_is_not_to_be_shown)
{
    talk_do(owner, NULL, "wifi", WIFI, "true");
    struct person *wall = talk_stage(&hall);
    expect_told(wall, "Rathaus-Gast", "halle2026");
    talk_do(owner, NULL, "wifi", WIFI, "false");
    expect_told(wall, "", "");
    talk_return(wall, "stage", 0);
    expect_told(wall, "", "");
    talk_return(owner, "moderator", 0);
    expect_told(owner, "Rathaus-Gast", "halle2026");
}

Test(wifi, is_known_after_a_new_start_and_can_be_undone)
{
    cJSON *done = talk_ask(owner, "wifi", WIFI, "true");
    long pos = number_of(done, "pos");
    cJSON_Delete(done);
    cr_assert_eq(server_stop(&server, SIGTERM), 0);
    server_start(&server, NULL);
    talk_follow(&hall);
    struct person *wall = talk_stage(&hall);
    expect_told(wall, "Rathaus-Gast", "halle2026");
    talk_return(owner, "moderator", 0);
    talk_do(owner, NULL, "undo", "\"pos\":%ld", pos);
    expect_told(wall, "", "");
}
