/* ideas.csv: what was proposed, without authors. The public sees what was published, and
 * what was merged into something published; an auditor sees every idea, with the words of
 * all but the withdrawn. */
#include "export/tables.h"

#include <inttypes.h>
#include <stdio.h>

void export_picture_name(
    const struct idea_picture *picture, char ret_name[EXPORT_NAME_BYTES])
{
    bool drawing = picture->is.kind == PICTURE_DRAWING;
    snprintf(
        ret_name, EXPORT_NAME_BYTES, "pictures/%" PRId64 "-%s.%s", picture->idea,
        drawing ? "drawing" : "photo",
        drawing ? "svg" : photo_type_extension(picture->is.photo.type));
}

static const struct idea *resolve(const struct event *event, const struct idea *idea)
{
    while (idea->state == IDEA_MERGED) {
        idea = event_idea(event, idea->merged_into);
    }
    return idea;
}

static void write_picture(
    struct csv *csv, const struct scope *scope, const struct idea *idea, uint32_t number)
{
    char name[EXPORT_NAME_BYTES];
    const struct idea_picture *picture = event_picture(scope->event, number);
    if (picture == NULL || idea->state == IDEA_WITHDRAWN) {
        csv_word(csv, "");
        return;
    }
    export_picture_name(picture, name);
    csv_word(csv, name);
}

static void
write_idea(struct csv *csv, const struct scope *scope, const struct idea *idea)
{
    struct export_text text = {.title = "", .text = "", .lang = ""};
    if (idea->state != IDEA_WITHDRAWN) {
        text = scope_text(scope, &idea->content);
    }
    csv_int(csv, idea->id);
    csv_word(csv, idea_state_name(idea->state));
    csv_positive(csv, idea->merged_into);
    csv_word(csv, idea->reason != REASON_NONE ? reason_code(idea->reason) : "");
    csv_text(csv, text.title);
    csv_text(csv, text.text);
    csv_text(csv, text.lang);
    csv_time(csv, idea->submitted_at_ms);
    write_picture(csv, scope, idea, idea->pictures.drawing);
    write_picture(csv, scope, idea, idea->pictures.photo);
    csv_end_row(csv);
}

enum err table_ideas(struct buf *out, const struct scope *scope)
{
    struct csv csv;
    csv_begin(
        &csv, out, scope->options->separator,
        "idea,state,merged_into,reason,title,text,lang,submitted_at,drawing,photo");
    csv_end_row(&csv);
    for (size_t i = 0; i < scope->event->idea_count; i++) {
        const struct idea *idea = &scope->event->ideas[i];
        bool public = resolve(scope->event, idea)->state == IDEA_PUBLISHED;
        if (public || scope->options->auditor) {
            write_idea(&csv, scope, idea);
        }
    }
    return ERR_OK;
}
