/* phases.csv: every start of a phase of the agenda that was not undone, in order, with
 * the minutes and the poll that it had then. No rows where an event has no agenda, or has
 * not begun. */
#include "export/columns.h"
#include "export/tables.h"

static void
write_row(struct csv *csv, const struct scope *scope, const struct phase_start *start)
{
    const struct poll *poll = event_poll(scope->event, start->phase.poll);
    csv_int(csv, start->phase.id);
    csv_word(csv, phase_kind_name(start->phase.kind));
    csv_int(csv, start->phase.minutes);
    csv_positive(csv, poll != NULL && scope_has_poll(poll) ? poll->id : 0);
    csv_time(csv, start->at_ms);
    csv_end_row(csv);
}

enum err table_phases(struct buf *out, const struct scope *scope)
{
    const struct event *event = scope->event;
    struct csv csv;
    columns_begin(&csv, out, scope->options->separator, EXPORT_PHASES);
    for (size_t i = 0; i < event->phase_start_count; i++) {
        if (!event->phase_starts[i].undone) {
            write_row(&csv, scope, &event->phase_starts[i]);
        }
    }
    return ERR_OK;
}
