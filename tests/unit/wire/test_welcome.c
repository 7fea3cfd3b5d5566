/* What somebody gets of their own: the welcome, an idea, a ballot. */
#include "golden.h"
#include "scenes.h"

#include "domain/access.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct uid id = {
    {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd,
     0xee, 0xff}};

static const struct uid stage_key = {{0x5e, 0xed}};

static void expect_welcome(
    const struct scene *scene, enum role role, const struct wire_me *me, const char *name)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    const struct wire_guest guest = {
        .role = role,
        .heartbeat_ms = HEARTBEAT_MS,
        .me = me,
        .stage_key = role_is_desk(role) ? &stage_key : NULL};
    wire_encode_welcome(&out, &id, &scene->event, &guest, &scene->texts);
    golden_expect_push(name, &out);
    buf_fini(&out);
}

Test(welcome, knows_the_own_ideas_and_the_ballot_that_counts)
{
    struct scene *scene = scene_of_votes();
    struct uid slots[3] = {{{0}}};
    memset(&slots[0], 7, sizeof slots[0]);
    struct wire_me me = {.participant = 2, .slots = slots, .slot_count = 3};
    expect_welcome(scene, ROLE_PARTICIPANT, &me, "welcome to a participant");
    free_scene(scene);
}

Test(welcome, tells_who_has_not_voted_where_to_begin)
{
    struct scene *scene = scene_of_votes();
    struct uid slots[3];
    memset(slots, 9, sizeof slots);
    struct wire_me me = {.participant = 3, .slots = slots, .slot_count = 3};
    expect_welcome(scene, ROLE_PARTICIPANT, &me, "welcome to who has not voted");
    free_scene(scene);
}

Test(welcome, tells_people_their_nickname)
{
    struct scene *scene = scene_of_nicknames();
    struct wire_me me = {.participant = 2};
    expect_welcome(scene, ROLE_PARTICIPANT, &me, "welcome to somebody with a nickname");
    free_scene(scene);
}

/* The event may show nicknames again, and nobody is to choose a second one. */
Test(welcome, tells_people_their_nickname_also_while_the_event_shows_none)
{
    struct scene *scene = scene_of_nicknames();
    struct entry set = {.kind = ENTRY_EVENT_SET, .actor = 1, .role = ROLE_MODERATOR};
    scene_apply(scene, &set);
    struct wire_me me = {.participant = 2};
    expect_welcome(
        scene, ROLE_PARTICIPANT, &me,
        "welcome to somebody with a nickname that is not shown");
    free_scene(scene);
}

Test(welcome, tells_people_what_they_have_reported)
{
    struct scene *scene = scene_of_a_report();
    struct wire_me me = {.participant = 3};
    expect_welcome(scene, ROLE_PARTICIPANT, &me, "welcome to who has reported something");
    me.participant = 2;
    expect_welcome(scene, ROLE_PARTICIPANT, &me, "welcome to whose idea was reported");
    free_scene(scene);
}

Test(welcome, tells_people_what_they_support)
{
    struct scene *scene = scene_of_support();
    struct wire_me me = {.participant = 3};
    expect_welcome(scene, ROLE_PARTICIPANT, &me, "welcome to who supports ideas");
    free_scene(scene);
}

Test(welcome, tells_people_their_group)
{
    struct scene *scene = scene_of_labels();
    struct wire_me me = {.participant = 2};
    expect_welcome(scene, ROLE_PARTICIPANT, &me, "welcome to somebody in a group");
    free_scene(scene);
}

Test(welcome, to_a_moderator_and_to_the_stage_is_short)
{
    struct scene *scene = scene_of_votes();
    struct wire_me me = {.participant = 1};
    expect_welcome(scene, ROLE_MODERATOR, &me, "welcome to a moderator");
    expect_welcome(scene, ROLE_HELPER, &me, "welcome to a helper");
    expect_welcome(scene, ROLE_STAGE, NULL, "welcome to the stage");
    free_scene(scene);
}

static void expect_mine(const struct scene *scene, int64_t idea, const char *name)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    wire_encode_mine(&out, &scene->event, event_idea(&scene->event, idea), &scene->texts);
    golden_expect_push(name, &out);
    buf_fini(&out);
}

Test(mine, tells_the_author_why_an_idea_was_hidden)
{
    struct scene *scene = scene_of_ideas();
    expect_mine(scene, 3, "mine: it waits");
    expect_mine(scene, 4, "mine: it was hidden");
    scene_idea(scene, ENTRY_IDEA_MERGE, 3, 1);
    expect_mine(scene, 3, "mine: it was merged");
    free_scene(scene);
}

Test(mine, has_the_pictures_of_an_own_idea)
{
    struct scene *scene = scene_of_pictures();
    struct buf out;
    buf_init(&out, 1 << 16);
    const struct idea *idea = event_idea(&scene->event, 2);
    wire_encode_mine(&out, &scene->event, idea, &scene->texts);
    golden_expect_push("mine: it has a drawing", &out);
    buf_fini(&out);
    free_scene(scene);
}

Test(ballot, kept_comes_back_as_it_was_cast)
{
    static const int64_t both[] = {1, 2};
    struct scene *scene = scene_of_votes();
    const struct poll *poll = event_poll(&scene->event, 1);
    struct cast cast = ranking_of(8, 1, both);
    const struct kept_ballot *kept = NULL;
    cr_assert_eq(poll_slot_counter(poll, &cast.slot, &kept), 1);
    struct ballot ballot;
    wire_ballot_of_kept(poll, kept, &ballot);
    cr_assert_eq(ballot.mark_count, 2);
    cr_assert_eq(ballot.marks[0].option, 1);
    cr_assert_eq(ballot.marks[1].option, 2);
    cr_assert_eq(ballot.marks[1].value, 2);
    free_scene(scene);
}

static void
expect_answer(struct scene *scene, uint8_t slot, int64_t option, const char *json)
{
    struct cast cast = {.epoch = 1, .counter = 1, .ballot = {.form = BALLOT_YESNO}};
    memset(&cast.slot, slot, sizeof cast.slot);
    memset(&cast.id, slot, sizeof cast.id);
    cast.ballot.mark_count = option != 0 ? 1 : 0;
    cast.ballot.marks[0] = (struct mark){.option = option, .value = option != 0 ? 1 : 0};
    scene_cast(scene, 2, &cast);
    const struct poll *poll = event_poll(&scene->event, 2);
    const struct kept_ballot *kept = NULL;
    cr_assert_eq(poll_slot_counter(poll, &cast.slot, &kept), 1);
    struct ballot ballot;
    wire_ballot_of_kept(poll, kept, &ballot);
    struct buf out;
    buf_init(&out, 100);
    wire_encode_ballot(&out, &ballot);
    cr_assert_str_eq((char *)out.data, json);
    buf_fini(&out);
}

Test(ballot, kept_points_come_back_by_the_ids_also_where_they_are_nothing)
{
    static const int64_t both[] = {2, 1};
    struct scene *scene = scene_of_ideas();
    scene_draft(scene, BALLOT_SCORE, "star", both, 2);
    scene_poll(scene, ENTRY_POLL_OPEN, 1);
    scene_fence(scene, 1, true);
    struct cast cast = {.epoch = 1, .counter = 1};
    memset(&cast.slot, 7, sizeof cast.slot);
    memset(&cast.id, 7, sizeof cast.id);
    cast.ballot =
        (struct ballot){.form = BALLOT_SCORE, .mark_count = 2, .marks = {{2, 0}, {1, 5}}};
    scene_cast(scene, 1, &cast);
    const struct poll *poll = event_poll(&scene->event, 1);
    struct ballot ballot;
    struct buf out;
    buf_init(&out, 100);
    wire_ballot_of_kept(poll, &poll->ballots[0], &ballot);
    wire_encode_ballot(&out, &ballot);
    cr_assert_str_eq((char *)out.data, "{\"score\":[[\"1\",5],[\"2\",0]]}");
    buf_fini(&out);
    free_scene(scene);
}

Test(ballot, kept_answers_come_back_too)
{
    struct scene *scene = scene_of_polls();
    scene_fence(scene, 2, true);
    expect_answer(scene, 1, OPTION_YES, "{\"answer\":\"yes\"}");
    expect_answer(scene, 2, OPTION_NO, "{\"answer\":\"no\"}");
    expect_answer(scene, 3, 0, "{\"answer\":\"abstain\"}");
    free_scene(scene);
}
