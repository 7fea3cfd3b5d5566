/* The parts of a content doc, as they stand in it: JSON strings with their quotes. */
#ifndef WIRE_CONTENT_H
#define WIRE_CONTENT_H

#include "wire/wire.h"

struct content_parts {
    struct span lang; /* each `""` if the doc has no such part, or was erased */
    struct span title;
    struct span text;
};

/* Borrowed from the doc, so until the next texts->find. A zero reference has no parts. */
void content_find(
    const struct wire_texts *texts, const struct content_ref *ref,
    struct content_parts *ret_parts);

#endif
