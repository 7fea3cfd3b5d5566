/* Changes: what an event became, as it is told to each kind of screen. */
#include "base/bounds.h"
#include "scenes.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

Test(change, of_a_new_event_has_the_event_alone)
{
    struct scene *scene = new_scene();
    expect_change(scene, VIEW_PUBLIC, 0, "change: a new event");
    free_scene(scene);
}

Test(change, tells_that_the_event_came_back_from_a_backup)
{
    struct scene *scene = new_scene();
    int64_t pos = scene->event.pos;
    scene_restore(scene);
    expect_change(scene, VIEW_PUBLIC, pos, "change: back from a backup");
    free_scene(scene);
}

Test(change, shows_everybody_what_is_released)
{
    struct scene *scene = scene_of_ideas();
    expect_change(scene, VIEW_PUBLIC, 0, "change: ideas for everybody");
    free_scene(scene);
}

Test(change, shows_the_desk_everything)
{
    struct scene *scene = scene_of_ideas();
    expect_change(scene, VIEW_DESK, 0, "change: ideas for the desk");
    free_scene(scene);
}

Test(change, shows_everybody_nicknames_beside_ideas)
{
    struct scene *scene = scene_of_nicknames();
    expect_change(scene, VIEW_PUBLIC, 10, "change: nicknames beside ideas");
    struct entry set = {.kind = ENTRY_EVENT_SET, .actor = 1, .role = ROLE_MODERATOR};
    scene_apply(scene, &set);
    expect_change(scene, VIEW_PUBLIC, 13, "change: no nicknames any more");
    free_scene(scene);
}

Test(change, has_no_nickname_beside_what_is_hidden)
{
    struct scene *scene = scene_of_nicknames();
    cr_expect_not(change_tells(scene, VIEW_DESK, 0, "\"nick\":[3,48,1]"));
    scene_idea(scene, ENTRY_IDEA_RELEASE, 4, 0);
    cr_expect(change_tells(scene, VIEW_DESK, 0, "\"nick\":[3,48,1]"));
    free_scene(scene);
}

Test(change, has_groups_and_tags_of_the_event_and_tags_of_ideas)
{
    struct scene *scene = scene_of_labels();
    expect_change(scene, VIEW_PUBLIC, 10, "change: groups and tags");
    struct entry drop = {.kind = ENTRY_LABEL_DROP, .actor = 1, .role = ROLE_MODERATOR};
    int64_t pos = scene->event.pos;
    drop.as.label.label = 4;
    scene_apply(scene, &drop);
    expect_change(scene, VIEW_DESK, pos, "change: a tag is dropped, for the desk");
    free_scene(scene);
}

static void answer(struct scene *scene, int64_t idea, int64_t challenge)
{
    struct entry entry = {
        .kind = ENTRY_IDEA_CHALLENGE, .actor = 1, .role = ROLE_MODERATOR};
    entry.as.idea_challenge.idea = idea;
    entry.as.idea_challenge.challenge = challenge;
    scene_apply(scene, &entry);
}

Test(change, has_challenges_of_the_event_and_of_teams_and_ideas)
{
    struct scene *scene = scene_of_ideas();
    int64_t school = add_label(scene, LABEL_CHALLENGE, "Sicher zur Schule");
    int64_t team = add_label(scene, LABEL_GROUP, "Rot");
    struct entry edit = {.kind = ENTRY_LABEL_EDIT, .actor = 1, .role = ROLE_MODERATOR};
    edit.as.label.label = team;
    edit.as.label.name = scene->event.labels[team - 1].name;
    edit.as.label.challenge = school;
    scene_apply(scene, &edit);
    answer(scene, 2, school);
    answer(scene, 3, school);
    expect_change(scene, VIEW_PUBLIC, 10, "change: challenges");
    free_scene(scene);
}

static void start_phase(struct scene *scene, int64_t phase)
{
    struct entry start = {.kind = ENTRY_PHASE_START, .actor = 1, .role = ROLE_MODERATOR};
    start.as.phase_start.phase = phase;
    scene_apply(scene, &start);
}

Test(change, has_the_agenda_and_which_phase_is_on)
{
    struct scene *scene = scene_of_agenda();
    int64_t pos = scene->event.pos;
    expect_change(scene, VIEW_PUBLIC, pos - 1, "change: an agenda");
    start_phase(scene, 1);
    start_phase(scene, 2);
    expect_change(scene, VIEW_PUBLIC, pos, "change: a phase is on, and closes the call");
    free_scene(scene);
}

Test(change, between_two_positions_has_only_what_changed)
{
    struct scene *scene = scene_of_ideas();
    int64_t pos = scene->event.pos;
    expect_change(scene, VIEW_PUBLIC, pos, "change: nothing");
    scene_idea(scene, ENTRY_IDEA_HIDE, 1, 0);
    scene_idea(scene, ENTRY_IDEA_RELEASE, 3, 0);
    scene_idea(scene, ENTRY_IDEA_MERGE, 2, 3);
    expect_change(
        scene, VIEW_PUBLIC, pos, "change: one hidden, one released, one merged");
    free_scene(scene);
}

Test(change, tells_desks_what_was_done_and_what_can_be_undone)
{
    struct scene *scene = scene_of_polls();
    scene_idea(scene, ENTRY_IDEA_HIDE, 1, 0);
    int64_t pos = scene->event.pos;
    scene_idea(scene, ENTRY_IDEA_RELEASE, 3, 0);
    scene_poll(scene, ENTRY_POLL_CLOSE, 1);
    scene_undo(scene, pos);
    expect_change(scene, VIEW_DESK, pos, "change: acts and an undo, for the desk");
    expect_change(scene, VIEW_PUBLIC, pos + 2, "change: an undo, for everybody");
    free_scene(scene);
}

Test(change, tells_desks_the_list_of_words_and_nobody_else)
{
    struct scene *scene = scene_of_ideas();
    int64_t pos = scene->event.pos;
    struct entry entry = {.kind = ENTRY_EVENT_WORDS, .actor = 1, .role = ROLE_MODERATOR};
    entry.as.event_words = scene_text(
        scene, NULL,
        "doof\nbl\xc3\xb6"
        "d*",
        NULL);
    (void)scene_apply(scene, &entry);
    expect_change(scene, VIEW_QUEUE, pos, "change: words, for the desk");
    expect_change(scene, VIEW_PUBLIC, pos, "change: words, for everybody");
    free_scene(scene);
}

static struct scene *scene_of_wifi(bool shown)
{
    struct scene *scene = scene_of_ideas();
    struct entry entry = {.kind = ENTRY_EVENT_WIFI, .actor = 1, .role = ROLE_MODERATOR};
    entry.as.event_wifi.content =
        scene_text(scene, NULL, "Rathaus-Gast", "halle \"2026\"");
    entry.as.event_wifi.shown = shown;
    (void)scene_apply(scene, &entry);
    return scene;
}

Test(change, tells_desk_and_stage_the_wifi_and_no_phones)
{
    struct scene *scene = scene_of_wifi(true);
    int64_t pos = scene->event.pos;
    expect_change(scene, VIEW_QUEUE, pos - 1, "change: Wi-Fi, for the desk");
    expect_change(scene, VIEW_STAGE, pos - 1, "change: Wi-Fi, for the stage");
    expect_change(scene, VIEW_PUBLIC, pos - 1, "change: Wi-Fi, for phones");
    free_scene(scene);
}

Test(change, keeps_from_the_stage_a_wifi_that_is_not_to_be_shown)
{
    struct scene *scene = scene_of_wifi(false);
    int64_t pos = scene->event.pos;
    expect_change(scene, VIEW_STAGE, pos - 1, "change: Wi-Fi not to be shown");
    free_scene(scene);
}

Test(change, tells_desks_that_an_idea_was_reported_and_nobody_else)
{
    struct scene *scene = scene_of_a_report();
    int64_t pos = scene->event.pos;
    expect_change(scene, VIEW_QUEUE, pos - 1, "change: a report, for the desk");
    expect_change(scene, VIEW_PUBLIC, pos - 1, "change: a report, for everybody");
    free_scene(scene);
}

Test(change, tells_desks_how_many_support_an_idea_and_others_only_where_that_is_shown)
{
    struct scene *scene = scene_of_support();
    expect_change(scene, VIEW_QUEUE, 11, "change: support, for the desk");
    expect_change(
        scene, VIEW_PUBLIC, 11, "change: support that is hidden, for everybody");
    expect_change(scene, VIEW_STAGE, 11, "change: support that is hidden, for everybody");
    set_support(scene, SUPPORT_SHOWN);
    expect_change(scene, VIEW_PUBLIC, 14, "change: support is shown, for everybody");
    scene_idea(scene, ENTRY_IDEA_HIDE, 1, 0);
    scene_idea(scene, ENTRY_IDEA_MERGE, 2, 3); /* it waits, and so does its number */
    expect_change(scene, VIEW_PUBLIC, 15, "change: support of a hidden idea");
    expect_change(scene, VIEW_STAGE, 15, "change: support of a hidden idea");
    free_scene(scene);
}

static void take_back(struct scene *scene, int64_t person, int64_t idea)
{
    struct entry entry = {
        .kind = ENTRY_IDEA_SUPPORT, .actor = person, .role = ROLE_PARTICIPANT};
    entry.as.idea_support.idea = idea;
    (void)scene_apply(scene, &entry);
}

static void expect_support(const struct scene *scene, int64_t from, const char *support)
{
    struct buf out;
    buf_init(&out, 1 << 20);
    wire_encode_change(&out, &scene->event, VIEW_PUBLIC, from, &scene->texts);
    cr_expect_not_null(strstr((const char *)out.data, support), "%s", (char *)out.data);
    buf_fini(&out);
}

/* A screen keeps the number that it was told last. */
Test(change, tells_screens_again_of_support_that_went_where_they_did_not_see_it)
{
    struct scene *scene = scene_of_support();
    set_support(scene, SUPPORT_SHOWN);
    scene_idea(scene, ENTRY_IDEA_HIDE, 2, 0);
    take_back(scene, 3, 2);
    int64_t pos = scene->event.pos;
    scene_idea(scene, ENTRY_IDEA_RELEASE, 2, 0);
    expect_support(scene, pos, "\"support\":{\"2\":0}");
    set_support(scene, SUPPORT_HIDDEN);
    take_back(scene, 2, 1);
    take_back(scene, 3, 1);
    pos = scene->event.pos;
    set_support(scene, SUPPORT_SHOWN);
    expect_support(scene, pos, "\"support\":{\"1\":0,\"2\":0}");
    free_scene(scene);
}

Test(change, tells_desks_who_sits_there_and_nobody_else)
{
    struct scene *scene = scene_of_polls();
    int64_t pos = scene->event.pos;
    struct entry invite = {.kind = ENTRY_DESK_INVITE, .role = ROLE_OFFICE};
    invite.as.desk.role = ROLE_OWNER;
    memset(invite.as.desk.link.bytes, 7, HASH_BYTES);
    int64_t owner = scene_apply(scene, &invite).id;
    struct entry sit = {.kind = ENTRY_DESK_SIT, .role = ROLE_OFFICE};
    sit.as.desk.person = owner;
    (void)scene_apply(scene, &sit);
    invite.actor = owner;
    invite.role = ROLE_OWNER;
    invite.as.desk.role = ROLE_HELPER;
    invite.as.desk.name = scene_text(scene, "de", "Tür", NULL);
    memset(invite.as.desk.link.bytes, 8, HASH_BYTES);
    int64_t helper = scene_apply(scene, &invite).id;
    expect_change(scene, VIEW_DESK, pos, "change: places at the desk");
    expect_change(scene, VIEW_PUBLIC, pos, "change: for everybody, of the desk nothing");
    pos = scene->event.pos;
    struct entry revoke = {.kind = ENTRY_DESK_REVOKE, .role = ROLE_OWNER};
    revoke.actor = owner;
    revoke.as.desk.person = helper;
    (void)scene_apply(scene, &revoke);
    expect_change(scene, VIEW_DESK, pos, "change: a place is revoked");
    free_scene(scene);
}

static void ban(struct scene *scene, int64_t idea, bool banned)
{
    struct entry entry = {.kind = ENTRY_PERSON_BAN, .actor = 1, .role = ROLE_MODERATOR};
    entry.as.person_ban.idea = idea;
    entry.as.person_ban.banned = banned;
    (void)scene_apply(scene, &entry);
}

Test(change, tells_desks_who_is_put_out_by_an_idea_and_phones_nothing)
{
    struct scene *scene = scene_of_polls();
    int64_t pos = scene->event.pos;
    ban(scene, 2, true);
    expect_change(scene, VIEW_DESK, pos, "change: somebody is put out");
    expect_change(scene, VIEW_QUEUE, pos, "change: somebody is put out");
    expect_change(scene, VIEW_PUBLIC, pos, "change: for everybody, of a ban nothing");
    pos = scene->event.pos;
    ban(scene, 2, false);
    expect_change(scene, VIEW_DESK, pos, "change: nobody is put out any more");
    free_scene(scene);
}

Test(change, an_idea_whose_release_is_undone_is_gone_elsewhere)
{
    static const char gone[] = "{\"idea\":\"1\",\"state\":\"gone\"}";
    struct scene *scene = new_scene();
    int64_t idea = scene_submit(scene, 2, scene_text(scene, "de", "Versehen", NULL));
    cr_assert_eq(idea, 1);
    struct entry release = {
        .kind = ENTRY_IDEA_RELEASE,
        .actor = 1,
        .role = ROLE_MODERATOR,
        .as.idea_act.idea = idea};
    int64_t before = scene->event.pos;
    scene_apply(scene, &release);
    int64_t pos = scene->event.pos;
    scene_undo(scene, pos);
    cr_expect(change_tells(scene, VIEW_PUBLIC, pos, gone));
    cr_expect(change_tells(scene, VIEW_STAGE, before, gone));
    cr_expect_not(
        change_tells(scene, VIEW_PUBLIC, 0, gone), "who comes now never saw it");
    cr_expect_not(change_tells(scene, VIEW_PUBLIC, scene->event.pos, gone));
    cr_expect_not(change_tells(scene, VIEW_DESK, pos, gone));
    free_scene(scene);
}

Test(change, from_a_position_of_another_log_starts_afresh)
{
    struct scene *scene = new_scene();
    expect_change(scene, VIEW_PUBLIC, 1000000, "change: a new event");
    expect_change(scene, VIEW_PUBLIC, -1, "change: a new event");
    free_scene(scene);
}

Test(change, an_erased_text_is_empty)
{
    struct scene *scene = new_scene();
    struct content_ref content = scene_text(scene, "de", "Skatepark", "am Bahnhof");
    scene_submit(scene, 1, content);
    scene_erase(scene, &content);
    expect_change(scene, VIEW_PUBLIC, 0, "change: an erased text");
    free_scene(scene);
}

/* A doc that is not as it was written is treated as erased, not passed on. */
Test(change, a_damaged_text_is_empty)
{
    static const char *const docs[] = {
        "{",
        "{\"title\":\"a\"}",
        "{\"salt\":\"00\",\"title\":\"a\"",
        "{\"salt\":\"00\",\"title\":7}",
        "{\"salt\":\"00\",\"title\":\"a\"}}",
        "{\"salt\":\"00\",\"title\":\"a\",\"op\":\"done\"}",
        "[]",
        "{\"salt\":\"00"};
    struct scene *scene = new_scene();
    struct content_ref content = scene_text(scene, "de", "Skatepark", "am Bahnhof");
    scene_submit(scene, 1, content);
    struct buf *doc = &scene->kept[scene->text_count - 1].doc;
    for (size_t i = 0; i < sizeof docs / sizeof *docs; i++) {
        buf_clear(doc);
        buf_text(doc, docs[i]);
        expect_change(scene, VIEW_PUBLIC, 0, "change: an erased text");
    }
    free_scene(scene);
}

Test(change, shows_what_an_idea_is_drawn_and_photographed_like)
{
    struct scene *scene = scene_of_pictures();
    expect_change(scene, VIEW_PUBLIC, 4, "change: an idea with pictures");
    expect_change(scene, VIEW_DESK, 5, "change: an idea with a drawing, at the desk");
    free_scene(scene);
}
