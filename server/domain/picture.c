#include "domain/picture.h"

#include <string.h>

struct uid picture_name(const struct picture *picture)
{
    struct uid name;
    memcpy(name.bytes, picture->ref.hash.bytes, sizeof name.bytes);
    return name;
}

const struct idea_picture *picture_find(const struct event *event, const struct uid *name)
{
    uint32_t index;
    if (!map_get(&event->picture_index, name, &index) || index >= event->picture_count) {
        return NULL;
    }
    const struct idea_picture *found = &event->pictures[index];
    struct uid its = picture_name(&found->is);
    return uid_equal(&its, name) ? found : NULL;
}

/* A merged idea may be looked at as it was, while what it went into may be. */
static bool is_released(const struct event *event, const struct idea *idea)
{
    enum idea_state before =
        idea->state == IDEA_MERGED ? idea->state_before_merge : idea->state;
    const struct idea *end = idea;
    while (end->state == IDEA_MERGED) {
        end = event_idea(event, end->merged_into);
    }
    return before == IDEA_PUBLISHED && end->state == IDEA_PUBLISHED;
}

enum picture_sight
picture_sight(const struct event *event, const struct idea_picture *picture)
{
    const struct idea *idea = event_idea(event, picture->idea);
    bool has_it = event_picture(event, idea->pictures.drawing) == picture ||
                  event_picture(event, idea->pictures.photo) == picture;
    if (picture->on_ballot || (has_it && is_released(event, idea))) {
        return PICTURE_FOR_ALL;
    }
    return has_it ? PICTURE_OF_IDEA : PICTURE_UNSEEN;
}
