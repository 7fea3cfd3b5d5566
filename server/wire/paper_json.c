#include "wire/paper_json.h"

#include "wire/paper_fields.h"
#include "wire/reply.h"

static const char *state_of(const struct paper_batch *batch)
{
    if (batch->dropped) {
        return "dropped";
    }
    return batch->confirmed_by != 0 ? "confirmed" : "waiting";
}

static void
write_piles(struct buf *out, const struct poll *poll, const struct paper_batch *batch)
{
    buf_text(out, ",\"piles\":[");
    for (size_t i = 0; i < batch->pile_count; i++) {
        const struct kept_pile *kept = &batch->piles[i];
        struct wire_pile pile = {.count = kept->count};
        ballot_of_marks(
            &poll->spec, &batch->marks[kept->marks_at], kept->mark_count, &pile.ballot);
        buf_text(out, i > 0 ? "," : "");
        fields_write(out, pile_table, &pile);
    }
    buf_char(out, ']');
}

static void
write_batch(struct buf *out, const struct poll *poll, const struct paper_batch *batch)
{
    buf_printf(
        out, "{\"batch\":\"%lld\",\"state\":\"%s\"", (long long)batch->id,
        state_of(batch));
    reply_id(out, "poll", batch->poll);
    if (!batch->dropped) {
        reply_id(out, "by", batch->entered_by);
        reply_int(out, "at", batch->entered_at_ms);
        if (batch->confirmed_by != 0) {
            reply_id(out, "confirmed_by", batch->confirmed_by);
        }
        if (batch->share != 0) {
            reply_int(out, "share", batch->share);
        }
        reply_int(out, "ballots", batch->ballots);
        write_piles(out, poll, batch);
    }
    buf_char(out, '}');
}

void batches_write(struct buf *out, const struct event *event, int64_t from)
{
    const char *before = ",\"batches\":[";
    for (size_t i = 0; i < event->paper_count; i++) {
        const struct paper_batch *batch = event->papers[i];
        if (batch->changed_pos > from && !(from == 0 && batch->dropped)) {
            buf_text(out, before);
            write_batch(out, event->polls[batch->poll - 1], batch);
            before = ",";
        }
    }
    buf_text(out, before[1] == '\0' ? "]" : "");
}
