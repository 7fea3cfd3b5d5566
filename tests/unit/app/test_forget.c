/* Deleting an event while the store is full. */
#include "app/hall_internal.h"
#include "unit/app/hall_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>

static struct hall_fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
}

static void teardown(void)
{
    fixture_fini(&fixture);
}

TestSuite(forget, .init = setup, .fini = teardown);

static void fill_the_ring(void)
{
    const struct store_doc doc = {
        .kind = "filler", .name = span_of_string("a"), .body = span_of_string("b")};
    enum err err = ERR_OK;
    while (err == ERR_OK) {
        err = store_put(fixture.hall->store, &doc, 1, NULL, NULL);
    }
    cr_assert_eq(err, ERR_BUSY);
}

static enum err count_rows(void *ctx, int64_t seq, struct span body)
{
    (void)seq;
    (void)body;
    ++*(int *)ctx;
    return ERR_OK;
}

static int rows_of(int64_t event)
{
    int count = 0;
    const struct store_lane history = {.event = event};
    cr_assert_eq(store_tail(fixture.hall->store, history, 0, count_rows, &count), ERR_OK);
    return count;
}

/* As a start that finds a tombstone and the lanes of its event. */
Test(forget, waits_at_a_start_until_the_store_has_room)
{
    char name[64];
    const struct event *event = fixture_event(&fixture, JOIN_OPEN);
    struct hall *hall = fixture.hall;
    cr_assert_gt(rows_of(event->id), 0);
    snprintf(name, sizeof name, "%lld/%s", (long long)event->id, event->code);
    cr_assert_eq(hall_load_gone(hall, span_of_string(name), (struct span){0}), ERR_OK);
    hall_gone(hall, event->id)->half = true;
    fill_the_ring();
    cr_assert_eq(hall_finish_forgetting(hall), ERR_OK);
    for (int turn = 0; turn < 100000 && rows_of(event->id) > 0; turn++) {
        uv_run(&fixture.loop, UV_RUN_ONCE);
    }
    cr_expect_eq(rows_of(event->id), 0);
    cr_expect_null(hall->forgetting);
}

Test(forget, of_a_full_hall_is_ended_with_it)
{
    char name[64];
    const struct event *event = fixture_event(&fixture, JOIN_OPEN);
    struct hall *hall = fixture.hall;
    snprintf(name, sizeof name, "%lld/%s", (long long)event->id, event->code);
    cr_assert_eq(hall_load_gone(hall, span_of_string(name), (struct span){0}), ERR_OK);
    hall_gone(hall, event->id)->half = true;
    fill_the_ring();
    cr_assert_eq(hall_finish_forgetting(hall), ERR_OK);
    /* closed with what waits: nothing leaks */
}
