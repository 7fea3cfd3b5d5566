/* Random events: what the public never sees, and that a screen which follows changes
 * shows what a fresh one shows. */
#include "random.h"
#include "scene.h"

#include <cjson/cJSON.h>
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEPS 450

/* ---- a random walk ---- */

static struct content_ref marked_text(struct scene *scene)
{
    char title[32];
    char text[32];
    unsigned number = (unsigned)scene->text_count + 1; /* what scene_text will take */
    snprintf(title, sizeof title, "title<%u>", number);
    snprintf(text, sizeof text, "text<%u>", number);
    return scene_text(scene, "de", title, text);
}

/* A published idea, if a few tries find one. */
static int64_t published_idea(const struct scene *scene, struct random *random)
{
    int64_t id = 1;
    for (int tries = 0; tries < 20; tries++) {
        id = 1 + random_below(random, 1 + (int64_t)scene->event.idea_count);
        const struct idea *idea = event_idea(&scene->event, id);
        if (idea != NULL && idea->state == IDEA_PUBLISHED) {
            break;
        }
    }
    return id;
}

static void
random_spec(struct scene *scene, struct random *random, struct poll_spec *spec)
{
    bool yesno = random_below(random, 3) == 0;
    *spec = (struct poll_spec){
        .question = marked_text(scene),
        .form = yesno ? BALLOT_YESNO : BALLOT_RANKING,
        .seats = 1,
        .ranks_max = 3,
        .option_count = yesno ? 1 : 2,
    };
    const char *method = yesno ? "plurality" : "schulze-wv";
    memcpy(spec->method, method, strlen(method) + 1);
    for (size_t i = 0; i < spec->option_count; i++) {
        spec->options[i] = published_idea(scene, random);
    }
}

static void fill_idea(struct scene *scene, struct random *random, struct entry *entry)
{
    int64_t ideas = 1 + (int64_t)scene->event.idea_count;
    bool text = entry->kind == ENTRY_IDEA_SUBMIT || entry->kind == ENTRY_IDEA_EDIT;
    if (text) {
        entry->as.idea_text.idea =
            entry->kind == ENTRY_IDEA_EDIT ? 1 + random_below(random, ideas) : 0;
        entry->as.idea_text.content = marked_text(scene);
        return;
    }
    entry->as.idea_act.idea = 1 + random_below(random, ideas);
    if (entry->kind == ENTRY_IDEA_MERGE) {
        entry->as.idea_act.into = 1 + random_below(random, ideas);
    }
    if (entry->kind == ENTRY_IDEA_HIDE) {
        entry->as.idea_act.reason = REASON_OTHER;
        entry->as.idea_act.note = marked_text(scene);
    }
}

static void fill_poll(struct scene *scene, struct random *random, struct entry *entry)
{
    int64_t polls = 1 + (int64_t)scene->event.poll_count;
    if (entry->kind == ENTRY_POLL_CREATE || entry->kind == ENTRY_POLL_EDIT) {
        entry->as.poll_text.poll =
            entry->kind == ENTRY_POLL_EDIT ? 1 + random_below(random, polls) : 0;
        random_spec(scene, random, &entry->as.poll_text.spec);
        return;
    }
    entry->as.poll_act.poll = 1 + random_below(random, polls);
    if (entry->kind == ENTRY_POLL_REOPEN || entry->kind == ENTRY_POLL_ANNUL) {
        entry->as.poll_act.reason = REASON_MISTAKE;
    }
}

/* Many of these are refused: that too must be seen by nobody. */
static void step(struct scene *scene, struct random *random)
{
    static struct entry entry;
    int first = ENTRY_IDEA_SUBMIT;
    int count = ENTRY_UNDO - first + 1;
    bool moderator = random_below(random, 3) > 0;
    memset(&entry, 0, sizeof entry);
    entry.kind = (enum entry_kind)(first + random_below(random, count));
    if (random_below(random, 3) == 0) {
        entry.kind = ENTRY_IDEA_SUBMIT;
    }
    entry.actor = moderator ? 1 : 2 + random_below(random, 2);
    entry.role = moderator ? ROLE_MODERATOR : ROLE_PARTICIPANT;
    if (entry.kind == ENTRY_UNDO) {
        entry.as.undo.pos = scene->event.pos - random_below(random, 4);
    } else if (entry.kind < ENTRY_POLL_CREATE) {
        fill_idea(scene, random, &entry);
    } else {
        fill_poll(scene, random, &entry);
    }
    (void)scene_try(scene, &entry);
}

/* ---- what the public may see ---- */

static void allow(const struct scene *scene, const struct content_ref *ref, bool *allowed)
{
    for (size_t i = 0; i < scene->text_count; i++) {
        if (uid_equal(&scene->kept[i].id, &ref->id)) {
            allowed[i] = true;
        }
    }
}

static void allow_public(const struct scene *scene, bool *allowed)
{
    const struct event *event = &scene->event;
    memset(allowed, 0, SCENE_TEXTS_MAX * sizeof *allowed);
    for (size_t i = 0; i < event->idea_count; i++) {
        if (event->ideas[i].state == IDEA_PUBLISHED) {
            allow(scene, &event->ideas[i].content, allowed);
        }
    }
    for (size_t i = 0; i < event->poll_count; i++) {
        const struct poll *poll = event->polls[i];
        if (poll->state == POLL_DRAFT) {
            continue;
        }
        allow(scene, &poll->spec.question, allowed);
        for (size_t k = 0; k < poll->spec.option_count; k++) {
            allow(scene, &poll->labels[k], allowed);
        }
    }
}

static void expect_only_allowed(const char *text, const bool *allowed)
{
    for (const char *at = strchr(text, '<'); at != NULL; at = strchr(at + 1, '<')) {
        size_t number = (size_t)strtoul(at + 1, NULL, 10);
        cr_assert(number >= 1 && number <= SCENE_TEXTS_MAX);
        cr_assert(allowed[number - 1], "text %zu is not for everybody: %s", number, text);
    }
}

static struct buf encode(const struct scene *scene, enum view view, int64_t from)
{
    struct buf out;
    buf_init(&out, 1 << 22);
    wire_encode_change(&out, &scene->event, view, from, &scene->texts);
    cr_assert(!buf_failed(&out));
    return out;
}

static void check_public(const struct scene *scene, struct random *random)
{
    static bool allowed[SCENE_TEXTS_MAX];
    allow_public(scene, allowed);
    int64_t froms[] = {0, random_below(random, scene->event.pos), scene->event.pos - 1};
    for (size_t i = 0; i < sizeof froms / sizeof *froms; i++) {
        struct buf out = encode(scene, VIEW_PUBLIC, froms[i]);
        const char *text = (const char *)out.data;
        expect_only_allowed(text, allowed);
        cr_assert_null(strstr(text, "\"author\":"));
        cr_assert_null(strstr(text, "\"note\":"));
        cr_assert_null(strstr(text, "\"pending\""));
        cr_assert_null(strstr(text, "\"hidden\""));
        cr_assert_null(strstr(text, "\"draft\""));
        buf_fini(&out);
    }
}

Test(screens, the_public_view_holds_nothing_that_was_not_released)
{
    size_t polls = 0;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        struct random random = {seed};
        struct scene *scene = malloc(sizeof *scene);
        scene_init(scene);
        for (int i = 0; i < STEPS; i++) {
            step(scene, &random);
            check_public(scene, &random);
        }
        cr_assert_gt(scene->event.idea_count, 50);
        polls += scene->event.poll_count;
        scene_fini(scene);
        free(scene);
    }
    cr_assert_gt(polls, 8 * 2);
}

/* ---- a screen that follows ---- */

struct screen {
    cJSON *ideas; /* by id */
    cJSON *polls;
    int64_t pos;
};

static void put_all(cJSON *into, cJSON *change, const char *list, const char *id)
{
    cJSON *item;
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(change, list))
    {
        const char *name =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, id));
        const char *state =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "state"));
        cJSON_DeleteItemFromObjectCaseSensitive(into, name);
        if (strcmp(state, "gone") != 0) {
            cJSON_AddItemToObject(into, name, cJSON_Duplicate(item, true));
        }
    }
}

/* As PROTOCOL.md tells clients to. */
static void follow(struct screen *screen, const struct buf *text)
{
    cJSON *change = cJSON_Parse((const char *)text->data);
    cr_assert_not_null(change);
    double from = cJSON_GetObjectItemCaseSensitive(change, "from")->valuedouble;
    double pos = cJSON_GetObjectItemCaseSensitive(change, "pos")->valuedouble;
    cr_assert_leq(from, (double)screen->pos);
    put_all(screen->ideas, change, "ideas", "idea");
    put_all(screen->polls, change, "polls", "poll");
    screen->pos = (int64_t)pos;
    cJSON_Delete(change);
}

static struct screen new_screen(void)
{
    return (struct screen){cJSON_CreateObject(), cJSON_CreateObject(), 0};
}

static void free_screen(struct screen *screen)
{
    cJSON_Delete(screen->ideas);
    cJSON_Delete(screen->polls);
}

static void expect_same(const struct screen *a, const struct screen *b)
{
    cr_assert_eq(a->pos, b->pos);
    cr_assert(cJSON_Compare(a->ideas, b->ideas, true));
    cr_assert(cJSON_Compare(a->polls, b->polls, true));
}

static void follow_walk(uint64_t seed, enum view view)
{
    struct random random = {seed};
    struct scene *scene = malloc(sizeof *scene);
    struct screen screen = new_screen();
    scene_init(scene);
    for (int i = 0; i < STEPS; i++) {
        step(scene, &random);
        if (random_below(&random, 5) != 0) {
            continue;
        }
        struct buf change = encode(scene, view, screen.pos);
        struct buf all = encode(scene, view, 0);
        struct screen fresh = new_screen();
        follow(&screen, &change);
        follow(&fresh, &all);
        expect_same(&screen, &fresh);
        free_screen(&fresh);
        buf_fini(&change);
        buf_fini(&all);
    }
    free_screen(&screen);
    scene_fini(scene);
    free(scene);
}

Test(screens, one_that_follows_shows_what_a_fresh_one_shows)
{
    for (uint64_t seed = 1; seed <= 4; seed++) {
        follow_walk(seed, VIEW_PUBLIC);
    }
}

Test(screens, so_does_the_desk_with_its_drafts)
{
    for (uint64_t seed = 11; seed <= 14; seed++) {
        follow_walk(seed, VIEW_DESK);
    }
}
