/* What is kept of an event for its screens, and what of it when it is deleted. */
#include "app/server.h"
#include "unit/app/hall_fixture.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static struct hall_fixture fixture;
static struct server *server;

static void setup(void)
{
    fixture_init(&fixture);
    server = calloc(1, sizeof *server);
    server->hall = fixture.hall;
    server->options.store = fixture.url;
    cr_assert_eq(uv_loop_init(&server->loop), 0);
}

static void teardown(void)
{
    live_fini(server);
    staging_fini(&server->staging);
    turnstiles_fini(server);
    uv_loop_close(&server->loop);
    free(server);
    fixture_fini(&fixture);
}

TestSuite(live, .init = setup, .fini = teardown);

static void on_forgotten(void *ctx, enum err err)
{
    cr_assert_eq(err, ERR_OK);
    *(bool *)ctx = true;
}

/* As the hall does it: the server hears of it when it is done. */
static void forget(struct event *event)
{
    bool gone = false;
    cr_assert_eq(hall_forget(fixture.hall, event, on_forgotten, &gone), ERR_OK);
    fixture_wait(&fixture, &gone);
    live_changed(server, event);
}

static void stage(const struct event *event)
{
    static const struct photo photo = {PHOTO_JPEG, 3, 2};
    const struct staging_key key = {.event = event->id};
    const struct uid id = {{(uint8_t)event->id}};
    cr_assert_eq(
        staging_put(&server->staging, &key, &id, &photo, span_of_string("picture"), 0),
        ERR_OK);
}

Test(live, gives_the_place_of_a_deleted_event_to_the_next_and_forgets_its_pictures)
{
    struct event *first = fixture_event(&fixture, JOIN_OPEN);
    struct event *second = fixture_event(&fixture, JOIN_OPEN);
    const struct screens *place = live_screens(server, first);
    cr_assert_not_null(place);
    cr_expect_eq(live_screens(server, first), place);
    stage(first);
    stage(second);
    forget(first);
    cr_expect_eq(server->staging.count, 1);
    cr_expect_eq(server->staging.items[0].key.event, second->id);
    cr_expect_null(live_screens(server, first));
    cr_expect_eq(live_screens(server, second), place);
    cr_expect_eq(server->screens_count, 1);
}
