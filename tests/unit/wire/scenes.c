#include "scenes.h"

#include "golden.h"

#include <stdlib.h>
#include <string.h>

struct scene *new_scene(void)
{
    struct scene *scene = malloc(sizeof *scene);
    scene_init(scene);
    return scene;
}

void free_scene(struct scene *scene)
{
    scene_fini(scene);
    free(scene);
}

/* Encodes a change and compares it with the golden push of that name. */
void expect_change(
    const struct scene *scene, enum view view, int64_t from, const char *name)
{
    struct buf out;
    buf_init(&out, 1 << 20);
    wire_encode_change(&out, &scene->event, view, from, &scene->texts);
    golden_expect_push(name, &out);
    buf_fini(&out);
}

bool change_tells(
    const struct scene *scene, enum view view, int64_t from, const char *bytes)
{
    struct buf out;
    buf_init(&out, 1 << 20);
    wire_encode_change(&out, &scene->event, view, from, &scene->texts);
    bool found = strstr((const char *)out.data, bytes) != NULL;
    buf_fini(&out);
    return found;
}

void scene_undo(struct scene *scene, int64_t pos)
{
    struct entry entry = {
        .kind = ENTRY_UNDO, .actor = 1, .role = ROLE_MODERATOR, .as.undo.pos = pos};
    (void)scene_apply(scene, &entry);
}

/* Published 1 and 2, pending 3 by participant 2, hidden 4 by participant 3. */
struct scene *scene_of_ideas(void)
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

struct scene *scene_of_polls(void)
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

/* Participant 2 is the second to have the words 3 and 48. */
struct scene *scene_of_nicknames(void)
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

int64_t add_label(struct scene *scene, enum label_kind kind, const char *name)
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
struct scene *scene_of_labels(void)
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

/* Polls 1 and 2 are open; the agenda names the draft 3. */
struct scene *scene_of_agenda(void)
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

struct scene *scene_of_a_report(void)
{
    struct scene *scene = scene_of_ideas();
    struct entry entry = {
        .kind = ENTRY_IDEA_REPORT, .actor = 3, .role = ROLE_PARTICIPANT};
    entry.as.idea_act.idea = 2;
    entry.as.idea_act.reason = REASON_PERSONAL_DATA;
    (void)scene_apply(scene, &entry);
    return scene;
}

void set_support(struct scene *scene, enum support support)
{
    struct entry entry = {.kind = ENTRY_EVENT_SET, .actor = 1, .role = ROLE_MODERATOR};
    entry.as.event_set.support = support;
    (void)scene_apply(scene, &entry);
}

static void support_idea(struct scene *scene, int64_t person, int64_t idea)
{
    struct entry entry = {
        .kind = ENTRY_IDEA_SUPPORT, .actor = person, .role = ROLE_PARTICIPANT};
    entry.as.idea_support.idea = idea;
    entry.as.idea_support.on = true;
    (void)scene_apply(scene, &entry);
}

struct scene *scene_of_support(void)
{
    struct scene *scene = scene_of_ideas();
    set_support(scene, SUPPORT_HIDDEN);
    support_idea(scene, 2, 1);
    support_idea(scene, 3, 1);
    support_idea(scene, 3, 2);
    return scene;
}

struct scene *scene_of_pictures(void)
{
    struct scene *scene = new_scene();
    struct content_ref text = scene_text(scene, "de", "Skatepark", "am Bahnhof");
    scene_submit_pictures(scene, 1, text, 0xd1, 0xf1);
    scene_submit_pictures(scene, 2, scene_text(scene, "de", "Baum", NULL), 0xd2, 0);
    return scene;
}

struct cast ranking_of(uint8_t slot, uint32_t counter, const int64_t *options)
{
    struct cast cast = {.epoch = 1, .counter = counter};
    memset(&cast.slot, slot, sizeof cast.slot);
    memset(&cast.id, (int)(16 * slot + counter), sizeof cast.id);
    cast.ballot.mark_count = 2;
    cast.ballot.marks[0] = (struct mark){.option = options[0], .value = 1};
    cast.ballot.marks[1] = (struct mark){.option = options[1], .value = 2};
    return cast;
}

struct scene *scene_of_votes(void)
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
