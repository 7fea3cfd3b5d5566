/* participation.csv: how many took part; the first row is the event's, the others are its
 * polls', where `joined` is of the moment a poll was closed. A ticket that was redeemed
 * counts as redeemed whatever became of it, so that no more have voted than redeemed; and
 * who is put out (`banned`) is one of those who joined, since their votes stay. */
#include "export/columns.h"
#include "export/tables.h"

static void write_people(struct csv *csv, const struct scope *scope, int64_t joined)
{
    csv_int(csv, joined);
    csv_int(csv, (int64_t)scope->event->ticket_count);
    csv_int(csv, scope->event->tickets_redeemed);
    csv_int(csv, scope->event->tickets_voided);
    csv_int(csv, scope->event->banned);
}

enum err table_participation(struct buf *out, const struct scope *scope)
{
    struct csv csv;
    columns_begin(&csv, out, scope->options->separator, EXPORT_PARTICIPATION);
    csv_empty(&csv);
    write_people(&csv, scope, scope->event->people);
    csv_empty(&csv);
    csv_empty(&csv);
    csv_empty(&csv);
    csv_end_row(&csv);
    for (size_t i = 0; i < scope->event->poll_count; i++) {
        const struct poll *poll = scope->event->polls[i];
        if (!scope_has_poll(poll)) {
            continue;
        }
        csv_int(&csv, poll->id);
        write_people(&csv, scope, scope_joined(scope, poll));
        csv_int(&csv, poll->voted);
        csv_int(&csv, poll->paper);
        if (scope_shows_blank(scope, poll)) {
            csv_int(&csv, poll_blank(poll));
        } else {
            csv_empty(&csv);
        }
        csv_end_row(&csv);
    }
    return ERR_OK;
}
