/* paper.csv: every batch of ballots on paper, with the numbers of the moderators who
 * entered and confirmed it. A row is a batch; for an auditor it is a pile of equal
 * ballots, whose `ballot` has its options best first. A batch may be one person's: the
 * public sees what was on paper in ballots.csv only, all together. */
#include "export/columns.h"
#include "export/option_names.h"
#include "export/tables.h"

/* One poll's part of the table. */
struct part {
    struct csv *csv;
    const struct poll *poll;
    struct option_names names;
    struct buf cell;
    bool ballots;
};

static const char *state_of(const struct paper_batch *batch)
{
    if (batch->dropped) {
        return "dropped";
    }
    return batch->confirmed_by != 0 ? "confirmed" : "waiting";
}

static void write_batch(const struct part *part, const struct paper_batch *batch)
{
    csv_int(part->csv, part->poll->id);
    csv_int(part->csv, batch->id);
    csv_word(part->csv, state_of(batch));
    csv_time(part->csv, batch->entered_at_ms);
    csv_int(part->csv, batch->entered_by);
    csv_time(part->csv, batch->confirmed_at_ms);
    csv_positive(part->csv, batch->confirmed_by);
    csv_positive(part->csv, batch->share);
    csv_int(part->csv, batch->ballots);
}

/* "Park > Skate = Bank"; points stand behind a colon. */
static void write_mark(struct part *part, const struct kept_mark *marks, size_t i)
{
    enum ballot_form form = part->poll->spec.form;
    bool points = form == BALLOT_SCORE || form == BALLOT_DOTS;
    if (i > 0) {
        bool below = form == BALLOT_RANKING && marks[i].value > marks[i - 1].value;
        buf_text(&part->cell, form != BALLOT_RANKING ? ", " : below ? " > " : NAMES_TIE);
    }
    buf_text(&part->cell, option_names_get(&part->names, marks[i].option));
    if (points) {
        buf_printf(&part->cell, ": %u", (unsigned)marks[i].value);
    }
}

static void write_pile(
    struct part *part, const struct paper_batch *batch, const struct kept_pile *pile)
{
    buf_clear(&part->cell);
    for (size_t i = 0; i < pile->mark_count; i++) {
        write_mark(part, &batch->marks[pile->marks_at], i);
    }
    write_batch(part, batch);
    csv_int(part->csv, pile->count);
    csv_word(part->csv, pile->mark_count > 0 ? (const char *)part->cell.data : "");
    csv_end_row(part->csv);
}

static void write_rows(struct part *part, const struct paper_batch *batch)
{
    if (!part->ballots) {
        write_batch(part, batch);
        csv_empty(part->csv);
        csv_empty(part->csv);
        csv_end_row(part->csv);
        return;
    }
    for (size_t i = 0; i < batch->pile_count; i++) {
        write_pile(part, batch, &batch->piles[i]);
    }
}

static enum err
write_poll(struct csv *csv, const struct scope *scope, const struct poll *poll)
{
    struct part part = {.csv = csv, .poll = poll};
    buf_init(&part.cell, csv->out->bytes_max);
    enum err err = option_names_init(&part.names, scope, poll);
    for (size_t i = 0; err == ERR_OK && i < poll->batch_count; i++) {
        part.ballots = scope->options->auditor && scope_shows_ballots(scope, poll);
        write_rows(&part, poll->batches[i]);
    }
    if (err == ERR_OK && buf_failed(&part.cell)) {
        err = ERR_NOMEM;
    }
    option_names_fini(&part.names);
    buf_fini(&part.cell);
    return err;
}

enum err table_paper(struct buf *out, const struct scope *scope)
{
    struct csv csv;
    columns_begin(&csv, out, scope->options->separator, EXPORT_PAPER);
    for (size_t i = 0; i < scope->event->poll_count; i++) {
        const struct poll *poll = scope->event->polls[i];
        enum err err = scope_has_poll(poll) ? write_poll(&csv, scope, poll) : ERR_OK;
        if (err != ERR_OK) {
            return err;
        }
    }
    return ERR_OK;
}
