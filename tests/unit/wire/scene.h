/* An event made by real entries, with texts: what encoders of state are tested on. */
#ifndef TEST_WIRE_SCENE_H
#define TEST_WIRE_SCENE_H

#include "domain/fold.h"
#include "wire/wire.h"

#define SCENE_TEXTS_MAX 2048

struct scene_text {
    struct uid id;
    struct buf doc;
};

struct scene {
    struct event event;
    struct wire_texts texts;
    struct scene_text kept[SCENE_TEXTS_MAX];
    size_t text_count;
    uint8_t command; /* of the next entry */
    uint32_t commands;
};

/* Event ABC123, "Ideen für Halle", made by the office; moderator 1 and participants 2, 3.
 */
void scene_init(struct scene *scene);
void scene_fini(struct scene *scene);

/* Keeps a text and refers to it; NULL parts are left out. */
struct content_ref
scene_text(struct scene *scene, const char *lang, const char *title, const char *text);
void scene_erase(struct scene *scene, const struct content_ref *ref);

/* Fills in the command and the time, applies; the entry must be accepted, or for `try`
 * may be refused. */
struct outcome scene_apply(struct scene *scene, struct entry *entry);
struct outcome scene_try(struct scene *scene, struct entry *entry);

/* Stories in one line; ids are returned. */
void scene_restore(struct scene *scene);
int64_t scene_submit(struct scene *scene, int64_t author, struct content_ref content);
/* The same with pictures of the given first bytes of their hashes; 0: none. */
int64_t scene_submit_pictures(
    struct scene *scene, int64_t author, struct content_ref content, uint8_t drawing,
    uint8_t photo);
void scene_edit_pictures(
    struct scene *scene, int64_t idea, uint8_t drawing, uint8_t photo);
void scene_idea(struct scene *scene, enum entry_kind kind, int64_t idea, int64_t into);
int64_t scene_draft(
    struct scene *scene, enum ballot_form form, const char *method,
    const int64_t *options, uint16_t count);
void scene_poll(struct scene *scene, enum entry_kind kind, int64_t poll);
void scene_fence(struct scene *scene, int64_t poll, bool open);
void scene_cast(struct scene *scene, int64_t poll, const struct cast *cast);

#endif
