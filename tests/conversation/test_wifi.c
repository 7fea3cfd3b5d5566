/* The hall's Wi-Fi: told to the desk, and while it is to be shown to a wall that was
 * opened by the desk's link; to no other wall, no phone and no page that anybody can
 * fetch. */
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
        talk_desk(&hall, "auditor"), talk_wall(&hall, hall.stage_key)};
    struct person *phone = talk_participant(&hall, NULL);
    talk_do(owner, NULL, "wifi", WIFI, "true");
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        talk_return(told[i], i < 3 ? "moderator" : "stage", 0);
        expect_told(told[i], "Rathaus-Gast", "halle2026");
    }
    talk_return(phone, "participant", 0);
    expect_untold(phone);
    snprintf(phone->key, sizeof phone->key, "%s", hall.stage_key);
    talk_return(phone, "participant", 0);
    expect_untold(phone);
    expect_not_at("/snapshot/", "", NULL);
    expect_not_at("/export/", ".zip?auditor=1", owner->cookie);
}

Test(wifi, leaves_the_wall_as_soon_as_it_is_not_to_be_shown)
{
    talk_do(owner, NULL, "wifi", WIFI, "true");
    struct person *wall = talk_wall(&hall, hall.stage_key);
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
    struct person *wall = talk_wall(&hall, hall.stage_key);
    expect_told(wall, "Rathaus-Gast", "halle2026");
    talk_return(owner, "moderator", 0);
    talk_do(owner, NULL, "undo", "\"pos\":%ld", pos);
    expect_told(wall, "", "");
}

/* A stage like any other, but for the Wi-Fi: it hears of none as it comes, when it
 * changes, and when it comes back. */
static void expect_never_told(struct person *wall)
{
    expect_untold(wall);
    talk_do(owner, NULL, "wifi", WIFI, "true");
    talk_do(owner, NULL, "call", "\"open\":false");
    cJSON *change = NULL;
    do {
        cJSON_Delete(change);
        change = talk_hear(wall, "change");
        cr_expect_null(cJSON_GetObjectItemCaseSensitive(change, "wifi"));
    } while (!cJSON_HasObjectItem(change, "event"));
    cJSON_Delete(change);
    talk_return(wall, "stage", 1);
    expect_untold(wall);
    talk_return(wall, "stage", 0);
    expect_untold(wall);
}

Test(wifi, is_not_told_to_a_wall_without_the_desks_link)
{
    expect_never_told(talk_stage(&hall));
}

Test(wifi, is_not_told_to_a_wall_with_a_key_that_nobody_gave)
{
    expect_never_told(talk_wall(&hall, "00112233445566778899aabbccddeeff"));
}

Test(wifi, is_not_told_to_a_wall_with_another_events_key)
{
    char other[sizeof hall.stage_key];
    snprintf(other, sizeof other, "%s", hall.stage_key);
    talk_fini(&hall);
    talk_init(&hall, &server, "open");
    owner = talk_moderator(&hall);
    cr_assert_str_neq(other, hall.stage_key);
    expect_never_told(talk_wall(&hall, other));
}

/* The desk's link is the one that the office gives, over a new start too. */
static void expect_key_at(struct person *person)
{
    talk_return(person, "moderator", 0);
    cJSON *welcome = talk_hear(person, "welcome");
    cr_expect_str_eq(text_of(welcome, "stage_key"), hall.stage_key);
    cJSON_Delete(welcome);
}

Test(wifi, has_its_walls_key_at_every_desk_and_nowhere_else)
{
    struct person *desks[] = {
        owner, talk_desk(&hall, "helper"), talk_desk(&hall, "auditor")};
    for (size_t i = 0; i < sizeof desks / sizeof *desks; i++) {
        expect_key_at(desks[i]);
    }
    struct person *others[] = {
        talk_participant(&hall, NULL), talk_wall(&hall, hall.stage_key)};
    for (size_t i = 0; i < 2; i++) {
        talk_return(others[i], i == 0 ? "participant" : "stage", 0);
        cJSON *welcome = talk_hear(others[i], "welcome");
        cr_expect_null(cJSON_GetObjectItemCaseSensitive(welcome, "stage_key"));
        cJSON_Delete(welcome);
    }
    cr_assert_eq(server_stop(&server, SIGTERM), 0);
    server_start(&server, NULL);
    talk_follow(&hall);
    expect_key_at(owner);
}

Test(wifi, comes_and_goes_with_the_key_on_one_line)
{
    talk_do(owner, NULL, "wifi", WIFI, "true");
    struct person *wall = talk_wall(&hall, hall.stage_key);
    expect_told(wall, "Rathaus-Gast", "halle2026");
    talk_say(
        wall, "{\"op\":\"hello\",\"id\":\"%032x\",\"event\":\"%s\",\"role\":\"stage\"}",
        9U, hall.event);
    cJSON_Delete(talk_hear(wall, "welcome"));
    expect_untold(wall);
}

/* ---- one that there can be ---- */

static const char *refusal(const char *name, const char *password)
{
    return talk_refusal(
        owner, "wifi", "\"name\":\"%s\",\"password\":\"%s\",\"shown\":true", name,
        password);
}

#define EIGHT "mitmache"
#define SIXTY EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT "2026"
#define HEX64 "00112233445566778899aabbCCDDEEFF00112233445566778899aabbCCDDEEFF"

Test(wifi, has_a_name_of_at_most_32_bytes)
{
    cr_expect_str_eq(refusal("GästeGästeGästeGästeGästeGäs", EIGHT), "wifi-name");
    cr_expect_str_eq(refusal("Gäste-Gäste-Gäste-im-Rathaus", EIGHT), "");
    cr_expect_str_eq(refusal("n2345678n2345678n2345678n2345678", EIGHT), "");
    cr_expect_str_eq(
        refusal("n2345678n2345678n2345678n23456789", EIGHT), "text-too-long");
}

Test(wifi, has_no_password_or_one_that_can_be_typed_everywhere)
{
    cr_expect_str_eq(refusal("Saal", ""), "");
    cr_expect_str_eq(refusal("Saal", EIGHT), "");
    cr_expect_str_eq(refusal("Saal", SIXTY "abc"), "");
    cr_expect_str_eq(refusal("Saal", HEX64), "");
    cr_expect_str_eq(refusal("Saal", "kurz567"), "wifi-password");
    cr_expect_str_eq(refusal("Saal", "größe1234"), "wifi-password");
    cr_expect_str_eq(refusal("Saal", SIXTY "abcd"), "wifi-password");
    cr_expect_str_eq(refusal("Saal", SIXTY "abcde"), "text-too-long");
    cr_expect_str_eq(refusal("", "kurz"), "", "none at all");
}
