/* ideas.csv: what was proposed, without authors. The public sees what was published, and
 * what was merged into something published; an auditor sees every idea, with the words of
 * all but the withdrawn, and how many people have reported it. Who support it are counted
 * for everybody, as ballots are: unless there are very few in all. */
#include "domain/picture.h"
#include "export/columns.h"
#include "export/tables.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void export_picture_name(
    const struct idea_picture *picture, char ret_name[EXPORT_NAME_BYTES])
{
    bool drawing = picture->is.kind == PICTURE_DRAWING;
    snprintf(
        ret_name, EXPORT_NAME_BYTES, "pictures/%" PRId64 "-%s.%s", picture->idea,
        drawing ? "drawing" : "photo",
        drawing ? "svg" : photo_type_extension(picture->is.photo.type));
}

bool table_shows_idea(
    const struct event *event, const struct export_options *options, size_t i)
{
    return options->auditor ||
           event_idea_last(event, &event->ideas[i])->state == IDEA_PUBLISHED;
}

/* What a withdrawn idea looked like is nobody's, as its words are; and the public gets
 * what everybody could see. */
static const struct idea_picture *picture_of(
    const struct event *event, const struct export_options *options,
    const struct idea *idea, bool photo)
{
    const struct idea_picture *picture =
        event_picture(event, photo ? idea->pictures.photo : idea->pictures.drawing);
    if (picture == NULL || idea->state == IDEA_WITHDRAWN) {
        return NULL;
    }
    bool shown = options->auditor || picture_sight(event, picture) == PICTURE_FOR_ALL;
    return shown ? picture : NULL;
}

const struct idea_picture *export_next_picture(
    const struct event *event, const struct export_options *options, size_t *at)
{
    const struct idea_picture *picture = NULL;
    while (picture == NULL && *at < 2 * event->idea_count) {
        size_t i = *at / 2;
        if (table_shows_idea(event, options, i)) {
            picture = picture_of(event, options, &event->ideas[i], *at % 2 == 1);
        }
        ++*at;
    }
    return picture;
}

static void write_picture(
    struct csv *csv, const struct scope *scope, const struct idea *idea, bool photo)
{
    char name[EXPORT_NAME_BYTES] = "";
    const struct idea_picture *picture =
        picture_of(scope->event, scope->options, idea, photo);
    if (picture != NULL) {
        export_picture_name(picture, name);
    }
    csv_word(csv, name);
}

/* Their names, one a line: no name has a line end. */
static void
write_tags(struct csv *csv, const struct scope *scope, const struct idea *idea)
{
    char names[IDEA_TAGS_MAX * (LABEL_BYTES_MAX + 1) + 1] = "";
    size_t bytes = 0;
    for (uint16_t i = 0; i < idea->tag_count; i++) {
        const struct label *tag = event_label(scope->event, idea->tags[i]);
        if (tag == NULL) {
            continue;
        }
        struct export_text text = scope_text(scope, &tag->name);
        snprintf(
            names + bytes, sizeof names - bytes, "%s%s", bytes > 0 ? "\n" : "",
            text.title);
        bytes += strlen(names + bytes);
    }
    csv_text(csv, names);
}

static bool tells_supporters(const struct scope *scope)
{
    return scope->options->auditor ||
           event_supporters(scope->event) >= PUBLISH_STATISTICS_MIN;
}

static void write_idea(
    struct csv *csv, const struct scope *scope, const struct idea *idea, bool supporters)
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
    write_tags(csv, scope, idea);
    csv_positive(csv, event_label(scope->event, idea->team) != NULL ? idea->team : 0);
    csv_text(csv, scope_label(scope, event_idea_challenge(scope->event, idea)));
    write_picture(csv, scope, idea, false);
    write_picture(csv, scope, idea, true);
    const struct follow *step = event_follow(scope->event, idea->follow);
    csv_word(csv, step != NULL ? follow_state_name(step->state) : "");
    csv_positive(csv, scope->options->auditor ? idea->reports_had : 0);
    csv_positive(csv, supporters ? idea->support.all : 0);
    csv_end_row(csv);
}

enum err table_ideas(struct buf *out, const struct scope *scope)
{
    struct csv csv;
    bool supporters = tells_supporters(scope); /* asks all people: once, not per idea */
    columns_begin(&csv, out, scope->options->separator, EXPORT_IDEAS);
    for (size_t i = 0; i < scope->event->idea_count; i++) {
        if (table_shows_idea(scope->event, scope->options, i)) {
            write_idea(&csv, scope, &scope->event->ideas[i], supporters);
        }
    }
    return ERR_OK;
}
