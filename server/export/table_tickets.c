/* tickets.csv: what became of each batch of tickets. No rows where none were issued. */
#include "export/columns.h"
#include "export/tables.h"

static void write_group(struct csv *csv, const struct scope *scope, int64_t group)
{
    if (group == 0) {
        csv_empty(csv);
        csv_empty(csv);
        return;
    }
    const struct label *label = &scope->event->labels[group - 1];
    csv_int(csv, group);
    csv_text(csv, scope_text(scope, &label->name).title);
}

enum err table_tickets(struct buf *out, const struct scope *scope)
{
    const struct event *event = scope->event;
    struct csv csv;
    columns_begin(&csv, out, scope->options->separator, EXPORT_TICKETS);
    for (size_t i = 0; i < event->batch_count; i++) {
        const struct ticket_batch *batch = &event->batches[i];
        csv_int(&csv, batch->id);
        write_group(&csv, scope, batch->group);
        csv_int(&csv, batch->first);
        csv_int(&csv, batch->count);
        csv_int(&csv, batch->replaced);
        csv_int(&csv, batch->redeemed);
        csv_int(&csv, batch->voided);
        csv_int(&csv, batch->free);
        csv_end_row(&csv);
    }
    return ERR_OK;
}
