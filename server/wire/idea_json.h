/* One idea as screens see it. */
#ifndef WIRE_IDEA_JSON_H
#define WIRE_IDEA_JSON_H

#include "wire/wire.h"

enum idea_reader { READER_PUBLIC, READER_AUTHOR, READER_DESK };

/* How the public sees an idea. */
enum idea_sight {
    SIGHT_NONE, /* it never was, and is not, to be seen */
    SIGHT_GONE, /* it may have been seen and no longer is */
    SIGHT_MERGED,
    SIGHT_FULL
};
enum idea_sight idea_public_sight(const struct idea *idea);

/* The whole object, for a reader who may see all of it. */
void idea_write(
    struct buf *out, const struct event *event, const struct idea *idea,
    enum idea_reader reader, const struct wire_texts *texts);

/* `,"nick":[3,41,1]`, a person's two words and number, if they have any. */
void idea_write_nick(struct buf *out, const struct event *event, int64_t person);

/* {"idea":"9","state":"gone"} */
void idea_write_gone(struct buf *out, const struct idea *idea);

/* {"idea":"13","state":"merged","into":"12"} */
void idea_write_merged(struct buf *out, const struct idea *idea);

/* `,"title":…,"text":…,"lang":…` of a content. */
void idea_write_texts(
    struct buf *out, const struct content_ref *content, const struct wire_texts *texts);

/* `,"drawing":NAME,"photo":{"name":NAME,"width":…,"height":…}`, each if there is one. */
void idea_write_pictures(
    struct buf *out, const struct event *event, const struct pictures *pictures);

#endif
