/* What a rehearsal prints is read back; its event is no other, and nothing is left. */
#include "app/hall_rehearsal.h"
#include "app/rehearsal_read.h"
#include "app/rehearsal_run.h"

#include "app/office.h"
#include "hall_fixture.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* ---- reading ---- */

static struct load_figures figures; /* 8 histograms */
static struct rehearsal_verdict verdict;

static char *print(void)
{
    struct load_verdict judged;
    load_judge(&figures, &judged);
    cJSON *json = load_json(&figures, &judged);
    char *text = cJSON_PrintUnformatted(json);
    cJSON_Delete(json);
    return text;
}

static void set_figures(void)
{
    figures = (struct load_figures){
        .scenario = "hall",
        .phones = 20,
        .arrived = 20,
        .ballots = 26,
        .receipts = 26,
        .checked = true,
        .idle_percent = -1};
}

TestSuite(rehearsal_read, .init = set_figures);

Test(rehearsal_read, takes_what_our_own_program_prints)
{
    histogram_add(&figures.times[TIME_ARRIVE], 41001);
    histogram_add(&figures.times[TIME_PUSH], 4000000);
    char *text = print();
    cr_assert_eq(rehearsal_read(span_of_string(text), &verdict), ERR_OK);
    cr_expect_eq(verdict.grade, GRADE_SLOW);
    cr_assert_eq(verdict.flaw_count, 1);
    cr_expect_eq(verdict.flaws[0], FLAW_SLOW_PUSH);
    cr_expect_eq(verdict.figures[FIGURE_ARRIVED], 20);
    cr_expect_eq(verdict.figures[FIGURE_RECEIPTS], 26);
    cr_expect_geq(verdict.figures[FIGURE_ARRIVE], 41);
    cr_expect_eq(verdict.figures[FIGURE_BACK], 0);
    free(text);
}

Test(rehearsal_read, takes_every_flaw)
{
    figures.arrived = 3;
    figures.receipts = 2;
    figures.wrong_receipts = figures.refused = figures.not_back = 1;
    figures.pushes_missed = figures.lines_lost = figures.deeds = 1;
    figures.result_wrong = true;
    figures.check.lost = figures.check.doubled = figures.check.foreign = 1;
    figures.late_us_max = 1000000;
    for (int i = 0; i < TIME_COUNT; i++) {
        histogram_add(&figures.times[i], 100000000);
    }
    char *text = print();
    cr_assert_eq(rehearsal_read(span_of_string(text), &verdict), ERR_OK);
    cr_expect_eq(verdict.grade, GRADE_FAILED);
    cr_expect_eq(verdict.flaw_count, LOAD_FLAW_COUNT - 1, "all but unchecked");
    free(text);
}

Test(rehearsal_read, takes_nothing_else)
{
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        {"", ERR_NOT_JSON},
        {"[]", ERR_NOT_JSON},
        {"{}", ERR_MISSING_KEY},
        {"{\"verdict\":\"fine\",\"flaws\":[]}", ERR_BAD_VALUE},
        {"{\"verdict\":\"ready\"}", ERR_MISSING_KEY},
        {"{\"verdict\":\"ready\",\"flaws\":[\"bored\"]}", ERR_BAD_VALUE},
        {"{\"verdict\":\"ready\",\"flaws\":[7]}", ERR_BAD_VALUE},
        {"{\"verdict\":\"ready\",\"flaws\":[]}", ERR_MISSING_KEY},
        {"{\"verdict\":\"ready\",\"flaws\":[],\"arrived\":-1}", ERR_BAD_VALUE},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_eq(
            rehearsal_read(span_of_string(cases[i].text), &verdict), cases[i].err, "%s",
            cases[i].text);
    }
}

Test(rehearsal_read, calls_the_server_where_it_listens)
{
    static const struct {
        const char *listen;
        bool tls;
        const char *url;
    } cases[] = {
        {"127.0.0.1:0", false, "http://127.0.0.1:8080"},
        {"0.0.0.0:8080", true, "https://127.0.0.1:8080"},
        {"[::]:8080", false, "http://[::1]:8080"},
        {"10.0.0.5:443", true, "https://10.0.0.5:8080"},
        {"[fd00::5]:443", false, "http://[fd00::5]:8080"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char url[96];
        rehearsal_run_url(cases[i].listen, 8080, cases[i].tls, url, sizeof url);
        cr_expect_str_eq(url, cases[i].url);
    }
}

/* ---- its event ---- */

static struct hall_fixture fixture;
static struct event *made;
static bool is_made;
static bool is_forgotten;

static void enter(void)
{
    fixture_init(&fixture);
}

static void leave(void)
{
    fixture_fini(&fixture);
}

TestSuite(hall_rehearsal, .init = enter, .fini = leave);

static void on_made(void *ctx, enum err err, struct event *event, const char *token)
{
    (void)ctx;
    struct hall_link link;
    cr_assert_eq(err, ERR_OK);
    cr_expect_eq(hall_link_find(fixture.hall, span_of_string(token), &link), ERR_OK);
    cr_expect_eq(link.role, ROLE_MODERATOR);
    made = event;
    is_made = true;
}

static void make(void)
{
    cr_assert_eq(hall_rehearsal_make(fixture.hall, on_made, NULL), ERR_OK);
    fixture_wait(&fixture, &is_made);
}

static void on_forgotten(void *ctx, enum err err)
{
    (void)ctx;
    cr_expect_eq(err, ERR_OK);
    is_forgotten = true;
}

static void on_list(void *ctx, struct span answer)
{
    (void)ctx;
    cJSON *json = cJSON_ParseWithLength((const char *)answer.data, answer.bytes);
    cr_expect_eq(cJSON_GetArraySize(cJSON_GetObjectItem(json, "events")), 1);
    cJSON_Delete(json);
}

Test(hall_rehearsal, is_in_no_list)
{
    fixture_event(&fixture, JOIN_OPEN);
    make();
    cr_expect(made->rehearsal);
    office_handle(fixture.hall, span_of_string("{\"do\":\"event.list\"}"), on_list, NULL);
}

Test(hall_rehearsal, is_forgotten_with_its_open_poll)
{
    make();
    int64_t moderator = fixture_person(&fixture, made, ROLE_MODERATOR);
    fixture_open_poll(&fixture, made, moderator, 2);
    cr_assert_eq(hall_rehearsal_forget(fixture.hall, made, on_forgotten, NULL), ERR_OK);
    fixture_wait(&fixture, &is_forgotten);
    cr_expect(hall_is_gone(fixture.hall, made));
    fixture_reopen(&fixture);
    cr_expect_eq(hall_event_count(fixture.hall), 0);
}

Test(hall_rehearsal, that_was_left_is_swept_and_no_real_event_is)
{
    char code[EVENT_CODE_BYTES + 1];
    struct event *real = fixture_event(&fixture, JOIN_OPEN);
    memcpy(code, real->code, sizeof code);
    cr_expect_eq(
        hall_rehearsal_forget(fixture.hall, real, on_forgotten, NULL), ERR_NOT_ALLOWED);
    make();
    int64_t moderator = fixture_person(&fixture, made, ROLE_MODERATOR);
    fixture_open_poll(&fixture, made, moderator, 2);
    fixture_reopen(&fixture);
    cr_expect_eq(hall_event_count(fixture.hall), 2, "the mark is in the log");
    hall_rehearsals_sweep(fixture.hall);
    fixture_reopen(&fixture);
    hall_rehearsals_sweep(fixture.hall); /* a start that ended in the middle */
    fixture_reopen(&fixture);
    cr_expect_eq(hall_event_count(fixture.hall), 1);
    cr_expect_not_null(hall_event_by_code(fixture.hall, code));
}
