/* CSV with a row for each ballot, or for several equal ones: a header
 * `[poll][,ballot][,share][,ballots][,count],rank1,rank2,…` (`count` is what a row
 * weighs, and `share` and `ballots` are passed over), or as form tools write it, ranks in
 * words
 * (`1. Wahl`, `Second choice`) and before or behind them columns about the voter, which
 * are passed over. A cell is an option's name, several joined by
 * ` = ` for an equal rank or an overvote, `#overvote` for one without names, or nothing
 * for a skipped rank. Gaps, repeats and overvotes are kept: what they mean is the
 * method's business, so `csv` and `cvr-csv` are read alike. */
#include "tally/csv.h"

#include "tally/grow.h"
#include "tally/heading.h"

#include <string.h>

#define NO_COLUMN SIZE_MAX

struct ranks_csv {
    struct csv csv;
    struct file_reader *reader;
    size_t poll;
    size_t count;
    size_t first_rank;
    size_t rank_count; /* columns one behind the other */
    size_t columns;
    struct names polls; /* the poll to read, once it is known */
};

static enum tally_status
read_rank_heading(struct ranks_csv *ranks, const struct cell *cell, size_t column)
{
    size_t rank = heading_rank(heading_in_brackets(cell->value));
    if (ranks->rank_count == 0) {
        ranks->first_rank = column;
    }
    if (rank != ranks->rank_count + 1 ||
        column != ranks->first_rank + ranks->rank_count) {
        return text_refuse(&cell->start, "rank1, rank2 and so on, side by side");
    }
    if (rank > TALLY_OPTIONS_MAX) {
        return text_exceed(&cell->start, TALLY_TOO_MANY, "at most 1000 ranks");
    }
    ranks->rank_count = rank;
    return TALLY_OK;
}

/* What our own export tells beside. */
static bool is_told_only(struct tally_text heading)
{
    return text_is_word(heading, "ballot") || text_is_word(heading, "share") ||
           text_is_word(heading, "ballots");
}

static enum tally_status read_heading(struct ranks_csv *ranks, const struct cell *cell)
{
    size_t column = ranks->columns++;
    if (heading_is_personal(cell->value)) {
        return file_pass_over(ranks->reader, &cell->start, cell->value);
    }
    if (ranks->rank_count > 0 || heading_rank(heading_in_brackets(cell->value)) > 0) {
        return read_rank_heading(ranks, cell, column);
    }
    if (text_is_word(cell->value, "poll") && ranks->poll == NO_COLUMN) {
        ranks->poll = column;
    } else if (text_is_word(cell->value, "count") && ranks->count == NO_COLUMN) {
        ranks->count = column;
    } else if (!is_told_only(cell->value)) {
        return text_refuse(
            &cell->start, "poll, ballot, count or rank1, or the format's name: csv-ranks "
                          "or csv-scores");
    }
    return TALLY_OK;
}

static enum tally_status read_header(struct ranks_csv *ranks)
{
    struct cell cell = {.last = false};
    while (!cell.last) {
        enum tally_status status = cells_next(&ranks->csv, &cell);
        if (status == TALLY_OK) {
            status = read_heading(ranks, &cell);
        }
        if (status != TALLY_OK) {
            return status;
        }
    }
    if (ranks->rank_count == 0) {
        return text_refuse(&ranks->reader->text, "a column rank1");
    }
    return ranks->polls.count == 0 || ranks->poll != NO_COLUMN
               ? TALLY_OK
               : text_refuse(&ranks->reader->text, "a column poll to choose from");
}

static enum tally_status mark_name(
    struct ranks_csv *ranks, const struct text *at, struct tally_text name, size_t place)
{
    uint16_t option = 0;
    if (text_is_word(name, "#overvote")) {
        return file_mark(ranks->reader, TALLY_UNNAMED, place);
    }
    enum tally_status status = file_named(ranks->reader, at, name, &option);
    return status == TALLY_OK ? file_mark(ranks->reader, option, place) : status;
}

/* Where ` = ` begins; the cell's length if nowhere. */
static size_t find_join(struct tally_text cell)
{
    for (size_t at = 0; at + 3 <= cell.bytes; at++) {
        if (memcmp(cell.data + at, " = ", 3) == 0) {
            return at;
        }
    }
    return cell.bytes;
}

static enum tally_status
mark_joined(struct ranks_csv *ranks, const struct cell *cell, size_t place)
{
    struct tally_text left = cell->value;
    for (bool more = true; more;) {
        struct tally_text name = {.data = left.data, .bytes = find_join(left)};
        if (name.bytes == 0) {
            return text_refuse(&cell->start, "a name on both sides of \" = \"");
        }
        more = name.bytes < left.bytes;
        left.data += name.bytes + (more ? 3 : 0);
        left.bytes -= name.bytes + (more ? 3 : 0);
        enum tally_status status = mark_name(ranks, &cell->start, name, place);
        if (status != TALLY_OK) {
            return status;
        }
    }
    return TALLY_OK;
}

/* A known name may hold ` = ` itself, or be `#overvote`. */
static enum tally_status
mark_cell(struct ranks_csv *ranks, const struct cell *cell, size_t place)
{
    uint16_t option = 0;
    if (cell->value.bytes == 0) {
        return TALLY_OK;
    }
    if (names_find(&ranks->reader->file->names, cell->value, &option)) {
        return file_mark(ranks->reader, option, place);
    }
    return mark_joined(ranks, cell, place);
}

/* Is this row's poll the one to read? Without a choice there may be only one. */
static enum tally_status
check_poll(struct ranks_csv *ranks, const struct cell *cell, bool *ret_ours)
{
    if (ranks->polls.count == 0) {
        enum tally_status status =
            file_add_name(&cell->start, &ranks->polls, cell->value);
        if (status != TALLY_OK) {
            return status;
        }
    }
    *ret_ours = text_equals(cell->value, names_at(&ranks->polls, 0));
    return *ret_ours || ranks->reader->reading->poll.count > 0
               ? TALLY_OK
               : text_refuse(&cell->start, "one poll only, or a choice of one");
}

struct row {
    bool ours;
    int64_t weight;
};

static enum tally_status read_column(
    struct ranks_csv *ranks, const struct cell *cell, size_t column, struct row *row)
{
    if (column == ranks->poll) {
        return check_poll(ranks, cell, &row->ours);
    }
    if (column == ranks->count) {
        return cell_count(cell, &row->weight);
    }
    bool rank =
        column >= ranks->first_rank && column < ranks->first_rank + ranks->rank_count;
    if (rank && row->ours) {
        return mark_cell(ranks, cell, column - ranks->first_rank + 1);
    }
    return TALLY_OK;
}

static enum tally_status read_row(struct ranks_csv *ranks)
{
    struct row row = {.ours = true, .weight = 1};
    struct text start = ranks->reader->text;
    struct cell cell = {.last = false};
    for (size_t column = 0; !cell.last; column++) {
        enum tally_status status = cells_next(&ranks->csv, &cell);
        if (status == TALLY_OK && column >= ranks->columns) {
            return text_refuse(&cell.start, "no more cells than the header has");
        }
        if (status == TALLY_OK) {
            status = read_column(ranks, &cell, column, &row);
        }
        if (status != TALLY_OK) {
            return status;
        }
    }
    return row.ours ? file_ballot(ranks->reader, start.at, row.weight) : TALLY_OK;
}

static enum tally_status read_rows(struct ranks_csv *ranks)
{
    struct text *text = &ranks->reader->text;
    enum tally_status status = TALLY_OK;
    while (status == TALLY_OK && text_peek(text) != TEXT_END) {
        if (!text_take_empty_line(text)) {
            status = read_row(ranks);
        }
    }
    bool chosen = ranks->reader->reading->poll.count > 0;
    if (status == TALLY_OK && ranks->reader->file->names.count == 0 && chosen) {
        return text_refuse(text, "a row of the poll that was chosen");
    }
    return status;
}

enum tally_status read_csv(struct file_reader *reader)
{
    struct ranks_csv ranks = {.reader = reader, .poll = NO_COLUMN, .count = NO_COLUMN};
    enum tally_status status = cells_begin(&ranks.csv, reader);
    if (status == TALLY_OK && reader->reading->poll.count > 0) {
        status = names_add(&ranks.polls, names_at(&reader->reading->poll, 0));
    }
    if (status == TALLY_OK) {
        status = read_header(&ranks);
    }
    if (status == TALLY_OK) {
        status = read_rows(&ranks);
    }
    names_fini(&ranks.polls);
    cells_fini(&ranks.csv);
    return status;
}
