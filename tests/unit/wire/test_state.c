#include "base/bounds.h"
#include "golden.h"
#include "scene.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct scene *new_scene(void)
{
    struct scene *scene = malloc(sizeof *scene);
    scene_init(scene);
    return scene;
}

static void free_scene(struct scene *scene)
{
    scene_fini(scene);
    free(scene);
}

/* Encodes a change and compares it with the golden push of that name. */
static void
expect_change(const struct scene *scene, enum view view, int64_t from, const char *name)
{
    struct buf out;
    buf_init(&out, 1 << 20);
    wire_encode_change(&out, &scene->event, view, from, &scene->texts);
    golden_expect_push(name, &out);
    buf_fini(&out);
}

/* Published 1 and 2, pending 3 by participant 2, hidden 4 by participant 3. */
static struct scene *scene_of_ideas(void)
{
    struct scene *scene = new_scene();
    scene_submit(scene, 1, scene_text(scene, "de", "Skatepark", "am Bahnhof"));
    scene_submit(scene, 2, scene_text(scene, "en", "More benches", NULL));
    scene_idea(scene, ENTRY_IDEA_RELEASE, 2, 0);
    scene_submit(scene, 2, scene_text(scene, NULL, "Wartet", "noch"));
    scene_submit(scene, 3, scene_text(scene, "de", "Versteckt", ""));
    scene_idea(scene, ENTRY_IDEA_HIDE, 4, 0);
    return scene;
}

static struct scene *scene_of_polls(void)
{
    static const int64_t both[] = {1, 2};
    struct scene *scene = scene_of_ideas();
    scene_draft(scene, BALLOT_RANKING, "ranked-pairs-wv", both, 2);
    scene_poll(scene, ENTRY_POLL_OPEN, 1);
    scene_draft(scene, BALLOT_YESNO, "plurality", both, 1);
    scene_poll(scene, ENTRY_POLL_OPEN, 2);
    scene_draft(scene, BALLOT_APPROVAL, "approval", both, 2);
    return scene;
}

/* ---- change ---- */

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

/* Participant 2 is the second to have the words 3 and 48. */
static struct scene *scene_of_nicknames(void)
{
    struct scene *scene = scene_of_ideas();
    struct entry set = {.kind = ENTRY_EVENT_SET, .actor = 1, .role = ROLE_MODERATOR};
    set.as.event_set = (struct event_settings){.youth = true, .nicknames = true};
    scene_apply(scene, &set);
    for (int64_t person = 3; person >= 2; person--) {
        struct entry nick = {
            .kind = ENTRY_PERSON_NICK, .actor = person, .role = ROLE_PARTICIPANT};
        nick.as.person_nick = (struct nickname){.first = 3, .second = NICKNAME_WORDS};
        scene_apply(scene, &nick);
    }
    return scene;
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

static int64_t add_label(struct scene *scene, enum label_kind kind, const char *name)
{
    struct entry add = {.kind = ENTRY_LABEL_ADD, .actor = 1, .role = ROLE_MODERATOR};
    add.as.label.kind = kind;
    add.as.label.name = scene_text(scene, "de", name, NULL);
    return scene_apply(scene, &add).id;
}

static void tag_idea(struct scene *scene, int64_t idea, int64_t one, int64_t two)
{
    struct entry tag = {.kind = ENTRY_IDEA_TAG, .actor = 1, .role = ROLE_MODERATOR};
    tag.as.idea_tag.idea = idea;
    tag.as.idea_tag.tags =
        (struct tag_list){.given = true, .count = 2, .labels = {one, two}};
    scene_apply(scene, &tag);
}

/* Groups 1 and 3, the second of which participant 2 is in; tags 2 and 4. */
static struct scene *scene_of_labels(void)
{
    struct scene *scene = scene_of_ideas();
    add_label(scene, LABEL_GROUP, "Rot");
    add_label(scene, LABEL_TAG, "Verkehr & \"Wege\"");
    add_label(scene, LABEL_GROUP, "Blau");
    add_label(scene, LABEL_TAG, "Grün");
    struct entry group = {
        .kind = ENTRY_PERSON_GROUP, .actor = 2, .role = ROLE_PARTICIPANT};
    group.as.person_group.group = 3;
    scene_apply(scene, &group);
    tag_idea(scene, 2, 4, 2);
    tag_idea(scene, 3, 2, 4);
    return scene;
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

static void start_phase(struct scene *scene, int64_t phase)
{
    struct entry start = {.kind = ENTRY_PHASE_START, .actor = 1, .role = ROLE_MODERATOR};
    start.as.phase_start.phase = phase;
    scene_apply(scene, &start);
}

/* Polls 1 and 2 are open; the agenda names the draft 3. */
static struct scene *scene_of_agenda(void)
{
    struct scene *scene = scene_of_polls();
    struct entry set = {.kind = ENTRY_AGENDA_SET, .actor = 1, .role = ROLE_MODERATOR};
    set.as.agenda_set = (struct agenda){
        .count = 2,
        .phases = {
            {.kind = PHASE_COLLECT, .minutes = 20}, {.kind = PHASE_RANK, .poll = 3}}};
    scene_apply(scene, &set);
    return scene;
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

static void undo(struct scene *scene, int64_t pos)
{
    struct entry entry = {.kind = ENTRY_UNDO, .actor = 1, .role = ROLE_MODERATOR};
    entry.as.undo.pos = pos;
    (void)scene_apply(scene, &entry);
}

Test(change, tells_desks_what_was_done_and_what_can_be_undone)
{
    struct scene *scene = scene_of_polls();
    scene_idea(scene, ENTRY_IDEA_HIDE, 1, 0);
    int64_t pos = scene->event.pos;
    scene_idea(scene, ENTRY_IDEA_RELEASE, 3, 0);
    scene_poll(scene, ENTRY_POLL_CLOSE, 1);
    undo(scene, pos);
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

static struct scene *scene_of_a_report(void)
{
    struct scene *scene = scene_of_ideas();
    struct entry entry = {
        .kind = ENTRY_IDEA_REPORT, .actor = 3, .role = ROLE_PARTICIPANT};
    entry.as.idea_act.idea = 2;
    entry.as.idea_act.reason = REASON_PERSONAL_DATA;
    (void)scene_apply(scene, &entry);
    return scene;
}

Test(change, tells_desks_that_an_idea_was_reported_and_nobody_else)
{
    struct scene *scene = scene_of_a_report();
    int64_t pos = scene->event.pos;
    expect_change(scene, VIEW_QUEUE, pos - 1, "change: a report, for the desk");
    expect_change(scene, VIEW_PUBLIC, pos - 1, "change: a report, for everybody");
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

Test(change, a_poll_whose_opening_is_undone_is_gone_elsewhere)
{
    struct scene *scene = scene_of_polls();
    scene_poll(scene, ENTRY_POLL_OPEN, 3);
    int64_t pos = scene->event.pos;
    undo(scene, pos);
    expect_change(scene, VIEW_PUBLIC, pos, "change: an opening is undone");
    free_scene(scene);
}

static bool promises(const struct scene *scene, const char *publication)
{
    char expected[64];
    struct buf out;
    buf_init(&out, 1 << 20);
    wire_encode_change(&out, &scene->event, VIEW_DESK, 0, &scene->texts);
    snprintf(expected, sizeof expected, "\"publication\":\"%s\"", publication);
    bool found = strstr((const char *)out.data, expected) != NULL;
    buf_fini(&out);
    return found;
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

Test(change, an_opened_poll_keeps_its_options_texts)
{
    struct scene *scene = scene_of_polls();
    struct entry entry = {.kind = ENTRY_IDEA_EDIT, .actor = 1, .role = ROLE_MODERATOR};
    entry.as.idea_text.idea = 1;
    entry.as.idea_text.content = scene_text(scene, "de", "Ganz anders", NULL);
    scene_apply(scene, &entry);
    struct buf out;
    buf_init(&out, 1 << 20);
    wire_encode_change(&out, &scene->event, VIEW_PUBLIC, 0, &scene->texts);
    cr_assert_not_null(
        strstr((char *)out.data, "\"option\":\"1\",\"title\":\"Skatepark\""));
    buf_clear(&out);
    wire_encode_change(&out, &scene->event, VIEW_DESK, 0, &scene->texts);
    cr_assert_not_null(
        strstr((char *)out.data, "\"option\":\"1\",\"title\":\"Ganz anders\""));
    buf_fini(&out);
    free_scene(scene);
}

Test(change, a_draft_changes_with_the_texts_of_its_options)
{
    struct scene *scene = scene_of_polls();
    int64_t pos = scene->event.pos;
    struct entry entry = {.kind = ENTRY_IDEA_EDIT, .actor = 1, .role = ROLE_MODERATOR};
    entry.as.idea_text.idea = 1;
    entry.as.idea_text.content = scene_text(scene, "de", "Ganz anders", NULL);
    scene_apply(scene, &entry);
    struct buf out;
    buf_init(&out, 1 << 20);
    wire_encode_change(&out, &scene->event, VIEW_DESK, pos, &scene->texts);
    cr_assert_not_null(strstr((char *)out.data, "{\"poll\":\"3\",\"state\":\"draft\""));
    cr_assert_null(strstr((char *)out.data, "{\"poll\":\"1\""));
    buf_fini(&out);
    free_scene(scene);
}

/* ---- pictures ---- */

static struct scene *scene_of_pictures(void)
{
    struct scene *scene = new_scene();
    struct content_ref text = scene_text(scene, "de", "Skatepark", "am Bahnhof");
    scene_submit_pictures(scene, 1, text, 0xd1, 0xf1);
    scene_submit_pictures(scene, 2, scene_text(scene, "de", "Baum", NULL), 0xd2, 0);
    return scene;
}

Test(change, shows_what_an_idea_is_drawn_and_photographed_like)
{
    struct scene *scene = scene_of_pictures();
    expect_change(scene, VIEW_PUBLIC, 4, "change: an idea with pictures");
    expect_change(scene, VIEW_DESK, 5, "change: an idea with a drawing, at the desk");
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

/* ---- live ---- */

static void expect_live(const struct scene *scene, enum view view, const char *name)
{
    static const struct wire_live live = {.online = 55};
    struct buf out;
    buf_init(&out, 1 << 16);
    wire_encode_live(&out, &scene->event, view, &live);
    golden_expect_push(name, &out);
    buf_fini(&out);
}

static struct cast ranking_of(uint8_t slot, uint32_t counter, const int64_t *options)
{
    struct cast cast = {.epoch = 1, .counter = counter};
    memset(&cast.slot, slot, sizeof cast.slot);
    memset(&cast.id, (int)(16 * slot + counter), sizeof cast.id);
    cast.ballot.mark_count = 2;
    cast.ballot.marks[0] = (struct mark){.option = options[0], .value = 1};
    cast.ballot.marks[1] = (struct mark){.option = options[1], .value = 2};
    return cast;
}

static struct scene *scene_of_votes(void)
{
    static const int64_t forwards[] = {1, 2};
    static const int64_t backwards[] = {2, 1};
    struct scene *scene = scene_of_polls();
    scene_fence(scene, 1, true);
    struct cast cast = ranking_of(7, 1, forwards);
    scene_cast(scene, 1, &cast);
    cast = ranking_of(7, 2, backwards);
    scene_cast(scene, 1, &cast);
    cast = ranking_of(8, 1, forwards);
    scene_cast(scene, 1, &cast);
    return scene;
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

/* ---- welcome, mine ---- */

static const struct uid id = {
    {0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd,
     0xee, 0xff}};

static void expect_welcome(
    const struct scene *scene, enum role role, const struct wire_me *me, const char *name)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    wire_encode_welcome(&out, &id, &scene->event, role, me, &scene->texts);
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

Test(welcome, tells_people_what_they_have_reported)
{
    struct scene *scene = scene_of_a_report();
    struct wire_me me = {.participant = 3};
    expect_welcome(scene, ROLE_PARTICIPANT, &me, "welcome to who has reported something");
    me.participant = 2;
    expect_welcome(scene, ROLE_PARTICIPANT, &me, "welcome to whose idea was reported");
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

/* ---- ballots ---- */

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
