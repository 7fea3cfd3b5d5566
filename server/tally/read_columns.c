/* CSV with a column for each option: `[poll,][ballot,][count,]name,name,…`, and between
 * `ballot` and `count` perhaps `share,ballots,`, which are passed over. The cells are
 * ranks from 1 (`csv-ranks`: 2, 2nd choice, 2. Wahl, empty: not ranked) or scores from 0
 * (`csv-scores`; empty: 0). Nothing in the numbers tells ranks from scores: the format is
 * named, or a line `# shape: ranks` or `# shape: scores 0-5` stands above the header, or
 * the ranks are ordinals. The most of a score is what that line says, else the highest
 * in the file. A form's grid begins with a column Timestamp and has its options in
 * brackets behind the question; columns about the voter are passed over. */
#include "tally/csv.h"

#include "tally/grow.h"
#include "tally/heading.h"

#include <string.h>

/* What a column holds. Poll, ballot and count stand before the options, in this order; so
 * behind `count` an option may have any name. */
enum content {
    CONTENT_NOTHING,
    CONTENT_POLL,
    CONTENT_BALLOT,
    CONTENT_SHARE,
    CONTENT_BALLOTS,
    CONTENT_COUNT,
    CONTENT_OPTION
};

struct column {
    enum content content; /* nothing: it is passed over */
    uint16_t option;
};

struct columns {
    struct csv csv;
    struct file_reader *reader;
    bool scores;
    bool form;
    bool poll;
    bool counted;
    enum content last; /* of those that are not passed over */
    int64_t score_max; /* 0: not known before the first pass */
    int64_t highest;
    struct names polls;   /* the poll to read, once it is known */
    struct column *items; /* owned */
    size_t count;
    size_t room;
};

/* `share` as Stimmwerk writes it: `ballots` and `count` stand behind it. Else it is an
 * option's name. */
static bool is_our_share(struct columns *columns, const struct cell *cell)
{
    static const char *const words[] = {"ballots", "count"};
    const struct text here = columns->reader->text;
    struct cell next = *cell;
    bool ours = columns->last == CONTENT_BALLOT && text_is_word(cell->value, "share");
    for (size_t i = 0; ours && i < sizeof words / sizeof words[0]; i++) {
        ours = !next.last && cells_next(&columns->csv, &next) == TALLY_OK &&
               text_is_word(next.value, words[i]);
    }
    columns->reader->text = here;
    return ours;
}

static enum content find_content(struct columns *columns, const struct cell *cell)
{
    const struct tally_text heading = cell->value;
    static const char *const words[] = {
        [CONTENT_POLL] = "poll",
        [CONTENT_BALLOT] = "ballot",
        [CONTENT_SHARE] = "share",
        [CONTENT_BALLOTS] = "ballots",
        [CONTENT_COUNT] = "count"};
    uint16_t told = 0;
    for (size_t i = columns->last + 1; i < CONTENT_OPTION; i++) {
        bool ours = i != CONTENT_SHARE || is_our_share(columns, cell);
        ours = ours && (i != CONTENT_BALLOTS || columns->last == CONTENT_SHARE);
        if (ours && text_is_word(heading, words[i])) {
            return (enum content)i;
        }
    }
    return !columns->counted && heading_is_personal(heading) &&
                   !names_find(&columns->reader->file->names, heading, &told)
               ? CONTENT_NOTHING
               : CONTENT_OPTION;
}

static bool has_option(const struct columns *columns, uint16_t option)
{
    for (size_t i = 0; i < columns->count; i++) {
        if (columns->items[i].content == CONTENT_OPTION &&
            columns->items[i].option == option) {
            return true;
        }
    }
    return false;
}

static enum tally_status
name_option(struct columns *columns, const struct cell *cell, uint16_t *ret_option)
{
    struct tally_text name =
        columns->form ? heading_in_brackets(cell->value) : cell->value;
    enum tally_status status =
        file_named(columns->reader, &cell->start, name, ret_option);
    return status == TALLY_OK && has_option(columns, *ret_option)
               ? text_refuse(&cell->start, "another option in every column")
               : status;
}

static enum tally_status add_column(struct columns *columns, struct column column)
{
    struct column *items =
        grow(columns->items, &columns->room, columns->count + 1, sizeof *items);
    if (items == NULL) {
        return TALLY_NO_MEMORY;
    }
    columns->items = items;
    items[columns->count++] = column;
    return TALLY_OK;
}

static enum tally_status read_heading(struct columns *columns, const struct cell *cell)
{
    struct column column = {.content = find_content(columns, cell)};
    enum tally_status status = TALLY_OK;
    if (column.content == CONTENT_NOTHING) {
        columns->form = columns->form || heading_is_time(cell->value);
        status = file_pass_over(columns->reader, &cell->start, cell->value);
    } else if (column.content == CONTENT_OPTION) {
        status = name_option(columns, cell, &column.option);
    }
    columns->poll = columns->poll || column.content == CONTENT_POLL;
    columns->counted = columns->counted || column.content == CONTENT_COUNT;
    columns->last = column.content != CONTENT_NOTHING ? column.content : columns->last;
    return status == TALLY_OK ? add_column(columns, column) : status;
}

static enum tally_status read_header(struct columns *columns)
{
    struct text start = columns->reader->text;
    struct cell cell = {.last = text_is_line_end(text_peek(&start))};
    while (!cell.last) {
        enum tally_status status = cells_next(&columns->csv, &cell);
        if (status == TALLY_OK) {
            status = read_heading(columns, &cell);
        }
        if (status != TALLY_OK) {
            return status;
        }
    }
    if (columns->polls.count > 0 && !columns->poll) {
        return text_refuse(&start, "a column poll to choose from");
    }
    return columns->last == CONTENT_OPTION
               ? TALLY_OK
               : text_refuse(&start, "a column for every option");
}

/* ---- rows ---- */

static enum tally_status
check_poll(struct columns *columns, const struct cell *cell, bool *ret_ours)
{
    if (columns->polls.count == 0) {
        enum tally_status status =
            file_add_name(&cell->start, &columns->polls, cell->value);
        if (status != TALLY_OK) {
            return status;
        }
    }
    *ret_ours = text_equals(cell->value, names_at(&columns->polls, 0));
    return *ret_ours || columns->reader->reading->poll.count > 0
               ? TALLY_OK
               : text_refuse(&cell->start, "one poll only, or a choice of one");
}

static enum tally_status
mark_rank(struct columns *columns, const struct cell *cell, uint16_t option)
{
    static const char *const expected = "a rank, 1 or more, or nothing";
    int64_t rank = (int64_t)heading_rank(cell->value);
    enum tally_status status = rank > 0 ? TALLY_OK : cell_number(cell, expected, &rank);
    if (status != TALLY_OK) {
        return status;
    }
    return rank >= 1 && rank <= UINT16_MAX
               ? file_mark(columns->reader, option, (size_t)rank)
               : text_refuse(&cell->start, expected);
}

static enum tally_status
mark_score(struct columns *columns, const struct cell *cell, uint16_t option)
{
    int64_t most = columns->score_max > 0 ? columns->score_max : TALLY_SCORE_MAX;
    int64_t score = 0;
    enum tally_status status =
        cell_number(cell, "a whole score from 0, or nothing", &score);
    if (status != TALLY_OK) {
        return status;
    }
    if (score > most) {
        return text_refuse(&cell->start, "a score within the most there may be");
    }
    columns->highest = score > columns->highest ? score : columns->highest;
    return file_mark(columns->reader, option, (size_t)score);
}

struct row {
    bool ours;
    int64_t weight;
};

static enum tally_status
mark_option(struct columns *columns, const struct cell *cell, uint16_t option)
{
    if (text_trimmed(cell->value).bytes == 0) {
        return TALLY_OK;
    }
    return columns->scores ? mark_score(columns, cell, option)
                           : mark_rank(columns, cell, option);
}

static enum tally_status read_column(
    struct columns *columns, const struct cell *cell, size_t column, struct row *row)
{
    if (column >= columns->count) {
        return text_refuse(&cell->start, "no more cells than the header has");
    }
    switch (columns->items[column].content) {
    case CONTENT_POLL:
        return check_poll(columns, cell, &row->ours);
    case CONTENT_COUNT:
        return cell_count(cell, &row->weight);
    case CONTENT_OPTION:
        return row->ours ? mark_option(columns, cell, columns->items[column].option)
                         : TALLY_OK;
    case CONTENT_NOTHING:
    case CONTENT_BALLOT:
    case CONTENT_SHARE:
    case CONTENT_BALLOTS:
        break;
    }
    return TALLY_OK;
}

static enum tally_status read_row(struct columns *columns)
{
    struct row row = {.ours = true, .weight = 1};
    struct text start = columns->reader->text;
    struct cell cell = {.last = false};
    for (size_t column = 0; !cell.last; column++) {
        enum tally_status status = cells_next(&columns->csv, &cell);
        if (status == TALLY_OK) {
            status = read_column(columns, &cell, column, &row);
        }
        if (status != TALLY_OK) {
            return status;
        }
    }
    return row.ours ? file_ballot(columns->reader, start.at, row.weight) : TALLY_OK;
}

static enum tally_status read_rows(struct columns *columns)
{
    struct text *text = &columns->reader->text;
    enum tally_status status = TALLY_OK;
    while (status == TALLY_OK && text_peek(text) != TEXT_END) {
        /* With one column an empty line is a blank ballot. */
        bool empty = columns->count > 1 && text_take_empty_line(text);
        status = empty ? TALLY_OK : read_row(columns);
    }
    return status;
}

/* ---- both ---- */

/* `scores` or `scores 0-5`: the most, or 0. */
static enum tally_status
read_score_max(struct tally_text shape, const struct text *start, int64_t *ret_max)
{
    static const char *const expected = "scores, or scores 0-5";
    const size_t before = strlen("scores 0-");
    if (text_is_word(shape, "scores")) {
        return TALLY_OK;
    }
    if (shape.bytes <= before || memcmp(shape.data, "scores 0-", before) != 0) {
        return text_refuse(start, expected);
    }
    struct cell cell = {
        .start = *start,
        .value = {.data = shape.data + before, .bytes = shape.bytes - before}};
    int64_t most = 0;
    enum tally_status status = cell_number(&cell, expected, &most);
    if (status == TALLY_OK && (most < 1 || most > TALLY_SCORE_MAX)) {
        return text_refuse(start, "scores from 0 to 1 … 1000");
    }
    if (status == TALLY_OK) {
        *ret_max = most;
    }
    return status;
}

static enum tally_status read_shape(struct columns *columns)
{
    struct text next = columns->reader->text;
    struct text start = next;
    struct tally_text shape = {.data = NULL};
    if (!cells_take_shape(&next, &shape)) {
        return TALLY_OK;
    }
    if (columns->scores) {
        return read_score_max(shape, &start, &columns->score_max);
    }
    return text_is_word(shape, "ranks") ? TALLY_OK : text_refuse(&start, "ranks");
}

/* The rows twice when the most of a score is not known: ballots need it. */
static enum tally_status read_ballots(struct columns *columns)
{
    struct file_reader *reader = columns->reader;
    struct text rows = reader->text;
    enum tally_status status = TALLY_OK;
    if (columns->scores && columns->score_max == 0) {
        reader->learning = true;
        status = read_rows(columns);
        reader->learning = false;
        reader->text = rows;
        columns->score_max = columns->highest > 0 ? columns->highest : 1;
    }
    if (status == TALLY_OK && columns->scores) {
        status = file_scored(reader, (size_t)columns->score_max);
    }
    return status == TALLY_OK ? read_rows(columns) : status;
}

static enum tally_status read_columns(struct file_reader *reader, bool scores)
{
    struct columns columns = {.reader = reader, .scores = scores};
    enum tally_status status = read_shape(&columns);
    if (status != TALLY_OK) {
        return status;
    }
    status = cells_begin(&columns.csv, reader);
    if (status == TALLY_OK && reader->reading->poll.count > 0) {
        status = names_add(&columns.polls, names_at(&reader->reading->poll, 0));
    }
    if (status == TALLY_OK) {
        status = read_header(&columns);
    }
    if (status == TALLY_OK) {
        status = read_ballots(&columns);
    }
    names_fini(&columns.polls);
    cells_fini(&columns.csv);
    free(columns.items);
    return status;
}

enum tally_status read_csv_ranks(struct file_reader *reader)
{
    return read_columns(reader, false);
}

enum tally_status read_csv_scores(struct file_reader *reader)
{
    return read_columns(reader, true);
}
