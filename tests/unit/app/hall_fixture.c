#include "hall_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define WAIT_MS 60000

static void on_failed(void *ctx, enum err err, const char *what)
{
    (void)ctx;
    cr_assert_fail("the store failed: %s, %s", err_code(err), what);
}

void fixture_open(struct hall_fixture *fixture)
{
    const struct hall_options options = {
        .store = fixture->url,
        .create = true,
        .loop = &fixture->loop,
        .failed = on_failed,
    };
    enum err err = hall_open(&options, &fixture->hall);
    cr_assert_eq(err, ERR_OK, "hall_open: %s", err_code(err));
}

void fixture_init(struct hall_fixture *fixture)
{
    *fixture = (struct hall_fixture){0};
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/stimmwerk-hall-XXXXXX");
    cr_assert_not_null(mkdtemp(fixture->folder));
    snprintf(fixture->url, sizeof fixture->url, "sqlite:%s/hall.db", fixture->folder);
    uv_loop_init(&fixture->loop);
    fixture_open(fixture);
}

void fixture_close(struct hall_fixture *fixture)
{
    hall_close(fixture->hall);
    fixture->hall = NULL;
}

void fixture_reopen(struct hall_fixture *fixture)
{
    fixture_close(fixture);
    fixture_open(fixture);
}

void fixture_fini(struct hall_fixture *fixture)
{
    char command[128];
    hall_close(fixture->hall);
    uv_run(&fixture->loop, UV_RUN_DEFAULT);
    cr_assert_eq(uv_loop_close(&fixture->loop), 0);
    snprintf(command, sizeof command, "rm -rf '%s'", fixture->folder);
    cr_assert_eq(system(command), 0);
}

static void on_late(uv_timer_t *timer)
{
    (void)timer;
    cr_assert_fail("no answer within %d ms", WAIT_MS);
}

void fixture_wait(struct hall_fixture *fixture, const bool *done)
{
    uv_timer_t late;
    uv_timer_init(&fixture->loop, &late);
    uv_timer_start(&late, on_late, WAIT_MS, 0);
    while (!*done) {
        uv_run(&fixture->loop, UV_RUN_ONCE);
    }
    uv_close((uv_handle_t *)&late, NULL);
    uv_run(&fixture->loop, UV_RUN_NOWAIT);
}

static void on_done(void *ctx, const struct outcome *outcome)
{
    struct hall_fixture *fixture = ctx;
    fixture->outcome = *outcome;
    fixture->answered = true;
}

static void on_cast(void *ctx, const struct outcome *outcome, const struct hash *proof)
{
    struct hall_fixture *fixture = ctx;
    fixture->has_proof = proof != NULL;
    if (proof != NULL) {
        fixture->proof = *proof;
    }
    on_done(ctx, outcome);
}

struct outcome
fixture_submit(struct hall_fixture *fixture, struct event *event, struct entry *entry)
{
    if (uid_is_zero(&entry->command)) {
        trust_random_uid(&entry->command);
    }
    fixture->answered = false;
    hall_submit(fixture->hall, event, entry, hall_no_docs(), on_done, fixture);
    fixture_wait(fixture, &fixture->answered);
    return fixture->outcome;
}

struct event *fixture_event(struct hall_fixture *fixture, enum join_mode mode)
{
    struct event *event = hall_add_event(fixture->hall);
    cr_assert_not_null(event);
    struct entry entry = {
        .kind = ENTRY_EVENT_CREATE,
        .role = ROLE_OFFICE,
        .as.event_create = {.mode = mode, .lang_count = 1, .langs = {"de"}},
    };
    trust_code_new(TRUST_CODE_SYMBOLS, entry.as.event_create.code);
    cr_assert_eq(fixture_submit(fixture, event, &entry).err, ERR_OK);
    return event;
}

int64_t fixture_person(struct hall_fixture *fixture, struct event *event, enum role role)
{
    struct entry entry = {
        .kind = ENTRY_PERSON_JOIN,
        .role = role == ROLE_MODERATOR ? ROLE_OFFICE : ROLE_NONE,
        .as.person_join.role = role,
    };
    struct outcome outcome = fixture_submit(fixture, event, &entry);
    cr_assert_eq(outcome.err, ERR_OK);
    return outcome.id;
}

int64_t fixture_idea(
    struct hall_fixture *fixture, struct event *event, int64_t moderator,
    const char *title)
{
    struct hall_content content;
    cr_assert_eq(hall_content_new(fixture->hall, "de", title, NULL, &content), ERR_OK);
    struct entry entry = {
        .kind = ENTRY_IDEA_SUBMIT,
        .actor = moderator,
        .role = ROLE_MODERATOR,
        .as.idea_text.content = content.ref,
    };
    trust_random_uid(&entry.command);
    fixture->answered = false;
    hall_submit(
        fixture->hall, event, &entry,
        (struct hall_docs){.items = &content.doc, .count = 1}, on_done, fixture);
    fixture_wait(fixture, &fixture->answered);
    hall_content_fini(&content);
    cr_assert_eq(fixture->outcome.err, ERR_OK);
    return fixture->outcome.id;
}

int64_t fixture_open_poll(
    struct hall_fixture *fixture, struct event *event, int64_t moderator, size_t count)
{
    struct entry entry = {
        .kind = ENTRY_POLL_CREATE,
        .actor = moderator,
        .role = ROLE_MODERATOR,
        .as.poll_text.spec =
            {
                .form = BALLOT_RANKING,
                .question.id = {{1}},
                .method = "irv",
                .seats = 1,
                .ranks_max = 3,
                .publication = PUBLISH_BALLOTS,
                .option_count = (uint16_t)count,
            },
    };
    for (size_t i = 0; i < count; i++) {
        char title[32];
        snprintf(title, sizeof title, "Idee %zu", i + 1);
        entry.as.poll_text.spec.options[i] =
            fixture_idea(fixture, event, moderator, title);
    }
    struct outcome outcome = fixture_submit(fixture, event, &entry);
    cr_assert_eq(outcome.err, ERR_OK, "poll.create: %s", err_code(outcome.err));
    struct outcome opened =
        fixture_poll_act(fixture, event, moderator, ENTRY_POLL_OPEN, outcome.id);
    cr_assert_eq(opened.err, ERR_OK, "poll.open: %s", err_code(opened.err));
    return outcome.id;
}

struct outcome fixture_poll_act(
    struct hall_fixture *fixture, struct event *event, int64_t moderator,
    enum entry_kind kind, int64_t poll)
{
    struct entry entry = {
        .kind = kind,
        .actor = moderator,
        .role = ROLE_MODERATOR,
        .as.poll_act = {.poll = poll, .reason = REASON_MISTAKE},
    };
    return fixture_submit(fixture, event, &entry);
}

struct cast fixture_cast_of(const struct poll *poll, size_t choice, uint32_t counter)
{
    struct cast cast = {
        .counter = counter,
        .ballot =
            {
                .form = BALLOT_RANKING,
                .mark_count = 1,
                .marks = {{.option = poll->spec.options[choice], .value = 1}},
            },
    };
    trust_random_uid(&cast.id);
    trust_random_uid(&cast.nonce);
    trust_random(cast.lock.bytes, sizeof cast.lock.bytes);
    return cast;
}

struct outcome fixture_cast(
    struct hall_fixture *fixture, struct event *event, int64_t poll, int64_t person,
    struct cast *cast)
{
    fixture->answered = false;
    const struct hall_ballot ballot = {
        .event = event, .poll = poll, .participant = person, .cast = cast};
    hall_cast(fixture->hall, &ballot, on_cast, fixture);
    fixture_wait(fixture, &fixture->answered);
    return fixture->outcome;
}
