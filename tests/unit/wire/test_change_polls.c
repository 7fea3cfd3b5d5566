/* Changes of polls, as they are told to each kind of screen. */
#include "scenes.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

Test(change, shows_everybody_opened_polls)
{
    struct scene *scene = scene_of_polls();
    expect_change(scene, VIEW_PUBLIC, 0, "change: polls for everybody");
    free_scene(scene);
}

Test(change, shows_the_desk_drafts_too)
{
    struct scene *scene = scene_of_polls();
    expect_change(scene, VIEW_DESK, 0, "change: polls for the desk");
    free_scene(scene);
}

Test(change, tells_of_dots_how_many_each_person_has)
{
    static const int64_t both[] = {1, 2};
    struct scene *scene = scene_of_ideas();
    int64_t pos = scene->event.pos;
    scene_draft(scene, BALLOT_SCORE, "star", both, 2);
    scene_poll(scene, ENTRY_POLL_OPEN, 1);
    scene_draft(scene, BALLOT_DOTS, "score", both, 2);
    scene_poll(scene, ENTRY_POLL_OPEN, 2);
    expect_change(scene, VIEW_PUBLIC, pos, "change: polls of scores and dots");
    free_scene(scene);
}

Test(change, a_result_that_is_published_changes_its_poll)
{
    struct scene *scene = scene_of_polls();
    scene_poll(scene, ENTRY_POLL_CLOSE, 1);
    int64_t pos = scene->event.pos;
    scene_poll(scene, ENTRY_POLL_PUBLISH, 1);
    expect_change(scene, VIEW_PUBLIC, pos, "change: a poll is published");
    pos = scene->event.pos;
    scene_poll(scene, ENTRY_POLL_ANNUL, 1);
    expect_change(scene, VIEW_PUBLIC, pos, "change: a poll is annulled");
    free_scene(scene);
}

Test(change, a_poll_whose_opening_is_undone_is_gone_elsewhere)
{
    struct scene *scene = scene_of_polls();
    scene_poll(scene, ENTRY_POLL_OPEN, 3);
    int64_t pos = scene->event.pos;
    scene_undo(scene, pos);
    expect_change(scene, VIEW_PUBLIC, pos, "change: an opening is undone");
    free_scene(scene);
}

static bool promises(const struct scene *scene, const char *publication)
{
    char expected[64];
    snprintf(expected, sizeof expected, "\"publication\":\"%s\"", publication);
    return change_tells(scene, VIEW_DESK, 0, expected);
}

Test(change, promises_no_ballots_where_they_may_never_be_published)
{
    struct scene *scene = new_scene();
    int64_t options[6];
    for (size_t i = 0; i < 6; i++) {
        options[i] = scene_submit(scene, 1, scene_text(scene, "de", "Idee", NULL));
    }
    scene_draft(scene, BALLOT_APPROVAL, "approval", options, 6);
    scene->event.polls[0]->spec.publication = PUBLISH_BALLOTS;
    cr_expect(promises(scene, "ballots"), "a draft says what was asked for");
    scene_poll(scene, ENTRY_POLL_OPEN, 1);
    cr_expect(promises(scene, "statistics"));
    struct poll_spec *spec = &scene->event.polls[0]->spec;
    spec->option_count = 5;
    cr_expect(promises(scene, "ballots"));
    spec->form = BALLOT_SCORE;
    cr_expect(promises(scene, "statistics"));
    spec->option_count = 3;
    cr_expect(promises(scene, "ballots"));
    free_scene(scene);
}

static void expect_people(const struct scene *scene, int64_t from, const char *people)
{
    struct buf out;
    buf_init(&out, 1 << 20);
    wire_encode_change(&out, &scene->event, VIEW_PUBLIC, from, &scene->texts);
    const char *found = strstr((const char *)out.data, ",\"people\":");
    if (people == NULL) {
        cr_expect_null(found, "%s", (const char *)out.data);
    } else {
        cr_assert_not_null(found, "%s", (const char *)out.data);
        cr_expect_eq(strncmp(found, people, strlen(people)), 0, "%s", found);
    }
    buf_fini(&out);
}

Test(change, a_poll_that_is_over_tells_how_many_people_there_were)
{
    struct scene *scene = scene_of_polls();
    int64_t pos = scene->event.pos;
    expect_people(scene, 0, NULL);
    scene_poll(scene, ENTRY_POLL_CLOSE, 1);
    expect_people(scene, pos, ",\"people\":2,");
    struct entry entry = {.kind = ENTRY_PERSON_JOIN};
    entry.as.person_join.role = ROLE_PARTICIPANT;
    scene_apply(scene, &entry);
    expect_people(scene, pos, ",\"people\":2,");
    scene_poll(scene, ENTRY_POLL_REOPEN, 1);
    expect_people(scene, pos, NULL);
    scene_poll(scene, ENTRY_POLL_CLOSE, 1);
    scene_poll(scene, ENTRY_POLL_SEAL, 1);
    expect_people(scene, pos, ",\"people\":3,");
    free_scene(scene);
}

Test(change, a_dropped_draft_is_gone_from_the_desk_and_never_was_elsewhere)
{
    struct scene *scene = scene_of_polls();
    int64_t pos = scene->event.pos;
    scene_poll(scene, ENTRY_POLL_DROP, 3);
    expect_change(scene, VIEW_DESK, pos, "change: a draft is dropped");
    expect_change(scene, VIEW_PUBLIC, pos, "change: a draft is dropped, for everybody");
    free_scene(scene);
}

static void edit_first_idea(struct scene *scene)
{
    struct entry entry = {.kind = ENTRY_IDEA_EDIT, .actor = 1, .role = ROLE_MODERATOR};
    entry.as.idea_text.idea = 1;
    entry.as.idea_text.content = scene_text(scene, "de", "Ganz anders", NULL);
    scene_apply(scene, &entry);
}

Test(change, an_opened_poll_keeps_its_options_texts)
{
    struct scene *scene = scene_of_polls();
    edit_first_idea(scene);
    cr_expect(
        change_tells(scene, VIEW_PUBLIC, 0, "\"option\":\"1\",\"title\":\"Skatepark\""));
    cr_expect(
        change_tells(scene, VIEW_DESK, 0, "\"option\":\"1\",\"title\":\"Ganz anders\""));
    free_scene(scene);
}

Test(change, a_draft_changes_with_the_texts_of_its_options)
{
    struct scene *scene = scene_of_polls();
    int64_t pos = scene->event.pos;
    edit_first_idea(scene);
    cr_expect(change_tells(scene, VIEW_DESK, pos, "{\"poll\":\"3\",\"state\":\"draft\""));
    cr_expect_not(change_tells(scene, VIEW_DESK, pos, "{\"poll\":\"1\""));
    free_scene(scene);
}

Test(change, an_opened_poll_keeps_its_options_pictures)
{
    static const int64_t both[] = {1, 2};
    struct scene *scene = scene_of_pictures();
    scene_idea(scene, ENTRY_IDEA_RELEASE, 2, 0);
    scene_draft(scene, BALLOT_APPROVAL, "approval", both, 2);
    scene_draft(scene, BALLOT_APPROVAL, "approval", both, 2);
    scene_poll(scene, ENTRY_POLL_OPEN, 1);
    int64_t pos = scene->event.pos;
    scene_edit_pictures(scene, 1, 0xd3, 0);
    scene_poll(scene, ENTRY_POLL_CLOSE, 1);
    expect_change(scene, VIEW_PUBLIC, pos, "change: a poll with pictures");
    expect_change(scene, VIEW_DESK, pos, "change: a draft has an idea's new pictures");
    free_scene(scene);
}
