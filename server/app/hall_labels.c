/* Names of groups and tags: the fold does not see them. */
#include "app/hall.h"

#include "wire/content.h"

static int64_t find(
    struct hall *hall, const struct event *event, enum label_kind kind, struct span name,
    int64_t except)
{
    int64_t found = 0;
    for (size_t i = 0; i < event->label_count && found == 0; i++) {
        const struct label *label = &event->labels[i];
        if (label->kind != kind || label->dropped || label->id == except) {
            continue;
        }
        struct content_parts parts;
        content_find(hall_texts(hall), &label->name, &parts);
        found = span_equal(parts.title, name) ? label->id : 0;
    }
    return found;
}

int64_t hall_label_called(
    struct hall *hall, const struct event *event, enum label_kind kind, const char *name,
    int64_t except)
{
    struct buf wanted;
    buf_init(&wanted, 6 * (size_t)LABEL_BYTES_MAX + 2);
    buf_json_string(&wanted, span_of_string(name));
    int64_t found = find(hall, event, kind, buf_span(&wanted), except);
    buf_fini(&wanted);
    return found;
}

bool hall_label_taken_ref(
    struct hall *hall, const struct event *event, enum label_kind kind,
    const struct content_ref *name, int64_t except)
{
    struct content_parts parts;
    content_find(hall_texts(hall), name, &parts);
    return find(hall, event, kind, parts.title, except) != 0;
}
