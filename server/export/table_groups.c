/* groups.csv: how many people are in each group, and on which challenge they work; the
 * last row, without an id, those who are in none. No rows where an event has no groups.
 */
#include "export/columns.h"
#include "export/tables.h"

static void
write_row(struct csv *csv, const struct scope *scope, const struct label *label)
{
    struct export_text text = scope_text(scope, &label->name);
    csv_int(csv, label->id);
    csv_text(csv, text.title);
    csv_text(csv, text.lang);
    csv_int(csv, label->people);
    csv_text(csv, scope_label(scope, event_group_challenge(scope->event, label)));
    csv_end_row(csv);
}

static void write_rest(struct csv *csv, int64_t people)
{
    csv_empty(csv);
    csv_empty(csv);
    csv_empty(csv);
    csv_int(csv, people);
    csv_empty(csv);
    csv_end_row(csv);
}

enum err table_groups(struct buf *out, const struct scope *scope)
{
    const struct event *event = scope->event;
    int64_t rest = event->people;
    struct csv csv;
    columns_begin(&csv, out, scope->options->separator, EXPORT_GROUPS);
    const struct label *groups[LABELS_MAX];
    size_t count = event_labels(event, LABEL_GROUP, groups);
    for (size_t i = 0; i < count; i++) {
        write_row(&csv, scope, groups[i]);
        rest -= groups[i]->people;
    }
    if (count > 0) {
        write_rest(&csv, rest);
    }
    return ERR_OK;
}
