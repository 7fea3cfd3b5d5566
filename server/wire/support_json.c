#include "wire/support_json.h"

#include "wire/idea_json.h"
#include "wire/reply.h"

void support_write_setting(struct buf *out, const struct event *event)
{
    if (event->settings.support == SUPPORT_OFF) {
        return;
    }
    reply_string(out, "support", support_name(event->settings.support));
    if (event_takes_support(event)) {
        reply_bool(out, "supporting", true);
    }
}

static bool sees_numbers(const struct event *event, enum view view)
{
    enum support least = view_is_desk(view) ? SUPPORT_HIDDEN : SUPPORT_SHOWN;
    return event->settings.support >= least;
}

/* An idea that comes back to a screen comes with its number, also with none where the
 * screen may know an older one. */
static bool
is_news(const struct event *event, const struct idea *idea, enum view view, int64_t from)
{
    const struct supporters *support = &idea->support;
    if (!view_is_desk(view) && idea_public_sight(idea) != SIGHT_FULL) {
        return false;
    }
    if (from == 0) {
        return support->all > 0;
    }
    bool afresh = event->support_pos > from || idea->changed_pos > from;
    return support->pos > from || (support->pos > 0 && afresh);
}

void support_write(
    struct buf *out, const struct event *event, enum view view, int64_t from)
{
    const char *before = ",\"support\":{";
    for (size_t i = 0; i < event->idea_count && sees_numbers(event, view); i++) {
        const struct idea *idea = &event->ideas[i];
        if (is_news(event, idea, view, from)) {
            buf_printf(
                out, "%s\"%lld\":%lu", before, (long long)idea->id,
                (unsigned long)idea->support.all);
            before = ",";
        }
    }
    buf_text(out, before[1] == '\0' ? "}" : "");
}

void support_write_own(
    struct buf *out, const struct event *event, const struct participant *person)
{
    const char *before = ",\"supported\":[";
    uint32_t left = person->supports;
    for (size_t i = 0; i < event->idea_count && left > 0; i++) {
        const struct idea *idea = &event->ideas[i];
        if (supporters_hold(&idea->support, person->id)) {
            buf_printf(out, "%s\"%lld\"", before, (long long)idea->id);
            before = ",";
            left--;
        }
    }
    buf_text(out, before[1] == '\0' ? "]" : "");
}
