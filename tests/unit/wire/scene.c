#include "scene.h"

#include <criterion/criterion.h>
#include <string.h>

static struct span find(void *ctx, const struct uid *content)
{
    const struct scene *scene = ctx;
    for (size_t i = 0; i < scene->text_count; i++) {
        if (uid_equal(&scene->kept[i].id, content)) {
            return buf_span(&scene->kept[i].doc);
        }
    }
    return span_of(NULL, 0);
}

static void make_event(struct scene *scene)
{
    struct entry entry = {.kind = ENTRY_EVENT_CREATE, .role = ROLE_OFFICE};
    memcpy(entry.as.event_create.code, "ABC123", 7);
    entry.as.event_create.mode = JOIN_OPEN;
    entry.as.event_create.lang_count = 2;
    memcpy(entry.as.event_create.langs[0], "de", 3);
    memcpy(entry.as.event_create.langs[1], "en", 3);
    entry.as.event_create.title = scene_text(scene, "de", "Ideen für \"Halle\"", NULL);
    scene_apply(scene, &entry);
}

static void join(struct scene *scene, enum role role)
{
    struct entry entry = {.kind = ENTRY_PERSON_JOIN, .role = ROLE_OFFICE};
    entry.as.person_join.role = role;
    scene_apply(scene, &entry);
}

void scene_init(struct scene *scene)
{
    static const uint64_t seed[2] = {1, 2};
    *scene = (struct scene){.text_count = 0};
    scene->texts = (struct wire_texts){.find = find, .ctx = scene};
    event_init(&scene->event, 1, seed);
    make_event(scene);
    join(scene, ROLE_MODERATOR);
    join(scene, ROLE_PARTICIPANT);
    join(scene, ROLE_PARTICIPANT);
}

void scene_fini(struct scene *scene)
{
    for (size_t i = 0; i < scene->text_count; i++) {
        buf_fini(&scene->kept[i].doc);
    }
    event_fini(&scene->event);
}

struct content_ref
scene_text(struct scene *scene, const char *lang, const char *title, const char *text)
{
    cr_assert_lt(scene->text_count, SCENE_TEXTS_MAX);
    struct scene_text *kept = &scene->kept[scene->text_count++];
    uint32_t number = (uint32_t)scene->text_count;
    memset(&kept->id, 0xc0, sizeof kept->id);
    memcpy(kept->id.bytes, &number, sizeof number);
    buf_init(&kept->doc, 1 << 16);
    wire_encode_content(&kept->doc, &kept->id, lang, title, text);
    return (struct content_ref){.id = kept->id};
}

void scene_erase(struct scene *scene, const struct content_ref *ref)
{
    for (size_t i = 0; i < scene->text_count; i++) {
        if (uid_equal(&scene->kept[i].id, &ref->id)) {
            buf_clear(&scene->kept[i].doc);
        }
    }
}

struct outcome scene_try(struct scene *scene, struct entry *entry)
{
    struct outcome outcome;
    scene->commands++;
    memset(&entry->command, 0xcc, sizeof entry->command);
    memcpy(entry->command.bytes, &scene->commands, sizeof scene->commands);
    entry->at_ms = 1790000000000 + scene->commands;
    cr_assert_eq(event_apply(&scene->event, entry, &outcome), ERR_OK);
    return outcome;
}

struct outcome scene_apply(struct scene *scene, struct entry *entry)
{
    struct outcome outcome = scene_try(scene, entry);
    cr_assert_eq(
        outcome.err, ERR_OK, "%s: %s", entry_kind_code(entry->kind),
        err_code(outcome.err));
    return outcome;
}

static void picture_of(enum picture_kind kind, uint8_t byte, struct picture_change *ret)
{
    *ret = (struct picture_change){.given = true};
    if (byte != 0) {
        ret->picture.kind = kind;
        memset(&ret->picture.ref, byte, sizeof ret->picture.ref);
        ret->picture.photo = (struct photo){PHOTO_WEBP, 1280, 960};
    }
}

int64_t scene_submit_pictures(
    struct scene *scene, int64_t author, struct content_ref content, uint8_t drawing,
    uint8_t photo)
{
    enum role role = author == 1 ? ROLE_MODERATOR : ROLE_PARTICIPANT;
    struct entry entry = {.kind = ENTRY_IDEA_SUBMIT, .actor = author, .role = role};
    entry.as.idea_text.content = content;
    picture_of(PICTURE_DRAWING, drawing, &entry.as.idea_text.drawing);
    picture_of(PICTURE_PHOTO, photo, &entry.as.idea_text.photo);
    return scene_apply(scene, &entry).id;
}

void scene_edit_pictures(
    struct scene *scene, int64_t idea, uint8_t drawing, uint8_t photo)
{
    struct entry entry = {.kind = ENTRY_IDEA_EDIT, .actor = 1, .role = ROLE_MODERATOR};
    entry.as.idea_text.idea = idea;
    entry.as.idea_text.content = event_idea(&scene->event, idea)->content;
    picture_of(PICTURE_DRAWING, drawing, &entry.as.idea_text.drawing);
    picture_of(PICTURE_PHOTO, photo, &entry.as.idea_text.photo);
    scene_apply(scene, &entry);
}

int64_t scene_submit(struct scene *scene, int64_t author, struct content_ref content)
{
    return scene_submit_pictures(scene, author, content, 0, 0);
}

void scene_idea(struct scene *scene, enum entry_kind kind, int64_t idea, int64_t into)
{
    struct entry entry = {.kind = kind, .actor = 1, .role = ROLE_MODERATOR};
    entry.as.idea_act.idea = idea;
    entry.as.idea_act.into = into;
    if (kind == ENTRY_IDEA_HIDE) {
        entry.as.idea_act.reason = REASON_OFF_TOPIC;
        entry.as.idea_act.note = scene_text(scene, NULL, "Bitte ohne Namen.", NULL);
    }
    scene_apply(scene, &entry);
}

void scene_restore(struct scene *scene)
{
    struct entry entry = {.kind = ENTRY_EVENT_RESTORE, .role = ROLE_OFFICE};
    scene_apply(scene, &entry);
}

int64_t scene_draft(
    struct scene *scene, enum ballot_form form, const char *method,
    const int64_t *options, uint16_t count)
{
    struct entry entry = {.kind = ENTRY_POLL_CREATE, .actor = 1, .role = ROLE_MODERATOR};
    struct poll_spec *spec = &entry.as.poll_text.spec;
    *spec = (struct poll_spec){
        .form = form,
        .seats = 1,
        .ranks_max = 3,
        .dots = form == BALLOT_DOTS ? 5 : 0,
        .publication = PUBLISH_STATISTICS,
        .option_count = count,
    };
    spec->question = scene_text(scene, "de", "Was zuerst?", NULL);
    memcpy(spec->method, method, strlen(method) + 1);
    memcpy(spec->options, options, count * sizeof *options);
    return scene_apply(scene, &entry).id;
}

void scene_poll(struct scene *scene, enum entry_kind kind, int64_t poll)
{
    struct entry entry = {.kind = kind, .actor = 1, .role = ROLE_MODERATOR};
    entry.as.poll_act.poll = poll;
    if (kind == ENTRY_POLL_REOPEN || kind == ENTRY_POLL_ANNUL) {
        entry.as.poll_act.reason = REASON_MISTAKE;
    }
    if (kind == ENTRY_POLL_OPEN || kind == ENTRY_POLL_REOPEN) {
        memset(&entry.as.poll_act.commitment, 0xab, HASH_BYTES);
    }
    if (kind == ENTRY_POLL_PUBLISH) {
        memset(&entry.as.poll_act.seed, 0xcd, HASH_BYTES);
    }
    scene_apply(scene, &entry);
}

static void apply_lane(struct scene *scene, int64_t poll, const struct entry *entry)
{
    struct outcome outcome;
    int64_t seq = event_poll(&scene->event, poll)->lane_seq + 1;
    cr_assert_eq(event_apply_lane(&scene->event, poll, seq, entry, &outcome), ERR_OK);
    cr_assert_eq(outcome.err, ERR_OK, "%s", err_code(outcome.err));
}

void scene_fence(struct scene *scene, int64_t poll, bool open)
{
    struct entry entry = {.kind = ENTRY_FENCE};
    entry.as.fence.open = open;
    apply_lane(scene, poll, &entry);
}

void scene_cast(struct scene *scene, int64_t poll, const struct cast *cast)
{
    const struct entry entry = {.kind = ENTRY_CAST, .as.cast = *cast};
    apply_lane(scene, poll, &entry);
}
