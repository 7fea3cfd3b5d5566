/* followup.csv: what became of ideas, a row for each step that was not undone; of one
 * idea in order of time. Of the ideas that ideas.csv has. */
#include "export/columns.h"
#include "export/tables.h"

#include <stdio.h>

static void
write_row(struct csv *csv, const struct scope *scope, const struct follow *step)
{
    struct export_text text = scope_text(scope, &step->content);
    char day[16] = "";
    if (!day_is_none(step->next)) {
        snprintf(
            day, sizeof day, "%04u-%02u-%02u", (unsigned)step->next.year,
            (unsigned)step->next.month, (unsigned)step->next.of_month);
    }
    csv_int(csv, step->idea);
    csv_word(csv, follow_state_name(step->state));
    csv_text(csv, text.title);
    csv_word(csv, day);
    csv_text(csv, text.text);
    csv_time(csv, step->at_ms);
    csv_end_row(csv);
}

static void
write_idea(struct csv *csv, const struct scope *scope, const struct idea *idea)
{
    uint32_t steps[IDEA_FOLLOWS_MAX];
    size_t count = 0;
    uint32_t number = idea->follow;
    while (number != 0 && count < IDEA_FOLLOWS_MAX) {
        steps[count++] = number;
        number = event_follow(scope->event, number)->before;
    }
    while (count > 0) {
        write_row(csv, scope, event_follow(scope->event, steps[--count]));
    }
}

enum err table_followup(struct buf *out, const struct scope *scope)
{
    struct csv csv;
    columns_begin(&csv, out, scope->options->separator, EXPORT_FOLLOWUP);
    for (size_t i = 0; i < scope->event->idea_count; i++) {
        if (table_shows_idea(scope->event, scope->options, i)) {
            write_idea(&csv, scope, &scope->event->ideas[i]);
        }
    }
    return ERR_OK;
}
