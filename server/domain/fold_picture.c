/* What the stories of ideas do with pictures: each that an idea gets is added to the
 * event's, under its name, and none is ever taken out. */
#include "domain/fold_internal.h"

#include "base/vec.h"
#include "domain/picture.h"

static enum err
add_picture(struct event *event, const struct picture *picture, uint32_t *ret_number)
{
    void *items = event->pictures;
    enum err err = vec_reserve(
        &items, &event->picture_capacity, event->picture_count + 1,
        sizeof *event->pictures, PICTURES_MAX);
    event->pictures = items;
    if (err != ERR_OK) {
        return err;
    }
    struct uid name = picture_name(picture);
    err = map_put(&event->picture_index, &name, (uint32_t)event->picture_count);
    if (err != ERR_OK) {
        return err;
    }
    event->pictures[event->picture_count++] = (struct idea_picture){.is = *picture};
    *ret_number = (uint32_t)event->picture_count;
    return ERR_OK;
}

static enum err change_picture(
    struct event *event, const struct picture_change *change, uint32_t *ret_number)
{
    if (change->given && change->picture.kind != PICTURE_NONE) {
        return add_picture(event, &change->picture, ret_number);
    }
    *ret_number = change->given ? 0 : *ret_number;
    return ERR_OK;
}

enum err pictures_add(
    struct event *event, const struct entry *entry, int64_t idea,
    struct pictures *pictures)
{
    struct pictures after = *pictures;
    size_t count = event->picture_count;
    enum err err = change_picture(event, &entry->as.idea_text.drawing, &after.drawing);
    if (err == ERR_OK) {
        err = change_picture(event, &entry->as.idea_text.photo, &after.photo);
    }
    if (err != ERR_OK) {
        event->picture_count = count; /* a name without a picture is found by nobody */
        return err;
    }
    for (size_t i = count; i < event->picture_count; i++) {
        event->pictures[i].idea = idea;
    }
    *pictures = after;
    return ERR_OK;
}

static size_t brought(const struct picture_change *change)
{
    return change->given && change->picture.kind != PICTURE_NONE ? 1 : 0;
}

enum err pictures_check(
    const struct event *event, const struct entry *entry, const struct idea *idea)
{
    size_t more =
        brought(&entry->as.idea_text.drawing) + brought(&entry->as.idea_text.photo);
    size_t had = idea != NULL ? idea->pictures_had : 0;
    bool room =
        event->picture_count + more <= PICTURES_MAX && had + more <= IDEA_PICTURES_MAX;
    return more == 0 || room ? ERR_OK : ERR_TOO_MANY;
}
