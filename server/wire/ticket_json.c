#include "wire/ticket_json.h"

#include "wire/reply.h"
#include "wire/wire.h"

#include <assert.h>

static void write_batch(struct buf *out, const struct ticket_batch *batch)
{
    buf_printf(out, "{\"batch\":\"%lld\"", (long long)batch->id);
    reply_id(out, "first", batch->first);
    reply_int(out, "count", batch->count);
    if (batch->group != 0) {
        reply_id(out, "group", batch->group);
    }
    reply_int(out, "at", batch->issued_at_ms);
    reply_int(out, "replaced", batch->replaced);
    reply_int(out, "redeemed", batch->redeemed);
    reply_int(out, "voided", batch->voided);
    reply_int(out, "free", batch->free);
    buf_char(out, '}');
}

/* The office may have made more batches than a desk lists: the newest are shown. */
static void write_batches(struct buf *out, const struct event *event)
{
    size_t count = event->batch_count;
    size_t first = count > TICKET_BATCHES_DESK_MAX ? count - TICKET_BATCHES_DESK_MAX : 0;
    buf_text(out, ",\"batches\":[");
    for (size_t i = first; i < count; i++) {
        buf_text(out, i > first ? "," : "");
        write_batch(out, &event->batches[i]);
    }
    buf_char(out, ']');
}

void tickets_write(struct buf *out, const struct event *event)
{
    reply_int(out, "tickets", (int64_t)event->ticket_count);
    reply_int(out, "redeemed", event->tickets_redeemed);
    if (event->batch_count > 0) {
        reply_int(out, "voided", event->tickets_voided);
        write_batches(out, event);
    }
}

void wire_encode_tickets(
    struct buf *out, const struct uid *id, int64_t pos, const struct wire_issue *issue)
{
    reply_open(out, PUSH_TICKETS, id);
    reply_int(out, "pos", pos);
    reply_id(out, "first", issue->first);
    reply_int(out, "count", issue->count);
    reply_id(out, "batch", issue->batch);
    if (issue->held) {
        reply_bool(out, "held", true);
    }
    for (int64_t i = 0; issue->codes != NULL && i < issue->count; i++) {
        const char *code = issue->codes + i * issue->code_bytes;
        buf_printf(out, "%s\"%s\"", i == 0 ? ",\"codes\":[" : ",", code);
    }
    buf_text(out, issue->codes != NULL ? "]}" : "}");
}

void wire_encode_ticket(
    struct buf *out, const struct uid *id, const struct event *event, int64_t number)
{
    const struct ticket *ticket = event_ticket(event, number);
    assert(ticket != NULL);
    reply_open(out, PUSH_TICKET, id);
    reply_id(out, "ticket", number);
    reply_id(out, "batch", ticket->batch);
    reply_bool(out, "redeemed", ticket->redeemed);
    reply_bool(out, "void", ticket->voided_pos != 0);
    if (ticket->replaces != 0) {
        reply_id(out, "replaces", ticket->replaces);
    }
    if (ticket->replaced_by != 0) {
        reply_id(out, "replaced_by", ticket->replaced_by);
    }
    buf_char(out, '}');
}
