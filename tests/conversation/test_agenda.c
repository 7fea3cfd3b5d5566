/* A hall that is led through its agenda: what every screen is told of phases and of their
 * time. */
#include "talk.h"

#include <criterion/criterion.h>
#include <signal.h>

static struct hall_server server;
static struct talk hall;
static struct person *moderator;

static void set_up(void)
{
    server_init(&server);
    server_start(&server, NULL);
    talk_init(&hall, &server, "open");
    moderator = talk_moderator(&hall);
}

static void tear_down(void)
{
    talk_fini(&hall);
    server_fini(&server);
}

TestSuite(agenda, .init = set_up, .fini = tear_down);

#define AGENDA                                                                           \
    "\"phases\":[{\"is\":\"collect\",\"minutes\":1},{\"is\":\"merge\",\"minutes\":0},"   \
    "{\"is\":\"rank\",\"minutes\":5%s}]"

static bool is_true(const cJSON *object, const char *key)
{
    return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, key));
}

/* Waits until a screen is told that this phase is on; is the call open then? */
static bool hear_phase(struct person *person, const char *phase)
{
    for (;;) {
        cJSON *change = talk_hear(person, "change");
        const cJSON *event = cJSON_GetObjectItemCaseSensitive(change, "event");
        const cJSON *on = cJSON_GetObjectItemCaseSensitive(event, "phase");
        bool found = on != NULL && strcmp(cJSON_GetStringValue(on), phase) == 0;
        bool call = is_true(event, "call");
        cJSON_Delete(change);
        if (found) {
            return call;
        }
    }
}

/* Waits for counters with a timer that runs or stands; returns a copy of it. */
static cJSON *hear_timer(struct person *person, bool running)
{
    for (;;) {
        cJSON *live = talk_hear(person, "live");
        const cJSON *timer = cJSON_GetObjectItemCaseSensitive(live, "timer");
        bool found = timer != NULL && is_true(timer, "running") == running;
        cJSON *copy = found ? cJSON_Duplicate(timer, true) : NULL;
        cJSON_Delete(live);
        if (found) {
            return copy;
        }
    }
}

static void expect_left(struct person *person, bool running, long most_ms, long least_ms)
{
    cJSON *timer = hear_timer(person, running);
    long left_ms = number_of(timer, "left_ms");
    cr_expect(left_ms <= most_ms && left_ms >= least_ms, "%ld ms are left", left_ms);
    cJSON_Delete(timer);
}

Test(agenda, leads_every_screen_from_phase_to_phase)
{
    struct person *anna = talk_participant(&hall, NULL);
    struct person *stage = talk_stage(&hall);
    talk_do(moderator, NULL, "agenda.set", AGENDA, "");
    talk_do(moderator, NULL, "phase.start", "\"phase\":\"1\"");
    cr_expect(hear_phase(anna, "1"));
    cr_expect(hear_phase(stage, "1"));
    talk_do(moderator, NULL, "phase.start", "\"phase\":\"2\"");
    cr_expect_not(hear_phase(anna, "2"));
    cr_expect_not(hear_phase(stage, "2"));
    cr_expect_str_eq(
        talk_refusal(anna, "idea.submit", "\"title\":\"Skatepark\",\"text\":\"\""),
        "call-closed");
    struct person *late = talk_participant(&hall, NULL);
    cr_expect_not(hear_phase(late, "2"));
    cr_expect_str_eq(
        talk_refusal(moderator, "phase.start", "\"phase\":\"2\""), "wrong-state");
    talk_do(moderator, NULL, "phase.start", "\"phase\":\"1\"");
    cr_expect(hear_phase(late, "1"), "back by one");
}

Test(agenda, is_the_moderators)
{
    struct person *anna = talk_participant(&hall, NULL);
    static const char *const wrong[][3] = {
        {"agenda.set", "\"phases\":[{\"phase\":\"9\",\"is\":\"rank\",\"minutes\":1}]",
         "unknown-phase"},
        {"agenda.set", "\"phases\":[{\"is\":\"rank\",\"minutes\":1,\"poll\":\"9\"}]",
         "unknown-poll"},
        {"phase.start", "\"phase\":\"9\"", "unknown-phase"},
        {"timer.set", "\"running\":true,\"add_ms\":60000", "wrong-state"},
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *const *act = wrong[i];
        cr_expect_str_eq(talk_refusal(anna, act[0], "%s", act[1]), "not-allowed");
        cr_expect_str_eq(talk_refusal(moderator, act[0], "%s", act[1]), act[2]);
    }
}

Test(agenda, time_runs_stands_still_and_can_be_given_more)
{
    struct person *anna = talk_participant(&hall, NULL);
    talk_do(moderator, NULL, "agenda.set", AGENDA, "");
    talk_do(moderator, NULL, "phase.start", "\"phase\":\"1\"");
    expect_left(anna, true, 60000, 50000);
    talk_do(moderator, NULL, "timer.set", "\"running\":false,\"add_ms\":300000");
    expect_left(anna, false, 360000, 340000);
    talk_do(moderator, NULL, "timer.set", "\"running\":true");
    expect_left(anna, true, 360000, 340000);
}

Test(agenda, a_new_start_keeps_the_phase_and_asks_how_its_time_goes_on)
{
    talk_do(moderator, NULL, "agenda.set", AGENDA, "");
    talk_do(moderator, NULL, "phase.start", "\"phase\":\"3\"");
    cr_assert_eq(server_stop(&server, SIGKILL), -SIGKILL);
    server_start(&server, NULL);
    talk_follow(&hall);
    talk_return(moderator, "moderator", 0);
    cr_expect_not(hear_phase(moderator, "3"));
    cJSON *timer = hear_timer(moderator, false);
    cr_expect(is_true(timer, "asks"));
    cr_expect_eq(number_of(timer, "left_ms"), 300000);
    cJSON_Delete(timer);
    talk_do(moderator, NULL, "timer.set", "\"running\":true");
    timer = hear_timer(moderator, true);
    cr_expect_not(is_true(timer, "asks"));
    cJSON_Delete(timer);
}

Test(agenda, a_phase_and_its_poll_begin_one_after_the_other)
{
    for (int i = 1; i <= 2; i++) {
        talk_do(moderator, "idea", "idea.submit", "\"title\":\"%d\",\"text\":\"\"", i);
    }
    talk_do(
        moderator, "poll", "poll.create",
        "\"question\":\"Was?\",\"form\":\"ranking\",\"method\":\"irv\",\"seats\":1,"
        "\"ranks\":2,\"ties\":false,\"live\":false,\"publication\":\"order\","
        "\"options\":[\"1\",\"2\"]");
    talk_do(moderator, NULL, "agenda.set", AGENDA, ",\"poll\":\"1\"");
    talk_do(moderator, NULL, "phase.start", "\"phase\":\"3\"");
    talk_do(moderator, NULL, "poll.open", "\"poll\":\"1\"");
    struct person *late = talk_participant(&hall, NULL);
    talk_do(
        late, NULL, "cast",
        "\"poll\":\"1\",\"counter\":1,\"ballot\":{\"ranking\":[[\"2\"]]},"
        "\"nonce\":\"00112233445566778899aabbccddeeff\",\"lock\":"
        "\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\"");
    talk_do(moderator, NULL, "phase.start", "\"phase\":\"2\"");
    cr_expect_str_eq(
        talk_refusal(moderator, "poll.open", "\"poll\":\"1\""), "wrong-state",
        "leaving its phase has closed no poll");
}
