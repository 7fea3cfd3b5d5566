/* What became of ideas, as screens and the public page see it. */
#ifndef WIRE_FOLLOW_JSON_H
#define WIRE_FOLLOW_JSON_H

#include "wire/wire.h"

/* `,"follow":{…}`: the idea's last step, if it has taken one. */
void follow_write(
    struct buf *out, const struct event *event, const struct idea *idea,
    const struct wire_texts *texts);

/* How an idea fared in one published poll. */
struct wire_place {
    const struct poll *poll;
    bool yesno; /* the poll was about this idea alone: `place` 1 if it was accepted */
    uint16_t place;
    uint16_t of;
};

/* The page of one idea that everybody may see: its texts, its steps (the newest first),
 * and where it came in polls. */
void wire_encode_followed(
    struct buf *out, const struct event *event, const struct idea *idea,
    const struct wire_place *places, size_t place_count, const struct wire_texts *texts);

/* The same of an idea that was merged: where it leads to. */
void wire_encode_followed_into(
    struct buf *out, const struct event *event, int64_t into,
    const struct wire_texts *texts);

/* All published ideas of the event that have taken a step; of more than `out`, which is
 * empty, may hold the newest. */
void wire_encode_followups(
    struct buf *out, const struct event *event, const struct wire_texts *texts);

#endif
