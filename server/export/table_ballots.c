/* ballots.csv: the ballots that count, as names by rank. They stand sorted by their
 * content, equal ones in one row with their count, numbered after that: nothing tells who
 * cast one, or when. Behind them those on paper, likewise (paper-1, paper-2, …). All rows
 * have as many rank columns as the longest ballot needs. An approval has all its names in
 * rank1. Where a poll has shares there are two more columns, and `count` is what the
 * ballots weigh together, so that whoever counts the table has the result of all shares;
 * the rows of one `share` alone give its own. Polls of points have tables of their own
 * (table_points.c). */
#include "export/columns.h"
#include "export/option_names.h"
#include "export/sorted_ballots.h"
#include "export/tables.h"

static bool has_ranks(const struct scope *scope, const struct poll *poll)
{
    return scope_shows_ballots(scope, poll) && spec_points_max(&poll->spec) == 0;
}

static size_t places_of(const struct poll *poll, const struct kept_ballot *ballot)
{
    if (!ballot->counts || ballot->mark_count == 0) {
        return 0;
    }
    return poll->marks[ballot->marks_at + ballot->mark_count - 1u].value;
}

/* Where its last mark stands. */
static size_t places_on(const struct paper_batch *batch, const struct kept_pile *pile)
{
    bool blank = !batch_counts(batch) || pile->mark_count == 0;
    return blank ? 0 : batch->marks[pile->marks_at + pile->mark_count - 1u].value;
}

static size_t longest_on_paper(const struct poll *poll)
{
    size_t longest = 0;
    for (size_t i = 0; i < poll->batch_count; i++) {
        const struct paper_batch *batch = poll->batches[i];
        for (size_t k = 0; k < batch->pile_count; k++) {
            size_t places = places_on(batch, &batch->piles[k]);
            longest = places > longest ? places : longest;
        }
    }
    return longest;
}

size_t table_ballots_ranks(const struct scope *scope)
{
    size_t longest = 1;
    for (size_t i = 0; i < scope->event->poll_count; i++) {
        const struct poll *poll = scope->event->polls[i];
        if (!has_ranks(scope, poll)) {
            continue;
        }
        size_t paper = longest_on_paper(poll);
        longest = paper > longest ? paper : longest;
        for (size_t k = 0; k < poll->ballot_count; k++) {
            size_t places = places_of(poll, &poll->ballots[k]);
            longest = places > longest ? places : longest;
        }
    }
    return longest;
}

/* One poll's part of the table. */
struct part {
    struct csv *csv;
    const struct poll *poll;
    struct option_names names;
    struct buf cell;
    size_t ranks;
    bool shares; /* the table has the columns of shares */
};

/* The names of one place; returns the index of the first mark after it. */
static size_t
write_place(struct part *part, const struct sorted_ballot *ballot, size_t from)
{
    size_t i = from;
    buf_clear(&part->cell);
    for (; i < ballot->mark_count; i++) {
        if (ballot->marks[i].value != ballot->marks[from].value) {
            break;
        }
        buf_text(&part->cell, i != from ? NAMES_TIE : "");
        buf_text(&part->cell, option_names_get(&part->names, ballot->marks[i].option));
    }
    csv_word(part->csv, from != i ? (const char *)part->cell.data : "");
    return i;
}

static void write_ballot(void *ctx, const struct numbered_ballot *ballot)
{
    struct part *part = ctx;
    size_t mark = 0;
    csv_int(part->csv, part->poll->id);
    csv_ballot(part->csv, ballot->number, ballot->paper);
    if (part->shares) {
        csv_positive(part->csv, ballot->is.share);
        csv_int(part->csv, ballot->count);
    }
    csv_int(part->csv, ballot->weight);
    for (size_t rank = 0; rank < part->ranks; rank++) {
        mark = write_place(part, &ballot->is, mark);
    }
    csv_end_row(part->csv);
}

static enum err write_poll(
    struct csv *csv, const struct scope *scope, const struct poll *poll, size_t ranks,
    bool shares)
{
    struct part part = {.csv = csv, .poll = poll, .ranks = ranks, .shares = shares};
    buf_init(&part.cell, csv->out->bytes_max);
    enum err err = option_names_init(&part.names, scope, poll);
    if (err == ERR_OK) {
        err = numbered_ballots(poll, write_ballot, &part);
    }
    if (err == ERR_OK && buf_failed(&part.cell)) {
        err = ERR_NOMEM;
    }
    option_names_fini(&part.names);
    buf_fini(&part.cell);
    return err;
}

bool table_ballots_shares(const struct scope *scope)
{
    for (size_t i = 0; i < scope->event->poll_count; i++) {
        const struct poll *poll = scope->event->polls[i];
        if (has_ranks(scope, poll) && poll->spec.shares.count > 0) {
            return true;
        }
    }
    return false;
}

enum err table_ballots(struct buf *out, const struct scope *scope)
{
    struct csv csv;
    size_t ranks = table_ballots_ranks(scope);
    bool shares = table_ballots_shares(scope);
    csv_begin(&csv, out, scope->options->separator);
    columns_head(&csv, EXPORT_BALLOTS, shares);
    for (size_t rank = 1; rank <= ranks; rank++) {
        csv_word(&csv, "rank");
        buf_int(out, (int64_t)rank);
    }
    csv_end_row(&csv);
    for (size_t i = 0; i < scope->event->poll_count; i++) {
        const struct poll *poll = scope->event->polls[i];
        if (!has_ranks(scope, poll)) {
            continue;
        }
        enum err err = write_poll(&csv, scope, poll, ranks, shares);
        if (err != ERR_OK) {
            return err;
        }
    }
    return ERR_OK;
}
