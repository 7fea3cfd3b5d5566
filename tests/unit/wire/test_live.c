/* Live: what is told of an event once a second. */
#include "golden.h"
#include "scenes.h"

#include <criterion/criterion.h>

static void expect_live(const struct scene *scene, enum view view, const char *name)
{
    static const struct wire_live live = {.online = 55};
    struct buf out;
    buf_init(&out, 1 << 16);
    wire_encode_live(&out, &scene->event, view, &live);
    golden_expect_push(name, &out);
    buf_fini(&out);
}

Test(live, counts_for_everybody)
{
    struct scene *scene = scene_of_votes();
    expect_live(scene, VIEW_PUBLIC, "live for everybody");
    free_scene(scene);
}

Test(live, counts_for_the_desk)
{
    struct scene *scene = scene_of_votes();
    expect_live(scene, VIEW_DESK, "live for the desk");
    free_scene(scene);
}

Test(live, leaves_out_polls_while_there_are_none)
{
    struct scene *scene = new_scene();
    expect_live(scene, VIEW_PUBLIC, "live without polls");
    free_scene(scene);
}

Test(live, tells_the_desk_how_many_are_in_each_group)
{
    struct scene *scene = scene_of_labels();
    expect_live(scene, VIEW_DESK, "live for the desk with groups");
    expect_live(scene, VIEW_PUBLIC, "live without polls");
    free_scene(scene);
}

Test(live, tells_how_much_time_is_left)
{
    struct scene *scene = scene_of_agenda();
    struct wire_live live = {
        .online = 55, .timer = {.given = true, .left_ms = 754321, .running = true}};
    struct buf out;
    buf_init(&out, 1 << 16);
    wire_encode_live(&out, &scene->event, VIEW_PUBLIC, &live);
    golden_expect_push("live: a phase has its time", &out);
    live.timer = (struct wire_timer){.given = true, .asks = true};
    wire_encode_live(&out, &scene->event, VIEW_PUBLIC, &live);
    golden_expect_push("live: a timer asks how to go on", &out);
    buf_fini(&out);
    free_scene(scene);
}

/* Of poll 1 three people have begun, and it closes in 8,750 ms. */
static struct wire_running some_running(const void *ctx, const struct poll *poll)
{
    (void)ctx;
    bool first = poll->id == 1;
    return (struct wire_running){
        .started = first ? 3 : 0, .closing = first, .closing_ms = 8750};
}

Test(live, tells_who_has_begun_to_the_desk_alone_and_of_a_close_to_everybody)
{
    static const struct wire_live live = {.online = 55, .running = some_running};
    struct scene *scene = scene_of_votes();
    struct buf out;
    buf_init(&out, 1 << 16);
    wire_encode_live(&out, &scene->event, VIEW_DESK, &live);
    golden_expect_push("live for the desk: a poll runs", &out);
    buf_clear(&out);
    wire_encode_live(&out, &scene->event, VIEW_PUBLIC, &live);
    golden_expect_push("live for everybody: a poll closes in a moment", &out);
    scene_poll(scene, ENTRY_POLL_CLOSE, 1);
    scene_poll(scene, ENTRY_POLL_CLOSE, 2);
    buf_clear(&out);
    wire_encode_live(&out, &scene->event, VIEW_PUBLIC, &live);
    golden_expect_push("live for everybody", &out);
    buf_fini(&out);
    free_scene(scene);
}
