/* "Is this room ready?" at the desk, with the real program twice: as the server, and as
 * its simulated phones. */
#include "talk.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CLEAR_MS 20000

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

TestSuite(rehearsal, .init = set_up, .fini = tear_down);

/* ---- what is heard ---- */

/* The next that is said in this state, and not in the one before. */
static cJSON *hear(struct person *person, const char *state)
{
    cJSON *told = talk_hear(person, "rehearsal");
    while (strcmp(text_of(told, "state"), state) != 0) {
        cr_assert_str_eq(text_of(told, "state"), "running");
        cJSON_Delete(told);
        told = talk_hear(person, "rehearsal");
    }
    return told;
}

static void hear_stage(struct person *person, const char *stage)
{
    cJSON *told = hear(person, "running");
    while (strcmp(text_of(told, "stage"), stage) != 0) {
        cJSON_Delete(told);
        told = hear(person, "running");
    }
    cJSON_Delete(told);
}

static void expect_cause(struct person *person, const char *cause)
{
    cJSON *told = hear(person, "stopped");
    cr_expect_str_eq(text_of(told, "cause"), cause);
    cJSON_Delete(told);
}

/* ---- what is left ---- */

static bool file_has(const char *suffix, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/hall.db%s", server.folder, suffix);
    FILE *file = fopen(path, "rb");
    size_t bytes = strlen(text);
    size_t matched = 0;
    int byte = 0;
    while (file != NULL && matched < bytes && (byte = fgetc(file)) != EOF) {
        matched = byte == text[matched] ? matched + 1 : byte == text[0] ? 1 : 0;
    }
    if (file != NULL) {
        fclose(file);
    }
    return matched == bytes;
}

/* Its title, its ideas, and what tells its log from others'. */
static bool is_anything_left(void)
{
    return file_has("", "Rehearsal") || file_has("-wal", "Rehearsal") ||
           file_has("", "\"rehearsal\"") || file_has("-wal", "\"rehearsal\"");
}

static void expect_one_event(void)
{
    char out[4096];
    const char *const list[] = {"event", "list", "--json", NULL};
    cr_assert_eq(server_run(&server, list, true, out, sizeof out), 0);
    const char *first = strstr(out, "\"event\":\"");
    cr_assert_not_null(first, "%s", out);
    cr_expect_not_null(strstr(out, hall.event));
    cr_expect_null(strstr(first + 1, "\"event\":\""), "%s", out);
}

static void wait_until_cleared(void)
{
    int64_t until_ms = client_now_ms() + CLEAR_MS;
    while (is_anything_left() && client_now_ms() < until_ms) {
        expect_one_event();
    }
}

/* ---- */

Test(rehearsal, says_whether_the_room_is_ready_and_leaves_nothing)
{
    struct person *colleague = talk_colleague(&hall);
    talk_do(owner, NULL, "rehearse", "\"phones\":20");
    hear_stage(owner, "vote");
    cr_expect(is_anything_left());
    expect_one_event();
    cJSON *told = hear(owner, "done");
    const cJSON *figures = cJSON_GetObjectItem(told, "figures");
    cr_expect_neq(strcmp(text_of(told, "verdict"), "failed"), 0);
    cr_expect_eq(number_of(told, "phones"), 20);
    cr_expect_eq(number_of(figures, "arrived"), 20);
    cr_expect_geq(number_of(figures, "ballots"), 20);
    cr_expect_eq(number_of(figures, "receipts"), number_of(figures, "ballots"));
    cr_expect_eq(number_of(figures, "lost"), 0);
    cr_expect_gt(number_of(figures, "arrive_ms"), 0);
    cJSON_Delete(told);
    cJSON_Delete(hear(colleague, "done"));
    cr_assert_eq(server_stop(&server, SIGTERM), 0);
    cr_expect_not(is_anything_left());
    server_start(&server, NULL);
    expect_one_event();
}

Test(rehearsal, is_told_to_a_desk_that_comes_later_until_the_next)
{
    talk_do(owner, NULL, "rehearse", "\"phones\":2");
    cJSON_Delete(hear(owner, "done"));
    struct person *colleague = talk_colleague(&hall);
    cJSON_Delete(hear(colleague, "done"));
    talk_do(owner, NULL, "rehearse", "\"phones\":3");
    cJSON *told = hear(colleague, "running");
    cr_expect_eq(number_of(told, "phones"), 3);
    cJSON_Delete(told);
}

Test(rehearsal, is_one_at_a_time_in_the_whole_server)
{
    talk_do(owner, NULL, "rehearse", "\"phones\":20");
    struct person *colleague = talk_colleague(&hall);
    cr_expect_str_eq(talk_refusal(colleague, "rehearse", "\"phones\":5"), "rehearsing");
    talk_do(colleague, NULL, "rehearse.stop", "%s", "");
    expect_cause(owner, "asked");
    talk_do(colleague, NULL, "rehearse", "\"phones\":2");
    cJSON_Delete(hear(colleague, "done"));
}

Test(rehearsal, that_is_stopped_leaves_nothing_either)
{
    talk_do(owner, NULL, "rehearse", "\"phones\":20");
    hear_stage(owner, "vote");
    talk_do(owner, NULL, "rehearse.stop", "%s", "");
    expect_cause(owner, "asked");
    cr_assert_eq(server_stop(&server, SIGTERM), 0);
    cr_expect_not(is_anything_left());
    server_start(&server, NULL);
}

Test(rehearsal, ends_with_the_server_and_leaves_nothing)
{
    talk_do(owner, NULL, "rehearse", "\"phones\":20");
    hear_stage(owner, "vote");
    cr_assert_eq(server_stop(&server, SIGTERM), 0);
    cr_expect_not(is_anything_left());
    server_start(&server, NULL);
    expect_one_event();
}

Test(rehearsal, that_a_crash_cut_off_is_thrown_away_at_the_next_start)
{
    talk_do(owner, NULL, "rehearse", "\"phones\":20");
    hear_stage(owner, "vote");
    server_stop(&server, SIGKILL);
    cr_expect(is_anything_left());
    server_start(&server, NULL);
    wait_until_cleared();
    cr_assert_eq(server_stop(&server, SIGTERM), 0);
    cr_expect_not(is_anything_left());
    server_start(&server, NULL);
    expect_one_event();
}

Test(rehearsal, disturbs_no_open_poll)
{
    talk_open_poll(owner, 2);
    cr_expect_str_eq(talk_refusal(owner, "rehearse", "\"phones\":5"), "poll-runs");
}

Test(rehearsal, gives_way_to_a_poll_that_is_opened)
{
    talk_do(owner, NULL, "rehearse", "\"phones\":20");
    hear_stage(owner, "arrive");
    long poll = talk_open_poll(owner, 2);
    expect_cause(owner, "poll-runs");
    cr_expect(is_anything_left(), "the file is not rewritten while people vote");
    talk_do(owner, NULL, "poll.close", "\"poll\":\"%ld\"", poll);
    wait_until_cleared();
    cr_expect_not(is_anything_left());
}

Test(rehearsal, disturbs_no_people)
{
    for (int i = 0; i < 5; i++) {
        talk_participant(&hall, NULL);
    }
    talk_do(owner, NULL, "rehearse", "\"phones\":2");
    cJSON_Delete(hear(owner, "done"));
    talk_participant(&hall, NULL);
    cr_expect_str_eq(talk_refusal(owner, "rehearse", "\"phones\":5"), "people-here");
}

Test(rehearsal, is_not_for_helpers_auditors_and_phones)
{
    static const char *const roles[] = {"helper", "auditor"};
    for (size_t i = 0; i < 2; i++) {
        struct person *person = talk_desk(&hall, roles[i]);
        cr_expect_str_eq(talk_refusal(person, "rehearse", "\"phones\":5"), "not-allowed");
        cr_expect_str_eq(talk_refusal(person, "rehearse.stop", "%s", ""), "not-allowed");
    }
    struct person *anna = talk_participant(&hall, NULL);
    cr_expect_str_eq(talk_refusal(anna, "rehearse", "\"phones\":5"), "not-allowed");
    cr_expect_str_eq(talk_refusal(owner, "rehearse", "\"phones\":1001"), "bad-value");
}
