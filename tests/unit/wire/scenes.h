/* The scenes that tests of changes, of live counts and of welcomes all look at. */
#ifndef TEST_WIRE_SCENES_H
#define TEST_WIRE_SCENES_H

#include "scene.h"

/* Returns new; free_scene() ends it. So does what the stories below return. */
struct scene *new_scene(void);
void free_scene(struct scene *scene);

/* Encodes a change and compares it with the golden push of that name. */
void expect_change(
    const struct scene *scene, enum view view, int64_t from, const char *name);
/* Does a change from there on have these bytes? */
bool change_tells(
    const struct scene *scene, enum view view, int64_t from, const char *bytes);
/* By the moderator, person 1. */
void scene_undo(struct scene *scene, int64_t pos);

/* Published 1 and 2, pending 3 by participant 2, hidden 4 by participant 3. */
struct scene *scene_of_ideas(void);
/* The same with polls of them: 1 by ranking and 2 by yes and no are open, 3 is a draft.
 */
struct scene *scene_of_polls(void);
/* Participant 2 is the second to have the words 3 and 48. */
struct scene *scene_of_nicknames(void);
/* Groups 1 and 3, the second of which participant 2 is in; tags 2 and 4. */
struct scene *scene_of_labels(void);
/* Polls 1 and 2 are open; the agenda names the draft 3. */
struct scene *scene_of_agenda(void);
/* Participant 3 reported idea 2. */
struct scene *scene_of_a_report(void);
/* Participants 2 and 3 support idea 1, participant 3 also idea 2; the numbers are hidden.
 */
struct scene *scene_of_support(void);
void set_support(struct scene *scene, enum support support);
/* Idea 1 has a drawing and a photo, idea 2, pending, a drawing. */
struct scene *scene_of_pictures(void);
/* In poll 1 slot 7 voted twice, slot 8 once. */
struct scene *scene_of_votes(void);

/* In German; returns its id. */
int64_t add_label(struct scene *scene, enum label_kind kind, const char *name);

/* Two options, the first one best. */
struct cast ranking_of(uint8_t slot, uint32_t counter, const int64_t *options);

#endif
