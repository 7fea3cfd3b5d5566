/* Names of groups and tags: the fold does not see them. */
#include "app/hall.h"

#include "wire/content.h"

static bool is_taken(
    struct hall *hall, const struct event *event, enum label_kind kind, struct span name,
    int64_t except)
{
    bool taken = false;
    for (size_t i = 0; i < event->label_count && !taken; i++) {
        const struct label *label = &event->labels[i];
        if (label->kind != kind || label->dropped || label->id == except) {
            continue;
        }
        struct content_parts parts;
        content_find(hall_texts(hall), &label->name, &parts);
        taken = span_equal(parts.title, name);
    }
    return taken;
}

bool hall_label_taken(
    struct hall *hall, const struct event *event, enum label_kind kind, const char *name,
    int64_t except)
{
    struct buf wanted;
    buf_init(&wanted, 6 * (size_t)LABEL_BYTES_MAX + 2);
    buf_json_string(&wanted, span_of_string(name));
    bool taken = is_taken(hall, event, kind, buf_span(&wanted), except);
    buf_fini(&wanted);
    return taken;
}

bool hall_label_taken_ref(
    struct hall *hall, const struct event *event, enum label_kind kind,
    const struct content_ref *name, int64_t except)
{
    struct content_parts parts;
    content_find(hall_texts(hall), name, &parts);
    return is_taken(hall, event, kind, parts.title, except);
}
