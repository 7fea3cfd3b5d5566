/* The pictures of ideas: which there are, and who may see them. */
#ifndef DOMAIN_PICTURE_H
#define DOMAIN_PICTURE_H

#include "domain/event.h"

/* What screens call a picture by: the first bytes of its salted hash. */
struct uid picture_name(const struct picture *picture);

/* NULL if the event has none of that name. */
const struct idea_picture *
picture_find(const struct event *event, const struct uid *name);

enum picture_sight {
    PICTURE_UNSEEN,  /* taken off its idea, or withdrawn with it, and on no ballot */
    PICTURE_OF_IDEA, /* for the idea's author and for moderators */
    PICTURE_FOR_ALL  /* its idea is released, or it is on a ballot */
};

enum picture_sight
picture_sight(const struct event *event, const struct idea_picture *picture);

#endif
